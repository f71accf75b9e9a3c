"""The maximum-agreement set and the groups, on the worked cases of the design and by property."""

from __future__ import annotations

import pytest

from claims.domain.agreement import Stretch, agreement, groups
from claims.domain.figures import Bounds, Figure
from tests.domain.makers import about, at_least, between, exactly, up_to


def bounds(*figures: Figure) -> list[Bounds]:
    """The plain bounds of figures that have some."""
    return [b for f in figures if (b := f.bounds()) is not None]


@pytest.mark.parametrize(
    ("kyiv", "expected"),
    [
        pytest.param(exactly(400), [(400, 400)], id="400 gives 400"),
        pytest.param(up_to(400), [(89, 89), (200, 400)], id="up to 400 gives 89, and 200 to 400"),
        pytest.param(at_least(400), [(400, 600)], id="at least 400 gives 400 to 600"),
        pytest.param(about(400), [(350, 450)], id="about 400 gives 350 to 450"),
    ],
)
def test_worked_cases_of_89_x_and_200_to_600(kyiv, expected) -> None:
    found = agreement(bounds(exactly(89), kyiv, between(200, 600)))

    assert [(s.low, s.high) for s in found] == expected
    assert {(s.claimants, s.of) for s in found} == {(2, 3)}


def test_agreement_of_nobody_is_empty() -> None:
    assert agreement([]) == []
    assert groups([]) == []


def test_agreement_of_open_ends_is_open() -> None:
    assert agreement(bounds(at_least(92), at_least(83))) == [Stretch(92, None, 2, 0, 2)]


def test_neighbouring_stretches_of_other_claims_stay_apart() -> None:
    found = agreement([Bounds(0, 5), Bounds(0, 10), Bounds(6, 10)])

    assert [(s.low, s.high) for s in found] == [(0, 5), (6, 10)]


def test_groups_are_the_largest_sets_that_can_all_be_true() -> None:
    found = groups([Bounds(0, 5), Bounds(4, 9), Bounds(8, 12), Bounds(20, 20), Bounds(0, 30)])

    assert found == [(0, 1, 4), (1, 2, 4), (3, 4)]


def test_ten_thousand_bounds_take_no_noticeable_time() -> None:
    many = [Bounds(i, i + 3) for i in range(10_000)]

    assert len(groups(many)) == 9_997
