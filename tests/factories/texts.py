"""Texts that are kept, and figures read in them as the extraction would read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import User

from claims.domain.dates import PartialDate
from claims.domain.wording import parse_wording
from claims.extraction.reading import Candidate as Read
from claims.extraction.reading import Span, TextReading
from claims.models import Candidate, Document, StoredText
from claims.services.intake import take_document
from claims.services.readings import record_reading
from tests.factories.numbers import next_number
from tests.factories.users import author

TEXT = "Officials said at least 400 soldiers were killed. Another 25 were wounded."


def stored_text(
    text: str = "", *, by: User | None = None, document: Document | None = None, **fields: Any
) -> StoredText:
    """Return a new kept text of a new document, or of the one given."""
    number = next_number()
    defaults = {
        "title": f"Report {number}",
        "publisher": f"Paper {number}",
        "published_on": date(2023, 1, 5),
        "language": "en",
        "url": document.url if document else f"https://paper.example/{number}",
    }
    text = text or f"{TEXT} Report {number}."
    return take_document(by=by or author(), text=text, **defaults | fields).stored


def read(text: str, wording: str, *, start: int = 0, **fields: Any) -> Read:
    """Return the candidate that a wording in a text would be read as; killed unless said."""
    at = text.index(wording, start)
    number = wording.rsplit(maxsplit=1)[-1]
    figure = at + len(wording) - len(number)
    sentence = text.rfind(". ", 0, at)
    ends = text.find(".", at + len(wording))
    claimant = fields.get("claimant")
    said = text.find(claimant) if claimant else -1
    defaults = {
        "measure": "killed",
        "rules": ("number", "verb of dying"),
        "claimant_span": Span(said, said + len(claimant)) if claimant and said >= 0 else None,
        "claimed_on": PartialDate(date(2023, 1, 4)),
    }
    return Read(
        figure_span=Span(figure, at + len(wording)),
        wording_span=Span(at, at + len(wording)),
        sentence_span=Span(
            sentence + 2 if sentence >= 0 else 0, ends + 1 if ends >= 0 else len(text)
        ),
        figure=fields.pop("figure", None) or parse_wording(wording),
        **defaults | fields,
    )


def reading(*found: Read, version: str = "1", language: str = "en") -> TextReading:
    """Return a whole reading."""
    return TextReading(language, version, found)


def candidates(stored: StoredText, *found: Read, by: User | None = None) -> list[Candidate]:
    """Store a reading of a text and return its candidates in reading order."""
    record_reading(stored, reading=reading(*found), by=by or author())
    return list(stored.candidates.order_by("figure_start", "pk"))


def candidate(*, by: User | None = None, wording: str = "at least 400", **fields: Any) -> Candidate:
    """Return one open candidate in a text of its own."""
    stored = stored_text(by=by)
    return candidates(stored, read(stored.text, wording, **fields), by=by)[0]
