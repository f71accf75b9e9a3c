"""What a source claimed, each claim beside what others claimed for the same question.

At most seven SQL queries. What others say is read from the stored comparison document of each
event on the page, which holds the claims as they vote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from claims.domain.figures import Figure, Qualifier
from claims.models import Claim, EventDigest, Source
from claims.queries import filters
from claims.queries.addresses import record_at
from claims.queries.lists import public_documents, public_sources
from claims.queries.paging import Order, Page, page_of
from claims.queries.parameters import BadParameter

CLAIMS_SHOWN = 20
DOCUMENTS_SHOWN = 15
OTHERS_NAMED = 4
LATEST_CLAIM_FIRST = next(o for o in filters.CLAIM_ORDERS if o.name == "-claimed_on")
LATEST_ADDED_FIRST = Order("-added", "pk", int, "latest added first")


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """A current claim of somebody else on the same question."""

    public_id: str
    url: str
    claimant: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class ClaimBesideOthers:
    """One claim of the source, and the votes of others on its question.

    ``lowest`` and ``highest`` are the numbers that the others state, without this source.
    ``others`` names some of them, ``further`` says how many more there are; ``is_alone`` that
    nobody else is on record at all, not even with a claim that does not vote.
    """

    claim: Claim
    revised_by: Claim | None
    comparison_id: str
    verdict: str
    lowest: int | None
    highest: int | None
    others: list[OtherClaim]
    further: int
    is_alone: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A public source with one page of its claims and one of the documents it published."""

    source: Source
    claims: Page
    documents: Page


def source_page(
    public_id: str, *, claims_cursor: str = "", documents_cursor: str = ""
) -> SourcePage:
    """Return what the page of a source shows.

    Raises ``Moved``, ``Withdrawn``, ``NothingThere``, or ``BadParameter`` for a cursor.
    """
    source: Source = record_at(public_sources(), public_id)
    claims = page_of(
        _claims_of(source), LATEST_CLAIM_FIRST, size=CLAIMS_SHOWN, cursor=claims_cursor
    )
    beside = _beside_others(claims.rows)
    return SourcePage(
        source,
        Page(beside, claims.next_cursor, claims.previous_cursor),
        _documents_of(source, documents_cursor),
    )


def _claims_of(source: Source) -> Any:
    revisions = Claim.objects.published().filter(claimant=source)
    return (
        Claim.objects.published()
        .filter(claimant=source, event__state="published")
        .select_related("event", "claimant", "victims_party")
        .prefetch_related(Prefetch("revisions", revisions, to_attr="published_revisions"))
    )


def _documents_of(source: Source, cursor: str) -> Page:
    try:
        return page_of(
            public_documents().filter(publisher=source),
            LATEST_ADDED_FIRST,
            size=DOCUMENTS_SHOWN,
            cursor=cursor,
        )
    except BadParameter as error:
        raise BadParameter("documents", error.message) from error


def _beside_others(claims: Iterable[Claim]) -> list[ClaimBesideOthers]:
    claims = list(claims)
    asked = _stored_comparisons({claim.event_id for claim in claims})
    return [_beside(claim, asked.get(_question(claim))) for claim in claims]


def _question(claim: Claim) -> tuple[int, str, str, str]:
    party = claim.victims_party.public_id if claim.victims_party else ""
    return claim.event_id, claim.measure, claim.victims, party


def _stored_comparisons(event_ids: Iterable[int]) -> dict[tuple[int, str, str, str], Any]:
    """Return the stored comparison documents of events by question."""
    digests = EventDigest.objects.filter(event__in=event_ids).values_list(
        "event_id", "comparisons_json"
    )
    return {
        (
            event_id,
            stored["measure"],
            stored["victims"],
            (stored["victims_party"] or {}).get("id", ""),
        ): stored
        for event_id, text in digests
        for stored in json.loads(text)["results"]
    }


def _beside(claim: Claim, stored: Mapping[str, Any] | None) -> ClaimBesideOthers:
    revised_by = next(iter(claim.published_revisions), None)
    if stored is None:
        return ClaimBesideOthers(claim, revised_by, "", "", None, None, [], 0, is_alone=True)
    theirs = [c for c in stored["claims"] if c["claimant"]["id"] != claim.claimant.public_id]
    votes = [c for c in theirs if c["votes"]]
    numbers = [number for vote in votes for number in _stated(vote["figure"])]
    return ClaimBesideOthers(
        claim=claim,
        revised_by=revised_by,
        comparison_id=stored["id"],
        verdict=stored["verdict"],
        lowest=min(numbers, default=None),
        highest=max(numbers, default=None),
        others=[_other(vote) for vote in votes[:OTHERS_NAMED]],
        further=max(0, len(votes) - OTHERS_NAMED),
        is_alone=not theirs,
    )


def _stated(figure: Mapping[str, Any]) -> list[int]:
    """Return the numbers that a figure states; words for an order of size state none."""
    if figure["qualifier"] == "order":
        return []
    return [figure[end] for end in ("low", "best", "high") if figure[end] is not None]


def _other(vote: Mapping[str, Any]) -> OtherClaim:
    stated = vote["figure"]
    figure = Figure(
        Qualifier(stated["qualifier"]),
        stated["low"],
        stated["best"],
        stated["high"],
        wording=stated["wording"],
        disordered=stated["disordered"],
    )
    return OtherClaim(vote["id"], vote["url"], vote["claimant"]["name"], figure)
