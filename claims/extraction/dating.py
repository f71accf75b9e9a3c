"""When and where, as far as a sentence says: days, periods, places.

Dates are found by patterns of our own. Weekdays, "yesterday" and a day with its month are
reckoned here from the date of publication; other relative words ("three days ago") are given to
dateparser, always with the language and that date, and never the text around them.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import MINYEAR, date, datetime
from functools import lru_cache
from typing import NamedTuple

from claims.domain.dates import DatePrecision, PartialDate, days_after
from claims.extraction.lexicon import Lexicon
from claims.extraction.linking import Link
from claims.extraction.reach import Statement
from claims.extraction.tokens import Sentence

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_NEAR_VERB = 6
_LONGEST_PLACE, _LONGEST_PERIOD = 4, 7


class When(NamedTuple):
    """Words for a time at tokens ``start`` to ``stop``, and the day or month they name."""

    start: int
    stop: int
    day: PartialDate | None


@dataclass(slots=True)
class Times:
    """The times and places of a sentence; a period is one that something counts from."""

    days: list[When] = field(default_factory=list)
    periods: list[When] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)


def times_of(sentence: Sentence, language: Lexicon, published_on: date | None) -> Times:
    """Find the times and places that a marked sentence names."""
    found = Times()
    at = 0
    while at < len(sentence.words):
        marks = sentence.marks[at]
        if "timely" not in marks and not sentence.words[at][0].isdecimal():
            at += 1
            continue
        when = None
        if "since" in marks:
            when = _period(sentence, at, language, published_on)
            if when:
                found.periods.append(when)
        else:
            when = _when(sentence, at, language, published_on)
            if when:
                found.days.append(when)
        if when is None and "place" in marks:
            _read_place(sentence, at, found)
        at = when.stop if when else at + 1
    return found


def claimed_on(times: Times, statement: Statement | None) -> PartialDate | None:
    """Return the day named beside the words that attribute a figure, where one is."""
    if statement is None:
        return None
    near = [w for w in times.days if w.day and _distance(w, statement) <= _NEAR_VERB]
    return min(near, key=lambda when: _distance(when, statement)).day if near else None


def words_of_day(times: Times, link: Link, statement: Statement | None, sentence: Sentence) -> str:
    """Return the words for the day of what happened: those nearest to the figure."""
    free = [
        w
        for w in times.days
        if statement is None or _distance(w, statement) > 2 or statement.at > w.start
    ]
    return printed(_nearest(free, link), sentence)


def period_of(times: Times, link: Link) -> When | None:
    """Return the period that a figure counts from, where the sentence names one behind it."""
    behind = [w for w in times.periods if w.start >= link.figure.start]
    return min(behind, key=lambda when: when.start, default=None)


def place_of(times: Times, link: Link, sentence: Sentence) -> str:
    """Return the place named nearest to the figure, as printed."""
    start = link.figure.start
    nearest = min(times.places, key=lambda place: abs(place[0] - start), default=None)
    return _stretch(sentence, *nearest) if nearest else ""


def printed(when: When | None, sentence: Sentence) -> str:
    """Return the words for a time as the text prints them."""
    return _stretch(sentence, when.start, when.stop) if when else ""


def _stretch(sentence: Sentence, start: int, stop: int) -> str:
    return sentence.text[sentence.starts[start] : sentence.ends[stop - 1]]


def _nearest(whens: list[When], link: Link) -> When | None:
    return min(whens, key=lambda when: abs(when.start - link.figure.start), default=None)


def _distance(when: When, statement: Statement) -> int:
    if when.stop <= statement.at:
        return statement.at - when.stop
    return max(when.start - statement.last, 0)


def _when(sentence: Sentence, at: int, language: Lexicon, published_on: date | None) -> When | None:
    """Return the time that starts at a token, or ``None``."""
    marks = sentence.marks[at]
    if "day_word" in marks:
        days, length = marks["day_word"]
        return When(at, at + length, _day(published_on, int(days)))
    if "weekday" in marks:
        weekday, length = marks["weekday"]
        return When(at, at + length, _last_weekday(published_on, int(weekday)))
    if "date_words" in marks:
        length = marks["date_words"][1]
        words = _stretch(sentence, at, at + length)
        return When(at, at + length, _relative(words, language.code, published_on))
    return _calendar_day(sentence, at, published_on)


def _calendar_day(sentence: Sentence, at: int, published_on: date | None) -> When | None:
    """Return "7 October 2023", "October 7" or "March 2023" at a token."""
    stop = at
    day: int | None = None
    if _is_day(sentence, at):
        day, stop = int(sentence.words[at]), at + 1
        stop += sentence.has(stop, "ordinal_after") and sentence.glued(stop)
        stop += sentence.has(stop, "of")
    month = sentence.mark(stop, "month")
    if month is None or (sentence.has(stop, "hypothetical") and not sentence.is_capital(stop)):
        return None
    stop += month[1]
    if day is None and _is_day(sentence, stop):
        day, stop = int(sentence.words[stop]), stop + 1
        stop += sentence.has(stop, "ordinal_after") and sentence.glued(stop)
    year_at = stop + (sentence.word(stop) == "," or sentence.has(stop, "of"))
    year = _year(sentence, year_at)
    if year is not None:
        stop = year_at + 1
    if day is None and year is None and sentence.has(at, "hypothetical"):
        return None
    return When(at, stop, _dated(year, int(month[0]) + 1, day, published_on))


def _is_day(sentence: Sentence, at: int) -> bool:
    word = sentence.word(at)
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def _year(sentence: Sentence, at: int) -> int | None:
    word = sentence.word(at)
    if word.isdecimal() and len(word) == 4 and _FIRST_YEAR <= int(word) <= _LAST_YEAR:
        return int(word)
    return None


def _dated(
    year: int | None, month: int, day: int | None, published_on: date | None
) -> PartialDate | None:
    """Return a date; without a year, the latest such date up to publication."""
    if year is None:
        if published_on is None:
            return None
        year = published_on.year - ((month, day or 1) > (published_on.month, published_on.day))
    if year < MINYEAR:
        return None
    if day is None:
        last = calendar.monthrange(year, month)[1]
        return PartialDate(date(year, month, last), DatePrecision.MONTH)
    try:
        return PartialDate(date(year, month, day))
    except ValueError:
        return None


def _day(published_on: date | None, days: int) -> PartialDate | None:
    return PartialDate(days_after(published_on, days)) if published_on else None


def _last_weekday(published_on: date | None, weekday: int) -> PartialDate | None:
    """Return the last such weekday up to the day of publication, that day included."""
    if published_on is None:
        return None
    return PartialDate(days_after(published_on, -((published_on.weekday() - weekday) % 7)))


@lru_cache(maxsize=2_000)
def _relative(words: str, code: str, published_on: date | None) -> PartialDate | None:
    """Return the day that relative words name, by dateparser; ``None`` where it knows none."""
    if published_on is None:
        return None
    # Only here, since it takes longer to load than most texts take to read.
    import dateparser  # noqa: PLC0415

    base = datetime(published_on.year, published_on.month, published_on.day)  # noqa: DTZ001
    read = dateparser.parse(
        words,
        languages=[code],
        settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"},
    )
    return PartialDate(read.date()) if read and read.date() <= published_on else None


def _period(
    sentence: Sentence, at: int, language: Lexicon, published_on: date | None
) -> When | None:
    """Return a period that starts with "since": its words, and the day where they name one."""
    first = at + sentence.marks[at]["since"][1]
    for skip in range(min(3, len(sentence.words) - first)):
        when = _when(sentence, first + skip, language, published_on)
        if when is not None:
            return When(at, when.stop, when.day)
        year = _year(sentence, first + skip)
        if year is not None:
            day = PartialDate(date(year, 12, 31), DatePrecision.YEAR)
            return When(at, first + skip + 1, day)
        if not (sentence.has(first + skip, "determiner") or sentence.has(first + skip, "function")):
            break
    if not sentence.has(at, "since_only"):
        return None
    stop = first
    while (
        stop < len(sentence.words)
        and stop - at < _LONGEST_PERIOD
        and sentence.words[stop].isalpha()
    ):
        stop += 1
    return When(at, stop, None) if stop > first else None


def _read_place(sentence: Sentence, at: int, found: Times) -> None:
    """Take in the name with capitals behind a word such as "in" or "near"."""
    start = at + sentence.marks[at]["place"][1]
    if sentence.has(start, "determiner"):
        start += 1
    stop = start
    while stop < len(sentence.words) and stop - start < _LONGEST_PLACE:
        is_tie = sentence.word(stop) == "-" and sentence.glued(stop) and sentence.glued(stop + 1)
        if not is_tie and not (sentence.words[stop].isalpha() and sentence.is_capital(stop)):
            break
        if any(k in sentence.marks[stop] for k in ("month", "weekday")):
            break
        stop += 1
    if stop > start:
        found.places.append((start, stop))
