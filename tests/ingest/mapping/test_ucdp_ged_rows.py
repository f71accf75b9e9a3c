"""Rows of UCDP GED as its releases have them: precisions, dyads, lists of sources."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest.mapping.changing import said

Table = Callable[..., Path]
UCDP = "ucdp-ged/ged-23-1.csv"
KILLED = ("claim_key", "low", "best", "high")


@pytest.mark.parametrize(
    ("prec", "start", "end"),
    [
        pytest.param("1", "2013-01-03", "2013-01-03", id="1 a day"),
        pytest.param("2", "2013-01-03~", "2013-01-03~", id="2 two to six days"),
        pytest.param("3", "2013-01-03~", "2013-01-03~", id="3 a week"),
        pytest.param("4", "2013-01", "2013-01", id="4 a month"),
        pytest.param("5", "2013-01-03~", "2013-01-03~", id="5 longer"),
    ],
)
def test_ucdp_event_when_its_days_are_less_precise_says_so(
    table: Table, prec: str, start: str, end: str
) -> None:
    told, _ = said(table, UCDP, {"date_prec": prec}, of=("event_start", "event_end"))

    assert told == [(start, end)]


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2013-01-03", id="a day"),
        pytest.param("2013-01-03 00:00:00.000", id="midnight, with its fraction"),
        pytest.param("2013-01-03 00:00:00", id="midnight"),
    ],
)
def test_ucdp_event_when_its_day_is_a_moment_is_of_that_day(table: Table, day: str) -> None:
    changed = {"date_start": day, "date_end": day, "source_date": f"{day};{day}"}

    told, _ = said(table, UCDP, changed, of=("event_start", "event_end", "published_on"))

    assert told == [
        ("2013-01-03", "2013-01-03", "2023-06-01"),
        ("2013-01-03", "2013-01-03", "2013-01-03"),
    ]


@pytest.mark.parametrize(
    ("prec", "expected"),
    [
        pytest.param("1", "exact", id="1 exact"),
        pytest.param("2", "settlement", id="2 within 25 km of a settlement"),
        pytest.param("3", "district", id="3 a district"),
        pytest.param("4", "region", id="4 a province"),
        pytest.param("5", "region", id="5 along a line"),
        pytest.param("6", "country", id="6 a country"),
        pytest.param("7", "unknown", id="7 at sea or in the air"),
    ],
)
def test_ucdp_event_when_its_place_is_less_precise_says_so(
    table: Table, prec: str, expected: str
) -> None:
    told, _ = said(table, UCDP, {"where_prec": prec}, of=("place_precision",))

    assert told == [(expected,)]


@pytest.mark.parametrize(
    ("violence", "clarity", "side_b", "expected"),
    [
        pytest.param("1", "1", "Rebels", ("battle", "Kenya | Rebels"), id="state-based"),
        pytest.param("2", "1", "Rebels", ("battle", "Kenya | Rebels"), id="between groups"),
        pytest.param("3", "1", "Civilians", ("other", "Kenya"), id="one-sided"),
        pytest.param("1", "2", "Rebels", ("campaign", "Kenya | Rebels"), id="several incidents"),
        pytest.param("3", "2", "Civilians", ("other", "Kenya"), id="one-sided, several incidents"),
    ],
)
def test_ucdp_event_when_of_some_violence_has_its_kind_and_its_dyad_as_parties(
    table: Table, violence: str, clarity: str, side_b: str, expected: tuple[str, str]
) -> None:
    changed = {"type_of_violence": violence, "event_clarity": clarity, "side_b": side_b}

    told, _ = said(table, UCDP, changed, of=("event_kind", "parties"))

    assert told == [expected]


@pytest.mark.parametrize(
    ("offices", "days", "expected"),
    [
        pytest.param(
            "The Courier;Radio Valley",
            "2013-01-04;2013-01-05",
            [("The Courier", "2013-01-04"), ("Radio Valley", "2013-01-05")],
            id="of one length",
        ),
        pytest.param("The Courier;Radio Valley", "2013-01-04", [], id="a day for two offices"),
        pytest.param("The Courier", "2013-01-04;2013-01-05", [], id="two days for an office"),
        pytest.param(
            "The Courier;Radio Valley",
            "",
            [("The Courier", ""), ("Radio Valley", "")],
            id="no days",
        ),
        pytest.param("", "", [], id="no lists"),
        pytest.param(
            '"The Courier";"The ""Valley"""',
            "2013-01-04;2013-01-05",
            [("The Courier", "2013-01-04"), ('The ""Valley""', "2013-01-05")],
            id="in quotation marks",
        ),
    ],
)
def test_ucdp_sources_when_listed_are_documents_or_stay_in_the_note(
    table: Table, offices: str, days: str, expected: list[tuple[str, str]]
) -> None:
    changed = {"source_office": offices, "source_date": days, "source_headline": ""}

    told, _ = said(table, UCDP, changed, of=("publisher", "published_on", "note"))

    listed = [(publisher, day) for publisher, day, _ in told if "Uppsala" not in publisher]
    noted = f"source_office: {offices} / source_date: {days}"
    assert (listed, noted in told[0][2]) == (expected, bool(offices) and not expected)


def test_ucdp_parts_when_they_exceed_the_whole_are_kept_as_printed(table: Table) -> None:
    told, _ = said(table, UCDP, {"deaths_a": "30", "deaths_civilians": ""}, of=KILLED)

    assert told == [
        ("ucdp-ged/1001/killed", "10", "12", "15"),
        ("ucdp-ged/1001/killed-side-a", "", "30", ""),
        ("ucdp-ged/1001/killed-side-b", "", "7", ""),
    ]


def test_ucdp_id_when_a_program_made_it_a_fraction_is_the_same_and_cut_short_is_refused(
    table: Table,
) -> None:
    parts = {"deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0"}

    told, _ = said(
        table, UCDP, {"id": "1001.0", **parts}, {"id": "1.0E+05", **parts}, of=("claim_key",)
    )

    assert told == [
        ("ucdp-ged/1001/killed",),
        (
            "row 3, id: Expected an id in digits, got “1.0E+05”; spreadsheets cut long ones short. "
            "Take it from the original file."
        ),
    ]
