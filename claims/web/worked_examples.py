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
from claims.domain.scope import Span, Statement, electorate
from claims.domain.vocabularies import COUNT_BASIS, PARTIAL_BASES, RELATION, VERDICT
from claims.domain.wording import parse_wording
from claims.domain.wording_table import WORDING_TABLE

# Any day would do: only the distance from it matters.
START_DAY = date(2000, 1, 1)
START = Span(START_DAY, None, start_is_exact=True)

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
class Said:
    """What one claimant says in an example; ``day`` counts from the event's first, which is 0."""

    words: str
    day: int | None = None
    basis: str = "all_reported"

    def __str__(self) -> str:
        basis = f" {COUNT_BASIS.label(self.basis)}" if self.basis in PARTIAL_BASES else ""
        day = "" if self.day is None else f" on day {self.day + 1}"
        return f"“{self.words}”{basis}{day}"


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
        (
            f"{n:,}",
            in_words(parse_wording(f"about {n}").bounds()),
            in_words(parse_wording(f"nearly {n}").bounds()),
        )
        for n in ROUNDED_NUMBERS
    ]


def pair_examples(first_days: int) -> list[PairExample]:
    """Return pairs of claims that show each relation."""
    later = first_days + 1
    cases = (
        (Said("89"), Said("about 400")),
        (Said("89"), Said("at least 400")),
        (Said("89"), Said("up to 400")),
        (Said("10", 0), Said("25", later)),
        (Said("between 5 and 10", 0), Said("25", later)),
        (Said("25", 0), Said("10", later)),
        (Said("7,797", basis="identified_by_name"), Said("15,002")),
        (Said("92", basis="identified_by_name"), Said("89")),
    )
    return [_pair(*case, first_days=first_days) for case in cases]


def _pair(first: Said, second: Said, *, first_days: int) -> PairExample:
    a, b = sorted(electorate(_statements([first, second])).voters, key=lambda v: v.statement.key)
    pair = comparison.relation(a, b, START, first_days=first_days)
    return PairExample(str(first), str(second), RELATION.label(pair.relation), pair.reason)


def verdict_examples(first_days: int) -> dict[str, ComparisonExample]:
    """Return one worked comparison for each verdict that words alone can show, by code."""
    cases = (
        (Said("63"),),
        (Said("89"), Said("about 400"), Said("at least 92"), Said("60 to 400")),
        (Said("10", 0), Said("25", first_days + 5)),
        (Said("30"), Said("30")),
        (Said("at least 25"), Said("30")),
    )
    worked = [_compared(case, first_days=first_days) for case in cases]
    code_of = {term.label: term.code for term in VERDICT}
    return {code_of[example.verdict]: example for example in worked}


def agreement_examples() -> list[ComparisonExample]:
    """Return the worked cases of the agreement set: one word changes what agrees with what."""
    return [
        _compared((Said("89"), Said(words), Said("between 200 and 600")))
        for words in ("400", "up to 400", "at least 400", "about 400")
    ]


def _statements(said: Sequence[Said]) -> list[Statement]:
    return [
        Statement(
            key=str(position),
            claimant=str(position),
            figure=parse_wording(one.words),
            claimed_on=(
                None if one.day is None else PartialDate(START_DAY + timedelta(days=one.day))
            ),
            count_basis=one.basis,
        )
        for position, one in enumerate(said)
    ]


def _compared(
    said: Sequence[Said], *, first_days: int = comparison.FIRST_DAYS
) -> ComparisonExample:
    result = comparison.compare(_statements(said), span=START, first_days=first_days)
    return ComparisonExample(
        said=", ".join(map(str, said)),
        verdict=VERDICT.label(result.verdict),
        gap=_gap_in_words(result.gap),
        agreement=" and ".join(
            f"{in_words(Bounds(s.low, s.high))} by {s.claimants} of {s.of}"
            for s in result.agreement
        ),
    )


def _gap_in_words(gap: comparison.Gap | None) -> str:
    if gap is None:
        return ""
    factor = f", a factor of {gap.ratio:.4f}" if gap.ratio else ""
    return f"{gap.low:,} against {gap.high:,}: {gap.absolute:,} people{factor}"


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
