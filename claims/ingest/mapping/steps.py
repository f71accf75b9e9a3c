"""The few things that a table cannot say: a small closed set of named functions.

A mapping names one as ``step = "entry_of_part"``. Each takes the cell, or the cells of
``columns``, and returns a text; it raises ``CellRefused`` for what it does not understand. A new
one is added here, with a test, never in a mapping.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import date

from claims.domain.dates import DatePrecision
from claims.domain.folding import words
from claims.ingest.cells import CellRefused, shown
from claims.ingest.mapping.dates import formatted_date, written

Step = Callable[[list[str]], str]

_PART = re.compile(r"(?P<entry>[A-Za-z]*\d+)[-_ ]?[A-Za-z]+\Z")
_DATED = re.compile(
    r"(?P<about>~?)(?P<name>.+?)\s+(?P<close>~?)\s?(?P<day>\d{1,2}\s+[A-Z][a-z]{2,8})"
    r"(?:\s+(?P<year>\d{4}))?(?P<after>~?)\Z"
)
_DAY_IN_BRACKETS = re.compile(r"\((\d{4}-\d{2}-\d{2})\)")
_ID = re.compile(r"(\d+)(?:\.0*)?")
_WRITTEN = ("%d %b %Y", "%d %B %Y")
_LEAP_YEAR = 2004
_LONGEST_NAME = 60


def entry_of_part(cells: list[str]) -> str:
    """Return the code of the entry that a code with letters behind is a part of: k123 for k123a."""
    found = _PART.match(cells[0])
    return found["entry"] if found else ""


def whole_id(cells: list[str]) -> str:
    """Return an id in digits, 201503010004 for 201503010004.0; refuse one that was cut short."""
    found = _ID.fullmatch(cells[0])
    if not found:
        raise CellRefused(
            f"Expected an id in digits, got “{shown(cells[0])}”; spreadsheets cut long ones short. "
            "Take it from the original file."
        )
    return found[1]


def name_before_date(cells: list[str]) -> str:
    """Return AP for "AP 12 Apr", "AP ~12 Apr" and "~AP 12 Apr"; a text without a date as it is."""
    found = _dated(cells[0])
    return found["name"] if found else cells[0]


def date_after_name(cells: list[str]) -> str:
    """Return the day of "AP 12 Apr", approximate where a ~ says so; nothing where there is none.

    A day without a year is the first such day from the day in the second cell on, since nothing
    is reported before it happens.
    """
    found = _dated(cells[0])
    if not found:
        return ""
    day = _day(f"{found['day']} {found['year']}" if found["year"] else found["day"], cells[1])
    is_about = found["about"] or found["close"] or found["after"]
    return written(day, DatePrecision.APPROXIMATE if is_about else DatePrecision.DAY) if day else ""


def report_source(cells: list[str]) -> str:
    """Return Valley Radio for "Valley Radio (2011-01-12) Clashes at ford"; else the whole text."""
    found = _DAY_IN_BRACKETS.search(cells[0])
    return cells[0][: found.start()].strip() if found else cells[0]


def report_day(cells: list[str]) -> str:
    """Return the day of such a text; nothing where it has none."""
    found = _DAY_IN_BRACKETS.search(cells[0])
    return formatted_date(found[1], ("%Y-%m-%d",)) if found else ""


def report_title(cells: list[str]) -> str:
    """Return the title of such a text; nothing where it has none."""
    found = _DAY_IN_BRACKETS.search(cells[0])
    return cells[0][found.end() :].strip() if found else ""


def short_name(cells: list[str]) -> str:
    """Return a text as a part of a key: Old-Mill, Kenya becomes old-mill-kenya."""
    return "-".join(words(cells[0]))[:_LONGEST_NAME]


def _dated(text: str) -> re.Match[str] | None:
    """Return the parts of a text that ends in a day there is in some year.

    Long stretches of space would take for ever.
    """
    found = _DATED.match(" ".join(text.split()))
    if found is None:
        return None
    try:
        formatted_date(f"{found['day']} {found['year'] or _LEAP_YEAR}", _WRITTEN)
    except CellRefused:
        return None  # 31 February, or no month: it stays where it stands
    return found


def _day(text: str, not_before: str) -> date | None:
    """Return a day written "12 Apr 2003", or "12 Apr" after a day; ``None`` without that day."""
    if text[-4:].isdecimal():
        return date.fromisoformat(formatted_date(text, _WRITTEN))
    if not not_before:
        return None
    start = date.fromisoformat(not_before.rstrip("~")[:10])
    for year in (start.year, start.year + 1):
        with contextlib.suppress(CellRefused):  # there is no 29 February in the other year
            day = date.fromisoformat(formatted_date(f"{text} {year}", _WRITTEN))
            if day >= start:
                return day
    return None


STEPS: dict[str, Step] = {
    "date_after_name": date_after_name,
    "entry_of_part": entry_of_part,
    "name_before_date": name_before_date,
    "report_day": report_day,
    "report_source": report_source,
    "report_title": report_title,
    "short_name": short_name,
    "whole_id": whole_id,
}
OF_TWO = frozenset({"date_after_name"})
"""The steps that take two cells; the others take one."""
