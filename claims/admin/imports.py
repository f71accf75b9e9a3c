"""Importing a claims CSV at the desk: upload, dry run, commit as drafts.

Between the two steps the file is kept in the page itself, compressed and signed for the person
who uploaded it: what is committed is what was shown, and no server keeps anything.
"""

from __future__ import annotations

import zlib
from base64 import b85decode, b85encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.actor import actor
from claims.admin.sealing import sealed, unsealed
from claims.ingest.pipeline import commit_batch, plan_batch
from claims.ingest.reading import CLAIMS_CSV
from claims.models import ImportBatch
from claims.services import permissions
from claims.services.refusals import Refused

LARGEST_FILE = 5_000_000
LISTED = 200
SALT = "claims.admin.imports"

TOO_LARGE = (
    "This file is too large for the browser ({size:,} bytes; up to {most:,}). Import it on the "
    "server with `manage.py import_claims FILE.csv`, or in parts."
)


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="Claims CSV",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be looked at here."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE.format(size=file.size, most=LARGEST_FILE))
        return file


def import_page(request: HttpRequest) -> HttpResponse:
    """Show the form, the dry run of an uploaded file, or what committing it did."""
    if not permissions.has(actor(request), permissions.PUBLISHING):
        raise PermissionDenied
    if request.method == "POST" and "planned" in request.POST:
        return _commit(request)
    if request.method != "POST":
        return _page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    file = form.cleaned_data["file"]
    return _dry_run(request, form, file.name, file.read())


def _dry_run(request: HttpRequest, form: UploadForm, name: str, content: bytes) -> HttpResponse:
    planned = _sealed(request, name, content)
    if len(planned) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or LARGEST_FILE) * 0.9:
        form.add_error("file", TOO_LARGE.format(size=len(content), most=LARGEST_FILE))
        return _page(request, form, status=400)
    batch = _planned(request, name, content)
    return _page(request, UploadForm(), batch=batch, planned="" if batch.refused_count else planned)


def _planned(request: HttpRequest, name: str, content: bytes, *, commit: bool = False) -> Any:
    """Return the batch of a file that was planned, and committed where asked."""
    batch = ImportBatch.objects.create(dataset=CLAIMS_CSV, file_name=name[:250], by=actor(request))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        path.write_bytes(content)
        plan_batch(batch, path)
        if commit:
            commit_batch(batch, path, by=actor(request))
    return batch


def _commit(request: HttpRequest) -> HttpResponse:
    try:
        name, content = _opened(request, request.POST["planned"])
    except (signing.BadSignature, ValueError):
        problem = "The dry run is more than an hour old, or not yours. Upload the file again."
        return _page(request, UploadForm(), problem=problem, status=400)
    try:
        batch = _planned(request, name, content, commit=True)
    except Refused as refusal:
        return _page(request, UploadForm(), problem=str(refusal), status=409)
    return _page(request, UploadForm(), batch=batch, is_done=True)


def _sealed(request: HttpRequest, name: str, content: bytes) -> str:
    """Return the file as a text that nobody else can make, or use."""
    packed = b85encode(zlib.compress(content)).decode("ascii")
    return sealed(request, {"name": name, "file": packed}, salt=SALT)


def _opened(request: HttpRequest, planned: str) -> tuple[str, bytes]:
    """Return name and content of a sealed file; raise ``BadSignature`` for anything else."""
    found = unsealed(request, planned, salt=SALT)
    return found["name"], zlib.decompress(b85decode(found["file"]))


def _page(
    request: HttpRequest,
    form: UploadForm,
    *,
    batch: ImportBatch | None = None,
    planned: str = "",
    problem: str = "",
    is_done: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Import claims",
        "form": form,
        "plan": _summary(batch) if batch else None,
        "planned": planned,
        "problem": problem,
        "is_done": is_done,
        "lists": _lists(batch) if batch else [],
        "refused": batch.refusals.all()[:LISTED] if batch else [],
        "listed": LISTED,
    }
    return TemplateResponse(request, "admin/desk/import.html", context, status=status)


def _summary(batch: ImportBatch) -> dict[str, Any]:
    counts = {
        fate: sum(of_kind[fate] for of_kind in batch.counts.values())
        for fate in ("new", "changed", "same")
    }
    return {"name": batch.file_name, "counts": {**counts, "refused": batch.refused_count}}


def _lists(batch: ImportBatch) -> list[dict[str, Any]]:
    titles = {"new": "New", "changed": "Changed", "same": "The same, left as it is"}
    return [
        {
            "title": title,
            "shown": batch.samples[fate][:LISTED],
            "number": len(batch.samples[fate]),
            "is_open": fate != "same",
        }
        for fate, title in titles.items()
        if batch.samples.get(fate)
    ]
