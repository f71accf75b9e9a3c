"""The mappings that come with the tracker: each without a problem, and explained to people."""

import csv
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.ingest.columns import CLAIMANT, EVENT
from claims.ingest.csv_table import Row
from claims.ingest.demo import DEMO_FILE
from claims.ingest.mapping.checking import check_mapping
from claims.ingest.mapping.shipped import FOLDER, shipped_mappings
from claims.ingest.reading import open_reading
from tests.ingest.mapping.reading import DATASETS

DOCS = Path(__file__).parents[3] / "docs" / "datasets.md"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
FILES = sorted(path for name in NAMES for path in (DATASETS / name).iterdir())
UNDERSTOOD = [path for path in FILES if path.name != "not-understood.csv"]


@pytest.mark.parametrize("path", UNDERSTOOD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_mapping_when_checked_against_a_file_of_its_dataset_has_no_problem(
    path: Path,
) -> None:
    mapping = FOLDER / f"{path.parent.name}.toml"

    assert check_mapping(mapping, path, release="21").problems == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_shipped_mapping_when_checked_on_the_command_line_is_well_formed(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_dataset", name, "--check-mapping")

    assert capsys.readouterr().out == "The mapping is well-formed.\n"


def test_shipped_mappings_when_listed_have_a_file_of_ours_and_are_named_after_their_own() -> None:
    assert [mapping.name for mapping in shipped_mappings()] == NAMES
    assert sorted({path.parent.name for path in FILES}) == NAMES


def test_docs_when_a_mapping_is_shipped_have_a_section_with_its_command() -> None:
    sections = dict(re.findall(r"\n## `([^`]+)`\n(.*?)(?=\n## |\Z)", DOCS.read_text(), re.DOTALL))

    assert sorted(sections) == NAMES
    for name, section in sections.items():
        assert re.findall(rf"import_dataset ({name}) \S+", section) == [name]


def test_docs_when_a_mapping_is_shipped_have_it_in_their_table() -> None:
    rows = re.findall(r"\n\| \[`([^`]+)`\]\(#([^)]+)\) \|", DOCS.read_text())

    assert sorted(rows) == [(name, name) for name in NAMES]


def test_shipped_mappings_when_their_events_or_claimants_are_in_the_demo_describe_them_alike() -> (
    None
):
    with DEMO_FILE.open(encoding="utf-8", newline="") as demo:
        rows = list(csv.DictReader(demo))
    known = {("event_key", row["event_key"]): row for row in rows}
    known |= {("claimant", row["claimant"]): row for row in rows}
    shared = {"event_key": EVENT, "claimant": CLAIMANT}
    differing = []
    found = set()
    for path in FILES:
        told = open_reading(path.parent.name, path, release="r").rows()
        for row in (row.cells for row in told if isinstance(row, Row)):
            for key, columns in shared.items():
                if demo_row := known.get((key, row[key])):
                    found.add(row[key])
                    differing += [
                        (row[key], column)
                        for column in columns
                        if column in row and row[column] != demo_row[column]
                    ]

    assert differing == []
    assert found >= {"russo-ukrainian-war-2022", "gaza-war-2023", "General Staff of Ukraine"}
