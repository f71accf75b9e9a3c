"""A figure refuses what no source can have said, and bounds what was said, on two readings."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.figures import (
    LARGEST_NUMBER,
    Bounds,
    Figure,
    FigureError,
    Qualifier,
    Reading,
    rounding_unit,
)

PEOPLE = st.integers(min_value=1, max_value=LARGEST_NUMBER)


@pytest.mark.parametrize(
    ("figure", "plain", "strict"),
    [
        pytest.param(
            Figure(Qualifier.EXACTLY, best=89),
            Bounds(89, 89),
            Bounds(89, 89),
            id="exactly 89 is 89",
        ),
        pytest.param(Figure(Qualifier.EXACTLY, best=0), Bounds(0, 0), Bounds(0, 0), id="none is 0"),
        pytest.param(
            Figure(Qualifier.AT_LEAST, low=400),
            Bounds(400, None),
            Bounds(400, None),
            id="at least 400 has no upper end",
        ),
        pytest.param(
            Figure(Qualifier.MORE_THAN, low=400),
            Bounds(401, None),
            Bounds(401, None),
            id="more than 400 leaves 400 out",
        ),
        pytest.param(
            Figure(Qualifier.AT_MOST, high=400),
            Bounds(0, 400),
            Bounds(0, 400),
            id="up to 400 allows 400 and nobody",
        ),
        pytest.param(
            Figure(Qualifier.FEWER_THAN, high=400),
            Bounds(0, 399),
            Bounds(0, 399),
            id="fewer than 400 leaves 400 out",
        ),
        pytest.param(
            Figure(Qualifier.FEWER_THAN, high=1),
            Bounds(0, 0),
            Bounds(0, 0),
            id="fewer than 1 is nobody",
        ),
        pytest.param(
            Figure(Qualifier.NEARLY, high=400),
            Bounds(300, 400),
            Bounds(0, 400),
            id="nearly 400 is within one unit below",
        ),
        pytest.param(
            Figure(Qualifier.NEARLY, high=1000),
            Bounds(750, 1000),
            Bounds(0, 1000),
            id="nearly 1,000 is within a quarter, which is less than its unit",
        ),
        pytest.param(
            Figure(Qualifier.NEARLY, high=63),
            Bounds(62, 63),
            Bounds(0, 63),
            id="nearly 63 is within one person",
        ),
        pytest.param(
            Figure(Qualifier.NEARLY, high=3),
            Bounds(3, 3),
            Bounds(0, 3),
            id="nearly 3 is rounded inwards to 3",
        ),
        pytest.param(
            Figure(Qualifier.ABOUT, best=400), Bounds(350, 450), None, id="about 400 is half a unit"
        ),
        pytest.param(
            Figure(Qualifier.ABOUT, best=1000),
            Bounds(875, 1125),
            None,
            id="about 1,000 is half a quarter to either side",
        ),
        pytest.param(
            Figure(Qualifier.ABOUT, best=63),
            Bounds(60, 66),
            None,
            id="about 63 is 5 % to either side, rounded inwards",
        ),
        pytest.param(
            Figure(Qualifier.ABOUT, best=151_000),
            Bounds(143_450, 158_550),
            None,
            id="about 151,000 is 5 %, which is more than half a thousand",
        ),
        pytest.param(
            Figure(Qualifier.ABOUT, best=1), Bounds(0, 2), None, id="about 1 is one to either side"
        ),
        pytest.param(
            Figure(Qualifier.BETWEEN, low=200, high=600),
            Bounds(200, 600),
            Bounds(200, 600),
            id="between 200 and 600 holds both ends",
        ),
        pytest.param(
            Figure(Qualifier.BETWEEN, low=8_000, best=98_000, high=194_000),
            Bounds(8_000, 194_000),
            Bounds(8_000, 194_000),
            id="a best estimate does not narrow its interval",
        ),
        pytest.param(
            Figure(Qualifier.ORDER, low=200, high=999),
            Bounds(200, 999),
            Bounds(200, 999),
            id="hundreds are 200 to 999",
        ),
        pytest.param(Figure(Qualifier.UNKNOWN), None, None, id="an unknown number has no bounds"),
        pytest.param(
            Figure(Qualifier.BETWEEN, low=5, best=3, high=9, disordered=True),
            Bounds(3, 9),
            Bounds(3, 9),
            id="a best below its low is bounded by the envelope",
        ),
        pytest.param(
            Figure(Qualifier.BETWEEN, low=12, high=10, disordered=True),
            Bounds(10, 12),
            Bounds(10, 12),
            id="a low above its high is bounded by the envelope",
        ),
    ],
)
def test_figure_on_both_readings_has_the_bounds_of_the_table(
    figure: Figure, plain: Bounds | None, strict: Bounds | None
) -> None:
    assert (figure.bounds(), figure.bounds(Reading.STRICT)) == (plain, strict)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        pytest.param(
            {"qualifier": Qualifier.EXACTLY},
            "Expected at least one of low, best and high, got none.",
            id="a figure without a number",
        ),
        pytest.param(
            {"qualifier": Qualifier.UNKNOWN, "best": 5},
            "A number stated to be unknown cannot be 5.",
            id="an unknown number that is known",
        ),
        pytest.param(
            {"qualifier": Qualifier.EXACTLY, "best": -1},
            "Expected numbers from 0 to 99,999,999,999, got none, -1, none.",
            id="a negative number",
        ),
        pytest.param(
            {"qualifier": Qualifier.EXACTLY, "best": LARGEST_NUMBER + 1},
            "Expected numbers from 0 to 99,999,999,999, got none, 100,000,000,000, none.",
            id="more people than there ever were",
        ),
        pytest.param(
            {"qualifier": Qualifier.BETWEEN, "low": 400, "high": 63},
            "Expected low <= best <= high, got 400, none, 63.",
            id="a range that runs down",
        ),
        pytest.param(
            {"qualifier": Qualifier.BETWEEN, "low": 1, "best": 9, "high": 5},
            "Expected low <= best <= high, got 1, 9, 5.",
            id="a best estimate outside its range",
        ),
        pytest.param(
            {"qualifier": Qualifier.AT_LEAST, "best": 400},
            "With the qualifier at_least the number belongs in low alone, got none, 400, none.",
            id="a floor in the column of best",
        ),
        pytest.param(
            {"qualifier": Qualifier.ABOUT, "low": 350, "best": 400, "high": 450},
            "With the qualifier about the number belongs in best alone, got 350, 400, 450.",
            id="bounds stored over an estimate",
        ),
        pytest.param(
            {"qualifier": Qualifier.ORDER, "low": 200},
            "With the qualifier order both low and high are expected, got 200, none, none.",
            id="an order of size with one end",
        ),
        pytest.param(
            {"qualifier": Qualifier.FEWER_THAN, "high": 0},
            "Nobody can be fewer than 0.",
            id="fewer than nobody",
        ),
        pytest.param(
            {"qualifier": Qualifier.ABOUT, "best": 0},
            "about 0 has no meaning that could be bounded.",
            id="about nobody",
        ),
        pytest.param(
            {"qualifier": Qualifier.NEARLY, "high": 0},
            "nearly 0 has no meaning that could be bounded.",
            id="nearly nobody",
        ),
    ],
)
def test_figure_that_nobody_can_have_stated_is_refused_with_what_was_found(
    numbers: dict[str, int], message: str
) -> None:
    with pytest.raises(FigureError) as refusal:
        Figure(**numbers)  # type: ignore[arg-type]

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("n", "unit"),
    [
        pytest.param(63, 1, id="63 is not rounded"),
        pytest.param(400, 100, id="400 looks rounded to hundreds"),
        pytest.param(1_050, 10, id="1,050 looks rounded to tens"),
        pytest.param(100_000, 100_000, id="100,000 looks rounded to itself"),
        pytest.param(0, 1, id="nobody is not rounded"),
    ],
)
def test_rounding_unit_is_ten_to_the_trailing_zeros(n: int, unit: int) -> None:
    assert rounding_unit(n) == unit


@pytest.mark.parametrize(
    ("a", "b", "overlap", "below"),
    [
        pytest.param(Bounds(89, 89), Bounds(350, 450), False, True, id="89 and about 400"),
        pytest.param(Bounds(89, 89), Bounds(0, 400), True, False, id="89 and up to 400"),
        pytest.param(Bounds(89, 89), Bounds(89, None), True, False, id="89 and at least 89"),
        pytest.param(Bounds(89, 89), Bounds(90, None), False, True, id="89 and more than 89"),
        pytest.param(Bounds(9, None), Bounds(400, None), True, False, id="two open ends"),
    ],
)
def test_bounds_overlap_where_one_number_lies_within_both(
    a: Bounds, b: Bounds, overlap: bool, below: bool
) -> None:
    assert (a.overlaps(b), b.overlaps(a), a.lies_below(b)) == (overlap, overlap, below)
    assert not b.lies_below(a)


def test_bounds_with_an_open_end_are_infinitely_wide() -> None:
    assert (Bounds(3, 9).width, Bounds(3, 9).is_bounded) == (6.0, True)
    assert (Bounds(3, None).width, Bounds(3, None).is_bounded) == (float("inf"), False)


@given(n=PEOPLE)
def test_about_any_number_is_the_formula_rounded_inwards(n: int) -> None:
    unit = min(Fraction(_trailing_unit(n)), Fraction(n, 4))
    tolerance = max(unit / 2, Fraction(n, 20), Fraction(1))

    bounds = Figure(Qualifier.ABOUT, best=n).bounds()

    assert bounds == Bounds(max(0, ceil(n - tolerance)), floor(n + tolerance))


@given(n=PEOPLE)
def test_nearly_any_number_is_the_formula_rounded_inwards(n: int) -> None:
    unit = min(Fraction(_trailing_unit(n)), Fraction(n, 4))

    bounds = Figure(Qualifier.NEARLY, high=n).bounds()

    assert bounds == Bounds(ceil(n - unit), n)


def _trailing_unit(n: int) -> int:
    digits = str(n)
    return int("1" + "0" * (len(digits) - len(digits.rstrip("0"))))


@given(qualifier=st.sampled_from(Qualifier), numbers=st.tuples(PEOPLE, PEOPLE))
def test_strict_bounds_of_any_figure_contain_its_plain_bounds(
    qualifier: Qualifier, numbers: tuple[int, int]
) -> None:
    low, high = sorted(numbers)
    figure = {
        Qualifier.UNKNOWN: Figure(Qualifier.UNKNOWN),
        Qualifier.EXACTLY: Figure(Qualifier.EXACTLY, best=low),
        Qualifier.ABOUT: Figure(Qualifier.ABOUT, best=low),
        Qualifier.AT_LEAST: Figure(Qualifier.AT_LEAST, low=low),
        Qualifier.MORE_THAN: Figure(Qualifier.MORE_THAN, low=low),
        Qualifier.AT_MOST: Figure(Qualifier.AT_MOST, high=high),
        Qualifier.FEWER_THAN: Figure(Qualifier.FEWER_THAN, high=high),
        Qualifier.NEARLY: Figure(Qualifier.NEARLY, high=high),
        Qualifier.BETWEEN: Figure(Qualifier.BETWEEN, low=low, high=high),
        Qualifier.ORDER: Figure(Qualifier.ORDER, low=low, high=high),
    }[qualifier]

    plain, strict = figure.bounds(), figure.bounds(Reading.STRICT)

    if plain is None:
        assert strict is None
        return
    assert plain.low >= 0
    assert plain.high is None or plain.low <= plain.high
    if strict is not None:
        assert 0 <= strict.low <= plain.low
        assert strict.high is None or (plain.high is not None and plain.high <= strict.high)


@pytest.mark.parametrize("figure", [Figure(Qualifier.ABOUT, best=400), Figure(Qualifier.UNKNOWN)])
def test_a_figure_asked_for_its_bounds_is_the_same_and_says_them_again(figure: Figure) -> None:
    never_asked = Figure(figure.qualifier, figure.low, figure.best, figure.high)

    first, strict, again = figure.bounds(), figure.bounds(Reading.STRICT), figure.bounds()

    assert (first, figure) == (again, never_asked)
    assert strict is None
