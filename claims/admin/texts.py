"""The list of kept texts: where an editor finds again what is still to be decided."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.actor import actor
from claims.admin.selects import is_key
from claims.queries.kept_texts import kept_texts
from claims.services import permissions


def texts_view(request: HttpRequest) -> HttpResponse:
    """Show the latest texts, or only those with figures still to decide."""
    if not permissions.has(actor(request), permissions.DRAFTING):
        raise PermissionDenied
    before = request.GET.get("before", "")
    only_open = request.GET.get("show") != "all"
    context = {
        **admin.site.each_context(request),
        "title": "Texts",
        "page": kept_texts(before=int(before) if is_key(before) else None, only_open=only_open),
        "only_open": only_open,
    }
    return TemplateResponse(request, "admin/intake/texts.html", context)
