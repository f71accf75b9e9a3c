"""What stands around one public record: its parts, its comparisons, its chain, its citations."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from claims.models import Citation, Claim, Comparison, Document, Event
from claims.queries.lists import public_claims

MOST_SHOWN = 200
"""How many neighbours a record brings along; the lists have all of them, page by page."""


def children_of(event: Event) -> QuerySet[Any]:
    """Return the public direct parts of an event, earliest first, at most ``MOST_SHOWN``."""
    return Event.objects.published().filter(parent=event).order_by("date_start", "pk")[:MOST_SHOWN]


def comparisons_of(event: Event) -> QuerySet[Any]:
    """Return the comparisons of an event, most claimants first, at most ``MOST_SHOWN``."""
    rows = Comparison.objects.published().filter(event=event)
    return rows.select_related("event", "victims_party").order_by(
        "-claimant_count", "-gap_order", "pk"
    )[:MOST_SHOWN]


def citations_of(document: Document) -> QuerySet[Any]:
    """Return the public citations of a document with their claims, at most ``MOST_SHOWN``."""
    return (
        Citation.objects.published()
        .filter(document=document, claim__state="published", claim__event__state="published")
        .prefetch_related(Prefetch("claim", public_claims()))
        .order_by("pk")[:MOST_SHOWN]
    )


def chain_of(claim: Claim) -> list[Claim]:
    """Return the public claims that revise each other around a claim, itself included.

    Oldest first. The chain ends where a claim is not public.
    """
    said = Claim.objects.published().filter(
        event=claim.event_id,
        claimant=claim.claimant_id,
        measure=claim.measure,
        victims=claim.victims,
    )
    own = {other.pk: other for other in said}
    later = {other.revises_id: other for other in own.values() if other.revises_id}
    chain = [own.get(claim.pk, claim)]
    # Every claim once: rows that point in a circle must not keep a reader waiting for ever.
    seen = {claim.pk}
    while (earlier := own.get(chain[0].revises_id or 0)) and earlier.pk not in seen:
        seen.add(earlier.pk)
        chain.insert(0, earlier)
    while (after := later.get(chain[-1].pk)) and after.pk not in seen:
        seen.add(after.pk)
        chain.append(after)
    return chain
