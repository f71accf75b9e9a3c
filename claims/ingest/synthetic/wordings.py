"""Made-up figures in the words that sources use, with the columns those words fill."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from claims.ingest.synthetic.chance import Chance


class Figure(NamedTuple):
    """A wording with its qualifier and its numbers, as cells."""

    wording: str
    qualifier: str
    low: str = ""
    best: str = ""
    high: str = ""


ORDERS = (
    (24, "dozens", 24, 99),
    (200, "hundreds", 200, 999),
    (2_000, "thousands", 2_000, 9_999),
    (20_000, "tens of thousands", 20_000, 99_999),
)


def figure(chance: Chance, number: int) -> Figure:
    """Return how some source words a number."""
    return chance.one_of(WORDED)(chance, number)


def rounded(number: int) -> int:
    """Return a number as people say it: its first two digits."""
    unit = 1
    while number // unit >= 100:
        unit *= 10
    return number // unit * unit


def _exactly(chance: Chance, n: int) -> Figure:
    return Figure(f"{n:,}", "exactly", best=str(n))


def _about(chance: Chance, n: int) -> Figure:
    return Figure(f"about {rounded(n):,}", "about", best=str(rounded(n)))


def _at_least(chance: Chance, n: int) -> Figure:
    return Figure(f"at least {n:,}", "at_least", low=str(n))


def _more_than(chance: Chance, n: int) -> Figure:
    return Figure(f"more than {rounded(n):,}", "more_than", low=str(rounded(n)))


def _at_most(chance: Chance, n: int) -> Figure:
    return Figure(f"up to {rounded(n):,}", "at_most", high=str(rounded(n)))


def _fewer_than(chance: Chance, n: int) -> Figure:
    return Figure(f"fewer than {n + 1:,}", "fewer_than", high=str(n + 1))


def _nearly(chance: Chance, n: int) -> Figure:
    return Figure(f"nearly {n + 1:,}", "nearly", high=str(n + 1))


def _between(chance: Chance, n: int) -> Figure:
    high = n + 1 + chance.below(n + 3)
    best = str(n + (high - n) // 3) if chance.happens(0.2) else ""
    return Figure(f"between {n:,} and {high:,}", "between", str(n), best, str(high))


def _order(chance: Chance, n: int) -> Figure:
    told = [order for order in ORDERS if order[0] <= n]
    if not told:
        return Figure("a few", "order", "3", "", "9")
    _, words, low, high = told[-1]
    return Figure(words, "order", str(low), "", str(high))


def _unknown(chance: Chance, n: int) -> Figure:
    return Figure("an unknown number", "unknown")


WORDED: tuple[Callable[[Chance, int], Figure], ...] = (
    *(_exactly,) * 24,
    *(_about,) * 6,
    *(_at_least,) * 6,
    *(_more_than,) * 2,
    *(_at_most,) * 2,
    _fewer_than,
    _nearly,
    *(_between,) * 4,
    *(_order,) * 2,
    _unknown,
)
