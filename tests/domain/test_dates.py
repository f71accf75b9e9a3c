"""Dates known in part."""

from __future__ import annotations

from datetime import date

import pytest

from claims.domain.dates import DatePrecision, NotADate, PartialDate, days_after, parse_iso


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        pytest.param("2023-01-02", date(2023, 1, 2), date(2023, 1, 2), "2 January 2023", id="day"),
        pytest.param(
            "2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024", id="leap month"
        ),
        pytest.param("1919", date(1919, 1, 1), date(1919, 12, 31), "1919", id="year"),
    ],
)
def test_parse_iso(text, first, last, label) -> None:
    found = parse_iso(text)

    assert (found.first, found.last, found.label(), found.isoformat()) == (first, last, label, text)


@pytest.mark.parametrize(
    "text", ["", "soon", "2023-13", "2023-02-30", "0000", "12/03/2023", "2023-1-2-3", "2023-01-02T"]
)
def test_parse_iso_refuses_what_is_no_date(text) -> None:
    with pytest.raises(NotADate):
        parse_iso(text)


def test_an_approximate_day_says_so() -> None:
    found = PartialDate(date(2023, 1, 2), DatePrecision.APPROXIMATE)

    assert found.label() == "about 2 January 2023"
    assert (found.first, found.last) == (found.day, found.day)


@pytest.mark.parametrize("text", ["2023", "2023-01", "2023-01-02", "2023-01-02~"])
def test_a_date_is_written_as_it_is_read(text: str) -> None:
    assert parse_iso(text).edtf() == text


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        pytest.param(date(2024, 2, 28), 2, date(2024, 3, 1), id="later"),
        pytest.param(date(2023, 1, 2), -2, date(2022, 12, 31), id="earlier"),
        pytest.param(date(1, 1, 3), -7, date(1, 1, 1), id="before the calendar begins"),
        pytest.param(date(9999, 12, 30), 7, date(9999, 12, 31), id="after it ends"),
    ],
)
def test_days_after(day: date, days: int, expected: date) -> None:
    assert days_after(day, days) == expected
