"""Sources at the desk: who asserts and who publishes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from claims.admin.fields import LinesField, web_address
from claims.admin.filters import related
from claims.admin.forms import ReasonedForm
from claims.admin.merging import Merge, counted
from claims.admin.plain import PlainAdmin
from claims.admin.plain_moves import plain_moves
from claims.admin.searching import sources_found
from claims.models import Source
from claims.queries.duplicates import likely_duplicate_sources
from claims.services import sources


class SourceForm(ReasonedForm):
    """A source with its names and the party it speaks for."""

    aliases = LinesField(label="Other names", help_text="One per line.")
    url = web_address("Web address")

    class Meta:
        model = Source
        fields = ("name", "aliases", "kind", "speaks_for", "is_compilation", "url", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
        labels = {"note": "Note for editors"}


def _moving(source: Source) -> list[str]:
    return [
        *counted(source.claims.count(), "claim it made", "claims it made"),
        *counted(source.documents.count(), "document it published", "documents it published"),
        "its names",
    ]


def _alike(source: Source) -> list[Source]:
    return likely_duplicate_sources(source.name, source.aliases, exclude_id=source.pk)


@admin.register(Source)
class SourceAdmin(PlainAdmin):
    """The sources: ministries, newspapers, monitors, datasets."""

    form = SourceForm
    found = staticmethod(sources_found)
    creating = staticmethod(sources.create_source)
    editing = staticmethod(sources.edit_source)
    alike = staticmethod(_alike)
    moves = plain_moves(sources.publish_source, sources.withdraw_source)
    merge = Merge(sources.merge_sources, _moving)
    shown_as = {"aliases": "aliases_shown"}

    list_display = ("name", "kind", "speaks_for", "is_compilation", "state_shown")
    list_select_related = ("speaks_for",)
    list_filter = ("state", "kind", "is_compilation", related("speaks_for", "party it speaks for"))
    search_fields = ("name",)
    search_help_text = "Words of its names, in any script, or the source’s id."
    ordering = ("name", "id")
    autocomplete_fields = ("speaks_for",)
    fieldsets = (
        (None, {"fields": ("name", "aliases", "kind", "speaks_for", "is_compilation", "url")}),
        ("For editors", {"fields": ("note", "reason")}),
    )

    @admin.display(description="Other names")
    def aliases_shown(self, source: Source) -> str:
        """Return the other names."""
        return "; ".join(source.aliases)

    @staticmethod
    def choice_label(record: Any) -> str:
        """Return the name with the kind of body."""
        return f"{record} ({record.get_kind_display()})"
