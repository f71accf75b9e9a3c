"""Dates that are known only in part, and what they count from.

A source says "in January 2023"; a file says "2023". Such a date is kept as a day together with
its precision: starts as their first possible day, everything else as its last possible day, since
a statement dated to a month may have been made on the last day of it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?\Z")
_ABOUT = "~"  # EDTF's mark of an approximate date


class DatePrecision(StrEnum):
    """How precisely a date is known; codes of the vocabulary ``date_precision``."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    APPROXIMATE = "approximate"


# Not calendar's names: those follow the locale of the process, and are made anew each time.
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAY = DatePrecision.DAY
_PRINTED = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}


class NotADate(ValueError):
    """A text that is no date known to the day, month or year."""


class _Written:
    """Room for the text of a date, which is made when it is first asked for."""

    __slots__ = ("_text",)
    _text: str


@dataclass(frozen=True, slots=True)
class PartialDate(_Written):
    """A date known to the day, the month or the year.

    ``day`` is a whole date within the stretch meant; ``first`` and ``last`` are its ends.
    """

    day: date
    precision: DatePrecision = DatePrecision.DAY

    @property
    def first(self) -> date:
        """The first day it can be."""
        match self.precision:
            case DatePrecision.YEAR:
                return date(self.day.year, 1, 1)
            case DatePrecision.MONTH:
                return self.day.replace(day=1)
            case _:
                return self.day

    @property
    def last(self) -> date:
        """The last day it can be."""
        if self.precision is _DAY:
            return self.day
        match self.precision:
            case DatePrecision.YEAR:
                return date(self.day.year, 12, 31)
            case DatePrecision.MONTH:
                return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
            case _:
                return self.day

    def isoformat(self) -> str:
        """Return 2023, 2023-01 or 2023-01-02: no more than is known."""
        try:
            return self._text
        except AttributeError:
            text = self.day.isoformat()[: _PRINTED.get(self.precision, 10)]
            object.__setattr__(self, "_text", text)
            return text

    def edtf(self) -> str:
        """Return the same with a ``~`` after what is approximate, as ``parse_iso`` reads it."""
        about = self.precision is DatePrecision.APPROXIMATE
        return self.isoformat() + _ABOUT if about else self.isoformat()

    def label(self) -> str:
        """Return "2 January 2023", "January 2023", "2023" or "about 2 January 2023"."""
        month = _MONTHS[self.day.month]
        if self.precision is _DAY:
            return f"{self.day.day} {month} {self.day.year}"
        match self.precision:
            case DatePrecision.YEAR:
                return str(self.day.year)
            case DatePrecision.MONTH:
                return f"{month} {self.day.year}"
            case _:
                return f"about {self.day.day} {month} {self.day.year}"


@lru_cache(maxsize=8_192)
def parse_iso(text: str) -> PartialDate:
    """Read 2023, 2023-01, 2023-01-02 or, where it is approximate, 2023-01-02~.

    Raises ``NotADate`` saying what was found; a month or a year is never approximate.
    """
    stated = text.strip()
    found = _ISO.match(stated.removesuffix(_ABOUT))
    is_about = stated.endswith(_ABOUT)
    if found is None or (is_about and not found["day"]):
        raise NotADate(f"Expected a date such as 2023, 2023-01 or 2023-01-02, got “{text}”.")
    year, month, day = (int(found[part]) if found[part] else None for part in found.groupdict())
    precision = (
        DatePrecision.YEAR
        if month is None
        else DatePrecision.MONTH
        if day is None
        else DatePrecision.APPROXIMATE
        if is_about
        else DatePrecision.DAY
    )
    try:
        return PartialDate(date(year or 0, month or 1, day or 1), precision)
    except ValueError as error:
        raise NotADate(f"There is no such day as {text.strip()}.") from error


def partial(day: date | None, precision: str) -> PartialDate | None:
    """Return a stored day and its precision as a partial date; ``None`` stays ``None``."""
    return None if day is None else PartialDate(day, DatePrecision(precision or "day"))


def days_after(day: date, days: int) -> date:
    """Return the day so many days later, or earlier; the calendar's own ends go no further."""
    number = day.toordinal() + days
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))
