"""Who votes, per claimant, day and scope."""

from __future__ import annotations

from datetime import date

import pytest

from claims.domain.scope import WHOLE, Scope, Span, electorate, said_by, scope_within
from tests.domain.makers import at_least, between, exactly, statement

WAR = Span(date(2022, 2, 24), None, start_is_exact=True)
YEAR = Span(date(2023, 1, 1), date(2023, 12, 31), start_is_exact=True)


@pytest.mark.parametrize(
    ("span", "period", "expected"),
    [
        pytest.param(YEAR, (None, None), WHOLE, id="nothing said is the whole"),
        pytest.param(
            YEAR, (date(2022, 1, 1), date(2023, 12, 31)), WHOLE, id="an earlier start adds nothing"
        ),
        pytest.param(
            YEAR,
            (date(2023, 1, 1), date(2024, 6, 30)),
            Scope(None, date(2024, 6, 30)),
            id="later deaths are another scope",
        ),
        pytest.param(WAR, (date(2022, 2, 24), None), WHOLE, id="since the start of a war going on"),
        pytest.param(
            WAR,
            (None, date(2023, 1, 1)),
            Scope(None, date(2023, 1, 1)),
            id="a war going on up to a day is a part",
        ),
        pytest.param(
            YEAR,
            (date(2023, 5, 1), date(2023, 5, 31)),
            Scope(date(2023, 5, 1), date(2023, 5, 31)),
            id="a month of it is a part",
        ),
    ],
)
def test_scope_within(span, period, expected) -> None:
    assert scope_within(span, start=period[0], end=period[1], area="") == expected


def test_areas_are_the_same_whatever_their_case_and_spaces() -> None:
    one = scope_within(YEAR, start=None, end=None, area="Three  Hospitals ")

    assert one == Scope(area="three hospitals")


def test_the_latest_claim_votes_and_a_month_counts_from_its_last_day() -> None:
    who = electorate(
        [
            statement("a", exactly(1), "2023-01-15", key="middle"),
            statement("a", exactly(2), "2023-01", key="month"),
        ]
    )

    assert [v.statement.key for v in who.voters] == ["month"]
    assert who.self_disagreements == ()


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        pytest.param(between(60, 400), between(200, 999), "k1", id="the narrower"),
        pytest.param(exactly(5), exactly(6), "k2", id="of equal width the later recorded"),
    ],
)
def test_on_one_day(first, second, winner) -> None:
    who = electorate(
        [
            statement("a", first, "2023-01-01", key="k1", recorded=1),
            statement("a", second, "2023-01-01", key="k2", recorded=2),
        ]
    )

    assert [v.statement.key for v in who.voters] == [winner]
    assert who.self_disagreements == (({"k1", "k2"}.difference({winner}).pop(),),)


def test_a_revised_claim_votes_again_where_its_revision_was_not_yet_said() -> None:
    both = [
        statement("a", exactly(63), "2023-01-02", key="old"),
        statement("a", exactly(89), "2023-01-04", key="new", revises="old"),
    ]

    now = electorate(said_by(both, None))
    then = electorate(said_by(both, date(2023, 1, 3)))

    assert [v.statement.key for v in now.voters] == ["new"]
    assert [v.statement.key for v in then.voters] == ["old"]


def test_an_undated_claim_counts_from_its_earliest_citation() -> None:
    cited = statement("a", at_least(83), cited_on="2023-01-25")
    undated = statement("b", at_least(1))

    assert said_by([cited, undated], date(2023, 1, 24)) == []
    assert said_by([cited, undated], date(2023, 1, 25)) == [cited]
    assert said_by([cited, undated], None) == [cited, undated]


def test_an_undated_claim_is_the_oldest_of_its_claimant() -> None:
    who = electorate(
        [
            statement("a", exactly(9), key="undated", recorded=9),
            statement("a", exactly(4), "1863", key="dated", recorded=1),
        ]
    )

    assert [v.statement.key for v in who.voters] == ["dated"]
