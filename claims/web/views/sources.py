"""The list of sources, and what one source claimed beside what others claimed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.domain.vocabularies import SOURCE_KIND
from claims.queries.lists import SOURCES
from claims.queries.parameters import check_known
from claims.queries.source_claims import source_page
from claims.web.answers import refuses_bad_parameters, says_where_records_went
from claims.web.downloads import list_downloads
from claims.web.pager import pager
from claims.web.snippets import list_snippets

PAGE_SIZE = 40


@require_safe
@refuses_bad_parameters
def sources(request: HttpRequest) -> HttpResponse:
    """Show public sources, narrowed by words and kind."""
    page = SOURCES.page(request.GET, size=PAGE_SIZE)
    asked = {name: request.GET.get(name, "") for name in ("q", "kind", "order", "speaks_for")}
    return render(
        request,
        "web/sources.html",
        {
            "sources": page.rows,
            "pager": pager(request, page),
            "asked": asked,
            "kinds": SOURCE_KIND,
            "orders": SOURCES.orders,
            "is_narrowed": any(asked[name] for name in ("q", "kind", "speaks_for")),
            "snippets": list_snippets(request, "sources"),
            **list_downloads(request, "sources"),
        },
    )


@require_safe
@refuses_bad_parameters
@says_where_records_went
def source(request: HttpRequest, public_id: str, slug: str | None = None) -> HttpResponse:
    """Show one public source; another slug than its own leads to the right address."""
    check_known(request.GET, ("cursor", "documents"))
    page = source_page(
        public_id,
        claims_cursor=request.GET.get("cursor", ""),
        documents_cursor=request.GET.get("documents", ""),
    )
    if slug != page.source.slug:
        query = request.GET.urlencode()
        address = page.source.get_absolute_url()
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    return render(
        request,
        "web/source.html",
        {
            "page": page,
            "source": page.source,
            "claims": page.claims.rows,
            "documents": page.documents.rows,
            "claims_pager": pager(request, page.claims),
            "documents_pager": pager(request, page.documents, name="documents"),
        },
    )
