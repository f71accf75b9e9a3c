"""Parties at the desk: a short list, kept by chiefs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from claims.admin.actor import actor
from claims.admin.desk import DeskAdmin
from claims.admin.forms import DeskForm
from claims.admin.searching import parties_found
from claims.models import Party
from claims.services import parties, permissions


class PartyForm(DeskForm):
    """The name of a party."""

    class Meta:
        model = Party
        fields = ("name",)


@admin.register(Party)
class PartyAdmin(DeskAdmin):
    """The sides that events have, sources speak for and victims belong to."""

    form = PartyForm
    list_display = ("name", "public_id")
    search_fields = ("name",)
    ordering = ("name", "id")
    fieldsets = ((None, {"fields": ("name",)}),)
    found = staticmethod(parties_found)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Chiefs add parties."""
        return permissions.has(actor(request), permissions.VOCABULARY)

    def is_open_to_edits(self, request: HttpRequest, obj: Any) -> bool:
        """Chiefs rename parties."""
        return permissions.has(actor(request), permissions.VOCABULARY)

    def open_moves(self, request: HttpRequest, record: Any) -> list[Any]:
        """Nothing but the name can be changed."""
        return []

    def can_merge(self, request: HttpRequest, record: Any) -> bool:
        """Parties are not merged."""
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show Django's own log: parties keep no versions."""
        return super(DeskAdmin, self).history_view(request, object_id, extra_context)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Parties have no public page."""
        return None

    def create(self, request: HttpRequest, form: Any) -> Party:
        """Add the party."""
        return parties.create_party(by=actor(request), name=form.cleaned_data["name"])

    def edit(self, request: HttpRequest, obj: Any, form: Any) -> Party:
        """Rename the party."""
        return parties.edit_party(
            obj,
            by=actor(request),
            changes=form.changes,
            expected_version=form.cleaned_data["expected_version"],
        )
