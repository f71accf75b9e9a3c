"""How much of each question a page shows at once, so that a page stays one that can be read.

The questions of a page share its room: what is small is shown whole, what is large shares what is
left. A question that was opened, or is the only one, has all the room for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.queries.comparisons import ComparisonView
from claims.web.charts.dotplot import MOST_ROWS
from claims.web.event_page.state import EVERY_QUESTION, PageState

MOST_CLAIMS = 100
"""Claims in the table of a question that has the room for itself."""
CLAIMS_TOGETHER, MARKS_TOGETHER = 75, 100
"""Claims in the tables, and rows in the charts, of questions that share the room."""
MOST_LINES = 6
"""Figures whose revisions are shown, of a question that was not opened."""


@dataclass(frozen=True, slots=True)
class Room:
    """The most that a question shows: claims, rows of its chart, revised figures."""

    claims: int = MOST_CLAIMS
    marks: int = MOST_ROWS
    lines: int | None = None


WHOLE = Room()


def rooms(views: Sequence[ComparisonView], state: PageState) -> list[Room]:
    """Return the room of each question that the page shows whole."""
    sharing = [
        view
        for view in views
        if len(views) > 1 and state.question not in (view.public_id, EVERY_QUESTION)
    ]
    sizes = [view.claim_count for view in sharing]
    claims = shares(sizes, CLAIMS_TOGETHER)
    marks = shares([min(size, MOST_ROWS) for size in sizes], MARKS_TOGETHER)
    shared = {
        view.public_id: Room(of_claims, of_marks, MOST_LINES)
        for view, of_claims, of_marks in zip(sharing, claims, marks, strict=True)
    }
    return [shared.get(view.public_id, WHOLE) for view in views]


def shares(wanted: Sequence[int], most: int) -> list[int]:
    """Share ``most`` among those who want so many each: whoever wants less leaves more."""
    given, left = [0] * len(wanted), most
    smallest_first = sorted(range(len(wanted)), key=wanted.__getitem__)
    for served, place in enumerate(smallest_first):
        given[place] = min(wanted[place], left // (len(wanted) - served))
        left -= given[place]
    return given
