"""A researcher's own tables, read without code."""

from pathlib import Path

import pytest

from claims.ingest.mapping.checking import check_mapping
from tests.ingest.importing import plan, refusals
from tests.ingest.mapping.own_tables import (
    ATTACKS,
    ATTACKS_JSON,
    FLOODS,
    HEADER,
    ROWS,
    write_floods,
)
from tests.ingest.mapping.reading import read


@pytest.fixture
def floods(tmp_path: Path) -> Path:
    """Write the table."""
    return write_floods(tmp_path, [*HEADER, "Remarks"], *ROWS)


@pytest.mark.django_db
def test_spreadsheet_when_a_row_has_two_claims_and_a_list_of_papers_is_read_whole(
    floods: Path,
) -> None:
    batch = plan(floods, dataset="delta-floods", mapping=FLOODS, release="1")

    assert refusals(batch) == []
    assert {kind: counts["new"] for kind, counts in batch.counts.items()} == {
        "event": 3,
        "source": 4,
        "document": 3,
        "claim": 4,
        "citation": 5,
    }


@pytest.mark.django_db
def test_json_array_when_its_objects_are_nested_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "attacks.json"
    file.write_text(ATTACKS_JSON)

    batch = plan(file, dataset="attacks", mapping=ATTACKS, release="1")

    assert refusals(batch) == []
    assert {kind: counts["new"] for kind, counts in batch.counts.items()} == {
        "event": 2,
        "source": 4,
        "document": 2,
        "claim": 3,
        "citation": 4,
    }


def test_check_when_nothing_is_wrong_says_what_the_rows_make(tmp_path: Path, floods: Path) -> None:
    path = tmp_path / "floods.toml"
    path.write_text(FLOODS)

    checked = check_mapping(path, floods)

    assert checked.problems == []
    assert str(checked.trial) == "The first 3 rows make 4 claims with 5 citations."


def test_sheet_when_its_header_and_numbers_are_set_for_print_is_read(
    tmp_path: Path,
) -> None:
    write_floods(
        tmp_path,
        [name.replace(" ", "\n") for name in HEADER],
        [1, "2020-07-01", "North\nDelta", "1 200", "1\u00a0200", *ROWS[0][5:8]],
    )
    path = tmp_path / "floods.toml"
    path.write_text(FLOODS.replace('wording = "{Dead}"', 'best = "{Dead}"'))

    told, _ = read("delta-floods", tmp_path / "floods.xlsx", mapping=path.read_text())

    assert list(dict.fromkeys((cells["best"], cells["place"]) for _, cells in told)) == [
        ("1200", "North Delta")
    ]


@pytest.mark.django_db
def test_plan_when_a_cell_is_refused_later_names_the_column_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "attacks.json"
    file.write_text(ATTACKS_JSON.replace("2021-05-01", "May Day").replace('"KE"', '"XX"'))

    batch = plan(file, dataset="attacks", mapping=ATTACKS.replace('KE = "KE"', 'XX = "KE"'))

    assert [(row, column) for row, column, _ in refusals(batch)] == [(1, "when")]
