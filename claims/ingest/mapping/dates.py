"""Dates of other people's tables as dates of the interchange format: 2013, 2013-01, 2013-01-03~."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from claims.domain.dates import DatePrecision
from claims.ingest.cells import CellRefused, shown
from claims.ingest.mapping.decimals import without_decimals

KNOWN_PARTS = ("%d", "%m", "%Y", "%y", "%b", "%B", "%H", "%M", "%S", "%f")
"""What a format is made of; docs/mappings.md explains each."""

_PART = re.compile(r"%.?")
_SEPT = re.compile(r"\bSept\b")
_EXAMPLE = datetime(2013, 1, 31)  # noqa: DTZ001  a day has no zone


@lru_cache(maxsize=50_000)
def formatted_date(cell: str, formats: tuple[str, ...]) -> str:
    """Return a date read by the first format that fits, no more precise than the format."""
    spelt = _SEPT.sub("Sep", cell)  # as many write it, and Python does not read it
    for form in formats:
        try:
            day = datetime.strptime(spelt, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
        return written(day, _precision_of(form))
    expected = " or ".join(f"{_EXAMPLE.strftime(form)} ({form})" for form in formats)
    raise CellRefused(f"Expected a date written {expected}, got “{shown(cell)}”.")


def wrong_format(form: str) -> str:
    """Return in a sentence why a format can read no date; nothing where it can."""
    unknown = [part for part in _PART.findall(form) if part not in KNOWN_PARTS]
    if unknown:
        known = " ".join(KNOWN_PARTS)
        return f"There is no “{shown(unknown[0])}” in formats of dates. Expected {known}."
    if "%Y" not in form and "%y" not in form:
        return f"Expected a format such as %d/%m/%Y, found “{shown(form)}”."
    return ""


def days_after(cell: str, origin: date) -> str:
    """Return the day that lies a number of days after the origin."""
    try:
        return (origin + timedelta(days=int(without_decimals(cell)))).isoformat()
    except (ValueError, OverflowError) as error:
        raise CellRefused(
            f"Expected a number of days after {origin}, got “{shown(cell)}”."
        ) from error


def plus_days(iso: str, days: str) -> str:
    """Return a day so many days later, earlier with a minus; without a number there is none."""
    if not days:
        return ""
    try:
        day = date.fromisoformat(iso) + timedelta(days=int(without_decimals(days)))
        return day.isoformat()
    except (ValueError, OverflowError) as error:
        raise CellRefused(
            f"Expected a day and a number of days, got “{shown(iso)}” and “{shown(days)}”."
        ) from error


def date_of_parts(parts: list[str]) -> str:
    """Return year, month and day as a date; 0 or nothing means that the part is not known."""
    try:
        numbers = [int(without_decimals(part) or 0) for part in parts]
    except ValueError as error:
        raise CellRefused(
            f"Expected year, month and day, got “{shown(', '.join(parts))}”."
        ) from error
    year, month, day = (*numbers, 0, 0)[:3]
    if year == 0:
        return ""
    precision = (
        DatePrecision.DAY if day and month else DatePrecision.MONTH if month else DatePrecision.YEAR
    )
    try:
        return written(date(year, month or 1, (month and day) or 1), precision)
    except (ValueError, OverflowError) as error:
        raise CellRefused(f"There is no such day as {shown(' '.join(parts))}.") from error


def with_precision(iso: str, precision: str) -> str:
    """Return a date with no more precision than a code says; an empty code changes nothing."""
    if not precision or len(iso) < len("2013-01-03"):
        return iso
    return written(date.fromisoformat(iso.rstrip("~")), DatePrecision(precision))


def written(day: date, precision: DatePrecision) -> str:
    """Return 2013, 2013-01, 2013-01-03 or, approximate, 2013-01-03~."""
    match precision:
        case DatePrecision.YEAR:
            return day.isoformat()[:4]
        case DatePrecision.MONTH:
            return day.isoformat()[:7]
        case DatePrecision.APPROXIMATE:
            return f"{day.isoformat()}~"
        case _:
            return day.isoformat()


def _precision_of(form: str) -> DatePrecision:
    if "%d" in form:
        return DatePrecision.DAY
    has_month = any(part in form for part in ("%m", "%b", "%B"))
    return DatePrecision.MONTH if has_month else DatePrecision.YEAR
