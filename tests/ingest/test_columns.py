"""The columns, their documentation and the demo file are one list."""

import csv
import re
from pathlib import Path

from claims.domain import vocabularies
from claims.ingest.columns import COLUMNS
from claims.ingest.demo import DEMO_FILE


def test_documented_columns_are_those_that_are_read(root: Path) -> None:
    page = (root / "docs" / "claims-csv.md").read_text(encoding="utf-8")
    tables = page.split("## The columns")[1].split("## Which words")[0]

    named = {
        name
        for line in tables.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split(" | ")[0])
    }

    assert named == set(COLUMNS)


def test_documented_codes_are_those_of_the_vocabularies(root: Path) -> None:
    page = (root / "docs" / "claims-csv.md").read_text(encoding="utf-8").split("## Codes")[1]
    vocabulary_of = {
        "event_kind": vocabularies.EVENT_KIND,
        "place_precision": vocabularies.PLACE_PRECISION,
        "claimant_kind": vocabularies.SOURCE_KIND,
        "measure": vocabularies.MEASURE,
        "victims": vocabularies.VICTIMS,
        "qualifier": vocabularies.QUALIFIER,
        "count_basis": vocabularies.COUNT_BASIS,
        "credibility": vocabularies.CREDIBILITY,
    }

    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", page, re.MULTILINE))

    assert {name: tuple(re.findall(r"`(\w+)`", codes)) for name, codes in rows.items()} == {
        name: vocabulary.codes for name, vocabulary in vocabulary_of.items()
    }


def test_demo_file_has_documented_columns_in_order() -> None:
    with DEMO_FILE.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))

    assert set(COLUMNS) - set(header) == {"event_identifiers", "disordered", "author"}
    assert set(header) - set(COLUMNS) == set()
