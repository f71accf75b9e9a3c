"""The tables of the page on methods, computed by the domain each time they are asked for.

Nothing here is a rule: every row takes words from the domain's tables, lets the domain read and
compare them, and says in words what came out. So the page cannot say anything else than what
the tracker does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.domain import comparison, review
from claims.domain.dates import PartialDate
from claims.domain.figures import Bounds, Reading
from claims.domain.scope import Span, Statement, Voter, electorate
from claims.domain.vocabularies import RELATION, VERDICT
from claims.domain.wording import parse_wording
from claims.domain.wording_table import WORDING_TABLE

# A day that no event in the tracker is likely to have: only the distance from it matters.
FIRST_DAY = date(2000, 1, 1)

ROUNDED_NUMBERS = (7, 89, 92, 400, 450, 1_000, 1_200, 20_000)


@dataclass(frozen=True, slots=True)
class WordingRule:
    """One row of the table of wordings, with its example read both ways."""

    phrases: str
    example: str
    plain: str
    strict: str
    drawn_as: str
    note: str

    @property
    def readings_differ(self) -> bool:
        """Whether the strict reading takes less from the words."""
        return self.plain != self.strict


@dataclass(frozen=True, slots=True)
class PairExample:
    """Two claims and how they stand to each other."""

    first: str
    second: str
    relation: str
    reason: str


@dataclass(frozen=True, slots=True)
class ComparisonExample:
    """Several claims and everything that is computed from them."""

    said: str
    verdict: str
    gap: str
    agreement: str


@dataclass(frozen=True, slots=True)
class ReviewMove:
    """One move of a claim on its way to the public, in words."""

    name: str
    definition: str
    before: str
    after: str
    who: str
    conditions: str


def in_words(bounds: Bounds | None) -> str:
    """Return "350 to 450", "400 or more", "63" or "no bounds"."""
    if bounds is None:
        return "no bounds"
    if bounds.high is None:
        return f"{bounds.low:,} or more"
    if bounds.low == bounds.high:
        return f"{bounds.low:,}"
    return f"{bounds.low:,} to {bounds.high:,}"


def wording_rules() -> list[WordingRule]:
    """Return every row of the table of wordings, its example read by the domain."""
    rules = []
    for row in WORDING_TABLE:
        figure = parse_wording(row.example)
        rules.append(
            WordingRule(
                phrases=", ".join(row.phrases),
                example=row.example,
                plain=in_words(figure.bounds(Reading.PLAIN)),
                strict=in_words(figure.bounds(Reading.STRICT)),
                drawn_as=row.drawn_as,
                note=row.note,
            )
        )
    return rules


def rounding_examples() -> list[tuple[str, str, str]]:
    """Return numbers with the bounds that "about" and "nearly" give them."""
    return [
        (f"{n:,}", *(in_words(parse_wording(f"{word} {n}").bounds()) for word in ("about", "nearly")))
        for n in ROUNDED_NUMBERS
    ]


def pair_examples(first_days: int) -> list[PairExample]:
    """Return pairs of claims that show each relation; days count from the event's start."""
    cases = (
        ("89", "about 400", None, None),
        ("89", "at least 400", None, None),
        ("89", "up to 400", None, None),
        ("89", "between 60 and 400", None, None),
        ("10", "25", 0, first_days + 1),
        ("between 5 and 10", "25", 0, first_days + 1),
        ("25", "10", 0, first_days + 1),
    )
    return [_pair(*case, first_days=first_days) for case in cases]


def _pair(
    first: str, second: str, day: int | None, later: int | None, *, first_days: int
) -> PairExample:
    a, b = _voters([(first, day), (second, later)])
    pair = comparison.relation(a, b, Span(FIRST_DAY, None, True), first_days=first_days)
    return PairExample(
        _said_on(first, day), _said_on(second, later), RELATION.label(pair.relation), pair.reason
    )


def _said_on(words: str, day: int | None) -> str:
    return f"“{words}”" if day is None else f"“{words}” on day {day + 1}"


def verdict_examples(first_days: int) -> dict[str, ComparisonExample]:
    """Return one worked comparison for each verdict that words alone can show, by code."""
    later = first_days + 5
    cases: tuple[Sequence[tuple[str, int | None]], ...] = (
        [("63", None)],
        [("89", None), ("about 400", None), ("at least 92", None), ("60 to 400", None)],
        [("10", 0), ("25", later)],
        [("30", None), ("30", None)],
        [("at least 25", None), ("30", None)],
    )
    examples = [_compared(case, first_days=first_days) for case in cases]
    return {
        next(t.code for t in VERDICT if t.label == example.verdict): example
        for example in examples
    }


def agreement_examples() -> list[ComparisonExample]:
    """Return the worked cases of the agreement set: one word changes what agrees with what."""
    return [
        _compared([("89", None), (words, None), ("between 200 and 600", None)])
        for words in ("400", "up to 400", "at least 400", "about 400")
    ]


def _statements(said: Sequence[tuple[str, int | None]]) -> list[Statement]:
    return [
        Statement(
            key=str(position),
            claimant=str(position),
            figure=parse_wording(words),
            claimed_on=None if day is None else PartialDate(FIRST_DAY + timedelta(days=day)),
        )
        for position, (words, day) in enumerate(said)
    ]


def _voters(said: Sequence[tuple[str, int | None]]) -> tuple[Voter, ...]:
    return electorate(_statements(said)).voters


def _compared(
    said: Sequence[tuple[str, int | None]], *, first_days: int = comparison.FIRST_DAYS
) -> ComparisonExample:
    result = comparison.compare(
        _statements(said), span=Span(FIRST_DAY, None, True), first_days=first_days
    )
    gap = result.gap
    return ComparisonExample(
        said=", ".join(_said_on(words, day) for words, day in said),
        verdict=VERDICT.label(result.verdict),
        gap=(
            f"{gap.low:,} against {gap.high:,}: {gap.absolute:,} people, a factor of {gap.ratio:.1f}"
            if gap and gap.ratio
            else ""
        ),
        agreement=" and ".join(
            f"{in_words(Bounds(s.low, s.high))} by {s.claimants} of {s.of}"
            for s in result.agreement
        ),
    )


def review_moves() -> list[ReviewMove]:
    """Return the moves of the review table with who may make them, in words."""
    return [
        ReviewMove(
            name=move.name,
            definition=move.definition,
            before=" or ".join(state for state in review.State if state in move.before),
            after=str(move.after),
            who=_first_role(move.permission),
            conditions=_conditions(move),
        )
        for move in review.MOVES
    ]


def _first_role(permission: str) -> str:
    """Return the least role that has a permission; the roles after it have it too."""
    return next(str(role) for role in review.Role if permission in review.PERMISSIONS_OF[role])


def _conditions(move: review.Move) -> str:
    wanted = [
        ("somebody other than the author", move.by_another),
        ("a reason in words", move.needs_reason),
        ("at least one document cited", move.needs_citation),
    ]
    return "; ".join(words for words, is_wanted in wanted if is_wanted)
