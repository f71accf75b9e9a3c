"""The number line: nice ticks, zero where it belongs, a place for every number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.charts.scale import nice_step, scale_for

PEOPLE = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        pytest.param([], (0, 5, 10), id="no number at all"),
        pytest.param([0], (0, 5, 10), id="nobody"),
        pytest.param([63, 89, 400], (0, 100, 200, 300, 400), id="from zero"),
        pytest.param([10, 25], (0, 5, 10, 15, 20, 25), id="small numbers in whole people"),
        pytest.param([1], (0, 1), id="one person"),
        pytest.param([23001, 23186], (23000, 23050, 23100, 23150, 23200), id="close together"),
    ],
)
def test_linear_line(numbers: list[int], ticks: tuple[int, ...]) -> None:
    assert scale_for(numbers).ticks == ticks


def test_linear_line_when_zero_is_asked_then_it_stays() -> None:
    assert scale_for([263, 300, 337], from_zero=True).ticks == (0, 100, 200, 300, 400)


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        pytest.param([10, 900], (10, 20, 50, 100, 200, 500, 1000), id="two decades"),
        pytest.param([8, 90_000], (10, 100, 1000, 10_000, 100_000), id="many decades"),
        pytest.param([0, 12, 90], (0, 10, 20, 50, 100), id="zero has a place of its own"),
        pytest.param([7, 7], (5, 10), id="one number"),
    ],
)
def test_logarithmic_line(numbers: list[int], ticks: tuple[int, ...]) -> None:
    assert scale_for(numbers, is_log=True).ticks == ticks


@given(PEOPLE, st.booleans())
def test_every_number_has_a_place_on_the_line(numbers: list[int], is_log: bool) -> None:
    scale = scale_for(numbers, is_log=is_log)

    shares = [scale.share(n) for n in sorted(numbers)]

    assert shares == sorted(shares)
    assert min(shares) >= 0
    assert max(shares) <= 1


@given(PEOPLE, st.booleans())
def test_ticks_are_few_and_lie_on_the_line(numbers: list[int], is_log: bool) -> None:
    scale = scale_for(numbers, is_log=is_log)

    places = [scale.share(n) for n in scale.ticks]

    assert 2 <= len(places) <= 12
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (pytest.approx(0), pytest.approx(1)) or scale.is_log


@given(st.floats(0, 10**11))
def test_nice_step_is_a_round_number_that_is_large_enough(wanted: float) -> None:
    step = nice_step(wanted)

    assert step >= wanted
    assert str(step).strip("0") in {"1", "2", "5"}
