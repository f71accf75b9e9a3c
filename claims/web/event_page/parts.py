"""Parts said to be larger than their wholes, across the comparisons of one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.queries.comparisons import ClaimInComparison, ComparisonView, parts_above_wholes
from claims.web import words
from claims.web.event_page.questions import about


@dataclass(frozen=True, slots=True)
class PartAboveWhole:
    """A claim about a part, a claim about the whole that allows fewer, and whom each counts."""

    part: ClaimInComparison
    part_counts: str
    whole: ClaimInComparison
    whole_counts: str
    is_within_one_claimant: bool


def parts(views: Sequence[ComparisonView]) -> list[PartAboveWhole]:
    """Return the parts above their wholes, the widest first."""
    found = parts_above_wholes(views)
    if not found:
        return []
    shown = {
        c.claim.public_id: (c, words.sentence(about(view.question)))
        for view in views
        for c in view.claims
    }
    return [
        PartAboveWhole(
            *shown[excess.part.key], *shown[excess.whole.key], excess.is_within_one_claimant
        )
        for excess in found
    ]
