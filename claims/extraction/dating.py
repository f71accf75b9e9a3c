"""When and where, as far as a sentence says: stub to be replaced below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.domain.dates import PartialDate
from claims.extraction.claimants import Statement
from claims.extraction.lexicon import Lexicon
from claims.extraction.linking import Link
from claims.extraction.tokens import Sentence


@dataclass(slots=True)
class Spoken:
    """When a claimant spoke, and which place, day and period the words name."""

    place: str = ""
    date_words: str = ""
    claimed_on: PartialDate | None = None
    period_start: PartialDate | None = None
    period_words: str = ""


def dates_of(
    sentence: Sentence,
    language: Lexicon,
    published_on: date | None,
    statement: Statement | None,
    link: Link,
) -> Spoken:
    """Return what a sentence says of time and place."""
    return Spoken(claimed_on=PartialDate(published_on) if published_on else None)
