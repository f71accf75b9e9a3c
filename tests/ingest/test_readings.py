"""The project's own columns in every make of file they may come in."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from claims.ingest.csv_table import Row
from claims.ingest.reading import Reading, open_reading

CELLS = {"claim_key": "bridge/a", "claimant": "Київ, Café", "measure": "killed", "best": "400"}


def rows(reading: Reading) -> list[Row]:
    return [row for row in reading.rows() if isinstance(row, Row)]


@pytest.mark.parametrize(
    ("separator", "codec", "encoding"),
    [
        pytest.param(",", "utf-8", "utf-8", id="as it should be"),
        pytest.param(";", "utf-8-sig", "utf-8-sig", id="a spreadsheet program with semicolons"),
        pytest.param("\t", "utf-16", "utf-16", id="a spreadsheet program's Unicode text"),
    ],
)
def test_claims_when_saved_by_other_programs_are_read(
    tmp_path: Path, separator: str, codec: str, encoding: str
) -> None:
    path = tmp_path / "claims.csv"
    lines = [CELLS, {name: f'"{cell}"' for name, cell in CELLS.items()}]
    text = "\n".join(separator.join(line) for line in (lines[0], lines[1].values()))
    path.write_text(text, encoding=codec)

    reading = open_reading("claims-csv", path)

    assert (reading.encoding, reading.delimiter, rows(reading)) == (
        encoding,
        separator,
        [Row(2, CELLS)],
    )


def test_claims_when_on_a_sheet_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(list(CELLS))
    book.worksheets[0].append([*list(CELLS.values())[:3], 400])
    book.save(tmp_path / "claims.xlsx")

    assert rows(open_reading("claims-csv", tmp_path / "claims.xlsx")) == [Row(2, CELLS)]


def test_claims_when_in_a_json_array_are_read(tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    path.write_text(json.dumps([{**CELLS, "best": 400, "low": None}]))

    assert rows(open_reading("claims-csv", path)) == [Row(1, CELLS)]
