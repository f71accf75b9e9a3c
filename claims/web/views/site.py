"""What machines ask of a site: what they may read, and a map of it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.queries.site_map import records_in, stretches

PAGES = ("home", "events", "sources", "changes", "data", "methods", "about")
XML = "application/xml"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where the map is, and to leave the desk and endless narrowed lists alone."""
    return render(request, "web/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the files of the map: one of pages, and one for each stretch of records."""
    files = [reverse("web:sitemap_pages")]
    files += [
        reverse("web:sitemap_section", kwargs={"section": section, "number": number})
        for section, number in stretches()
    ]
    return render(
        request,
        "sitemap_index.xml",
        {"sitemaps": [{"location": f"{settings.SITE_URL}{file}"} for file in files]},
        content_type=XML,
    )


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Map the pages that are no records."""
    return _map_file(request, [reverse(f"web:{name}") for name in PAGES])


@require_safe
def sitemap_section(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Map one stretch of public records."""
    addresses = [record.get_absolute_url() for record in records_in(section, number)]
    if not addresses and (section, number) not in stretches():
        raise Http404
    return _map_file(request, addresses)


def _map_file(request: HttpRequest, addresses: list[str]) -> HttpResponse:
    located = [{"location": f"{settings.SITE_URL}{address}"} for address in addresses]
    return render(request, "sitemap.xml", {"urlset": located}, content_type=XML)
