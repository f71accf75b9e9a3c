"""How the new figure of a claimant differs from the one it replaces, in a word."""

from __future__ import annotations

from enum import StrEnum
from math import inf

from claims.domain.figures import Bounds, Figure, Qualifier


class Move(StrEnum):
    """What became of a figure; the values are what people read."""

    RAISED = "raised"
    LOWERED = "lowered"
    NARROWED = "narrowed"
    WIDENED = "widened"
    REWORDED = "reworded"
    NUMBERED = "now a number"
    UNNUMBERED = "no number any more"


_FLOORS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
_CEILINGS = frozenset({Qualifier.AT_MOST, Qualifier.FEWER_THAN})
_OF_ONE_NUMBER = _FLOORS | _CEILINGS | {Qualifier.EXACTLY, Qualifier.ABOUT, Qualifier.NEARLY}


def move(before: Figure, after: Figure) -> Move:
    """Return what became of a figure.

    Where both give one number, the numbers tell; a floor that becomes a ceiling is only said in
    other words. Otherwise the bounds tell, on the plain reading: no middle of a range is invented.
    """
    old, new = before.bounds(), after.bounds()
    if old is None or new is None:
        if old is new:
            return Move.REWORDED
        return Move.NUMBERED if old is None else Move.UNNUMBERED
    if {before.qualifier, after.qualifier} <= _OF_ONE_NUMBER:
        if _is_turned(before.qualifier, after.qualifier):
            return Move.REWORDED
        return _between(before.stated[0], after.stated[0])
    return _between_bounds(old, new)


def _is_turned(old: Qualifier, new: Qualifier) -> bool:
    return (old in _FLOORS and new in _CEILINGS) or (old in _CEILINGS and new in _FLOORS)


def _between(old: int, new: int) -> Move:
    if old == new:
        return Move.REWORDED
    return Move.RAISED if new > old else Move.LOWERED


def _between_bounds(old: Bounds, new: Bounds) -> Move:
    lower, upper = _step(old.low, new.low), _step(_end(old), _end(new))
    if lower == upper == 0:
        return Move.REWORDED
    if lower >= 0 and upper >= 0:
        return Move.RAISED
    if lower <= 0 and upper <= 0:
        return Move.LOWERED
    return Move.NARROWED if lower > 0 else Move.WIDENED


def _end(bounds: Bounds) -> float:
    return inf if bounds.high is None else bounds.high


def _step(old: float, new: float) -> int:
    return (new > old) - (new < old)
