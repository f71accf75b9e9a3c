"""The comparisons of one event: one row per claim, with how it stands in its comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.exports.tables import Column, Table
from claims.models import Claim
from claims.queries.comparisons import ClaimInComparison, ComparisonView


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """One claim of one comparison."""

    view: ComparisonView
    shown: ClaimInComparison

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.shown.claim


def compared(view: ComparisonView) -> Iterator[ComparedClaim]:
    """Yield every claim of a comparison, oldest first."""
    for shown in view.claims:
        yield ComparedClaim(view, shown)


def _party(row: ComparedClaim) -> str | None:
    party = row.view.question.victims_party
    return party.name if party else None


COMPARED_CLAIMS = Table(
    "comparisons",
    (
        Column("comparison_id", "text", "The comparison's id.", lambda r: r.view.public_id),
        Column("event_id", "text", "The event's id.", lambda r: r.view.event.public_id),
        Column("measure", "code", "Code of measure.", lambda r: r.view.question.measure),
        Column("victims", "code", "Code of victims.", lambda r: r.view.question.victims),
        Column("victims_party", "text", "The party they belong to.", _party),
        Column("verdict", "code", "Code of verdict.", lambda r: str(r.view.result.verdict)),
        Column("claim_id", "text", "The claim's id.", lambda r: r.claim.public_id),
        Column("claimant_id", "text", "The claimant's id.", lambda r: r.claim.claimant.public_id),
        Column("claimant", "text", "Who makes the claim.", lambda r: r.claim.claimant.name),
        Column("claimant_kind", "code", "Code of source_kind.", lambda r: r.claim.claimant.kind),
        Column("stance", "code", "Code of stance.", lambda r: str(r.shown.stance)),
        Column(
            "is_compilation",
            "boolean",
            "Puts others' reports together.",
            lambda r: r.claim.claimant.is_compilation,
        ),
        Column("wording", "text", "The source's own words.", lambda r: r.claim.wording),
        Column("qualifier", "code", "Code of qualifier.", lambda r: r.claim.qualifier),
        Column("low", "integer", "As stated.", lambda r: r.claim.low),
        Column("best", "integer", "As stated.", lambda r: r.claim.best),
        Column("high", "integer", "As stated.", lambda r: r.claim.high),
        Column(
            "bounds_low",
            "integer",
            "The least that the claim allows on the reading asked.",
            lambda r: r.shown.bounds.low if r.shown.bounds else None,
        ),
        Column(
            "bounds_high",
            "integer",
            "The most that it allows; empty where there is no upper end.",
            lambda r: r.shown.bounds.high if r.shown.bounds else None,
        ),
        Column("votes", "boolean", "Whether it votes.", lambda r: r.shown.votes),
        Column("count_basis", "code", "Code of count_basis.", lambda r: r.claim.count_basis),
        Column("claimed_on", "date", "When it was claimed.", lambda r: r.claim.claimed),
        Column("as_of", "day", "The day the figure counts up to.", lambda r: r.claim.as_of),
        Column("period_start", "day", "Where not the event's own.", lambda r: r.claim.period_start),
        Column("period_end", "day", "Where not the event's own.", lambda r: r.claim.period_end),
        Column("area", "text", "Where not the event's own.", lambda r: r.claim.area),
        Column(
            "revises",
            "text",
            "The id of the claim it replaces.",
            lambda r: r.shown.revises.public_id if r.shown.revises else None,
        ),
        Column(
            "revised_by",
            "text",
            "The id of the claim that replaces it.",
            lambda r: r.shown.revised_by.public_id if r.shown.revised_by else None,
        ),
        Column("credibility", "code", "Code of credibility.", lambda r: r.claim.credibility),
        Column(
            "citation_count", "integer", "Documents carrying it.", lambda r: len(r.shown.citations)
        ),
    ),
    compared,
)
