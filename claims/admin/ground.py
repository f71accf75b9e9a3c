"""What the pages beside the form (moves, merging, history) ask of the admin that owns them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from claims.admin.actor import actor
from claims.admin.selects import RecordSelect
from claims.services import permissions
from claims.services.refusals import NotAllowed


class DeskGround(admin.ModelAdmin):
    """Addresses and rights of one kind of record at the desk."""

    moves: ClassVar[tuple[Any, ...]] = ()
    merge: ClassVar[Any] = None

    @property
    def media(self) -> forms.Media:
        """Add what autocompletes need, since filters of lists have them too."""
        select = RecordSelect(self.opts.pk, self.admin_site)
        return super().media + select.media + forms.Media(js=["admin-desk.js"])

    def is_open_to_edits(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the record can be edited by this person now."""
        if obj.state == "withdrawn":
            return False
        try:
            permissions.check_edit(obj, actor(request))
        except NotAllowed:
            return False
        return True

    def may_edit_now(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the services would let the person edit the record, on whichever page."""
        return self.is_open_to_edits(request, obj)

    def name_of(self, page: str) -> str:
        """Return the URL name of one of this admin's pages."""
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def move_url(self, move: Any, keys: list[int]) -> str:
        """Return the address of the page that makes a move with these records."""
        address = reverse(self.name_of("move"), args=[move.name])
        return f"{address}?ids={','.join(map(str, keys))}"

    def can_merge(self, request: HttpRequest, record: Any) -> bool:
        """Tell whether the person may make this record one with another."""
        return (
            self.merge is not None
            and record.state != "withdrawn"
            and permissions.has(actor(request), permissions.MERGING)
        )
