"""Figures as numbers that programs compare: the ends that the words state, and nothing inferred."""

from __future__ import annotations

from claims.domain.figures import Figure, Qualifier
from claims.extraction.reading import Candidate

Interval = tuple[int | None, int | None]

_MEASURES = {
    "killed_or_injured": "casualties",
    "losses_unspecified": "casualties",
    "bodies_recovered": "killed",
    "died_of_wounds": "killed",
}


def stated_interval(figure: Figure) -> Interval:
    """Return the stated numbers, ``None`` where the words leave an end open.

    n and about n give both ends, more than n gives n+1, words for an order of size their low end.
    """
    low, best, high = figure.low, figure.best, figure.high
    match figure.qualifier:
        case Qualifier.MORE_THAN:
            return (low or 0) + 1, None
        case Qualifier.FEWER_THAN:
            return None, (high or 0) - 1
        case Qualifier.ORDER:
            return low, None
        case Qualifier.EXACTLY | Qualifier.ABOUT:
            return best, best
        case _:
            return low, high


def measure_of(candidate: Candidate) -> str:
    """Return killed, injured, missing, captured or casualties."""
    return _MEASURES.get(candidate.measure, candidate.measure)
