"""A CSV file as a header and numbered rows of cells, or one sentence saying why it is none.

Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from claims.ingest.cells import nearest, shown

LARGEST_FILE = 50_000_000
LONGEST_CELL = 20_000
MOST_ROWS = 200_000

_MARKS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "a spreadsheet file (such as .xlsx)",
    b"\x1f\x8b": "compressed (gzip)",
}


class NoTable(ValueError):
    """A file that cannot be read as the CSV expected; says the row and what to do."""

    def __init__(self, row: int, column: str, reason: str) -> None:
        super().__init__(reason)
        self.row = row
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that hold something, by column, without outer space."""

    number: int
    cells: dict[str, str]


def read_rows(file: Path | IO[bytes], columns: Collection[str]) -> list[Row]:
    """Return the rows of a file whose columns are all known.

    Raises ``NoTable`` for a wrong encoding or separator, an unknown or repeated column, an
    unclosed quote, a NUL byte, a cell or file too large, a row longer than the header.
    """
    records = _records(_decoded(_bytes_of(file)))
    header_number, header = next(records, (1, []))
    names = [name.strip() for name in header]
    _check_header(names, columns)
    rows: list[Row] = []
    for number, record in records:
        if number - header_number > MOST_ROWS:
            raise NoTable(number, "", f"More than {MOST_ROWS:,} rows; split the file.")
        cells = _cells(number, names, record)
        if cells:
            rows.append(Row(number, cells))
    if not rows:
        raise NoTable(1, "", "The file has no rows under its header.")
    return rows


def _bytes_of(file: Path | IO[bytes]) -> bytes:
    try:
        content = file.read_bytes() if isinstance(file, Path) else file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NoTable(1, "", f"The file cannot be read: {error.strerror or error}.") from error
    if len(content) > LARGEST_FILE:
        raise NoTable(1, "", f"Larger than {LARGEST_FILE // 1_000_000} MB; split the file.")
    return content


def _decoded(content: bytes) -> str:
    for mark, what in _MARKS.items():
        if content.startswith(mark):
            raise NoTable(1, "", f"Expected CSV in UTF-8, found {what}. Save it as CSV UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise NoTable(
            row,
            "",
            f"Expected UTF-8, found the byte 0x{content[error.start]:02X} in line {row}. "
            "Save the file as CSV UTF-8.",
        ) from error


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield records with their numbers; a record may span lines inside quotes."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NoTable(number, "", _csv_reason(str(error))) from error
        yield number, record


def _csv_reason(reason: str) -> str:
    if "unexpected end of data" in reason:
        return "A quotation mark is opened and never closed."
    if "field limit" in reason:
        return f"A cell is longer than {LONGEST_CELL:,} characters; is a quotation mark missing?"
    if "expected after" in reason:
        return (
            "Text follows a closing quotation mark; quotation marks inside a quoted cell are "
            "written twice."
        )
    return f"This is not well-formed CSV: {reason}."


def _check_header(names: list[str], columns: Collection[str]) -> None:
    if not any(names):
        raise NoTable(1, "", "The file is empty.")
    for separator, what in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            raise NoTable(1, "", f"The columns are separated by {what}; save with commas.")
    for name in names:
        if name not in columns:
            raise NoTable(
                1, shown(name), f"There is no column “{shown(name)}”.{nearest(name, columns)}"
            )
        if names.count(name) > 1:
            raise NoTable(1, name, f"The column “{name}” is there {names.count(name)} times.")


def _cells(number: int, names: list[str], record: list[str]) -> dict[str, str]:
    if len(record) > len(names) and any(cell.strip() for cell in record[len(names) :]):
        raise NoTable(
            number,
            "",
            f"The row has {len(record)} cells, the header {len(names)}; is a cell with commas "
            "not quoted?",
        )
    cells = {name: cell.strip() for name, cell in zip(names, record, strict=False)}
    for name, cell in cells.items():
        if "\x00" in cell:
            raise NoTable(number, name, "The cell holds a NUL byte.")
        if len(cell) > LONGEST_CELL:
            raise NoTable(number, name, f"The cell is longer than {LONGEST_CELL:,} characters.")
    return {name: cell for name, cell in cells.items() if cell}
