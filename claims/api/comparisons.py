"""The comparisons of one event: every question with its claims, as JSON and as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api import shapes
from claims.api.base import ApiView, dated, json_answer
from claims.api.files import STYLE_NAMES, FileView, file_answer
from claims.api.schema import COMPARISON_PARAMETERS, one, table
from claims.domain.figures import Reading
from claims.exports.comparisons import COMPARED_CLAIMS
from claims.models import Event
from claims.queries.addresses import record_at
from claims.queries.comparison_document import comparisons_document
from claims.queries.comparisons import ComparisonView, event_comparisons
from claims.queries.freshness import freshness_of, with_freshness
from claims.queries.parameter_kinds import read_parameters
from claims.queries.parameters import ComparisonOptions


@one("list_event_comparisons", shapes.Comparisons, COMPARISON_PARAMETERS)
class EventComparisons(ApiView):
    """Every comparison of an event with its claims and their citations.

    Without parameters it is ready made and costs one indexed read; with parameters it is
    computed from the claims of this event.
    """

    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Answer the comparisons."""
        asked = read_parameters(request.GET, COMPARISON_PARAMETERS)
        rows = Event.objects.published()
        event = record_at(with_freshness(rows.select_related("digest")), public_id)
        if not asked and (digest := getattr(event, "digest", None)):
            stored = HttpResponse(digest.comparisons_json, content_type="application/json")
            stored["ETag"] = f'"{digest.etag}"'
            dated(stored, freshness_of(event))
            return stored
        document = comparisons_document(comparisons_asked(event, asked))
        return json_answer(document, freshness_of(event))


@table("export_event_comparisons", COMPARED_CLAIMS, COMPARISON_PARAMETERS)
class EventComparisonsFile(FileView):
    """The claims of an event with how they stand in its comparisons, as a file."""

    def get(self, request: Request, public_id: str, ending: str) -> HttpResponseBase:
        """Stream a row per claim."""
        asked = read_parameters(request.GET, COMPARISON_PARAMETERS, also=STYLE_NAMES)
        event = record_at(Event.objects.published(), public_id)
        return file_answer(self, request, COMPARED_CLAIMS, comparisons_asked(event, asked))


def comparisons_asked(event: Event, asked: dict[str, Any]) -> list[ComparisonView]:
    """Return the comparisons of an event as the parameters ask for them."""
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
