"""The comparisons of one event: every question with its claims, as JSON and as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from rest_framework.request import Request

from claims.api import shapes
from claims.api.base import ApiView
from claims.api.files import STYLE_NAMES, FileView, file_answer
from claims.api.quick import json_body
from claims.api.schema import COMPARISON_PARAMETERS, one, table
from claims.domain.figures import Reading
from claims.domain.public_ids import PATTERN
from claims.exports.comparisons import COMPARED_CLAIMS
from claims.models import Event
from claims.queries.addresses import record_at
from claims.queries.compared import ComparedEvent
from claims.queries.compared_rows import compared_event
from claims.queries.comparison_document import as_body, comparisons_document
from claims.queries.comparisons import ComparisonView, event_comparisons
from claims.queries.parameter_kinds import read_parameters
from claims.queries.parameters import ComparisonOptions
from claims.queries.stored_comparisons import stored_comparisons


@one("list_event_comparisons", shapes.Comparisons, COMPARISON_PARAMETERS)
class EventComparisons(ApiView):
    """Every comparison of an event with its claims and their citations.

    Without parameters it is ready made and costs one indexed read; with parameters it is
    computed from the claims of this event.
    """

    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Answer the comparisons."""
        return comparisons_answer(request, public_id)


def comparisons_answer(request: Request | HttpRequest, public_id: str) -> HttpResponse:
    """Return the comparisons of an event: the document as made, or as the parameters ask."""
    asked = read_parameters(request.GET, COMPARISON_PARAMETERS)
    if not asked and PATTERN.match(public_id) and (stored := stored_comparisons(public_id)):
        answer = json_body(stored.body, stored.etag)
        if stored.changed_at:
            answer["Last-Modified"] = http_date(stored.changed_at.timestamp())
        return answer
    return json_body(*as_body(comparisons_document(comparisons_asked(public_id, asked))))


@table("export_event_comparisons", COMPARED_CLAIMS, COMPARISON_PARAMETERS)
class EventComparisonsFile(FileView):
    """The claims of an event with how they stand in its comparisons, as a file."""

    def get(self, request: Request, public_id: str, ending: str) -> HttpResponseBase:
        """Stream a row per claim."""
        asked = read_parameters(request.GET, COMPARISON_PARAMETERS, also=STYLE_NAMES)
        views = comparisons_asked(public_id, asked)
        return file_answer(self, request, COMPARED_CLAIMS, views)


def comparisons_asked(public_id: str, asked: dict[str, Any]) -> list[ComparisonView]:
    """Return the comparisons of an event as the parameters ask for them.

    Raises what ``record_at`` raises for an event that is not public.
    """
    event = compared_event(public_id) if PATTERN.match(public_id) else None
    if event is None:
        event = ComparedEvent.of(record_at(Event.objects.published(), public_id))
    options = ComparisonOptions(
        as_of=asked.get("as_of"),
        reading=Reading(asked.get("reading", Reading.PLAIN)),
        compilations=asked.get("compilations") == "1",
    )
    return [
        view
        for view in event_comparisons(event, options)
        if asked.get("measure", view.question.measure) == view.question.measure
        and asked.get("victims", view.question.victims) == view.question.victims
    ]
