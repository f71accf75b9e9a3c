"""The public log: everything that was added, revised, corrected, withdrawn or merged, by day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.domain.vocabularies import CHANGE_KIND
from claims.queries.lists import CHANGES
from claims.web.answers import refuses_bad_parameters
from claims.web.downloads import list_downloads
from claims.web.log_entries import by_day, log_entries
from claims.web.pager import address_with, feed_address, pager
from claims.web.snippets import list_snippets

PAGE_SIZE = 50


@require_safe
@refuses_bad_parameters
def changes(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first, narrowed by kind or event."""
    page = CHANGES.page(request.GET, size=PAGE_SIZE)
    asked = request.GET.get("kind", "")
    return render(
        request,
        "web/changes.html",
        {
            "days": by_day(log_entries(page.rows)),
            "pager": pager(request, page),
            "kind": asked,
            "kinds": [
                (term, address_with(request, kind=term.code, cursor="")) for term in CHANGE_KIND
            ],
            "every_kind": address_with(request, kind="", cursor=""),
            "event_id": request.GET.get("event", ""),
            "every_event": address_with(request, event="", cursor=""),
            "feed_address": feed_address(request, "changes"),
            "snippets": list_snippets(request, "changes"),
            **list_downloads(request, "changes"),
        },
    )
