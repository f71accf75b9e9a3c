"""The desk's site: stock Django admin with its own first page, queue and import.

It is the default admin site of the project (``tracker.desk.DeskConfig``), so that Django's own
pages and other apps' records live in it too.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from claims.admin import arriving, imports, numbers, text_reading, tokens, waiting
from claims.admin.actor import actor

_ORDER = ("Event", "Claim", "Document", "Source", "Party")


class RecordChoices(AutocompleteJsonView):
    """Offers records by typing, with what tells two of one name apart; never withdrawn ones."""

    def get_queryset(self) -> QuerySet:
        """Return what was found among records that stand."""
        found = super().get_queryset()
        has_state = any(f.name == "state" for f in found.model._meta.concrete_fields)
        return found.exclude(state="withdrawn") if has_state else found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Return key and label as the list of choices shows them."""
        shown = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "choice_label", str)
        return shown | {"text": label(obj)}


class DeskSite(admin.AdminSite):
    """The editors' desk."""

    site_header = "The editors’ desk"
    site_title = "Desk"
    index_title = "The editors’ desk"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the desk, its own pages first."""
        own = [
            path("waiting/", self.admin_view(waiting.waiting_page), name="waiting"),
            *imports.urls(self.admin_view),
            *arriving.urls(self.admin_view),
            *numbers.urls(self.admin_view),
            *tokens.urls(self.admin_view),
            *text_reading.urls(self.admin_view),
        ]
        return [*own, *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the first page with how much is waiting for the person."""
        context = {"waiting": waiting.how_much(actor(request)), **(extra_context or {})}
        return super().index(request, context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what was found for the letters typed so far."""
        return cast("HttpResponse", RecordChoices.as_view(admin_site=self)(request))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return what can be opened, the records of the tracker first and in working order."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(found, key=lambda app: app["app_label"] != "claims")


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


_DESK = DeskSite()


def the_desk() -> DeskSite:
    """Return the one desk.

    Django asks for its default site by calling this. Importing this package registers records
    with that site while Django is still asking for it the first time, so both have to get the
    same one.
    """
    return _DESK
