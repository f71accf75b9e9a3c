"""Pages by keyset: nothing repeated, nothing lost, nothing counted."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Event, Source
from claims.queries.filters import EVENT_ORDERS, SOURCE_ORDERS
from claims.queries.paging import Order, decoded, every_row, page_of, page_size
from claims.queries.parameters import BadParameter
from tests import factories

LATEST_FIRST, EARLIEST_FIRST = EVENT_ORDERS[0], EVENT_ORDERS[1]
BY_NAME = SOURCE_ORDERS[0]
NEW_YEAR = date(2023, 1, 1)


@pytest.fixture
def events(db: None) -> dict[str, Event]:
    """Two events of one day, one of another, two without a date."""
    dates = {"a": NEW_YEAR, "b": NEW_YEAR, "c": date(2022, 2, 24), "d": None, "e": None}
    return {
        name: factories.event(title=name, date_start=day, date_end=day)
        for name, day in dates.items()
    }


def titles(rows: list[Event]) -> str:
    return "".join(row.title for row in rows)


def walked(order: Order, *, size: int) -> list[str]:
    """Return the titles of all pages, following the links to the last."""
    pages: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = page_of(Event.objects.all(), order, size=size, cursor=cursor)
        pages.append(titles(page.rows))
        cursor = page.next_cursor
    return pages


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param(LATEST_FIRST, "baced", id="latest first, later entered first"),
        pytest.param(EARLIEST_FIRST, "cabde", id="earliest first, undated still last"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
def test_pages_over_ties_and_nulls_hold_every_row_once_in_order(
    events: dict[str, Event], order: Order, expected: str, size: int
) -> None:
    pages = walked(order, size=size)

    assert "".join(pages) == expected
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)


@pytest.mark.parametrize("order", [LATEST_FIRST, EARLIEST_FIRST], ids=lambda o: o.name)
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_previous_leads_back_over_the_same_rows(
    events: dict[str, Event], order: Order, size: int
) -> None:
    everything = titles(list(every_row(Event.objects.all(), order)))
    cursor = ""
    while (page := page_of(Event.objects.all(), order, size=size, cursor=cursor)).next_cursor:
        cursor = page.next_cursor
    found = [titles(page.rows)]

    while page.previous_cursor:
        page = page_of(Event.objects.all(), order, size=size, cursor=page.previous_cursor)
        found.insert(0, titles(page.rows))
        assert page.next_cursor is not None

    assert "".join(found) == everything


def test_rows_added_meanwhile_neither_repeat_nor_hide_others(events: dict[str, Event]) -> None:
    first = page_of(Event.objects.all(), LATEST_FIRST, size=2)
    factories.event(title="new", date_start=date(2024, 1, 1), date_end=date(2024, 1, 1))

    second = page_of(Event.objects.all(), LATEST_FIRST, size=10, cursor=first.next_cursor or "")

    assert titles(second.rows) == "ced"


def test_the_row_at_the_cursor_may_be_gone(events: dict[str, Event]) -> None:
    first = page_of(Event.objects.all(), LATEST_FIRST, size=2)
    others = Event.objects.exclude(pk=events["a"].pk)

    second = page_of(others, LATEST_FIRST, size=10, cursor=first.next_cursor or "")

    assert titles(second.rows) == "ced"


def test_pages_by_name_follow_the_databases_own_order(db: None) -> None:
    for name in ("ö", "Z", "a", "b c", "b", "'; --"):
        factories.source(name=name)
    expected = list(Source.objects.order_by("name", "pk"))

    found, cursor = [], ""
    while True:
        page = page_of(Source.objects.all(), BY_NAME, size=2, cursor=cursor)
        found += page.rows
        if page.next_cursor is None:
            break
        cursor = page.next_cursor

    assert found == expected


def test_every_row_walks_in_chunks(events: dict[str, Event]) -> None:
    with CaptureQueriesContext(connection) as queries:
        rows = list(every_row(Event.objects.all(), LATEST_FIRST, chunk=2))

    assert titles(rows) == "baced"
    assert len(queries) == 4  # ba, then c and e over the border of the undated, then d


def test_no_page_counts_or_skips(events: dict[str, Event]) -> None:
    first = page_of(Event.objects.all(), LATEST_FIRST, size=2)

    with CaptureQueriesContext(connection) as queries:
        page_of(Event.objects.all(), LATEST_FIRST, size=2, cursor=first.next_cursor or "")

    statements = " ".join(query["sql"].upper() for query in queries)
    assert "COUNT(" not in statements
    assert "OFFSET" not in statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 50), ("1", 1), ("1000", 1000), ("0050", 50)],
)
def test_page_size_is_read(text: str, expected: int) -> None:
    assert page_size(QueryDict(f"page_size={text}")) == expected


@pytest.mark.parametrize("text", ["0", "1001", "-1", "many", "1e2", "٣", "99999999999", "1 "])
def test_page_size_outside_its_range_is_refused_by_name(text: str) -> None:
    params = QueryDict(mutable=True)
    params["page_size"] = text

    with pytest.raises(BadParameter) as refused:
        page_size(params)

    assert refused.value.name == "page_size"


def cursor_of(*fields: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("x", id="not base 64"),
        pytest.param("@@@@", id="no letters of base 64"),
        pytest.param("é" * 8, id="not even ASCII"),
        pytest.param("a" * 5000, id="too long"),
        pytest.param(cursor_of(), id="empty"),
        pytest.param(cursor_of("-date", 0, "2023-01-01"), id="a field short"),
        pytest.param(cursor_of("-date", 0, "2023-99-99", 1), id="no such day"),
        pytest.param(cursor_of("-date", 0, 20230101, 1), id="a number for a date"),
        pytest.param(cursor_of("-date", 2, "2023-01-01", 1), id="neither way"),
        pytest.param(cursor_of("-date", 0, "2023-01-01", "1"), id="a text for an id"),
        pytest.param(cursor_of("-date", 0, "2023-01-01", 10**30), id="an id no database has"),
        pytest.param(cursor_of("-date", 0, "2023-01-01", True), id="a truth for an id"),
        pytest.param(cursor_of("-gap_ratio", 0, 1, 1), id="another order"),
        pytest.param(cursor_of([], 0, 1, 1), id="a list for an order"),
        pytest.param(base64.b64encode(b"[" * 900).decode(), id="deep nesting"),
    ],
)
def test_a_damaged_cursor_is_refused_by_name(cursor: str) -> None:
    with pytest.raises(BadParameter) as refused:
        decoded(cursor, LATEST_FIRST)

    assert refused.value.name == "cursor"


@pytest.mark.parametrize("value", ["\x00", "a\ud800", 5, None, ["a"]])
def test_a_text_that_no_database_holds_is_refused_in_a_cursor(value: object) -> None:
    with pytest.raises(BadParameter):
        decoded(cursor_of("name", 0, value, 1), BY_NAME)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    with pytest.raises(BadParameter) as refused:
        decoded(text, BY_NAME)

    assert refused.value.name == "cursor"
