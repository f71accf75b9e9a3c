"""Dates of publication as pages print them, no more precise than they are."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from claims.domain.dates import NotADate, PartialDate, parse_iso

_NUMBERS = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b")
_FIRST_YEAR = 1800
_LONGEST = 60


def printed_date(text: str, language: str = "") -> tuple[PartialDate | None, datetime | None]:
    """Return the day of publication in the page's own zone, and the time where it has a zone.

    A date of numbers that reads two ways (02.03.2023) is left to a person, as is what is no date.
    """
    said = " ".join(text.split())
    if not said or len(said) > _LONGEST:
        return None, None
    found = _iso_time(said) or _iso_day(said) or _mail_time(said) or _in_words(said, language)
    day = found.date() if isinstance(found, datetime) else found
    if isinstance(day, date):
        day = PartialDate(day)
    if day is None or not _FIRST_YEAR <= day.day.year <= datetime.now(UTC).year + 1:
        return None, None
    at = found if isinstance(found, datetime) and found.tzinfo else None
    return day, at


def _iso_time(said: str) -> datetime | date | None:
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d", said):
        return None
    # More digits of a second than Python takes, and zones after a blank, are common.
    plain = re.sub(r"(\.\d{6})\d+", r"\1", said)
    plain = re.sub(r" (?=[+-]\d\d:?\d\d\Z|Z\Z)", "", plain)
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return _day_alone(said[:10])


def _day_alone(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _iso_day(said: str) -> PartialDate | None:
    try:
        return parse_iso(said)
    except NotADate:
        return None


def _mail_time(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None


def _in_words(said: str, language: str) -> date | None:
    """Return a date with a month's name or numbers that read one way only."""
    if not language or not any(character.isdigit() for character in said):
        return None
    numbers = _NUMBERS.match(said)
    if numbers and int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and numbers[1] != numbers[2]:
        return None
    # Needed by few pages, and 130 ms to import.
    from dateparser import parse  # noqa: PLC0415

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001  dateparser compares it with its own
        "STRICT_PARSING": True,
        "DATE_ORDER": "YMD" if re.match(r"\d{4}", said) else "DMY",
    }
    try:
        found = parse(said, languages=[language], settings=settings)
    except ValueError:  # a language that it does not know
        return None
    return found.date() if found else None
