"""What the tests of extraction ask: the figures of a text in a few plain columns."""

from datetime import date

from claims.extraction import Candidate, TextReading, read_text
from claims.extraction.stated import measure_of, stated_interval

PUBLISHED = date(2024, 6, 12)
Found = tuple[str, int | None, int | None]


def read(text: str, language: str = "en", title: str = "") -> TextReading:
    return read_text(text, language=language, published_on=PUBLISHED, title=title)


def figures(text: str, language: str = "en") -> list[Found]:
    """Return measure, low and high of every figure, in the order of the text."""
    return [as_found(candidate) for candidate in read(text, language).candidates]


def as_found(candidate: Candidate) -> Found:
    return (measure_of(candidate), *stated_interval(candidate.figure))


def only(text: str, language: str = "en") -> Candidate:
    """Return the one figure of a text."""
    (candidate,) = read(text, language).candidates
    return candidate


def claimants(text: str, language: str = "en") -> list[str | None]:
    return [candidate.claimant for candidate in read(text, language).candidates]
