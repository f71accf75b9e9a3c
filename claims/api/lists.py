"""The lists: a page as JSON, or everything asked for as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import records, shapes
from claims.api.base import ApiView, json_answer
from claims.api.files import STYLE_NAMES, FileView, file_answer
from claims.api.schema import list_of, log_of, map_of, table_of
from claims.exports import lists as tables
from claims.exports.claims import CLAIMS as CLAIM_TABLE
from claims.exports.formats.geojson import GEOJSON
from claims.exports.selected import Selected
from claims.exports.tables import Table
from claims.queries import lists
from claims.queries.feed import feed_page
from claims.queries.freshness import freshness
from claims.queries.lists import Listing


class ListView(ApiView):
    """One page of a list, and the address of the next one."""

    listing: Listing
    record: Callable[[Any], records.Json]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count requests that search as searches."""
        self.throttle_scope = "search" if request.GET.get("q") else None
        super().initial(request, *args, **kwargs)

    def get(self, request: Request) -> Response:
        """Answer one page."""
        now = freshness()  # before the rows are read: an answer is never older than it says
        page = self.listing.page(request.GET)
        address = next_address(request, page.next_cursor)
        body = {"results": [type(self).record(row) for row in page.rows], "next": address}
        answer = json_answer(body, now)
        if address:
            answer["Link"] = f'<{address}>; rel="next"'
        return answer


class ListFileView(FileView):
    """Everything that is asked of a list, as a file."""

    listing: Listing
    table: Table

    def get(self, request: Request, ending: str = "") -> HttpResponseBase:
        """Stream the whole filtered set."""
        selection = self.listing.read(request.GET, also=STYLE_NAMES)
        return file_answer(self, request, self.table, Selected(self.listing, selection))


def next_address(request: Request, cursor: str | None) -> str | None:
    """Return the address of the next page: the same question, from the cursor on."""
    if cursor is None:
        return None
    params = request.GET.copy()
    params["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


@list_of(lists.EVENTS, shapes.Event)
class Events(ListView):
    """Events with their headline comparison."""

    listing = lists.EVENTS
    record = staticmethod(records.event_record)


@list_of(lists.COMPARISONS, shapes.ComparisonSummary)
class Comparisons(ListView):
    """Comparisons across events, the most disputed first."""

    listing = lists.COMPARISONS
    record = staticmethod(records.comparison_record)


@list_of(lists.CLAIMS, shapes.Claim)
class Claims(ListView):
    """Claims with their citations."""

    listing = lists.CLAIMS
    record = staticmethod(records.claim_record)


@list_of(lists.SOURCES, shapes.Source)
class Sources(ListView):
    """Whoever asserts or publishes figures."""

    listing = lists.SOURCES
    record = staticmethod(records.source_record)


@list_of(lists.DOCUMENTS, shapes.Document)
class Documents(ListView):
    """Published things that carry claims."""

    listing = lists.DOCUMENTS
    record = staticmethod(records.document_record)


@log_of(lists.CHANGES)
class Changes(ListView):
    """The public log of what was added, revised, corrected, withdrawn and merged, newest first.

    With `since` the feed for mirrors: every entry after that cursor, oldest first, with the
    records as they are now. An empty `since` starts from the beginning.
    """

    listing = lists.CHANGES
    record = staticmethod(records.change_record)

    def get(self, request: Request) -> Response:
        """Answer one page of the log, or of the feed."""
        if "since" not in request.GET:
            return super().get(request)
        page = feed_page(request.GET)
        params = request.GET.copy()
        params["since"] = page.cursor
        address = request.build_absolute_uri(f"{request.path}?{params.urlencode()}")
        answer = json_answer(records.feed_document(page, address))
        answer["Link"] = f'<{address}>; rel="next"'
        return answer


@table_of(lists.EVENTS, tables.EVENTS)
class EventsFile(ListFileView):
    """Events as a file."""

    listing, table = lists.EVENTS, tables.EVENTS


@map_of(lists.EVENTS)
class EventsMap(ListFileView):
    """Events on a map: a feature for each, without geometry where its place is not known.

    A point is no better than its ``place_precision``.
    """

    listing, table, ending = lists.EVENTS, tables.EVENTS, GEOJSON.name


@table_of(lists.COMPARISONS, tables.COMPARISONS)
class ComparisonsFile(ListFileView):
    """Comparisons as a file."""

    listing, table = lists.COMPARISONS, tables.COMPARISONS


@table_of(lists.CLAIMS, CLAIM_TABLE)
class ClaimsFile(ListFileView):
    """Claims as a file in the interchange format, a row per claim and citation."""

    listing, table = lists.CLAIMS, CLAIM_TABLE


@table_of(lists.SOURCES, tables.SOURCES)
class SourcesFile(ListFileView):
    """Sources as a file."""

    listing, table = lists.SOURCES, tables.SOURCES


@table_of(lists.DOCUMENTS, tables.DOCUMENTS)
class DocumentsFile(ListFileView):
    """Documents as a file."""

    listing, table = lists.DOCUMENTS, tables.DOCUMENTS


@table_of(lists.CHANGES, tables.CHANGES)
class ChangesFile(ListFileView):
    """The public log as a file."""

    listing, table = lists.CHANGES, tables.CHANGES
