"""Dates as pages print them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dates import DatePrecision, PartialDate
from claims.intake.page_dates import printed_date

FIFTH = PartialDate(date(2023, 3, 5))
EAST = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        ("2023-03-05T23:30:00+03:00", "", (FIFTH, datetime(2023, 3, 5, 23, 30, tzinfo=EAST))),
        ("2023-03-05T23:30:00+0300", "", (FIFTH, datetime(2023, 3, 5, 23, 30, tzinfo=EAST))),
        ("2023-03-05 23:30:00 +0300", "", (FIFTH, datetime(2023, 3, 5, 23, 30, tzinfo=EAST))),
        ("2023-03-05T08:00:00.1234567Z", "", (FIFTH, datetime(2023, 3, 5, 8, 0, 0, 123456, UTC))),
        ("2023-03-05T08:00", "", (FIFTH, None)),
        ("2023-03-05T99:99", "", (FIFTH, None)),
        ("2023-03-05", "", (FIFTH, None)),
        ("2023-03", "", (PartialDate(date(2023, 3, 1), DatePrecision.MONTH), None)),
        ("2023", "", (PartialDate(date(2023, 1, 1), DatePrecision.YEAR), None)),
        ("Sun, 05 Mar 2023 08:00:00 GMT", "", (FIFTH, datetime(2023, 3, 5, 8, tzinfo=UTC))),
        ("5 March 2023", "en", (FIFTH, None)),
        ("March 5, 2023", "en", (FIFTH, None)),
        ("5 березня 2023", "uk", (FIFTH, None)),
        ("5 mars 2023", "fr", (FIFTH, None)),
        ("25.03.2023", "ru", (PartialDate(date(2023, 3, 25)), None)),
        ("05.03.2023", "ru", (None, None)),
        ("03/05/2023", "en", (None, None)),
        ("March 2023", "en", (None, None)),
        ("yesterday", "en", (None, None)),
        ("on Friday, 3 hours ago", "en", (None, None)),
        ("5 March 2023", "", (None, None)),
        ("5 March 2023", "xx", (None, None)),
        ("0001-01-01", "", (None, None)),
        ("9999-12-31T00:00:00Z", "", (None, None)),
        ("", "en", (None, None)),
        ("2" * 500, "en", (None, None)),
    ],
)
def test_date_when_printed_then_no_more_than_it_says(said, language, expected):
    assert printed_date(said, language) == expected


@given(st.text(max_size=70))
def test_text_when_no_date_then_no_fault(said):
    day, at = printed_date(said)

    assert (day is None) <= (at is None)
