"""Which questions of an event its page shows whole, and which stand in a table of their own.

Whole are the one that the page opens with and those that most claimants speak about; any other
is a link away, and is then shown whole as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.safestring import SafeString

from claims.queries.comparisons import ComparisonView, Question, weightiest
from claims.web import words
from claims.web.event_page.state import EVERY_QUESTION, PageState
from claims.web.templatetags.figure_tags import people, verdict

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


def others_html(others: Sequence[OtherQuestion], address: str) -> SafeString:
    """Return the rows of the table of questions that the page at an address does not show whole."""
    return SafeString("".join([_row_html(other, address) for other in others]))


def _row_html(other: OtherQuestion, address: str) -> str:
    view, result = other.view, other.view.result
    verdict_html = verdict(result.verdict) if result.voters else ""
    link = f"{escape(address + other.query)}#{view.public_id}"
    return (
        f'<tr id="{view.public_id}">\n'
        f'<th scope="row"><a href="{link}">{escape(other.heading)}</a></th>\n'
        f"{_number('Claims', f'{view.claim_count:,}')}"
        f"{_number('Claimants voting', f'{view.claimant_count:,}')}"
        f"{_number('Lowest', people(result.lowest))}"
        f"{_number('Highest', people(result.highest))}"
        f'<td data-label="Verdict">{verdict_html}</td>\n'
        f"{_number('Widest contradiction', words.gap(result.gap))}"
        f"{_number('Factor of at least', words.gap_factor(result.gap))}"
        "</tr>\n"
    )


def _number(label: str, text: str) -> str:
    return f'<td data-label="{label}" class="num{"" if text else " none"}">{text}</td>\n'


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
