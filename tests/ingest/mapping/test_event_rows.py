"""Rows of GTD, Iraq Body Count and MAVERICK: dates of all eras, what stands for not known."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest.mapping.changing import said

Table = Callable[..., Path]
GTD = "gtd/extract.csv"
IBC = "iraq-body-count/incidents.csv"
MAVERICK = "eventreport/maverick.csv"
KILLED = ("claim_key", "low", "best", "high")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"imonth": "0", "iday": "0"}, "2015", id="month and day 0"),
        pytest.param({"iday": "0"}, "2015-03", id="day 0"),
        pytest.param({"imonth": "0", "iday": "5"}, "2015", id="a day of no month"),
        pytest.param({"imonth": "-9", "iday": "-99"}, "2015", id="-9 and -99"),
        pytest.param({"imonth": "3.0", "iday": "1.0"}, "2015-03-01", id="as fractions"),
    ],
)
def test_gtd_day_when_parts_of_it_are_not_known_is_a_month_or_a_year(
    table: Table, cells: dict[str, str], expected: str
) -> None:
    assert said(table, GTD, cells, of=("event_start",))[0] == [(expected,)]


@pytest.mark.parametrize("unknown", ["", "-99", "-9", "-99.0", "-9.0", "."])
def test_gtd_number_when_it_stands_for_not_known_is_no_claim(table: Table, unknown: str) -> None:
    changed = dict.fromkeys(("nkill", "nkillter", "nwound", "nwoundte"), unknown)

    assert said(table, GTD, changed, of=("claim_key",)) == ([], {"no figure in the row": 1})


def test_gtd_place_when_it_lies_nine_degrees_south_is_kept(table: Table) -> None:
    told, _ = said(
        table, GTD, {"latitude": "-9", "longitude": "-77.5"}, of=("latitude", "longitude")
    )

    assert told == [("-9", "-77.5")]


def test_gtd_groups_when_the_first_is_not_known_keep_the_others(table: Table) -> None:
    changed = {"gname": "Unknown", "gname2": "Hill Front", "gname3": "Lake Front"}

    assert said(table, GTD, changed, of=("parties",))[0] == [("Hill Front | Lake Front",)]


def test_gtd_citizens_of_one_state_when_counted_apart_are_no_claim_and_are_told(
    table: Table,
) -> None:
    changed = {"nkillus": "1", "nwoundus": "0", "nkillter": "0", "nwound": ""}

    assert said(table, GTD, changed, of=("claim_key",)) == (
        [("gtd/201503010004/killed",)],
        {
            "nkillus, nwoundus: citizens of the United States among them, who are no side of "
            "their own": 1
        },
    )


def test_gtd_attackers_when_they_are_a_fraction_are_passed_over_and_the_rest_stands(
    table: Table,
) -> None:
    changed = {"nkillter": "0.5", "nwound": ""}

    assert said(table, GTD, changed, of=KILLED) == (
        [("gtd/201503010004/killed", "", "12", "")],
        {"a number with a fraction, which counts no people": 1},
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("AP 28 Dec", ("AP", "2003-12-28"), id="a day"),
        pytest.param("AP ~28 Dec", ("AP", "2003-12-28~"), id="about a day"),
        pytest.param("~AP 28 Dec", ("AP", "2003-12-28~"), id="about, in front"),
        pytest.param("AP 28 Dec~", ("AP", "2003-12-28~"), id="about, behind"),
        pytest.param("AP 2 Jan", ("AP", "2004-01-02"), id="a day of the next year"),
        pytest.param("AP 5 Sept 2004", ("AP", "2004-09-05"), id="Sept"),
        pytest.param("AP 3 January 2004", ("AP", "2004-01-03"), id="a month in full"),
        pytest.param("AP 31 Feb", ("AP 31 Feb", ""), id="no such day: nothing of it is lost"),
        pytest.param("AL-JAZ (web)", ("AL-JAZ (web)", ""), id="no day"),
        pytest.param('"Baghdad" radio 28 Dec', ('"Baghdad" radio', "2003-12-28"), id="quoted"),
    ],
)
def test_ibc_source_when_listed_is_a_document_with_its_day(
    table: Table, printed: str, expected: tuple[str, str]
) -> None:
    told, _ = said(table, IBC, {"Sources": printed}, of=("publisher", "published_on"))

    assert told[1:] == [expected]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("upto", "3 Jan 2004", ("", "2004-01-03"), id="upto"),
        pytest.param("1 Sept 2003", "2 Sep 2003", ("2003-09-01", "2003-09-02"), id="Sept, Sep"),
        pytest.param("1 September 2003", "", ("2003-09-01", ""), id="in full, no end"),
    ],
)
def test_ibc_days_when_printed_any_way_are_read(
    table: Table, start: str, end: str, expected: tuple[str, str]
) -> None:
    changed = {"Start Date": start, "End Date": end, "Sources": ""}

    assert said(table, IBC, changed, of=("event_start", "event_end"))[0] == [expected]


def test_ibc_code_when_it_has_letters_is_a_part_only_of_an_entry_in_the_file(table: Table) -> None:
    codes = ("k101", "k101a", "k101-b", "k101 c", "k102a", "x012-ab")

    told, _ = said(table, IBC, *({"IBC code": code} for code in codes), of=("event_key", "parent"))

    whole = "iraq-body-count/k101"
    assert told == [
        (whole, ""),
        (f"{whole}a", whole),
        (f"{whole}-b", whole),
        (f"{whole} c", whole),
        ("iraq-body-count/k102a", ""),
        ("iraq-body-count/x012-ab", ""),
    ]


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        pytest.param(("A", "", "C"), "A | C", id="a gap"),
        pytest.param(("NA", "NA", "C"), "C", id="the first two not known"),
        pytest.param(("A", "A", "B"), "A | B", id="one twice"),
        pytest.param(("", "", ""), "", id="none"),
    ],
)
def test_maverick_actors_when_some_are_missing_are_the_others(
    table: Table, actors: tuple[str, ...], expected: str
) -> None:
    changed = dict(zip(("actor1", "actor2", "actor3"), actors, strict=True))

    assert said(table, MAVERICK, changed, of=("parties",))[0] == [(expected,)]


def test_maverick_report_when_its_day_is_not_known_still_has_an_event(table: Table) -> None:
    told, _ = said(table, MAVERICK, {"date_start": "NA"}, of=("event", "event_start", "event_end"))

    assert told == [("Old Mill, Kenya: election-related violence", "", "2007-12-31")]
