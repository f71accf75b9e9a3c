"""A CSV file as a header and numbered rows of cells, or one sentence saying why it is none.

Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from claims.ingest.cells import nearest, shown
from claims.ingest.given_back import ADDED, is_given_back, unguarded

LONGEST_CELL = 20_000
PIECE = 1 << 20

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


class Table:
    """A CSV file that has been looked at: its header is known, its rows are still to come.

    ``lines`` is how many rows there are at most: a quoted cell may span lines.
    """

    encoding = "UTF-8"
    delimiter = ","

    def __init__(self, path: Path, columns: Collection[str], sha256: str, lines: int) -> None:
        self.path = path
        self.sha256 = sha256
        self.lines = lines
        with _opened(path) as file:
            _, header = next(_records(file), (1, []))
        self._names = [name.strip() for name in header]
        _check_header(self._names, {*columns, *ADDED})

    @property
    def header(self) -> list[str]:
        """The columns of the file, without those added to rows given back to be mended."""
        return [name for name in self._names if name not in ADDED]

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold something; raise ``NoTable`` where that goes no further."""
        with _opened(self.path) as file:
            records = _records(file)
            next(records)
            is_empty = True
            for number, record in records:
                if cells := self._taken(_cells(number, self._names, record)):
                    is_empty = False
                    yield Row(number, cells)
        if is_empty:
            raise NoTable(1, "", "The file has no rows under its header.")

    def _taken(self, cells: dict[str, str]) -> dict[str, str]:
        """Return the cells of a row given back as they were before that, others as they are."""
        if not is_given_back(self._names):
            return cells
        return {name: unguarded(cell) for name, cell in cells.items() if name not in ADDED}


def open_table(path: Path, columns: Collection[str]) -> Table:
    """Open a file whose columns are all known.

    Raises ``NoTable``, here or while rows are read, for a wrong encoding or separator, an unknown
    or repeated column, an unclosed quote, a NUL byte, a cell too large, a row longer than the
    header.
    """
    digest, lines = hashlib.sha256(), 0
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with path.open("rb") as file:
            _check_marks(file.read(4))
            file.seek(0)
            while piece := file.read(PIECE):
                _check_encoding(decoder, piece, lines)
                digest.update(piece)
                lines += piece.count(b"\n")
    except OSError as error:
        raise NoTable(1, "", f"The file cannot be read: {error.strerror or error}.") from error
    _check_encoding(decoder, b"", lines, final=True)
    return Table(path, columns, digest.hexdigest(), lines)


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")


def _check_marks(start: bytes) -> None:
    for mark, what in _MARKS.items():
        if start.startswith(mark):
            raise NoTable(1, "", f"Expected CSV in UTF-8, found {what}. Save it as CSV UTF-8.")


def _check_encoding(
    decoder: codecs.IncrementalDecoder, piece: bytes, lines: int, *, final: bool = False
) -> None:
    before = decoder.getstate()[0]
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError as error:
        whole = before + piece
        row = lines + whole.count(b"\n", 0, error.start) + 1
        raise NoTable(
            row,
            "",
            f"Expected UTF-8, found the byte 0x{whole[error.start]:02X} in line {row}. "
            "Save the file as CSV UTF-8.",
        ) from error


def _records(file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Yield records with their numbers; a record may span lines inside quotes."""
    reader = csv.reader(file, strict=True)
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
    cells = {
        name: text for name, cell in zip(names, record, strict=False) if (text := cell.strip())
    }
    if max(map(len, record), default=0) > LONGEST_CELL or "\x00" in "".join(record):
        _check_cells(number, cells)
    return cells


def _check_cells(number: int, cells: dict[str, str]) -> None:
    for name, cell in cells.items():
        if "\x00" in cell:
            raise NoTable(number, name, "The cell holds a NUL byte.")
        if len(cell) > LONGEST_CELL:
            raise NoTable(number, name, f"The cell is longer than {LONGEST_CELL:,} characters.")
