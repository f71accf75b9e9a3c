"""Files of every make, written for one test and opened as tables."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from claims.ingest.csv_table import NoTable
from claims.ingest.tables.opening import open_table
from claims.ingest.tables.table import Layout, Table

KNOWN = {"id", "name", "dead"}


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Table]:
    """Write content as a file and open it; the columns id, name and dead are expected."""

    def write_and_open(content: bytes | str, name: str = "t.csv", **layout: Any) -> Table:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_table(path, Layout(**layout), KNOWN.__contains__)

    return write_and_open


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., bytes]:
    """Return the bytes of a spreadsheet with one sheet per list of rows."""

    def write(**sheets: list[list[Any]]) -> bytes:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "written.xlsx"
        book.save(path)
        return path.read_bytes()

    return write


@pytest.fixture
def with_part(tmp_path: Path) -> Callable[..., bytes]:
    """Return the bytes of a spreadsheet with another part put in, or one replaced."""

    def write(content: bytes, name: str, part: bytes) -> bytes:
        source, target = tmp_path / "source.zip", tmp_path / "target.zip"
        source.write_bytes(content)
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", 8) as new:
            for info in old.infolist():
                if info.filename != name:
                    new.writestr(info.filename, old.read(info))
            new.writestr(name, part)
        return target.read_bytes()

    return write


def told(table: Table) -> list[Any]:
    """Return the rows of a table as (number, cells)."""
    return [(row.number, row.cells) for row in table.rows()]


def refusal(action: Callable[[], Any]) -> tuple[int, str, str]:
    """Return row, column and reason of the refusal that an action raises."""
    with pytest.raises(NoTable) as raised:
        action()
    return raised.value.row, raised.value.column, raised.value.reason
