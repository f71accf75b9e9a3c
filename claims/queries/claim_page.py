"""One claim with everything that its page shows: citations, chain of revisions, comparison, log.

At most six SQL queries; the records that the log names take two more. Only public rows are read;
what the log shows of earlier wordings is kept back while the record itself is not public.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.domain.stance import Stance, stance
from claims.models import Change, Citation, Claim, Comparison
from claims.queries.addresses import record_at
from claims.queries.lists import public_changes, published_citations
from claims.queries.neighbours import chain_of

CHAIN_REACH = 12
"""How many claims before and after the one shown the chain of revisions shows."""
LATEST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A public claim and what belongs to it; the chain runs from the earliest to the latest."""

    claim: Claim
    stance: Stance
    citations: list[Citation]
    chain: list[Claim]
    chain_length: int
    comparison: Comparison | None
    changes: list[Change]

    @property
    def revised_by(self) -> Claim | None:
        """The claim that replaced this one."""
        return next((c for c in self.chain if c.revises_id == self.claim.pk), None)

    @property
    def revises(self) -> Claim | None:
        """The public claim that this one replaced."""
        return next((c for c in self.chain if c.pk == self.claim.revises_id), None)


def claim_page(public_id: str) -> ClaimPage:
    """Return what the page of a claim shows.

    Raises ``Moved``, ``Withdrawn`` or ``NothingThere``.
    """
    rows = (
        Claim.objects.published()
        .filter(event__state="published")
        .select_related("event", "claimant", "victims_party")
        .prefetch_related("event__parties", published_citations())
    )
    claim: Claim = record_at(rows, public_id)
    chain = chain_of(claim)
    return ClaimPage(
        claim=claim,
        stance=stance(
            speaks_for=claim.claimant.speaks_for_id,
            victims_party=claim.victims_party_id,
            parties=[party.pk for party in claim.event.parties.all()],
        ),
        citations=claim.published_citations,
        chain=_near(claim, chain),
        chain_length=len(chain),
        comparison=_comparison(claim),
        changes=list(public_changes().filter(claim=claim).order_by("-id")[:LATEST_CHANGES]),
    )


def _near(claim: Claim, chain: list[Claim]) -> list[Claim]:
    """Return the stretch of a chain around one of its claims."""
    at = next(i for i, other in enumerate(chain) if other.pk == claim.pk)
    return chain[max(0, at - CHAIN_REACH) : at + CHAIN_REACH + 1]


def _comparison(claim: Claim) -> Comparison | None:
    return (
        Comparison.objects.published()
        .select_related("victims_party")
        .filter(
            event=claim.event_id,
            measure=claim.measure,
            victims=claim.victims,
            victims_party=claim.victims_party_id,
        )
        .first()
    )
