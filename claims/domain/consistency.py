"""Parts and wholes across comparisons: a part may not exceed its whole.

Children are part of people, killed are part of killed or injured, a strike is part of its
campaign. From that only one thing follows: the least a part can be is not more than the most its
whole can be. Broken within one claimant it is an inconsistency, across claimants a dispute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.domain.figures import Bounds
from claims.domain.vocabularies import PARTS_OF_CIVILIANS

_PARTS_OF_MEASURE = {"killed_or_injured": frozenset({"killed", "injured", "died_of_wounds"})}


@dataclass(frozen=True, slots=True)
class Counted:
    """What one claim says: whom it counts, how, and within which bounds."""

    key: str
    claimant: str
    measure: str
    victims: str
    party: str | None
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Excess:
    """A part that is said to be larger than its whole."""

    part: Counted
    whole: Counted

    @property
    def is_within_one_claimant(self) -> bool:
        """Whether one claimant says both: an inconsistency rather than a dispute."""
        return self.part.claimant == self.whole.claimant


def is_part_of_measure(part: str, whole: str) -> bool:
    """Tell whether everybody counted by one measure is counted by another."""
    return part == whole or part in _PARTS_OF_MEASURE.get(whole, frozenset())


def is_part_of_victims(part: str, whole: str) -> bool:
    """Tell whether one group of victims is contained in another."""
    if whole in (part, "people"):
        return True
    return whole == "civilians" and part in PARTS_OF_CIVILIANS


def is_part(part: Counted, whole: Counted) -> bool:
    """Tell whether one question counts a part of what another counts, and is not the same."""
    questions = [(c.measure, c.victims, c.party) for c in (part, whole)]
    return (
        questions[0] != questions[1]
        and is_part_of_measure(part.measure, whole.measure)
        and is_part_of_victims(part.victims, whole.victims)
        and whole.party in (None, part.party)
    )


def excesses(counted: Sequence[Counted]) -> list[Excess]:
    """Return every part that exceeds a whole, the widest excess first.

    For each pair of questions only the claim with the largest low bound of the part and the one
    with the smallest high bound of the whole are named, so that the answer stays readable; the
    work is quadratic in the number of questions, not of claims.
    """
    largest = _extreme(counted, lambda c: c.bounds.low)
    smallest = _extreme(
        [c for c in counted if c.bounds.high is not None], lambda c: -(c.bounds.high or 0)
    )
    found = [
        Excess(part, whole)
        for part in largest
        for whole in smallest
        if whole.bounds.lies_below(part.bounds) and is_part(part, whole)
    ]
    return sorted(found, key=_by_size)


def _by_size(excess: Excess) -> tuple[int, str, str]:
    size = excess.part.bounds.low - (excess.whole.bounds.high or 0)
    return -size, excess.part.key, excess.whole.key


def _extreme(counted: Sequence[Counted], key: Callable[[Counted], int]) -> list[Counted]:
    """Keep per question the claim with the largest key, ties by id."""
    best: dict[tuple[str, str, str | None], Counted] = {}
    for claim in sorted(counted, key=lambda c: c.key):
        question = claim.measure, claim.victims, claim.party
        if question not in best or key(claim) > key(best[question]):
            best[question] = claim
    return list(best.values())
