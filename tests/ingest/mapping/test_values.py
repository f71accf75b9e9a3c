"""What a field can be made of, each kind of value on cells that a test spells out."""

from typing import Any

import pytest

from claims.ingest.cells import CellRefused
from claims.ingest.mapping.counting import FRACTION, NotAClaim, whole_number
from claims.ingest.mapping.problems import Problems
from claims.ingest.mapping.values import Values

CODES = {
    "kind": {"1": "battle", "2": "", "*": "other"},
    "side": {"A": "Ruritania"},
    "days": {"24": "0"},
}
REPORT = "Post (North) (2011-01-12) Two (2) die"


def value_of(given: Any, cells: dict[str, str]) -> str:
    problems = Problems()
    value = Values(CODES, problems).value(given, "fields.event")
    assert problems.found == []
    return value(cells)


@pytest.mark.parametrize(
    ("given", "cells", "expected"),
    [
        pytest.param("battle", {}, "battle", id="a text without braces is a constant"),
        pytest.param(True, {}, "yes", id="true is yes"),
        pytest.param(3, {}, "3", id="a number is its digits"),
        pytest.param("{a}", {"a": "x"}, "x", id="a column"),
        pytest.param("{a}: {b}", {"a": "x", "b": "y"}, "x: y", id="two columns in a text"),
        pytest.param("{a}: {b}", {"a": "x"}, "", id="one of them empty leaves nothing"),
        pytest.param("{a}[, {b}]", {"a": "x"}, "x", id="one in brackets is left out"),
        pytest.param("{a}[, {b}]", {"a": "x", "b": "y"}, "x, y", id="one in brackets is put in"),
        pytest.param("{a} [sic]", {"a": "x"}, "x [sic]", id="brackets around no column stay"),
        pytest.param("{a?}", {"a?": "x"}, "x", id="a column that asks"),
        pytest.param("{personnel*}", {"personnel*": "about"}, "about", id="a column with a star"),
        pytest.param(["{a}", "{b}", "c"], {"b": "y"}, "y", id="the first that is not empty"),
        pytest.param(["{a}", "c"], {}, "c", id="the last resort"),
        pytest.param({"column": "a", "codes": "kind"}, {"a": "1"}, "battle", id="a code"),
        pytest.param({"column": "a", "codes": "kind"}, {"a": "2"}, "", id="a code for nothing"),
        pytest.param({"column": "a", "codes": "kind"}, {"a": "7"}, "other", id="any other code"),
        pytest.param(
            {"column": "a", "codes": ["side", "countries"]}, {"a": "Kenya"}, "KE", id="two tables"
        ),
        pytest.param(
            {"column": "a", "codes": ["side", "countries"]}, {"a": "A"}, "Ruritania", id="the first"
        ),
        pytest.param(
            {"column": "a", "split": ";", "drop_start": ["The ", "A "]},
            {"a": "The Courier; A Post;;Radio"},
            "Courier | Post | Radio",
            id="a list whose items lose their articles",
        ),
        pytest.param({"column": "a", "split": ","}, {"a": "x, y"}, "x | y", id="a list alone"),
        pytest.param(
            {"column": "a", "when": {"b": "1"}}, {"a": "x", "b": "2"}, "", id="not this time"
        ),
        pytest.param(
            {"text": "{a}!", "unless": {"b": "1"}}, {"a": "x", "b": "2"}, "x!", id="not unless"
        ),
        pytest.param({"column": "a", "date": "%d/%m/%Y"}, {"a": "3/2/2021"}, "2021-02-03", id="d"),
        pytest.param(
            {"column": "a", "date": ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S.%f"]},
            {"a": "2013-01-03 00:00:00.000"},
            "2013-01-03",
            id="a day with its time",
        ),
        pytest.param({"column": "a", "date": "%B %Y"}, {"a": "May 2013"}, "2013-05", id="a month"),
        pytest.param({"column": "a", "date": "%Y"}, {"a": "2013"}, "2013", id="a year"),
        pytest.param(
            {"columns": ["y", "m", "d"], "date": "parts"},
            {"y": "2013", "m": "5", "d": "9"},
            "2013-05-09",
            id="parts of a day",
        ),
        pytest.param(
            {"columns": ["y", "m", "d"], "date": "parts"},
            {"y": "2013", "m": "5", "d": "0"},
            "2013-05",
            id="a day not known",
        ),
        pytest.param(
            {"columns": ["y", "m", "d"], "date": "parts"},
            {"y": "2013", "m": "0", "d": "9"},
            "2013",
            id="a month not known takes its day along",
        ),
        pytest.param(
            {"columns": ["y", "m", "d"], "date": "parts"}, {"y": "0"}, "", id="a year not known"
        ),
        pytest.param({"column": "a", "days_after": "2022-02-23"}, {"a": "1"}, "2022-02-24", id="1"),
        pytest.param({"column": "a", "days_after": "2022-02-23"}, {"a": "0"}, "2022-02-23", id="0"),
        pytest.param(
            {"column": "a", "date": "%Y-%m-%d", "precision": "{p}"},
            {"a": "2013-01-03", "p": "approximate"},
            "2013-01-03~",
            id="an approximate day",
        ),
        pytest.param(
            {"column": "a", "date": "%Y-%m-%d", "precision": "{p}"},
            {"a": "2013-01-03", "p": "month"},
            "2013-01",
            id="a day that is a month",
        ),
        pytest.param(
            {"column": "a", "date": "%Y-%m-%d", "precision": "{p}"},
            {"a": "2013-01-03"},
            "2013-01-03",
            id="no precision given",
        ),
        pytest.param(
            {"column": "a", "date": "%Y-%m-%d", "plus_days": "-1"},
            {"a": "2013-03-01"},
            "2013-02-28",
            id="the day before",
        ),
        pytest.param(
            {"column": "a", "plus_days": {"column": "b", "codes": "days"}},
            {"a": "2013-03-01", "b": "24"},
            "2013-03-01",
            id="no days later",
        ),
        pytest.param(
            {"column": "a", "plus_days": "{b}"}, {"a": "2013-03-01"}, "", id="nobody knows how many"
        ),
        pytest.param(
            {"column": "a", "before": " (via "}, {"a": "Army (via AP)"}, "Army", id="before a mark"
        ),
        pytest.param({"column": "a", "before": ";"}, {"a": "Army"}, "Army", id="before no mark"),
        pytest.param({"column": "a", "after": "; "}, {"a": "AP; Army; Navy"}, "Army; Navy", id="a"),
        pytest.param({"column": "a", "after": "; "}, {"a": "AP"}, "", id="after no mark"),
        pytest.param(
            {"column": "a", "after": "(", "before": ")"}, {"a": "AP (via X)"}, "via X", id="between"
        ),
        pytest.param(
            {"column": "a", "step": "report_source"}, {"a": REPORT}, "Post (North)", id="s"
        ),
        pytest.param({"column": "a", "step": "report_day"}, {"a": REPORT}, "2011-01-12", id="r"),
        pytest.param({"column": "a", "step": "report_title"}, {"a": REPORT}, "Two (2) die", id="t"),
        pytest.param(
            {"column": "a", "step": "report_source"}, {"a": "Post"}, "Post", id="name only"
        ),
        pytest.param({"column": "a", "step": "report_day"}, {"a": "Post"}, "", id="no day"),
        pytest.param({"column": "a", "step": "report_title"}, {"a": "Post"}, "", id="no title"),
        pytest.param({"column": "a", "step": "entry_of_part"}, {"a": "k12ab"}, "k12", id="a part"),
        pytest.param({"column": "a", "step": "entry_of_part"}, {"a": "k123"}, "", id="an entry"),
        pytest.param(
            {"column": "a", "step": "short_name"}, {"a": "Old Mill, Є!"}, "old-mill-є", id="x"
        ),
        pytest.param({"column": "a", "longest": 5}, {"a": "Old Mill"}, "Old…", id="cut off"),
        pytest.param({"column": "a", "longest": 8}, {"a": "Old Mill"}, "Old Mill", id="just fits"),
    ],
)
def test_value_when_cells_are_understood_is_their_text(
    given: Any, cells: dict[str, str], expected: str
) -> None:
    assert value_of(given, cells) == expected


@pytest.mark.parametrize(
    ("given", "cells", "expected"),
    [
        pytest.param(
            {"column": "a", "codes": "side"},
            {"a": "B"},
            "The mapping does not know the value “B”. Add it to the code table, with what it "
            "means.",
            id="a code that nobody knows",
        ),
        pytest.param(
            {"column": "a", "date": "%d/%m/%Y"},
            {"a": "2021-02-03"},
            "Expected a date written 31/01/2013 (%d/%m/%Y), got “2021-02-03”.",
            id="a date in another format",
        ),
        pytest.param(
            {"columns": ["a", "m", "d"], "date": "parts"},
            {"a": "2013", "m": "2", "d": "30"},
            "There is no such day as 2013 2 30.",
            id="a day that does not exist",
        ),
        pytest.param(
            {"columns": ["a", "m"], "date": "parts"},
            {"a": "2013", "m": "May"},
            "Expected year, month and day, got “2013, May”.",
            id="a month in words",
        ),
        pytest.param(
            {"column": "a", "days_after": "2022-02-23"},
            {"a": "9" * 30},
            f"Expected a number of days after 2022-02-23, got “{'9' * 30}”.",
            id="days beyond the calendar",
        ),
        pytest.param(
            {"column": "a", "step": "whole_id"},
            {"a": "2.015E+11"},
            "Expected an id in digits, got “2.015E+11”; spreadsheets cut long ones short. Take it "
            "from the original file.",
            id="an id cut short",
        ),
        pytest.param(
            {"column": "a", "date": "%Y-%m-%d", "precision": "week"},
            {"a": "2013-01-03"},
            "Expected a precision of day, month, year, approximate, got “week”.",
            id="a precision that nobody knows",
        ),
        pytest.param(
            {"column": "b", "when": {"a": {"above": 0}}},
            {"a": "many", "b": "x"},
            "Expected a number, got “many”.",
            id="a condition on a number that is none",
        ),
    ],
)
def test_value_when_a_cell_is_not_understood_is_refused_at_its_column(
    given: Any, cells: dict[str, str], expected: str
) -> None:
    with pytest.raises(CellRefused) as raised:
        value_of(given, cells)

    assert (str(raised.value), raised.value.column) == (expected, "a")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("12", "12", id="digits"),
        pytest.param("12.0", "12", id="a whole number written with a point"),
        pytest.param("1,204", "1204", id="thousands"),
        pytest.param("0", "0", id="nobody"),
        pytest.param("1.2e3", "1200", id="a power of ten that is whole"),
    ],
)
def test_whole_number_when_it_counts_people_is_its_digits(cell: str, expected: str) -> None:
    assert whole_number(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("6.33", "Expected a whole number of people, got 6.33.", id="a share"),
        pytest.param(
            "-99",
            "Expected a number of people, got -99; if it stands for “not known”, list it under "
            "[missing].",
            id="a code for not known",
        ),
        pytest.param("a few", "Expected a number, got “a few”.", id="words"),
        pytest.param("nan", "Expected a number, got “nan”.", id="no number"),
        pytest.param("9" * 30, f"Expected at most 99,999,999,999 people, got {'9' * 30}.", id="30"),
        pytest.param("1e400", "Expected at most 99,999,999,999 people, got 1e400.", id="too many"),
    ],
)
def test_whole_number_when_it_counts_no_people_is_refused(cell: str, expected: str) -> None:
    with pytest.raises(CellRefused) as raised:
        whole_number(cell)

    assert str(raised.value) == expected


@pytest.mark.parametrize(
    ("item", "name", "day"),
    [
        pytest.param("AP 12 Apr", "AP", "2004-04-12", id="the next such day"),
        pytest.param("AP 30 Dec", "AP", "2003-12-30", id="the day itself"),
        pytest.param("Old Mill Post ~2 Jan", "Old Mill Post", "2004-01-02~", id="about a day"),
        pytest.param("~AP 2 Jan", "AP", "2004-01-02~", id="about, said before the name"),
        pytest.param("AP 2 Jan~", "AP", "2004-01-02~", id="about, said after"),
        pytest.param("AP 5 May 2005", "AP", "2005-05-05", id="its own year"),
        pytest.param("hospital records", "hospital records", "", id="no date"),
    ],
)
def test_source_of_a_list_when_dated_is_its_name_and_its_day(
    item: str, name: str, day: str
) -> None:
    cells = {"a": item, "@day": "2003-12-30"}

    problems = Problems()
    values = Values({}, problems)
    values.told.append("@day")
    named = values.value({"column": "a", "step": "name_before_date"}, "x")
    dated = values.value({"columns": ["a", "@day"], "step": "date_after_name"}, "x")

    assert (named(cells), dated(cells), problems.found) == (name, day, [])


def test_fraction_when_the_mapping_passes_it_over_is_no_claim() -> None:
    with pytest.raises(NotAClaim) as raised:
        value_of({"column": "a", "fractions": "pass_over"}, {"a": "6.33"})

    assert str(raised.value) == FRACTION
