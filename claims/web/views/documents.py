"""The page of one document: what it is, the claims it carries in its own words, who relays it."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.queries.document_page import document_page
from claims.queries.parameters import check_known
from claims.web.answers import refuses_bad_parameters, says_where_records_went
from claims.web.pager import pager


@require_safe
@refuses_bad_parameters
@says_where_records_went
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one public document."""
    check_known(request.GET, ("cursor",))
    page = document_page(public_id, cursor=request.GET.get("cursor", ""))
    citations = page.citations.rows
    return render(
        request,
        "web/document.html",
        {
            "page": page,
            "document": page.document,
            "citations": citations,
            "has_words": any(c.wording or c.quote for c in citations),
            "has_places": any(c.locator or c.via for c in citations),
            "language": language_name(page.document.language),
            "pager": pager(request, page.citations),
        },
    )


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where it is not known."""
    return LANG_INFO.get(code, {}).get("name", code)
