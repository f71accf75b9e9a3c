"""How the claims on one question disagree: pairs, gap, verdict, spread.

The question is one measure of one group of victims of one event. Everything here is computed
from statements and says who cannot be right together with whom; it never says who is right.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from operator import attrgetter

from claims.domain.agreement import Stretch, agreement, groups
from claims.domain.dates import DatePrecision
from claims.domain.figures import Bounds, Qualifier, Reading
from claims.domain.scope import Electorate, Span, Statement, Voter, electorate, said_by

FIRST_DAYS = 2
"""Days from the event's start in which a count may still have been going on."""

_BY_KEY = attrgetter("key")
_ORDER, _DAY = Qualifier.ORDER, DatePrecision.DAY
_OPEN = float("inf")
_FOUR_DECIMALS, _ONE = Decimal("0.0001"), Decimal("1.0000")
_COUNTS = frozenset({Qualifier.EXACTLY, Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.MORE_THAN})


class Relation(StrEnum):
    """How two claims on one question stand to each other; codes of ``relation``."""

    NOT_COMPARABLE = "not_comparable"
    COMPATIBLE = "compatible"
    FIRST_DAYS = "first_days"
    CONTRADICTORY = "contradictory"


class Verdict(StrEnum):
    """What the voters say taken together; codes of ``verdict``."""

    SINGLE = "single"
    CONTRADICTORY = "contradictory"
    DEVELOPING = "developing"
    AGREE = "agree"
    COMPATIBLE = "compatible"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Pair:
    """The relation of two claims, with the reason in words."""

    relation: Relation
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The widest contradiction: somebody is wrong by at least this much.

    ``low`` is the most that the smaller claim allows, ``high`` the least that the larger claim
    allows; ``ratio`` is high / low to four decimals, ``None`` where low is 0 (infinite).
    """

    low: int
    high: int
    smaller: str
    larger: str

    @property
    def absolute(self) -> int:
        """The difference in people."""
        return self.high - self.low

    @property
    def ratio(self) -> Decimal | None:
        """The factor between them."""
        return ratio(self.high, self.low)


@dataclass(slots=True)
class Comparison:
    """Everything the statements on one question say about it.

    ``spread_ratio`` is highest / lowest to four decimals, ``None`` where lowest is 0 or nobody
    votes; ``latest_claimed_on`` the latest day from which any of the statements counts.
    """

    verdict: Verdict
    gap: Gap | None
    agreement: tuple[Stretch, ...]
    groups: tuple[tuple[str, ...], ...]
    lowest: int | None
    highest: int | None
    spread_ratio: Decimal | None
    latest_claimed_on: date | None
    electorate: Electorate
    statements: tuple[Statement, ...]

    @property
    def voters(self) -> tuple[Voter, ...]:
        """The statements that vote, with their bounds."""
        return self.electorate.voters


def ratio(larger: int, smaller: int) -> Decimal | None:
    """Return larger / smaller to four decimals; ``None`` where the smaller is 0."""
    if smaller == 0:
        return None
    if smaller == larger:
        return _ONE
    return (Decimal(larger) / smaller).quantize(_FOUR_DECIMALS, ROUND_HALF_UP)


def compare(
    statements: Sequence[Statement],
    *,
    span: Span | None = None,
    as_of: date | None = None,
    reading: Reading = Reading.PLAIN,
    compilations: bool = False,
    first_days: int = FIRST_DAYS,
) -> Comparison:
    """Compare the published statements on one question.

    ``as_of`` leaves out what had not been claimed by that day, ``compilations`` lets sources
    vote that put other people's reports together. The order of the statements is irrelevant.
    """
    said = said_by(statements, as_of)
    if len(said) > 1:
        said.sort(key=_BY_KEY)
    who = electorate(said, reading=reading, compilations=compilations)
    voters = who.voters
    bounds = [v.bounds for v in voters]
    stated = [n for v in voters for n in _stated(v.statement)]
    days = [s.counts_from for s in said if s.counts_from]
    lowest, highest = (min(stated), max(stated)) if stated else (None, None)
    together = groups(bounds)
    gap = widest_gap(voters, span or Span(), first_days=first_days)
    return Comparison(
        verdict(who, gap),
        gap,
        tuple(agreement(bounds, together)),
        tuple([tuple([voters[i].statement.key for i in group]) for group in together]),
        lowest,
        highest,
        None if lowest is None or highest is None else ratio(highest, lowest),
        max(days) if days else None,
        who,
        tuple(said),
    )


def _stated(statement: Statement) -> tuple[int, ...]:
    """Return the numbers a statement gives; words for an order of size give none."""
    return () if statement.figure.qualifier is _ORDER else statement.figure.stated


def verdict(who: Electorate, gap: Gap | None) -> Verdict:
    """Return the first verdict that holds, in the order of the vocabulary."""
    voters = who.voters
    if len(voters) < 2:
        return Verdict.NOT_COMPARABLE if who.is_never_of_one_scope else Verdict.SINGLE
    if gap:
        return Verdict.CONTRADICTORY
    if _lowest_end(voters) < max([v.bounds.low for v in voters]):
        return Verdict.DEVELOPING
    if len({v.bounds for v in voters}) == 1:
        return Verdict.AGREE
    return Verdict.COMPATIBLE


def _lowest_end(voters: Sequence[Voter]) -> float:
    return min([_OPEN if v.bounds.high is None else v.bounds.high for v in voters])


def relation(a: Voter, b: Voter, span: Span | None = None, *, first_days: int = FIRST_DAYS) -> Pair:
    """Say how two claims with bounds stand to each other, and why."""
    span = span or Span()
    if a.statement.scope != b.statement.scope:
        return Pair(Relation.NOT_COMPARABLE, "They cover different periods or areas.")
    if a.bounds.overlaps(b.bounds):
        return Pair(Relation.COMPATIBLE, f"Both allow {_common_words(a.bounds, b.bounds)}.")
    smaller, larger = (a, b) if a.bounds.lies_below(b.bounds) else (b, a)
    words = f"One allows {smaller.bounds.high:,} at most, the other {larger.bounds.low:,} at least"
    if is_early_count(smaller.statement, span, first_days=first_days) and _not_after(
        smaller.statement, larger.statement
    ):
        return Pair(
            Relation.FIRST_DAYS,
            f"{words}; the smaller is a count from the first {first_days} days, "
            "when counting may still have been going on.",
        )
    return Pair(Relation.CONTRADICTORY, f"{words}.")


def _common_words(a: Bounds, b: Bounds) -> str:
    low = max(a.low, b.low)
    highs = [h for h in (a.high, b.high) if h is not None]
    if not highs:
        return f"{low:,} or more"
    return f"{low:,}" if min(highs) == low else f"{low:,} to {min(highs):,}"


def is_early_count(statement: Statement, span: Span, *, first_days: int = FIRST_DAYS) -> bool:
    """Tell whether a claim is a count dated within the first days of the event.

    Both days have to be known for certain. Ranges, ceilings and estimates never qualify.
    """
    dated = statement.claimed_on or statement.cited_on
    return (
        span.start is not None
        and span.start_is_exact
        and dated is not None
        and dated.precision is _DAY
        and abs(dated.day - span.start) <= timedelta(days=first_days)
        and statement.figure.qualifier in _COUNTS
        and statement.count_basis != "modelled"
    )


def _not_after(a: Statement, b: Statement) -> bool:
    return (a.counts_from or date.min) <= (b.counts_from or date.min)


def widest_gap(voters: Sequence[Voter], span: Span, *, first_days: int = FIRST_DAYS) -> Gap | None:
    """Return the contradictory pair with the largest difference, ties by ratio; O(n log n).

    An early count contradicts only claims from before its own day; any other claim contradicts
    whatever lies above it. So for each smaller claim the largest low bound among those that count
    from before its day is enough, and a running maximum in order of days has it.
    """
    if len(voters) < 2 or max([v.bounds.low for v in voters]) <= _lowest_end(voters):
        return None
    by_day = sorted(voters, key=lambda v: v.statement.counts_from or date.min)
    days = [v.statement.counts_from or date.min for v in by_day]
    largest: list[Voter] = []
    for voter in by_day:
        is_larger = not largest or voter.bounds.low > largest[-1].bounds.low
        largest.append(voter if is_larger else largest[-1])
    best: Gap | None = None
    for voter in sorted(voters, key=lambda v: v.statement.key):
        if not voter.bounds.lies_below(largest[-1].bounds):
            continue
        early = is_early_count(voter.statement, span, first_days=first_days)
        eligible = (
            bisect_left(days, voter.statement.counts_from or date.min) if early else len(largest)
        )
        if not eligible or not voter.bounds.lies_below(largest[eligible - 1].bounds):
            continue
        gap = _gap(voter, largest[eligible - 1])
        if best is None or (gap.absolute, -gap.low) > (best.absolute, -best.low):
            best = gap
    return best


def _gap(smaller: Voter, larger: Voter) -> Gap:
    most = smaller.bounds.high or 0
    return Gap(most, larger.bounds.low, smaller.statement.key, larger.statement.key)
