"""UCDP GED in the formats it was published in."""

from pathlib import Path
from typing import Any

import pytest

from claims.ingest.csv_table import NoTable
from tests.ingest.mapping.reading import DATASETS, read

FOLDER = DATASETS / "ucdp-ged"

UCDP = {
    "claimant": "Uppsala Conflict Data Program",
    "claimant_kind": "dataset",
    "is_compilation": "yes",
    "measure": "killed",
    "claimed_on": "2023-06-01",
}
MILL = {
    **UCDP,
    "event_key": "ucdp-ged/1001",
    "event": "Old Mill, Kenya: Government of Kenya - Northern Column, 2013-01-03",
    "event_identifiers": "ucdp-ged:1001",
    "event_kind": "battle",
    "event_start": "2013-01-03",
    "event_end": "2013-01-03",
    "country": "KE",
    "place": "Old Mill",
    "latitude": "-0.511000",
    "longitude": "37.450000",
    "place_precision": "exact",
    "parties": "Kenya | Northern Column",
}
MILL_KILLED = {
    **MILL,
    "claim_key": "ucdp-ged/1001/killed",
    "victims": "people",
    "victims_wording": "fatalities",
    "low": "10",
    "best": "12",
    "high": "15",
    "note": "Information from: army spokesman",
}
NORTH = {
    **UCDP,
    "event_key": "ucdp-ged/1002",
    "event": "North province, DR Congo (Zaire): Northern Column - Civilians, 2013-05-01",
    "event_identifiers": "ucdp-ged:1002",
    "event_kind": "other",
    "event_start": "2013-05",
    "event_end": "2013-05",
    "country": "CD",
    "place": "North province",
    "latitude": "5.5",
    "longitude": "25.25",
    "place_precision": "region",
    "parties": "Northern Column",
}
LAKE = {
    **UCDP,
    "event_key": "ucdp-ged/1003",
    "event": "Kenya: Hill People - Lake People, 2013-06-08",
    "event_identifiers": "ucdp-ged:1003",
    "event_kind": "campaign",
    "event_start": "2013-06-08~",
    "event_end": "2013-06-10~",
    "country": "KE",
    "place": "Kenya",
    "latitude": "1",
    "longitude": "38",
    "place_precision": "country",
    "parties": "Hill People | Lake People",
}
PARTS = {
    "a": {"victims": "combatants", "victims_party": "Kenya", "victims_wording": "deaths of side A"},
    "b": {"victims_wording": "deaths of side B"},
    "civilians": {"victims": "civilians", "victims_wording": "civilian deaths"},
}
UNKNOWN = "deaths_unknown: dead whose side is not known, part of best and no claim of their own"


def release(number: str, event: int) -> dict[str, str]:
    return {
        "document": f"UCDP GED {number}",
        "publisher": "Uppsala Conflict Data Program",
        "published_on": "2023-06-01",
        "language": "en",
        "locator": f"id {event}",
    }


def source(title: str, publisher: str, day: str) -> dict[str, str]:
    return {
        "document": title,
        "publisher": publisher,
        "published_on": day,
        "locator": "named by UCDP as its source",
    }


def mill(number: str, killed: dict[str, str] = MILL_KILLED) -> list[dict[str, str]]:
    """Return the parts of the first event, its total aside."""
    of_release = release(number, 1001)
    return [
        {**MILL, **PARTS["a"], "claim_key": "ucdp-ged/1001/killed-side-a", "best": "3"}
        | of_release,
        {
            **MILL,
            **PARTS["b"],
            "victims": "combatants",
            "victims_party": "Northern Column",
            "claim_key": "ucdp-ged/1001/killed-side-b",
            "best": "7",
        }
        | of_release,
        {**MILL, **PARTS["civilians"], "claim_key": "ucdp-ged/1001/killed-civilians", "best": "1"}
        | of_release,
    ]


def mill_sources() -> list[dict[str, str]]:
    return [
        MILL_KILLED | source("Clash at Old Mill", "The Courier", "2013-01-04"),
        MILL_KILLED | source("army counts dead", "Radio Valley", "2013-01-05"),
    ]


def north(number: str) -> list[dict[str, str]]:
    """Return the second event: best above high, no lists of sources, one side civilians."""
    of_release = release(number, 1002)
    return [
        {
            **NORTH,
            "claim_key": "ucdp-ged/1002/killed",
            "victims": "people",
            "victims_wording": "fatalities",
            "low": "2",
            "best": "4",
            "high": "3",
            "qualifier": "between",
            "disordered": "yes",
            "note": "As listed by the dataset: source_article: The Courier, 20 May 2013",
        }
        | of_release,
        {**NORTH, **PARTS["civilians"], "claim_key": "ucdp-ged/1002/killed-civilians", "best": "4"}
        | of_release,
    ]


def lake(number: str, note: str) -> list[dict[str, str]]:
    """Return the third event: a summary, of days not exactly known."""
    of_release = release(number, 1003)
    same = {**LAKE, "victims": "people", "best": "2"}
    return [
        {
            **same,
            "claim_key": "ucdp-ged/1003/killed",
            "victims_wording": "fatalities",
            "low": "2",
            "high": "2",
            "note": f"As listed by the dataset: {note}",
        }
        | of_release,
        {
            **same,
            **PARTS["b"],
            "claim_key": "ucdp-ged/1003/killed-side-b",
            "victims_party": "Lake People",
        }
        | of_release,
    ]


def cells(told: list[Any]) -> list[Any]:
    return [one if isinstance(one, str) else one[1] for one in told]


def test_release_when_best_stands_before_high_gives_totals_parts_and_documents() -> None:
    told, passed_over = read("ucdp-ged", FOLDER / "ged-23-1.csv", release="23.1")

    uneven = (
        "source_office: The Courier;Radio Valley;Lake Post / source_date: 2013-06-11;2013-06-12 / "
        "source_article: The Courier; and others"
    )
    assert cells(told) == [
        MILL_KILLED | release("23.1", 1001),
        *mill_sources(),
        *mill("23.1"),
        *north("23.1"),
        *lake("23.1", uneven),
    ]
    assert [number for number, _ in told] == [2] * 6 + [3] * 2 + [4] * 2
    assert passed_over == {UNKNOWN: 1}


def test_older_release_when_columns_have_their_old_names_gives_the_same_claims() -> None:
    told, passed_over = read("ucdp-ged", FOLDER / "ged-best-est.csv", release="4.0")

    listed = (
        'As listed by the dataset: source_article: "The Courier,2013-01-04,Clash at Old Mill";'
        '"Radio Valley,2013-01-05,Army counts dead"'
    )
    assert cells(told) == [
        {**MILL_KILLED, "note": listed} | release("4.0", 1001),
        *mill("4.0"),
        *north("4.0"),
        *lake("4.0", "source_article: The Courier; and others"),
    ]
    assert passed_over == {UNKNOWN: 1}


def test_candidate_release_when_it_has_no_header_is_read_by_the_names_of_the_mapping() -> None:
    told, passed_over = read("ucdp-ged", FOLDER / "candidate-24-0-1.csv", release="24.0.1")

    assert cells(told) == [
        MILL_KILLED | release("24.0.1", 1001),
        *mill_sources(),
        *mill("24.0.1"),
        *north("24.0.1"),
    ]
    assert [number for number, _ in told] == [1] * 6 + [2] * 2
    assert passed_over == {UNKNOWN: 1}


def test_release_when_a_column_is_new_is_refused_with_its_name(tmp_path: Path) -> None:
    text = (FOLDER / "ged-23-1.csv").read_text()
    path = tmp_path / "new.csv"
    path.write_text(text.replace("where_prec,", "where_precision,", 1))

    with pytest.raises(NoTable) as raised:
        read("ucdp-ged", path)

    assert (raised.value.row, raised.value.column, raised.value.reason) == (
        1,
        "where_precision",
        (
            "The mapping does not mention the column “where_precision”. Did you mean “where_prec”? "
            "Say what it means, or list it under unused."
        ),
    )


def test_row_when_codes_are_not_known_is_refused_at_its_cells(tmp_path: Path) -> None:
    text = (FOLDER / "ged-23-1.csv").read_text()
    path = tmp_path / "codes.csv"
    path.write_text(
        text.replace(",Kenya,69,", ",Ruritania,69,").replace(",2,2013-06-08,", ",9,2013-06-08,")
    )

    told, _ = read("ucdp-ged", path)

    assert [one for one in told if isinstance(one, str)] == [
        (
            "row 2, country: The mapping does not know the value “Ruritania”. Did you mean "
            "“Mauritania”? Add it to the code table, with what it means."
        ),
        (
            "row 4, date_prec: The mapping does not know the value “9”. Add it to the code table, "
            "with what it means."
        ),
    ]
