"""How a claimant stands to the victims it counts; a relation, not a property of the claimant."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Stance(StrEnum):
    """Codes of the vocabulary ``stance``."""

    OWN_LOSSES = "own_losses"
    ENEMY_LOSSES = "enemy_losses"
    THIRD_PARTY = "third_party"


def stance(
    *, speaks_for: int | None, victims_party: int | None, parties: Collection[int]
) -> Stance:
    """Return the stance of a claimant that speaks for a party towards one party's victims.

    Opposing means: both are parties to the event and not the same one.
    """
    if speaks_for is None or victims_party is None:
        return Stance.THIRD_PARTY
    if speaks_for == victims_party:
        return Stance.OWN_LOSSES
    if {speaks_for, victims_party} <= set(parties):
        return Stance.ENEMY_LOSSES
    return Stance.THIRD_PARTY
