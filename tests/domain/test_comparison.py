"""The comparison, as design section 2 works it out: Makiivka, Belgorod, Gaza and the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.agreement import Stretch
from claims.domain.comparison import (
    Comparison,
    Relation,
    Verdict,
    compare,
    ratio,
    relation,
)
from claims.domain.figures import Figure, Qualifier, Reading
from claims.domain.scope import Scope, Span, Statement
from tests.domain.makers import (
    NEW_YEAR,
    UNKNOWN,
    about,
    at_least,
    between,
    exactly,
    hundreds,
    statement,
    up_to,
    voter,
)

MAKIIVKA = (
    statement("moscow", exactly(63), "2023-01-02", key="63"),
    statement("moscow", exactly(89), "2023-01-04", key="89", revises="63"),
    statement("kyiv", about(400), "2023-01-01"),
    statement("bbc", at_least(92), "2023-01-25", basis="identified_by_name"),
    statement("idel", at_least(83), cited_on="2023-01-25", basis="identified_by_name"),
    statement("wsws", between(60, 400), "2023-01", key="60-400"),
    statement("wsws", hundreds(), "2023-01", key="hundreds"),
)


def makiivka(**options: object) -> Comparison:
    """Compare what was said about the strike on Makiivka."""
    return compare(MAKIIVKA, span=NEW_YEAR, **options)  # type: ignore[arg-type]


def test_makiivka_contradicts_by_a_factor_of_nearly_four() -> None:
    result = makiivka()

    assert result.verdict is Verdict.CONTRADICTORY
    assert result.gap is not None
    assert (result.gap.low, result.gap.high) == (89, 350)
    assert (result.gap.absolute, result.gap.ratio) == (261, Decimal("3.9326"))
    assert (result.gap.smaller, result.gap.larger) == ("89", "kyiv")


def test_makiivka_four_of_five_agree_on_350_to_400() -> None:
    result = makiivka()

    assert result.agreement == (Stretch(350, 400, claimants=4, bounded_claimants=2, of=5),)
    assert (result.lowest, result.highest) == (60, 400)
    assert result.spread_ratio == Decimal("6.6667")


def test_makiivka_wsws_votes_with_its_narrower_figure_of_the_month() -> None:
    result = makiivka()

    assert result.electorate.self_disagreements == (("hundreds",),)
    assert {v.statement.key for v in result.voters} == {"89", "kyiv", "bbc", "idel", "60-400"}


def test_makiivka_as_of_3_january_has_two_voters_that_contradict() -> None:
    result = makiivka(as_of=date(2023, 1, 3))

    assert [v.statement.key for v in result.voters] == ["63", "kyiv"]
    assert result.verdict is Verdict.CONTRADICTORY
    assert result.gap is not None
    assert (result.gap.low, result.gap.high, result.gap.absolute) == (63, 350, 287)
    assert result.gap.ratio == Decimal("5.5556")


def test_makiivka_read_strictly_about_400_says_nothing() -> None:
    result = makiivka(reading=Reading.STRICT)

    assert [v.statement.key for v in result.voters] == ["60-400", "89", "bbc", "idel"]
    assert result.gap is not None
    assert (result.gap.low, result.gap.high) == (89, 92)


def test_belgorod_the_evening_count_against_the_final_one_is_developing() -> None:
    span = Span(date(2023, 12, 30), date(2023, 12, 30), start_is_exact=True)
    governor = [
        statement("governor", exactly(22), "2023-12-31", key="22"),
        statement("governor", exactly(24), "2023-12-31", key="24", revises="22"),
        statement("governor", exactly(25), "2024-01-01", key="25", revises="24"),
    ]
    result = compare([statement("ministry", exactly(10), "2023-12-30"), *governor], span=span)

    assert result.verdict is Verdict.DEVELOPING
    assert result.gap is None
    assert [v.statement.key for v in result.voters] == ["25", "ministry"]


def test_gaza_identified_children_are_a_floor_below_those_reported() -> None:
    result = compare(
        [
            statement("ministry", exactly(7797), "2024-05-08", basis="identified_by_name"),
            statement("office", at_least(15002), "2024-05-08"),
        ]
    )

    assert result.verdict is Verdict.COMPATIBLE
    assert result.agreement == (Stretch(15002, None, claimants=2, bounded_claimants=0, of=2),)


def test_gaza_one_ministry_votes_with_its_total_not_with_its_named_dead() -> None:
    result = compare(
        [
            statement("ministry", exactly(34844), "2024-05-08", key="all", recorded=1),
            statement(
                "ministry",
                exactly(24686),
                "2024-05-08",
                key="named",
                basis="identified_by_name",
                recorded=2,
            ),
        ]
    )

    assert [v.statement.key for v in result.voters] == ["all"]
    assert result.verdict is Verdict.SINGLE
    assert result.gap is None


def test_partial_counts_of_one_basis_are_compared_as_stated() -> None:
    result = compare(
        [
            statement("a", exactly(92), basis="identified_by_name"),
            statement("b", exactly(89), basis="identified_by_name"),
        ]
    )

    assert result.verdict is Verdict.CONTRADICTORY


def test_a_named_count_above_an_official_total_contradicts_it() -> None:
    result = compare(
        [statement("a", exactly(89)), statement("b", exactly(92), basis="identified_by_name")]
    )

    assert result.verdict is Verdict.CONTRADICTORY
    assert result.gap is not None
    assert (result.gap.low, result.gap.high) == (89, 92)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param([], Verdict.SINGLE, id="nobody speaks"),
        pytest.param([exactly(30)], Verdict.SINGLE, id="one claimant alone"),
        pytest.param([exactly(30), UNKNOWN], Verdict.SINGLE, id="an unknown number is no vote"),
        pytest.param([exactly(30), exactly(30)], Verdict.AGREE, id="the same number"),
        pytest.param([at_least(25), exactly(30)], Verdict.COMPATIBLE, id="at least 25 allows 30"),
        pytest.param([at_least(40), exactly(30)], Verdict.CONTRADICTORY, id="at least 40 does not"),
        pytest.param([at_least(9), at_least(40)], Verdict.COMPATIBLE, id="two open ends"),
        pytest.param([exactly(89), up_to(400)], Verdict.COMPATIBLE, id="up to 400 allows 89"),
        pytest.param([exactly(89), about(400)], Verdict.CONTRADICTORY, id="about 400 does not"),
    ],
)
def test_verdict(figures: list[Figure], expected: Verdict) -> None:
    result = compare([statement(f"c{i}", figure) for i, figure in enumerate(figures)])

    assert result.verdict is expected
    assert (result.gap is not None) == (expected is Verdict.CONTRADICTORY)


def test_verdict_is_not_comparable_where_two_speak_but_never_of_one_scope() -> None:
    result = compare(
        [
            statement("a", exactly(5), scope=Scope(area="north")),
            statement("b", exactly(9), scope=Scope(area="south")),
        ]
    )

    assert result.verdict is Verdict.NOT_COMPARABLE


def test_the_scope_of_the_whole_event_is_compared_and_others_stand_beside_it() -> None:
    result = compare(
        [
            statement("a", exactly(50)),
            statement("b", exactly(9), scope=Scope(area="north")),
            statement("c", exactly(7), scope=Scope(area="north")),
        ]
    )

    assert [v.statement.key for v in result.voters] == ["a"]
    assert result.verdict is Verdict.SINGLE
    assert len(result.statements) == 3


def test_without_a_whole_the_scope_with_most_claimants_is_compared() -> None:
    result = compare(
        [
            statement("a", exactly(50), scope=Scope(area="south")),
            statement("b", exactly(9), scope=Scope(area="north")),
            statement("c", exactly(7), scope=Scope(area="north")),
        ]
    )

    assert [v.statement.key for v in result.voters] == ["b", "c"]


def test_compilations_are_shown_but_vote_only_when_asked() -> None:
    said = [statement("a", exactly(50)), statement("ucdp", exactly(9), is_compilation=True)]

    assert compare(said).verdict is Verdict.SINGLE
    assert len(compare(said).statements) == 2
    assert compare(said, compilations=True).verdict is Verdict.CONTRADICTORY


def test_gap_is_the_widest_and_of_equals_the_one_with_the_larger_ratio() -> None:
    result = compare([statement(str(n), exactly(n)) for n in (100, 10, 55)])
    tied = compare(
        [statement("x", between(0, 5)), statement("y", exactly(15)), statement("z", exactly(25))]
    )

    assert result.gap is not None
    assert tied.gap is not None
    assert (result.gap.low, result.gap.high) == (10, 100)
    assert (tied.gap.low, tied.gap.high) == (5, 25)


def test_gap_from_zero_has_no_finite_ratio() -> None:
    result = compare([statement("a", exactly(0)), statement("b", exactly(12))])

    assert result.gap is not None
    assert result.gap.absolute == 12
    assert result.gap.ratio is None
    assert result.spread_ratio is None


def test_order_words_contribute_to_bounds_but_not_to_lowest_and_highest() -> None:
    result = compare([statement("a", hundreds()), statement("b", exactly(250))])

    assert (result.lowest, result.highest) == (250, 250)
    assert result.agreement == (Stretch(250, 250, claimants=2, bounded_claimants=2, of=2),)


@pytest.mark.parametrize(
    ("smaller", "larger", "expected"),
    [
        pytest.param(
            voter("a", exactly(10), "2023-01-01"),
            voter("b", exactly(25), "2023-01-03"),
            Relation.FIRST_DAYS,
            id="ten on the first evening, 25 two days later",
        ),
        pytest.param(
            voter("a", exactly(10), "2023-01-03"),
            voter("b", exactly(25), "2023-01-03"),
            Relation.FIRST_DAYS,
            id="the third day is still within two days of the start",
        ),
        pytest.param(
            voter("a", exactly(10), "2023-01-04"),
            voter("b", exactly(25), "2023-01-05"),
            Relation.CONTRADICTORY,
            id="the fourth day is not",
        ),
        pytest.param(
            voter("a", exactly(10), "2023-01-02"),
            voter("b", exactly(25), "2023-01-01"),
            Relation.CONTRADICTORY,
            id="a later smaller count contradicts",
        ),
        pytest.param(
            voter("a", between(5, 10), "2023-01-01"),
            voter("b", exactly(25), "2023-01-03"),
            Relation.CONTRADICTORY,
            id="a range never qualifies",
        ),
        pytest.param(
            voter("a", up_to(10), "2023-01-01"),
            voter("b", exactly(25), "2023-01-03"),
            Relation.CONTRADICTORY,
            id="a ceiling never qualifies",
        ),
        pytest.param(
            voter("a", exactly(10), "2023-01-01", basis="modelled"),
            voter("b", exactly(25), "2023-01-03"),
            Relation.CONTRADICTORY,
            id="an estimate never qualifies",
        ),
        pytest.param(
            voter("a", exactly(10), "2023-01"),
            voter("b", exactly(25), "2023-01"),
            Relation.CONTRADICTORY,
            id="a claim known to the month cannot be shown to be early",
        ),
        pytest.param(
            voter("a", exactly(10)),
            voter("b", exactly(25)),
            Relation.CONTRADICTORY,
            id="a claim without a date cannot be shown to be early",
        ),
        pytest.param(
            voter("a", exactly(10)),
            voter("b", at_least(3)),
            Relation.COMPATIBLE,
            id="bounds that overlap",
        ),
        pytest.param(
            voter("a", exactly(10), scope=Scope(area="north")),
            voter("b", exactly(25)),
            Relation.NOT_COMPARABLE,
            id="other areas",
        ),
    ],
)
def test_relation(smaller, larger, expected) -> None:
    assert relation(smaller, larger, NEW_YEAR).relation is expected
    assert relation(larger, smaller, NEW_YEAR).relation is expected


def test_relation_says_why() -> None:
    pair = relation(voter("a", exactly(89)), voter("b", about(400)))

    assert pair.reason == "One allows 89 at most, the other 350 at least."


def test_ratio_has_four_decimals_rounded_half_up() -> None:
    assert ratio(350, 89) == Decimal("3.9326")
    assert ratio(1, 0) is None


# --- properties ---------------------------------------------------------------------------------

numbers = st.integers(1, 60)
figures = st.one_of(
    numbers.map(exactly),
    numbers.map(about),
    numbers.map(at_least),
    numbers.map(up_to),
    numbers.map(lambda n: Figure(Qualifier.NEARLY, high=n)),
    numbers.map(lambda n: Figure(Qualifier.MORE_THAN, low=n)),
    st.tuples(numbers, numbers).map(lambda ends: between(min(ends), max(ends))),
    st.just(hundreds()),
    st.just(UNKNOWN),
)


@st.composite
def said(draw: st.DrawFn) -> list[Statement]:
    """Up to eight claims, of one or several claimants, dated, partial, revised or not."""
    days = st.sampled_from([None, "2023-01-01", "2023-01-02", "2023-01-04", "2023-01", "2023"])
    bases = st.sampled_from(["all_reported", "all_reported", "identified_by_name", "modelled"])
    areas = st.sampled_from(["", "", "", "north"])
    return [
        statement(
            draw(st.sampled_from("abcdef")),
            draw(figures),
            draw(days),
            key=f"k{i}",
            basis=draw(bases),
            scope=Scope(area=draw(areas)),
            recorded=i,
        )
        for i in range(draw(st.integers(0, 8)))
    ]


@given(said(), st.randoms())
def test_the_order_of_claims_is_irrelevant(statements, random) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)

    assert compare(shuffled, span=NEW_YEAR) == compare(statements, span=NEW_YEAR)


@given(st.lists(figures, min_size=1, max_size=8), figures)
def test_another_claimant_never_narrows_lowest_to_highest(known, newcomer) -> None:
    before = compare([statement(f"c{i}", f) for i, f in enumerate(known)])
    after = compare([statement(f"c{i}", f) for i, f in enumerate([*known, newcomer])])

    if before.lowest is not None:
        assert after.lowest is not None
        assert after.highest is not None
        assert after.lowest <= before.lowest
        assert after.highest >= before.highest


@given(said())
def test_agreement_never_exceeds_the_number_of_claims(statements) -> None:
    result = compare(statements, span=NEW_YEAR)

    for stretch in result.agreement:
        assert stretch.bounded_claimants <= stretch.claimants <= stretch.of == len(result.voters)
        covering = [
            v
            for v in result.voters
            if v.bounds.low <= stretch.low
            and (v.bounds.high is None or (stretch.high or stretch.low) <= v.bounds.high)
        ]
        assert len(covering) == stretch.claimants


@given(said())
def test_every_groups_members_overlap_pairwise_and_nobody_is_left_out(statements) -> None:
    result = compare(statements, span=NEW_YEAR)
    by_key = {v.statement.key: v.bounds for v in result.voters}

    for group in result.groups:
        assert all(by_key[a].overlaps(by_key[b]) for a, b in combinations(group, 2))
        outside = set(by_key) - set(group)
        assert not any(all(by_key[o].overlaps(by_key[m]) for m in group) for o in outside)
    assert {key for group in result.groups for key in group} == set(by_key)
    assert len(set(result.groups)) == len(result.groups)


@given(said())
def test_strict_contradiction_implies_plain_contradiction(statements) -> None:
    strict = compare(statements, span=NEW_YEAR, reading=Reading.STRICT)
    plain = compare(statements, span=NEW_YEAR)

    if strict.verdict is Verdict.CONTRADICTORY:
        assert plain.verdict is Verdict.CONTRADICTORY


@given(said())
def test_gap_is_the_same_as_looking_at_every_pair(statements) -> None:
    result = compare(statements, span=NEW_YEAR)
    differences = [
        max(b.bounds.low - a.bounds.high, a.bounds.low - (b.bounds.high or 10**9))
        if a.bounds.high is not None
        else a.bounds.low - (b.bounds.high or 0)
        for a, b in combinations(result.voters, 2)
        if relation(a, b, NEW_YEAR).relation is Relation.CONTRADICTORY
    ]

    assert (result.gap.absolute if result.gap else None) == max(differences, default=None)
