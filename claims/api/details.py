"""One record each, with what stands around it."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import records, shapes
from claims.api.base import ApiView, json_answer
from claims.api.schema import one
from claims.queries import lists, neighbours
from claims.queries.addresses import record_at
from claims.queries.freshness import freshness
from claims.queries.parameters import check_known


@one("get_event", shapes.EventDetail)
class Event(ApiView):
    """An event with its parts and the numbers of its comparisons."""

    def get(self, request: Request, public_id: str) -> Response:
        """Answer one event."""
        check_known(request.GET, ())
        now = freshness()
        event = record_at(lists.public_events(), public_id)
        children = neighbours.children_of(event)
        comparisons = neighbours.comparisons_of(event)
        return json_answer(records.event_detail(event, children, comparisons), now)


@one("get_claim", shapes.ClaimDetail)
class Claim(ApiView):
    """A claim with its citations and the chain of revisions it stands in."""

    def get(self, request: Request, public_id: str) -> Response:
        """Answer one claim."""
        check_known(request.GET, ())
        now = freshness()
        claim = record_at(lists.public_claims(), public_id)
        return json_answer(records.claim_detail(claim, neighbours.chain_of(claim)), now)


@one("get_source", shapes.Source)
class Source(ApiView):
    """A source."""

    def get(self, request: Request, public_id: str) -> Response:
        """Answer one source."""
        check_known(request.GET, ())
        now = freshness()
        source = record_at(lists.public_sources(), public_id)
        return json_answer(records.source_record(source), now)


@one("get_document", shapes.DocumentDetail)
class Document(ApiView):
    """A document with the claims it carries."""

    def get(self, request: Request, public_id: str) -> Response:
        """Answer one document."""
        check_known(request.GET, ())
        now = freshness()
        document = record_at(lists.public_documents(), public_id)
        citations = neighbours.citations_of(document)
        return json_answer(records.document_detail(document, citations), now)
