"""A reading in the form that programs exchange: one JSON object a document."""

from __future__ import annotations

from typing import Any

from claims.domain.figures import Figure, Qualifier
from claims.extraction.reading import Candidate, TextReading
from claims.extraction.totals import totals

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


def claim_object(candidate: Candidate) -> dict[str, Any]:
    """Return one candidate with its stated numbers and offsets.

    ``part_of`` tells whether it counts a part of another figure; ``whole`` is that one's place.
    """
    lower, upper = stated_interval(candidate.figure)
    return {
        "lower": lower,
        "upper": upper,
        "measure": measure_of(candidate),
        "population": candidate.victims_wording or None,
        "claimant": candidate.claimant,
        "start": candidate.figure_span.start,
        "end": candidate.figure_span.end,
        "part_of": candidate.is_part,
        "whole": candidate.part_of,
        "wording": candidate.figure.wording,
        "rules": list(candidate.rules),
    }


def document_object(key: Any, reading: TextReading) -> dict[str, Any]:
    """Return what ``extract_claims --jsonl`` writes for one document."""
    return {
        "id": key,
        "claims": [claim_object(candidate) for candidate in reading.candidates],
        "totals": {m: list(interval) for m, interval in totals(reading).items()},
    }
