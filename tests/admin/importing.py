"""Importing as a browser does: a file sent in, its page, the buttons on it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.models import ImportBatch
from tests.admin.posting import shown_data
from tests.factories import claims_csv

NEW = "admin:import_new"


def page(batch: ImportBatch, name: str = "batch") -> str:
    """Return the address of one of an import's pages or buttons."""
    return reverse(f"admin:import_{name}", args=[batch.pk])


def upload(
    client: Client, content: bytes | None = None, *, name: str = "claims.csv", **data: Any
) -> Any:
    """Send a file in."""
    file = SimpleUploadedFile(name, claims_csv("about 400") if content is None else content)
    return client.post(reverse(NEW), {"dataset": "claims-csv", "file": file, **data})


def planned(client: Client, content: bytes | None = None, **data: Any) -> ImportBatch:
    """Send a file in; return its import, which has been looked at."""
    assert upload(client, content, **data).status_code == 302
    return ImportBatch.objects.latest("pk")


def press(client: Client, batch: ImportBatch, name: str, **data: Any) -> Any:
    """Press a button on the page as it is shown."""
    context = client.get(page(batch)).context
    shown = shown_data(context["options"]) if "options" in context else {}
    return client.post(page(batch, name), {"figures": context.get("figures", ""), **shown, **data})


def force(batch: ImportBatch, **columns: Any) -> None:
    """Write straight to the table, past every move."""
    ImportBatch.objects.filter(pk=batch.pk).update(**columns)
