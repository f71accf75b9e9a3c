"""Which claims speak for a question, and with which bounds they vote.

A claimant has one vote per scope: its current claim. The numbers of a comparison are taken over
one scope, the one that covers the whole event or else the one most claimants speak about.
Partial counts vote as floors unless everybody counts on that same basis.

Who votes and on which basis is settled on the plain reading and does not move with the reading
asked for: a stricter reading may silence a voter, it never brings in another one. That is why a
contradiction on the strict reading is always one on the plain reading too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from claims.domain.dates import PartialDate
from claims.domain.figures import Bounds, Figure, Reading
from claims.domain.vocabularies import PARTIAL_BASES


class Scope(NamedTuple):
    """The period and area that a figure covers; empty ends mean the event's own."""

    start: date | None = None
    end: date | None = None
    area: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing narrower than the event itself is meant."""
        return self == WHOLE


WHOLE = Scope()
_BY_KEY = attrgetter("key")


@dataclass(frozen=True, slots=True)
class Span:
    """When the event took place: the first day it can have begun, the last it can have ended."""

    start: date | None = None
    end: date | None = None
    start_is_exact: bool = False


def scope_within(span: Span, *, start: date | None, end: date | None, area: str) -> Scope:
    """Return the scope of a claim; one that ends with the event counts as the whole of it.

    A period that starts before the event adds nothing to it. One that ends later than the event
    does: a toll of the first night and one that includes later years are not rivals.
    """
    named_area = " ".join(area.split()).casefold() if area else ""
    if start is None and end is None and not named_area:
        return WHOLE
    starts_with_event = start is None or (span.start is not None and start <= span.start)
    ends_with_event = end is None or end == span.end
    if starts_with_event and ends_with_event:
        return Scope(area=named_area)
    return Scope(None if starts_with_event else start, end, named_area)


@dataclass(slots=True)
class Statement:
    """One published claim as the comparison sees it; nothing changes it once it is made.

    ``key`` is the claim's public id, ``claimant`` its claimant's. ``claimed_on`` is when the
    claim was made as far as the claim itself knows; ``cited_on``, which matters only without it,
    the earliest day it is known to have been printed. ``recorded`` orders claims by when they
    were entered. ``revises`` is the key of the claim it replaces.
    """

    key: str
    claimant: str
    figure: Figure
    scope: Scope = WHOLE
    claimed_on: PartialDate | None = None
    cited_on: PartialDate | None = None
    count_basis: str = "all_reported"
    is_compilation: bool = False
    revises: str | None = None
    recorded: int = 0
    counts_from: date | None = field(init=False)
    """The day from which the claim counts: the last day that its date can be."""

    def __post_init__(self) -> None:
        dated = self.claimed_on or self.cited_on
        self.counts_from = dated.last if dated else None

    @property
    def is_partial(self) -> bool:
        """Whether the figure counts only a part that could be established."""
        return self.count_basis in PARTIAL_BASES


@dataclass(slots=True)
class Voter:
    """A statement that votes, with the bounds it votes with."""

    statement: Statement
    bounds: Bounds


@dataclass(slots=True)
class Electorate:
    """Who votes on a question, and who does not and why it matters.

    ``current`` holds, for every scope, the statements that have a vote there.
    """

    scope: Scope
    voters: tuple[Voter, ...]
    current: dict[Scope, list[Statement]]
    self_disagreements: tuple[tuple[str, ...], ...]
    bounds: dict[str, Bounds | None]

    @property
    def speakers(self) -> dict[Scope, frozenset[str]]:
        """The claimants that have a vote, by scope."""
        return {
            where: frozenset([s.claimant for s in there]) for where, there in self.current.items()
        }

    @property
    def is_never_of_one_scope(self) -> bool:
        """Whether two or more claimants speak, but no two of them about one scope."""
        if len(self.current) < 2:
            return False
        claimants = frozenset[str]().union(*self.speakers.values())
        return len(claimants) > 1 and all(len(there) < 2 for there in self.speakers.values())


def said_by(statements: Iterable[Statement], as_of: date | None) -> list[Statement]:
    """Return the statements that had been made by a day; all of them where no day is asked."""
    if as_of is None:
        return list(statements)
    return [s for s in statements if s.counts_from is not None and s.counts_from <= as_of]


def floor_of(bounds: Bounds) -> Bounds:
    """Return what a partial count says of the whole: at least its low bound."""
    return Bounds(bounds.low, None)


def electorate(
    statements: Sequence[Statement],
    *,
    reading: Reading = Reading.PLAIN,
    compilations: bool = False,
) -> Electorate:
    """Settle who votes among statements already narrowed to a day (see ``said_by``)."""
    revised = {s.revises for s in statements if s.revises}
    eligible = [
        s
        for s in statements
        if s.key not in revised
        and (compilations or not s.is_compilation)
        and s.figure.bounds() is not None
    ]
    current, passed_over = _current_by_scope(eligible)
    scope = _main_scope(current)
    there = current.get(scope, [])
    shared = _shared_basis(there)
    bounds = {s.key: _vote(s, s.figure.bounds(reading), shared) for s in statements}
    voters = [
        Voter(s, voted) for s in sorted(there, key=_BY_KEY) if (voted := bounds[s.key]) is not None
    ]
    return Electorate(scope, tuple(voters), current, tuple(sorted(passed_over)), bounds)


def _current_by_scope(
    eligible: list[Statement],
) -> tuple[dict[Scope, list[Statement]], list[tuple[str, ...]]]:
    """Return the statements that have a vote, by scope, and the keys of those passed over."""
    if len(eligible) == 1:  # as on most questions
        return {eligible[0].scope: eligible}, []
    current: dict[Scope, list[Statement]] = {}
    passed_over: list[tuple[str, ...]] = []
    for (scope, _), own in _by_scope_and_claimant(eligible).items():
        chosen = own[0]
        if len(own) > 1:
            chosen, others = _current(own)
            if others:
                passed_over.append(tuple([s.key for s in others]))
        current.setdefault(scope, []).append(chosen)
    return current, passed_over


def _shared_basis(statements: Iterable[Statement]) -> str | None:
    """Return the basis that all of them count on, if it is one."""
    bases = {s.count_basis for s in statements}
    return bases.pop() if len(bases) == 1 else None


def _vote(statement: Statement, bounds: Bounds | None, shared: str | None) -> Bounds | None:
    """Return what a statement votes with where all voters count on the ``shared`` basis, if any."""
    basis = statement.count_basis
    if bounds is None or basis == shared or basis not in PARTIAL_BASES:
        return bounds
    return floor_of(bounds)


def _by_scope_and_claimant(
    statements: Iterable[Statement],
) -> dict[tuple[Scope, str], list[Statement]]:
    found: dict[tuple[Scope, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.scope, statement.claimant].append(statement)
    return found


def _current(own: Sequence[Statement]) -> tuple[Statement, list[Statement]]:
    """Return a claimant's current statement and its others of the same day.

    The latest day wins; on one day the narrowest bounds, then the later recorded, then the id.
    A partial count beside a count on another basis is as wide as the floor it sets.
    """
    latest = max(s.counts_from or date.min for s in own)
    of_that_day = [s for s in own if (s.counts_from or date.min) == latest]
    shared = _shared_basis(of_that_day)
    of_that_day.sort(key=lambda s: (_width(s, shared), -s.recorded, s.key))
    return of_that_day[0], of_that_day[1:]


def _width(statement: Statement, shared: str | None) -> float:
    bounds = _vote(statement, statement.figure.bounds(), shared)
    return float("inf") if bounds is None else bounds.width


def _main_scope(current: dict[Scope, list[Statement]]) -> Scope:
    if not current or WHOLE in current:
        return WHOLE
    return min(
        current,
        key=lambda s: (-len(current[s]), s.area, s.start or date.min, s.end or date.max),
    )
