"""How a claimant stands to the victims it counts; a relation, not a property of the claimant."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Stance(StrEnum):
    """Codes of the vocabulary ``stance``."""

    OWN_LOSSES = "own_losses"
    ENEMY_LOSSES = "enemy_losses"
    THIRD_PARTY = "third_party"


_OWN_LOSSES, _ENEMY_LOSSES, _THIRD_PARTY = Stance


def stance(
    *, speaks_for: int | None, victims_party: int | None, parties: Collection[int]
) -> Stance:
    """Return the stance of a claimant that speaks for a party towards one party's victims.

    Opposing means: both are parties to the event and not the same one.
    """
    if speaks_for is None or victims_party is None:
        return _THIRD_PARTY
    if speaks_for == victims_party:
        return _OWN_LOSSES
    return _ENEMY_LOSSES if speaks_for in parties and victims_party in parties else _THIRD_PARTY
