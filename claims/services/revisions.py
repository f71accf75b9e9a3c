"""Which claim may revise which: one claimant, one event, one question, and never in a circle.

Called while the event is locked, so that no two edits can close a circle together.
"""

from __future__ import annotations

from claims.models import Claim
from claims.services.refusals import RevisionCycle, WrongClaimant

QUESTION = ("event_id", "claimant_id", "measure", "victims", "victims_party_id")


def check_revision(claim: Claim) -> None:
    """Raise ``WrongClaimant`` or ``RevisionCycle`` where a claim's revisions cannot stand."""
    if claim.revises is not None:
        _check_same_question(claim, claim.revises)
        _check_no_cycle(claim)
    if claim.pk:
        for later in claim.revisions.exclude(state__in=("withdrawn", "rejected")):
            _check_same_question(later, claim)


def _check_same_question(later: Claim, earlier: Claim) -> None:
    differing = [name for name in QUESTION if getattr(later, name) != getattr(earlier, name)]
    if differing:
        what = " and ".join(
            f"{name.replace('_', ' ')} (“{_shown(later, name)}” and “{_shown(earlier, name)}”)"
            for name in (column.removesuffix("_id") for column in differing)
        )
        raise WrongClaimant(
            "A claim revises only an earlier claim of the same claimant on the same question; "
            f"{later.public_id} and {earlier.public_id} differ in {what}. Mend the one that is "
            "wrong, or let the later one revise none."
        )


def _shown(claim: Claim, name: str) -> str:
    value = getattr(claim, name)
    return "none" if value is None else str(value)


def _check_no_cycle(claim: Claim) -> None:
    revises = dict(
        Claim.objects.filter(event=claim.event_id, claimant=claim.claimant_id)
        .order_by()
        .values_list("pk", "revises")
    )
    earlier, seen = claim.revises_id, {claim.pk}
    while earlier is not None:
        if earlier in seen:
            raise RevisionCycle(f"Claim {claim.public_id} would revise itself by way of others.")
        seen.add(earlier)
        earlier = revises.get(earlier)
