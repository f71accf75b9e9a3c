"""The days on which something was claimed about an event, in every view of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claims.queries.compared import ComparedClaim


def claim_days(claims: Sequence[ComparedClaim]) -> list[date]:
    """Return the days from which an event's public claims count; some claims have none."""
    dated = (claim.claimed or claim.cited_on for claim in claims)
    return [day.last for day in dated if day is not None]
