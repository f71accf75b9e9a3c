"""Which questions of an event its page shows whole, and which stand in a table of their own.

Whole are the one that the page opens with and those that most claimants speak about; any other
is a link away, and is then shown whole as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.queries.comparisons import ComparisonView, Question, weightiest
from claims.web import words
from claims.web.event_page.state import EVERY_QUESTION, PageState

MOST_PANELS = 5
_ANY = "cm_"


@dataclass(frozen=True, slots=True)
class OtherQuestion:
    """A question that is not shown whole; ``query`` is the address of the view that does."""

    view: ComparisonView
    heading: str
    query: str


def about(question: Question) -> str:
    """Return what a question asks: "civilians of Ukraine killed"."""
    party = question.victims_party.name if question.victims_party else ""
    return words.question(question.measure, question.victims, party)


def with_question_of_claim(views: Sequence[ComparisonView], state: PageState) -> PageState:
    """Return the state with the question opened whose table goes on after a claim."""
    if not state.after or state.question:
        return state
    held = (v.public_id for v in views for c in v.claims if c.claim.public_id == state.after)
    return replace(state, question=next(held, ""))


def parted(
    views: Sequence[ComparisonView], state: PageState
) -> tuple[list[ComparisonView], list[OtherQuestion]]:
    """Return the questions that are shown whole and the others, both in their order."""
    if state.question == EVERY_QUESTION or len(views) <= MOST_PANELS:
        return list(views), []
    whole = {view.public_id for view in weightiest(views, MOST_PANELS)} | {state.question}
    # One address stands for all: only the question differs.
    pattern = state.with_question(_ANY).query
    others = [
        OtherQuestion(
            view,
            words.sentence(about(view.question)),
            pattern.replace(_ANY, view.public_id, 1),
        )
        for view in views
        if view.public_id not in whole
    ]
    return [view for view in views if view.public_id in whole], others
