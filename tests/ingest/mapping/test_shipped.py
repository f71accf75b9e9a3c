"""The mappings that come with the tracker: each without a problem, and explained to people."""

import re
from pathlib import Path

import pytest

from claims.ingest.mapping.checking import check_mapping
from claims.ingest.mapping.shipped import FOLDER, shipped_mappings
from tests.ingest.mapping.reading import DATASETS

DOCS = Path(__file__).parents[3] / "docs" / "datasets.md"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
FILES = sorted(path for name in NAMES for path in (DATASETS / name).iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_mapping_when_checked_against_a_file_of_its_dataset_has_no_problem(
    path: Path,
) -> None:
    assert check_mapping(FOLDER / f"{path.parent.name}.toml", path) == []


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
