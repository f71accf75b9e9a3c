"""The front page: what this is, within five seconds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.queries.front_page import front_page
from claims.queries.parameters import check_known
from claims.web.answers import refuses_bad_parameters
from claims.web.json_ld import block, site_dataset
from claims.web.log_entries import log_entries


@require_safe
@refuses_bad_parameters
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is, what is most disputed and what changed last."""
    check_known(request.GET, ())
    page = front_page()
    return render(
        request,
        "web/home.html",
        {
            "tallies": page.tallies,
            "disputed": page.disputed,
            "entries": log_entries(page.changes),
            "json_ld": block(site_dataset()),
        },
    )
