"""The headline figure of a document for each measure: what it says of the event as a whole.

The first figure that counts a whole and is not replaced in the text stands for the document, since
news say the latest count first. Figures of one list ("killed 17 soldiers and three civilians") are
added up, as every reader does; a count on top of another ("four more") stands only where no other
figure does.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.reading import Candidate, TextReading
from claims.extraction.stated import Interval, measure_of, stated_interval

_LISTS = frozenset({"listed", "shares-cue"})


def totals(reading: TextReading) -> dict[str, Interval]:
    """Return for each measure the stated numbers of the figure that stands for the document."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in reading.candidates:
        if not (candidate.is_part or candidate.is_earlier):
            groups.setdefault(measure_of(candidate), []).append(candidate)
    return {measure: _headline(candidates) for measure, candidates in groups.items()}


def _headline(candidates: Sequence[Candidate]) -> Interval:
    first = next((n for n, c in enumerate(candidates) if any(c.figure.stated)), 0)
    if candidates[first].is_more:
        first = next((n for n, c in enumerate(candidates) if _sums_up(c, candidates[first])), first)
    total = stated_interval(candidates[first].figure)
    for before, candidate in zip(candidates[first:], candidates[first + 1 :], strict=False):
        if not _continues_list(before, candidate):
            break
        total = _added(total, stated_interval(candidate.figure))
    return total


def _sums_up(candidate: Candidate, more: Candidate) -> bool:
    """Tell whether a figure is the sum that a count on top of others leads to."""
    return (
        candidate.sentence_span == more.sentence_span
        and not candidate.is_more
        and max(candidate.figure.stated, default=0) > max(more.figure.stated, default=0)
    )


def _continues_list(before: Candidate, candidate: Candidate) -> bool:
    """Tell whether a figure goes on with the list of the one before it."""
    return (
        before.sentence_span == candidate.sentence_span
        and before.claimant == candidate.claimant
        and not _LISTS.isdisjoint(candidate.rules)
        and not any(rule.startswith("toll:") for rule in candidate.rules)
    )


def _added(first: Interval, second: Interval) -> Interval:
    low, high = (
        None if a is None or b is None else a + b for a, b in zip(first, second, strict=True)
    )
    return low, high
