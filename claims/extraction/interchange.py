"""A reading in the form that programs exchange: one JSON object a document."""

from __future__ import annotations

from typing import Any

from claims.extraction.reading import Candidate, TextReading
from claims.extraction.stated import measure_of, stated_interval
from claims.extraction.totals import totals


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
