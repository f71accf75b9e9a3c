"""The days on which something was claimed about an event, in every view of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claims.queries.compared import ComparedClaim, ComparedEvent
from claims.queries.comparisons import statement


def claim_days(event: ComparedEvent, claims: Sequence[ComparedClaim]) -> list[date]:
    """Return the days from which the event's public claims count; some claims have none."""
    counted = (statement(event, claim).counts_from for claim in claims)
    return [day for day in counted if day is not None]
