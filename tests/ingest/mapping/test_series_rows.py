"""Rows of war-toll series: bounds, repeats, running totals, numbers of no period."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.mapping.changing import said

Table = Callable[..., Path]
RADFORD = "radford-2023/replication-data.csv"
ECONOMIST = "economist-war-dead/estimates.csv"
STAFF = "ukraine-general-staff/russia_losses_personnel.json"
GAZA = "techforpalestine-daily/casualties_daily.json"
LEBANON = "techforpalestine-lebanon/lebanon_casualties_daily.json"
KILLED = ("claim_key", "low", "best", "high")


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param(("0", "0"), ("exactly", "", "17", ""), id="neither"),
        pytest.param(("1", "0"), ("at_least", "17", "", ""), id="minimum"),
        pytest.param(("0", "1"), ("at_most", "", "", "17"), id="maximum"),
    ],
)
def test_radford_report_when_it_is_a_bound_is_one(
    table: Table, bounds: tuple[str, str], expected: tuple[str, ...]
) -> None:
    changed = dict(zip(("minimum", "maximum"), bounds, strict=True))

    assert said(table, RADFORD, changed, of=("qualifier", *KILLED[1:]))[0] == [expected]


def test_radford_report_when_it_does_not_say_whether_it_is_a_bound_is_refused(
    table: Table,
) -> None:
    told, _ = said(table, RADFORD, {"minimum": "", "maximum": ""}, of=())

    assert told == [
        (
            "row 2, minimum: The mapping does not know the value “minimum , maximum”. Did you mean "
            "“minimum 1, maximum 0”? Add it to the code table, with what it means."
        )
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("0", "2022-02-23", id="0 is the day before"),
        pytest.param("1", "2022-02-24", id="1 is the first day"),
        pytest.param("365.0", "2023-02-23", id="as a fraction"),
    ],
)
def test_radford_day_when_counted_is_a_day_of_the_calendar(
    table: Table, day: str, expected: str
) -> None:
    assert said(table, RADFORD, {"days": day}, of=("claimed_on",))[0] == [(expected,)]


@pytest.mark.parametrize("times", [1, 2, 4])
def test_radford_report_when_repeated_cell_by_cell_counts_once_and_says_how_often(
    table: Table, times: int
) -> None:
    rows: list[dict[str, Any]] = [{}] * times

    told, passed_over = said(table, RADFORD, *rows, {"loss_count": "18"}, of=("best",))

    assert told == [("17",), ("18",)]
    assert passed_over == (
        {"an exact repeat of an earlier row, counted once": times - 1} if times > 1 else {}
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("https://a.example/1", "https://a.example/1", id="one"),
        pytest.param("https://a.example/1; https://b.example/2", "https://a.example/1", id="two"),
        pytest.param("https://a.example/1, page 3", "https://a.example/1", id="with a page"),
        pytest.param("see the report", "", id="none"),
    ],
)
def test_economist_source_when_it_has_an_address_is_cited_by_the_first(
    table: Table, address: str, expected: str
) -> None:
    told, _ = said(table, ECONOMIST, {"source_url": address}, of=("via", "url", "note"))

    of_economist, *others = told
    assert of_economist[0] == expected
    assert [url for _, url, _ in others] == ([expected] if expected else [])
    assert f", {address}, and" in of_economist[2]


@pytest.mark.parametrize("mark", ["yes", "TRUE", "x", "no", "", "NA"])
def test_economist_figure_when_left_out_of_the_chart_says_so_whatever_the_mark(
    table: Table, mark: str
) -> None:
    column = "ignore for chart, data from warring parties"

    told, _ = said(table, ECONOMIST, {column: mark}, of=("note",))

    is_left_out = "leaves the figure out of its chart" in told[0][0]
    assert is_left_out is (mark in ("yes", "TRUE", "x"))


def test_economist_source_when_broken_over_lines_is_the_same_claimant(table: Table) -> None:
    changed = {"source": "Armed  Forces\r\nof\u00a0Ukraine"}

    assert said(table, ECONOMIST, changed, of=("claimant",))[0] == [("General Staff of Ukraine",)]


def test_reports_when_nobody_is_named_are_refused_at_the_column_of_the_claimant(
    table: Table,
) -> None:
    empty = "Empty, so that nothing says the claimant of the claim."

    assert said(table, ECONOMIST, {"source": ""}, of=())[0] == [f"row 2, source: {empty}"]
    assert said(table, GAZA, {"report_source": ""}, of=("claimant",))[0] == [
        f"row 1, report_source: {empty}",
        ("Gaza Government Media Office",),
    ]


def test_running_total_when_a_day_is_told_twice_does_not_revise_itself(table: Table) -> None:
    days = ({"date": "2022-02-25"}, {"date": "2022-02-26"}, {"date": "2022-02-26"})

    told, _ = said(table, STAFF, *({**day, "POW": None} for day in days), of=KILLED[:1])
    revises, _ = said(table, STAFF, *({**day, "POW": None} for day in days), of=("revises",))

    assert told == [
        ("ukraine-general-staff/2022-02-25/personnel",),
        ("ukraine-general-staff/2022-02-26/personnel",),
    ]
    assert revises == [("",), ("ukraine-general-staff/2022-02-25/personnel",)]


def test_running_total_when_a_later_day_comes_first_is_refused(table: Table) -> None:
    told, _ = said(table, STAFF, {"date": "2022-02-26"}, {"date": "2022-02-25"}, of=("as_of",))

    assert told == [
        ("2022-02-26",),
        (
            "row 2, date: The claim is of 2022-02-25 and would revise that of row 1, which is of "
            "2022-02-26. Sort the rows by their days, the first one on top."
        ),
    ]


@pytest.mark.parametrize("column", ["killed", "injured", "killed_recovered", "killed_succumbed"])
def test_gaza_number_when_its_report_covers_no_period_is_counted_as_no_claim(
    table: Table, column: str
) -> None:
    changed = {"report_period": 0, "killed": None, column: 5}

    told, passed_over = said(table, GAZA, changed, of=("period_end",))

    assert (told, passed_over) == (
        [("",)],
        {"a daily number in a report that covers no period": 1},
    )


@pytest.mark.parametrize("column", ["killed", "injured"])
def test_lebanon_number_when_its_period_has_no_known_length_is_counted_as_no_claim(
    table: Table, column: str
) -> None:
    changed = {"report_period": 500, "killed": None, column: 5}

    told, passed_over = said(table, LEBANON, changed, of=("period_end",))

    assert (told, passed_over) == ([("",)], {"a number for a period of no known length": 1})
