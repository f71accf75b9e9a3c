"""The address of a view: fixed order, defaults left out, one change at a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from claims.domain.figures import Reading
from claims.queries.parameters import ComparisonOptions
from claims.web.event_page.state import PageState, choice_rows, days, page_state

ODD = PageState(ComparisonOptions(date(2023, 1, 3), Reading.STRICT, True), "value", "log")


@pytest.mark.parametrize(
    ("state", "query"),
    [
        pytest.param(PageState(), "", id="the default view has no parameters"),
        pytest.param(
            ODD,
            "?as_of=2023-01-03&reading=strict&compilations=1&sort=value&scale=log",
            id="everything",
        ),
    ],
)
def test_query_and_page_state_are_inverse(state: PageState, query: str) -> None:
    assert state.query == query
    assert page_state(QueryDict(query.lstrip("?"))) == state


def test_comparison_query_leaves_out_what_does_not_change_the_comparison() -> None:
    assert ODD.comparison_query == "?as_of=2023-01-03&reading=strict&compilations=1"


def test_choices_change_one_thing_and_mark_where_the_reader_is() -> None:
    rows = choice_rows(ODD, offers_log=False)

    assert [row.name for row in rows] == ["Reading", "Compilations", "Order", "Axis"]
    assert [(c.label, c.is_current) for c in rows[0].choices] == [
        ("plain", False),
        ("strict", True),
    ]
    assert rows[0].choices[0].query == "?as_of=2023-01-03&compilations=1&sort=value&scale=log"


def test_choices_when_numbers_lie_close_then_no_logarithmic_line_is_offered() -> None:
    rows = choice_rows(PageState(), offers_log=False)

    assert [row.name for row in rows] == ["Reading", "Compilations", "Order"]


def test_days_are_each_there_once_and_in_order() -> None:
    first, second = date(2023, 1, 2), date(2023, 1, 3)

    found = days(ODD, [second, first, second])

    assert [(day.day, day.is_current) for day in found] == [(first, False), (second, True)]


def test_form_carries_the_rest_of_the_view_along() -> None:
    assert ODD.other_parameters == [
        ("reading", "strict"),
        ("compilations", "1"),
        ("sort", "value"),
        ("scale", "log"),
    ]
