"""The headline figure of a document for each measure: what it says of the event as a whole."""

from __future__ import annotations

from claims.extraction.reading import Candidate, TextReading


def totals(reading: TextReading) -> dict[str, tuple[int | None, int | None]]:
    """Return for each measure the stated numbers of the figure that stands for the document."""
    from claims.extraction.interchange import measure_of, stated_interval

    best: dict[str, Candidate] = {}
    for candidate in reading.candidates:
        if candidate.is_part or candidate.is_earlier:
            continue
        best.setdefault(measure_of(candidate), candidate)
    return {measure: stated_interval(c.figure) for measure, c in best.items()}
