"""Imports at the desk: the list of them, and a new one from an uploaded file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from claims.admin import import_page
from claims.admin.actor import actor
from claims.admin.import_forms import OWN, TOO_LARGE, MendedForm, NewImportForm
from claims.admin.import_shown import BatchLine
from claims.admin.selects import is_key
from claims.domain.importing import BATCH_STATE_LABELS
from claims.ingest.desk import batches, tasks
from claims.ingest.desk.mending import mended_upload
from claims.ingest.desk.own_mapping import NoMapping, name_of_mapping
from claims.ingest.desk.uploads import (
    Upload,
    UploadRefused,
    drop_upload,
    keep_upload,
    most_bytes,
    path_of,
)
from claims.models import ImportBatch
from claims.queries.import_batches import imported_datasets, imports
from claims.services import permissions

FORM_AROUND_FILE = 1_000_000
"""Bytes that the other fields of the form may take beside the file."""

NOT_KEPT = "The file is not kept here any more. Upload the whole file again."

View = Callable[..., HttpResponse]


def urls(protected: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses of imports, open to whoever may publish."""
    return [
        path("imports/", protected(list_view), name="imports"),
        path("imports/new/", _measured(csrf_protect(protected(new_view))), name="import_new"),
        path(
            "imports/<int:key>/mend/",
            _measured(csrf_protect(protected(require_POST(mend_view)))),
            name="import_mend",
        ),
        *import_page.urls(protected),
    ]


def _measured(view: View) -> View:
    """Refuse a request that says it is too large before anything of it is read or stored.

    The check for forged forms reads the whole form, so it comes after.
    """

    @csrf_exempt
    def measured(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not is_key(length) or int(length) > most_bytes() + FORM_AROUND_FILE:
            form = NewImportForm()
            most = most_bytes() // 1_000_000
            return _new_page(request, form, problem=TOO_LARGE.format(most=most), status=413)
        return view(request, *args, **kwargs)

    return measured


def list_view(request: HttpRequest) -> HttpResponse:
    """Show the latest imports, of a dataset or in a state where these are chosen."""
    import_page.check_may(request)
    before = request.GET.get("before", "")
    chosen = {name: request.GET.get(name, "") for name in ("dataset", "state")}
    page = imports(before=int(before) if is_key(before) else None, **chosen)
    older = {name: value for name, value in chosen.items() if value} | {"before": page.before}
    context = {
        **admin.site.each_context(request),
        "title": "Imports",
        "lines": [BatchLine(batch) for batch in page.batches],
        "older": f"?{urlencode(older)}" if page.before else "",
        "datasets": imported_datasets(),
        "states": list(BATCH_STATE_LABELS.items()),
        "chosen": chosen,
        "is_narrowed": any(chosen.values()) or bool(before),
    }
    return TemplateResponse(request, "admin/imports/list.html", context)


def new_view(request: HttpRequest) -> HttpResponse:
    """Take a file in and have it read; nothing of the records is written."""
    import_page.check_may(request)
    if request.method != "POST":
        return _new_page(request, NewImportForm(initial=_told_before(request)))
    form = NewImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _new_page(request, form, status=400)
    try:
        batch = _taken_in(request, form)
    except UploadRefused as refusal:
        form.add_error("file", str(refusal))
        return _new_page(request, form, status=400)
    except NoMapping as refusal:
        form.add_error("mapping", refusal.problems)
        return _new_page(request, form, status=400)
    return _read(request, batch)


def mend_view(request: HttpRequest, key: int) -> HttpResponse:
    """Put mended rows in the place of those refused, as an import of its own, and have it read."""
    import_page.check_may(request)
    like = get_object_or_404(ImportBatch, pk=key)
    original, form = path_of(like), MendedForm(request.POST, request.FILES)
    if original is None:
        return import_page.shown_page(request, key, problem=NOT_KEPT, status=409)
    if not form.is_valid():
        said = " ".join(map(str, form.errors["file"]))
        return import_page.shown_page(request, key, problem=said, status=400)
    try:
        upload = mended_upload(like, original, form.cleaned_data["file"].chunks())
    except UploadRefused as refusal:
        return import_page.shown_page(request, key, problem=str(refusal), status=400)
    same = {name: getattr(like, name) for name in ("dataset", "mapping", "release", "released_on")}
    return _read(request, batches.create_batch(upload, by=actor(request), **same))


def _read(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    batch = batches.ask(batch, "read", by=actor(request))
    tasks.start(batch, "read", by=actor(request))
    return HttpResponseRedirect(reverse("admin:import_batch", args=[batch.pk]))


def _taken_in(request: HttpRequest, form: NewImportForm) -> ImportBatch:
    data = form.cleaned_data
    dataset, mapping = data["dataset"], data["mapping_text"]
    if dataset == OWN:
        dataset = name_of_mapping(mapping, release=data["release"])
    upload = _kept(data["file"])
    try:
        return batches.create_batch(
            upload,
            by=actor(request),
            dataset=dataset,
            mapping=mapping,
            release=data["release"],
            released_on=data["released_on"],
        )
    except BaseException:
        drop_upload(upload.stored_as)
        raise


def _kept(file: Any) -> Upload:
    return keep_upload(file.chunks(), name=file.name or "", size=file.size)


def _told_before(request: HttpRequest) -> dict[str, str]:
    """Return what another import was told, where a file is to be given again."""
    key = request.GET.get("like", "")
    like = ImportBatch.objects.filter(pk=int(key)).first() if is_key(key) else None
    if like is None:
        return {}
    return {
        "dataset": OWN if like.mapping else like.dataset,
        "mapping": like.mapping,
        "release": like.release,
        "released_on": like.released_on.isoformat() if like.released_on else "",
    }


def _new_page(
    request: HttpRequest, form: NewImportForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    if not permissions.has(actor(request), permissions.PUBLISHING):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": "New import",
        "form": form,
        "datasets": list(zip(form["dataset"], [*form.known, None], strict=True)),
        "problem": problem,
    }
    return TemplateResponse(request, "admin/imports/new.html", context, status=status)
