"""Documents at the desk: what was published, with the claims it carries."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from claims.admin.fields import PartialDateField, web_address
from claims.admin.filters import dated, related
from claims.admin.forms import ReasonedForm
from claims.admin.merging import Merge, counted
from claims.admin.moves import OpenMove
from claims.admin.plain import PlainAdmin
from claims.admin.plain_moves import plain_moves
from claims.admin.searching import documents_found
from claims.models import Citation, Document
from claims.services import documents

CITATIONS_SHOWN = 100


class DocumentForm(ReasonedForm):
    """A document as it can be found again."""

    partial_dates = ("published_on",)

    published_on = PartialDateField(label="Published on")
    url = web_address("Web address")
    archived_url = web_address("Archived copy")

    class Meta:
        model = Document
        fields = (
            "title",
            "publisher",
            "author",
            "published_on",
            "language",
            "url",
            "archived_url",
            "note",
        )
        widgets = {"note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
        labels = {"note": "Note for editors"}


def _moving(document: Document) -> list[str]:
    return [
        *counted(document.citations.count(), "citation", "citations"),
        *counted(
            document.relays.count(),
            "citation that got it from there",
            "citations that got it from there",
        ),
    ]


@admin.register(Document)
class DocumentAdmin(PlainAdmin):
    """The documents: articles, statements, reports, releases."""

    form = DocumentForm
    found = staticmethod(documents_found)
    creating = staticmethod(documents.create_document)
    editing = staticmethod(documents.edit_document)
    moves = plain_moves(documents.publish_document, documents.withdraw_document)
    merge = Merge(documents.merge_documents, _moving)
    shown_as = {"published_on": "published_shown"}

    list_display = ("name_shown", "publisher", "published_shown", "language", "state_shown")
    list_select_related = ("publisher",)
    list_filter = (
        "state",
        related("publisher", "publisher"),
        dated("published_on", "date of publication"),
    )
    search_fields = ("title",)
    search_help_text = "Words of its title, web address or publisher, or the document’s id."
    ordering = ("-id",)
    autocomplete_fields = ("publisher",)
    fieldsets = (
        (None, {"fields": ("title", "publisher", "author", ("published_on", "language"))}),
        ("Where it is", {"fields": ("url", "archived_url")}),
        ("For editors", {"fields": ("note", "reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return documents with the publisher that names the untitled ones."""
        return super().get_queryset(request).select_related("publisher")

    def page_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Return the claims that the document carries."""
        context = super().page_context(request, object_id)
        if not object_id or request.method == "POST":
            return context
        shown = list(self._carried(object_id)[: CITATIONS_SHOWN + 1])
        return context | {
            "citations_of_document": shown[:CITATIONS_SHOWN],
            "has_more_citations": len(shown) > CITATIONS_SHOWN,
        }

    def open_moves(self, request: HttpRequest, record: Any) -> list[OpenMove]:
        """Offer another claim from this document, on the event of the last one."""
        found = super().open_moves(request, record)
        if record.state == "withdrawn":
            return found
        given = {"document": record.pk}
        if latest := self._carried(record.pk).first():
            given["event"] = latest.claim.event_id
        address = f"{reverse('admin:claims_claim_add')}?{urlencode(given)}"
        label = "Another claim from this document" if latest else "A claim from this document"
        return [*self._texts(record), OpenMove(label, address), *found]

    def _texts(self, record: Any) -> list[OpenMove]:
        """Lead to the figures read in the latest text that is kept of the document."""
        latest = record.stored_texts.order_by("-pk").values_list("pk", flat=True).first()
        if latest is None:
            return []
        return [OpenMove("Figures in its text", reverse("admin:intake_reading", args=[latest]))]

    def _carried(self, key: Any) -> QuerySet[Citation]:
        return (
            Citation.objects.filter(document=key)
            .exclude(state="withdrawn")
            .select_related("claim__claimant", "claim__event", "claim__victims_party")
            .order_by("-id")
        )

    @admin.display(description="Document")
    def name_shown(self, document: Document) -> str:
        """Return the title, or publisher and date of an untitled one."""
        return document.name

    @admin.display(description="Published on")
    def published_shown(self, document: Document) -> str:
        """Return the date as far as it is known."""
        return document.published.label() if document.published else ""

    @staticmethod
    def choice_label(record: Any) -> str:
        """Return the title with publisher and date."""
        known = [str(record.publisher or ""), record.published.label() if record.published else ""]
        told = ", ".join(text for text in known if text and record.title)
        return f"{record} ({told})" if told else str(record)
