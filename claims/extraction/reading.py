"""What reading a text gives: candidates, that is figures found in it with the words around them.

A candidate is what a machine read, not a claim: a person accepts, mends or rejects it. Every
part of it points back to the text by offsets, and names the rules that made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.domain.dates import PartialDate
from claims.domain.figures import Figure

EXTRACTOR_VERSION = "1"
"""Grows when the rules or the language files change what is found in a text."""


class Attribution(StrEnum):
    """How the words that attribute a figure put it."""

    ASSERTS = "asserts"
    DENIES = "denies"
    QUOTES = "quotes"
    ESTIMATES = "estimates"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text read: character offsets, the end not included."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the stretch."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure found in a text, with everything that was read about it.

    ``figure_span`` marks the number words alone ("400"), ``wording_span`` with the words that
    bound it ("at least 400"), which are also ``figure.wording``. ``measure``, ``victims`` and
    ``count_basis`` are codes of the domain's vocabularies; ``victims_wording`` are the text's
    own words for whom it counts and ``victims_party`` its word for their side ("Russian"), both
    empty where it has none. ``claimant`` is ``None`` where the text speaks in its own voice.
    ``claimed_on`` is the day the claimant spoke, as far as the text and the date of publication
    tell; ``period_start`` and ``period_words`` are the time that the figure covers where it says
    so ("since February 2022").

    ``part_of`` and ``revises`` are places in the list of candidates: five of those killed, 89
    after 63. ``is_part`` is also true where the whole is only spoken of ("the dead included"),
    ``is_more`` for a count on top of another ("four more"), ``is_earlier`` for a figure that the
    text itself replaces. ``confidence`` is a rank from 0 to 1 for sorting and never a
    probability. ``rules`` names the rules that fired, in the order in which they did.
    """

    figure_span: Span
    wording_span: Span
    sentence_span: Span
    figure: Figure
    measure: str
    victims: str = "people"
    victims_wording: str = ""
    victims_party: str = ""
    count_basis: str = "all_reported"
    claimant: str | None = None
    claimant_span: Span | None = None
    attribution: Attribution | None = None
    attribution_words: str = ""
    place: str = ""
    date_words: str = ""
    claimed_on: PartialDate | None = None
    period_start: PartialDate | None = None
    period_words: str = ""
    is_part: bool = False
    is_more: bool = False
    is_earlier: bool = False
    part_of: int | None = None
    revises: int | None = None
    confidence: float = 0.5
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextReading:
    """All candidates of a text, in the order in which they stand in it."""

    language: str
    version: str
    candidates: tuple[Candidate, ...]
