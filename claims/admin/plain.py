"""What the admin of events, sources and documents has in common beyond the desk's."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from claims.admin.actor import actor
from claims.admin.desk import DeskAdmin


class PlainAdmin(DeskAdmin):
    """A record without a review of its own; likely duplicates are pointed out on saving."""

    creating: ClassVar[staticmethod[..., Model]]
    editing: ClassVar[staticmethod[..., Model]]
    alike: ClassVar[staticmethod[[Any], Any] | None] = None
    """Returns the records that may be the same as this one."""

    def create(self, request: HttpRequest, form: Any) -> Model:
        """Add the record."""
        return type(self).creating(by=actor(request), **form.columns)

    def edit(self, request: HttpRequest, obj: Any, form: Any) -> Model:
        """Change the record."""
        return type(self).editing(
            obj,
            by=actor(request),
            changes=form.changes,
            reason=form.why,
            expected_version=form.cleaned_data["expected_version"],
        )

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Warn of likely duplicates once the record is saved."""
        self._warn(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Warn of likely duplicates once the record is saved."""
        if getattr(obj, "state", "") != "withdrawn" and isinstance(message, list):
            self._warn(request, obj)
        return super().log_change(request, obj, message)

    def _warn(self, request: HttpRequest, obj: Any) -> None:
        found = type(self).alike(obj) if type(self).alike is not None else []
        if not found:
            return
        page = self.name_of("change")
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((reverse(page, args=[other.pk]), self.choice_label(other)) for other in found),
        )
        text = format_html(
            "Saved. It may be there already: {}. If so, a chief can make the two one.", links
        )
        messages.warning(request, text)
