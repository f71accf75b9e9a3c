"""One cell of a file as a value: each reader returns it or says in a sentence what is wrong.

Readers are only called with text; an empty cell is not a value and reaches none of them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from claims.domain.countries import COUNTRIES
from claims.domain.dates import DatePrecision, NotADate, PartialDate, parse_iso
from claims.domain.figures import LARGEST_NUMBER
from claims.domain.identifiers import expected, not_identifiers
from claims.domain.vocabularies import Vocabulary

SEPARATOR = "|"
LONGEST_DATE = 40
LONGEST_SHOWN = 80
NO_DATE = "Expected a date such as 2023, 2023-01, 2023-01-02 or 2 January 2023, got a long text."

_WHOLE = re.compile(r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+")
_MONTH = r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_IN_WORDS = re.compile(rf"(?=.*{_MONTH})(?=.*\b\d{{4}}\b)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:about|around|c\.|ca\.|circa)\s+", re.IGNORECASE)
_MOST_DIGITS = len(str(LARGEST_NUMBER))
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class CellRefused(ValueError):
    """A cell that cannot be taken; the message says what was found and what was expected.

    ``column`` names the cell where the reader knows it and its caller does not.
    """

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


def text(cell: str) -> str:
    """Return the cell as it stands."""
    return cell


def lines(cell: str) -> list[str]:
    """Return the values of a cell that holds several, separated by a bar between spaces."""
    return [value.strip() for value in cell.split(SEPARATOR) if value.strip()]


def identifiers(cell: str) -> list[str]:
    """Return the ids of an event in datasets, separated like other values."""
    found = lines(cell)
    if wrong := not_identifiers(found):
        raise CellRefused(expected(wrong[0]))
    return found


def whole_number(cell: str) -> int:
    """Return a number of people; thousands may be grouped by commas or spaces."""
    if len(cell) < _MOST_DIGITS and cell.isascii() and cell.isdecimal():
        return int(cell)
    if not _WHOLE.fullmatch(cell):
        raise CellRefused(f"Expected a whole number such as 400 or 1,200, got “{shown(cell)}”.")
    digits = re.sub(r"\D", "", cell).lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS:
        raise CellRefused(f"Expected at most {LARGEST_NUMBER:,} people, got {shown(cell)}.")
    return int(digits)


def degrees(cell: str) -> Decimal:
    """Return a coordinate in decimal degrees, to five places (a metre)."""
    try:
        return Decimal(cell).quantize(Decimal("0.00001"))
    except InvalidOperation as error:
        raise CellRefused(
            f"Expected decimal degrees such as 48.0478, got “{shown(cell)}”."
        ) from error


def yes_or_no(cell: str) -> bool:
    """Return a truth value."""
    if cell.casefold() not in _YES:
        raise CellRefused(f"Expected yes or no, got “{shown(cell)}”.")
    return _YES[cell.casefold()]


def code(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Return the reader of one of a vocabulary's codes."""

    def read(cell: str) -> str:
        if cell not in vocabulary:
            raise CellRefused(
                f"“{shown(cell)}” is no {vocabulary.name.replace('_', ' ')}."
                f"{nearest(cell, vocabulary.codes)} Expected one of {', '.join(vocabulary.codes)}."
            )
        return cell

    return read


def countries(cell: str) -> list[str]:
    """Return ISO 3166-1 alpha-2 codes."""
    found = lines(cell)
    for country in found:
        if country.upper() not in COUNTRIES:
            said = f"“{shown(country)}” is no ISO 3166-1 code of a country, such as UA."
            code = next((c for c, n in COUNTRIES.items() if n.casefold() == country.casefold()), "")
            raise CellRefused(f"{said} Its code is {code}." if code else said)
    return [country.upper() for country in found]


def partial_date(cell: str) -> PartialDate:
    """Return a date known to the day, month or year, in digits or in English words."""
    try:
        return parse_iso(cell)
    except NotADate as error:
        if (found := date_in_words(cell)) is not None:
            return found
        raise CellRefused(str(error) if len(cell) < LONGEST_DATE else NO_DATE) from error


def first_day(cell: str) -> date:
    """Return the first day that a date can be."""
    return partial_date(cell).first


def last_day(cell: str) -> date:
    """Return the last day that a date can be."""
    return partial_date(cell).last


def date_in_words(cell: str) -> PartialDate | None:
    """Return the date that English words name with month and year, or ``None``.

    Digits with slashes are left alone: 3/4/2023 is in March or in April.
    """
    stated = _ABOUT.sub("", cell, count=1)
    if len(stated) > LONGEST_DATE or "/" in stated or not _IN_WORDS.match(stated):
        return None
    # Imported here because it takes a moment that pages and commands should not pay.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    parser = DateDataParser(
        languages=["en"],
        settings={"REQUIRE_PARTS": ["month", "year"], "DATE_ORDER": "DMY"},
    )
    found = parser.get_date_data(stated)
    if found.date_obj is None or found.period not in ("day", "month"):
        return None
    if str(found.date_obj.year) not in stated:
        return None  # reckoned from today, as in "13 months"
    precision = DatePrecision(found.period)
    if stated != cell and precision is DatePrecision.DAY:
        precision = DatePrecision.APPROXIMATE
    return PartialDate(found.date_obj.date(), precision)


def nearest(given: str, allowed: Iterable[str]) -> str:
    """Return " Did you mean ...?" where something allowed is close, else nothing."""
    near = difflib.get_close_matches(given[:100], list(allowed), n=1)
    return f" Did you mean “{near[0]}”?" if near else ""


def shown(cell: Any) -> str:
    """Return a cell short enough to print, without what no database keeps."""
    found = str(cell).replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return found if len(found) <= LONGEST_SHOWN else f"{found[:LONGEST_SHOWN]}…"
