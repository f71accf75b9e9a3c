"""Importing a claims CSV at the desk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def import_page(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing yet."""
    raise Http404
