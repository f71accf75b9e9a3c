"""A figure, as a source states it, and the bounds it sets on the true number.

A figure keeps what was said: low, best and high as printed, and the qualifier that says how the
words bound the number. Bounds are computed from it on one of two readings: ``plain``, as a fair
reader understands the words, and ``strict``, only what they entail. They are never stored over
what was said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

LARGEST_NUMBER = 99_999_999_999
"""Above the number of people who ever lived in any century; a larger number is a slip."""


class Qualifier(StrEnum):
    """How the wording bounds the number; codes of the vocabulary ``qualifier``."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    FEWER_THAN = "fewer_than"
    NEARLY = "nearly"
    ABOUT = "about"
    BETWEEN = "between"
    ORDER = "order"
    UNKNOWN = "unknown"


class Reading(StrEnum):
    """How much a wording is taken to say; codes of the vocabulary ``reading``."""

    PLAIN = "plain"
    STRICT = "strict"


# By name, once: a member looked up in its class costs as much as the rest of a short function.
_EXACTLY, _UNKNOWN, _PLAIN = Qualifier.EXACTLY, Qualifier.UNKNOWN, Reading.PLAIN


class FigureError(ValueError):
    """A figure that cannot be what a source said; the message says what was found."""


class Bounds(NamedTuple):
    """A stretch of whole numbers of people, both ends included.

    ``high`` is ``None`` where the stretch has no upper end. The lower end always exists, since
    nobody can be counted less than zero times.
    """

    low: int
    high: int | None

    def overlaps(self, other: Bounds) -> bool:
        """Tell whether one number can lie within both."""
        return not (self.lies_below(other) or other.lies_below(self))

    def lies_below(self, other: Bounds) -> bool:
        """Tell whether every number of these bounds is smaller than every number of the other."""
        return self.high is not None and self.high < other.low

    @property
    def is_bounded(self) -> bool:
        """Whether there is an upper end as well as a lower one."""
        return self.high is not None

    @property
    def width(self) -> float:
        """The number of steps from end to end; infinite where the upper end is open."""
        return float("inf") if self.high is None else float(self.high - self.low)


class _Remembering:
    """Room for the plain bounds, which are computed when they are first asked for."""

    __slots__ = ("_plain",)
    _plain: Bounds | None


@dataclass(frozen=True, slots=True)
class Figure(_Remembering):
    """A number of people, bounded the way the source bounded it.

    ``None`` means that the source gave no such number; it never means zero. ``disordered`` marks
    a figure that the source itself printed out of order (best outside low..high, or low above
    high): it is kept as stated and its bounds are the envelope.
    """

    qualifier: Qualifier
    low: int | None = None
    best: int | None = None
    high: int | None = None
    wording: str = ""
    disordered: bool = False
    stated: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """The numbers given, in the order low, best, high."""

    def __post_init__(self) -> None:
        stated = tuple([n for n in (self.low, self.best, self.high) if n is not None])
        object.__setattr__(self, "stated", stated)
        # Most figures: one number alone, in its column. Anything else is looked at closely.
        is_alone = self.qualifier is _EXACTLY and stated == (self.best,)
        if not (is_alone and 0 <= stated[0] <= LARGEST_NUMBER):
            _check(self)

    def bounds(self, reading: Reading = Reading.PLAIN) -> Bounds | None:
        """Return the bounds on a reading, or ``None`` where the words set none."""
        if reading is not _PLAIN:
            return bounds_of(self, reading)
        try:
            return self._plain
        except AttributeError:
            object.__setattr__(self, "_plain", bounds_of(self))
            return self._plain


def _check(figure: Figure) -> None:
    """Raise ``FigureError`` for a figure that no source can have meant."""
    stated = figure.stated
    if figure.qualifier is _UNKNOWN:
        if stated:
            raise FigureError(f"A number stated to be unknown cannot be {stated[0]:,}.")
        return
    if not stated:
        raise FigureError("Expected at least one of low, best and high, got none.")
    if min(stated) < 0 or max(stated) > LARGEST_NUMBER:
        raise FigureError(f"Expected numbers from 0 to {LARGEST_NUMBER:,}, got {_listed(figure)}.")
    if not figure.disordered and len(stated) > 1 and list(stated) != sorted(stated):
        raise FigureError(f"Expected low <= best <= high, got {_listed(figure)}.")
    _check_columns(figure)


def _listed(figure: Figure) -> str:
    return ", ".join(
        "none" if n is None else f"{n:,}" for n in (figure.low, figure.best, figure.high)
    )


_COLUMN_OF: dict[Qualifier, str] = {
    Qualifier.EXACTLY: "best",
    Qualifier.ABOUT: "best",
    Qualifier.AT_LEAST: "low",
    Qualifier.MORE_THAN: "low",
    Qualifier.AT_MOST: "high",
    Qualifier.FEWER_THAN: "high",
    Qualifier.NEARLY: "high",
}


def _check_columns(figure: Figure) -> None:
    """Refuse numbers in columns that the qualifier does not use."""
    column = _COLUMN_OF.get(figure.qualifier)
    if column is not None:
        expected = (getattr(figure, column),)
        if figure.stated != expected:
            raise FigureError(
                f"With the qualifier {figure.qualifier} the number belongs in {column} alone, "
                f"got {_listed(figure)}."
            )
    elif figure.low is None or figure.high is None:
        raise FigureError(
            f"With the qualifier {figure.qualifier} both low and high are expected, "
            f"got {_listed(figure)}."
        )
    if figure.qualifier is Qualifier.FEWER_THAN and figure.high == 0:
        raise FigureError("Nobody can be fewer than 0.")
    if figure.qualifier in (Qualifier.ABOUT, Qualifier.NEARLY) and 0 in figure.stated:
        raise FigureError(f"{figure.qualifier} 0 has no meaning that could be bounded.")


def rounding_unit(n: int) -> int:
    """Return 10 to the number of trailing zeros of ``n``: the unit it looks rounded to."""
    unit = 1
    while n and n % (unit * 10) == 0:
        unit *= 10
    return unit


def _about(n: int) -> Bounds:
    """Return n-t..n+t with u = min(s, n/4) and t = max(u/2, 5 % of n, 1), rounded inwards.

    Reckoned in fortieths of a person, so that everything stays a whole number.
    """
    tolerance = max(min(20 * rounding_unit(n), 5 * n), 2 * n, 40)
    return Bounds(max(0, -((tolerance - 40 * n) // 40)), (40 * n + tolerance) // 40)


def _nearly(n: int) -> Bounds:
    """Return n-u..n with u = min(s, n/4), rounded inwards; reckoned in quarters of a person."""
    return Bounds(-((min(4 * rounding_unit(n), n) - 4 * n) // 4), n)


def bounds_of(figure: Figure, reading: Reading = Reading.PLAIN) -> Bounds | None:
    """Return what a figure says about the true number on a reading.

    ``None`` where it says nothing: a number stated to be unknown, and on the strict reading
    "about n", which entails nothing.
    """
    n = figure.stated[0] if figure.stated else 0
    if figure.qualifier is _EXACTLY:
        return Bounds(n, n)
    match figure.qualifier:
        case Qualifier.UNKNOWN:
            return None
        case Qualifier.AT_LEAST:
            return Bounds(n, None)
        case Qualifier.MORE_THAN:
            return Bounds(n + 1, None)
        case Qualifier.AT_MOST:
            return Bounds(0, n)
        case Qualifier.FEWER_THAN:
            return Bounds(0, n - 1)
        case Qualifier.NEARLY:
            return _nearly(n) if reading is Reading.PLAIN else Bounds(0, n)
        case Qualifier.ABOUT:
            return _about(n) if reading is Reading.PLAIN else None
        case _:
            return Bounds(min(figure.stated), max(figure.stated))
