"""How far a statement reaches: forward to the next one, or back over what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.names import Extent
from claims.extraction.reading import Attribution
from claims.extraction.tokens import DASHES, Sentence

_BEHIND = (",", "»", "”", '"', "–", "—", "-")


@dataclass(slots=True)
class Statement:
    """One attribution: the words that attribute, the tokens that name the claimant, the reach.

    ``at`` to ``at_stop`` are the attributing words, ``name`` the extent of the claimant's name;
    ``is_pronoun`` tells that the name only stands for whoever spoke before. Figures at tokens
    ``start`` to ``stop`` belong to it.
    """

    kind: Attribution
    at: int
    at_stop: int
    name: Extent
    is_pronoun: bool = False
    start: int = 0
    stop: int = 0

    @property
    def first(self) -> int:
        """The first of its own tokens."""
        return min(self.name[0], self.at)

    @property
    def last(self) -> int:
        """The token after its own."""
        return max(self.name[1], self.at_stop)


def settle_reach(sentence: Sentence, found: Sequence[Statement], figures: Sequence[int]) -> None:
    """Give each statement the tokens it covers; ``figures`` are the tokens of the numbers."""
    edge = 0
    for place, statement in enumerate(found):
        limit = found[place + 1].first if place + 1 < len(found) else len(sentence)
        if _says_forward(sentence, statement, limit, figures):
            statement.start, statement.stop = statement.first, limit
        else:
            is_last = place + 1 == len(found)
            statement.start = edge
            statement.stop = _end_of_closed(sentence, statement.last, limit, is_last=is_last)
        edge = statement.stop


def _says_forward(
    sentence: Sentence, statement: Statement, limit: int, figures: Sequence[int]
) -> bool:
    """Tell whether what was said stands behind the words that attribute it."""
    first, last = statement.first, statement.last
    if first == 0:
        return True
    if not any(sentence.words[at][0].isalnum() for at in range(last, limit)):
        return False
    if _is_closed(sentence, first, last) or sentence.words[statement.at] in (*DASHES, ":"):
        return False
    has_figure = any(last <= start < limit for start in figures)
    if not sentence.has(statement.at, "according"):
        return has_figure or sentence.word(first - 1) not in _BEHIND
    opens = sentence.word(first - 1) in (",", ";") or any(
        sentence.has(first - 1, name) for name in ("contrast", "and")
    )
    return has_figure and opens


def _is_closed(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether an attribution stands behind what was said, between commas."""
    while (
        sentence.has(last, "weekday")
        or sentence.has(last, "day_word")
        or (sentence.has(last, "place") and sentence.has(last + 1, "weekday"))
    ):
        last += 1
    return sentence.word(first - 1) in _BEHIND and sentence.word(last) in (".", ",", ";", "")


def _end_of_closed(sentence: Sentence, last: int, limit: int, *, is_last: bool) -> int:
    """Return where a statement between commas ends: its sentence goes on after it."""
    for at in range(last, limit):
        if "contrast" in sentence.marks[at]:
            return at
    return limit if is_last else last


def statement_of(found: Sequence[Statement], at: int) -> Statement | None:
    """Return the statement that covers a token."""
    return next((s for s in found if s.start <= at < s.stop), None)
