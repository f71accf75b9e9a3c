"""Atom feeds of the public log: of everything, of one event or source, of any filter."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.models import Change
from claims.queries import log_feeds
from claims.queries.addresses import Moved
from claims.queries.parameters import check_known
from claims.web.answers import refuses_bad_parameters, says_where_records_went
from claims.web.atom import atom
from claims.web.pager import address_with


@require_safe
@refuses_bad_parameters
def changes(request: HttpRequest) -> HttpResponse:
    """Answer with the newest entries, narrowed as the list of changes is."""
    found = log_feeds.newest(request.GET)
    return _list_feed(request, f"{settings.SITE_NAME}: changes", found, "web:changes")


@require_safe
@refuses_bad_parameters
def events(request: HttpRequest) -> HttpResponse:
    """Answer with the newest entries on the events that the filters find."""
    found = log_feeds.newest_of_events(request.GET)
    return _list_feed(request, f"{settings.SITE_NAME}: events", found, "web:events")


def _list_feed(request: HttpRequest, title: str, found: list[Change], page: str) -> HttpResponse:
    address = address_with(request)
    query = address.removeprefix(request.path)
    if query:
        title = f"{title} ({request.GET.urlencode()})"
    return atom(title, found, page=reverse(page) + query, address=address)


@require_safe
@refuses_bad_parameters
@says_where_records_went
def event(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with the newest entries of one event."""
    check_known(request.GET, ())
    try:
        shown, found = log_feeds.newest_of_event(public_id)
    except Moved as moved:
        return _moved("web:event_feed", moved)
    return atom(shown.title, found, page=shown.get_absolute_url(), address=request.path)


@require_safe
@refuses_bad_parameters
@says_where_records_went
def source(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with the newest entries on one source and its claims."""
    check_known(request.GET, ())
    try:
        shown, found = log_feeds.newest_of_source(public_id)
    except Moved as moved:
        return _moved("web:source_feed", moved)
    return atom(shown.name, found, page=shown.get_absolute_url(), address=request.path)


def _moved(name: str, moved: Moved) -> HttpResponse:
    return HttpResponsePermanentRedirect(reverse(name, args=[moved.public_id]))
