"""What an event's claims say together, as short sentences for editors."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from claims.admin.readings import bounds_in_words
from claims.domain.vocabularies import MEASURE, VERDICT, VICTIMS
from claims.queries.comparisons import ComparisonView


@dataclass(frozen=True, slots=True)
class Line:
    """One question and what its claims say."""

    question: str
    verdict: str
    sentence: str


def comparison_lines(views: list[ComparisonView]) -> list[Line]:
    """Return a line for each question that has public claims."""
    return [
        Line(_question(view), VERDICT.label(str(view.result.verdict)), _said(view))
        for view in views
    ]


def _question(view: ComparisonView) -> str:
    asked = view.question
    party = f" of {asked.victims_party}" if asked.victims_party else ""
    who = VICTIMS.label(asked.victims)
    return f"{who[:1].upper()}{who[1:]}{party}: {MEASURE.label(asked.measure)}"


def _said(view: ComparisonView) -> str:
    return " ".join(part for part in (_range(view), _gap(view)) if part)


def _range(view: ComparisonView) -> str:
    result = view.result
    many = f"{view.claim_count} claim{'s' * (view.claim_count != 1)}"
    who = f"{view.claimant_count} claimant{'s' * (view.claimant_count != 1)} with a vote"
    if result.lowest is None or result.highest is None:
        return f"No numbers yet ({many})."
    if result.lowest == result.highest:
        return f"{result.lowest:,} ({many}, {who})."
    return f"From {result.lowest:,} to {result.highest:,} ({many}, {who})."


def _gap(view: ComparisonView) -> str:
    gap = view.result.gap
    if gap is None:
        return ""
    smaller, larger = (view.claim(key) for key in (gap.smaller, gap.larger))
    by = (
        "" if gap.ratio is None else f", a factor of at least {gap.ratio.quantize(Decimal('0.01'))}"
    )
    return (
        f"{smaller.claim.claimant} ({bounds_in_words(smaller.bounds)}) and "
        f"{larger.claim.claimant} ({bounds_in_words(larger.bounds)}) cannot both be right: "
        f"{gap.low:,} at most against {gap.high:,} at least{by}."
    )
