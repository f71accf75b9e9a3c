"""When a claimant spoke, what a figure covers, where it happened."""

from datetime import date

import pytest

from claims.domain.dates import DatePrecision, PartialDate
from claims.extraction import read_text
from tests.extraction.found import PUBLISHED, only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The mayor said ten people died.", PUBLISHED, id="the day of publication"),
        pytest.param("The mayor said on Friday that ten died.", date(2024, 6, 7), id="weekday"),
        pytest.param("The mayor said on Wednesday that ten died.", PUBLISHED, id="today's weekday"),
        pytest.param(
            "The mayor said yesterday ten people died.", date(2024, 6, 11), id="yesterday"
        ),
        pytest.param("Ten died, the mayor said on June 3.", date(2024, 6, 3), id="month and day"),
        pytest.param(
            "Ten died, the mayor said on 30 December.", date(2023, 12, 30), id="last year"
        ),
        pytest.param("Ten died, the mayor said three days ago.", date(2024, 6, 9), id="days ago"),
    ],
)
def test_day_the_claimant_spoke(text: str, expected: date) -> None:
    assert only(text).claimed_on == PartialDate(expected)


def test_day_the_claimant_spoke_is_unknown_without_a_date_of_publication() -> None:
    (candidate,) = read_text("The mayor said on Friday that ten people died.").candidates

    assert candidate.claimed_on is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor said yesterday that ten died.", id="the day before"),
        pytest.param("The mayor said on Friday that ten died.", id="a weekday before"),
        pytest.param("Ten died, the mayor said in March.", id="a month of the year before"),
    ],
)
def test_day_before_the_calendar_begins_is_its_first(text: str) -> None:
    (candidate,) = read_text(text, published_on=date.min).candidates

    assert candidate.claimed_on == PartialDate(date.min)


def test_period_is_what_a_figure_counts_from() -> None:
    candidate = only("At least 10,582 civilians have been killed since February 2022, the UN said.")

    assert candidate.period_start == PartialDate(date(2022, 2, 28), DatePrecision.MONTH)
    assert candidate.period_words == "since February 2022"
    assert candidate.claimed_on == PartialDate(PUBLISHED)


def test_period_without_a_date_keeps_its_words() -> None:
    candidate = only("More than 300 people have died since the protests began.")

    assert (candidate.period_start, candidate.period_words) == (None, "since the protests began")


def test_place_and_day_of_what_happened_are_kept_as_printed() -> None:
    candidate = only("The governor said that 12 people were killed in Belgorod on 30 December.")

    assert (candidate.place, candidate.date_words) == ("Belgorod", "30 December")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("ru", "Мэр сообщил вчера о 12 погибших.", date(2024, 6, 11), id="Russian"),
        pytest.param(
            "es", "El alcalde dijo el viernes que murieron doce.", date(2024, 6, 7), id="es"
        ),
        pytest.param("fr", "Douze morts, a dit le maire vendredi.", date(2024, 6, 7), id="French"),
    ],
)
def test_day_the_claimant_spoke_in_other_languages(
    language: str, text: str, expected: date
) -> None:
    assert only(text, language).claimed_on == PartialDate(expected)
