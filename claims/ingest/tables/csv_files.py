"""A CSV file of any make: separator and header found by the names that are expected."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from claims.ingest.csv_table import NoTable, Row
from claims.ingest.tables import limits
from claims.ingest.tables.encodings import encoding_of
from claims.ingest.tables.fingerprint import Fingerprint
from claims.ingest.tables.heads import known_among, names_columns, no_header
from claims.ingest.tables.table import Layout, Table

DELIMITERS = (",", ";", "\t", "|")

IsKnown = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a table starts: lines above it, separator, names, and whether a row names them."""

    above: int
    delimiter: str
    names: tuple[str, ...]
    has_header: bool


def open_csv(path: Path, found: Fingerprint, layout: Layout, is_known: IsKnown) -> Table:
    """Return the table in a CSV file; raise ``NoTable`` where it has none that is expected."""
    encoding = encoding_of(path, found, wanted=layout.encoding)
    head = _head(_first_lines(path, encoding), layout, is_known)
    if len(head.names) > limits.MOST_COLUMNS:
        raise NoTable(head.above + 1, "", f"More than {limits.MOST_COLUMNS:,} columns.")

    def rows() -> Iterator[Row]:
        return _rows(path, encoding, head)

    return Table(
        header=head.names,
        header_row=head.above + 1 if head.has_header else 0,
        rows=rows,
        sha256=found.sha256,
        encoding=encoding,
        delimiter=head.delimiter,
        lines=max(found.lines - head.above - head.has_header, 0),
    )


def _first_lines(path: Path, encoding: str) -> list[str]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = [file.readline(limits.LONGEST_LINE) for _ in range(limits.MOST_PREAMBLE + 2)]
    except UnicodeError as error:
        raise NoTable(1, "", f"The file is not {encoding} throughout: {error.args[-1]}.") from error
    return [line for line in lines if line]


def _head(lines: list[str], layout: Layout, is_known: IsKnown) -> _Head:
    candidates = range(len(lines)) if layout.preamble is None else [layout.preamble]
    delimiters = (layout.delimiter,) if layout.delimiter else DELIMITERS
    for above in candidates:
        tries = [(d, _split(lines[above : above + 1], d)) for d in delimiters]
        delimiter, names = max(tries, key=lambda tried: known_among(tried[1], is_known))
        if names_columns(names, is_known):
            return _Head(above, delimiter, tuple(names), has_header=True)
    if layout.names and layout.preamble is not None:
        return _headless(lines[layout.preamble :], layout, delimiters)
    above = layout.preamble or 0
    raise no_header(above + 1, _split(lines[above : above + 1], delimiters[0]))


def _headless(lines: list[str], layout: Layout, delimiters: tuple[str, ...]) -> _Head:
    above, expected = layout.preamble or 0, len(layout.names)
    for delimiter in delimiters:
        if len(_split(lines[:1], delimiter)) == expected:
            return _Head(above, delimiter, layout.names, has_header=False)
    found = max(len(_split(lines[:1], delimiter)) for delimiter in delimiters)
    raise NoTable(
        above + 1,
        "",
        f"The file has no row that names the columns, and its first row has {found} cells where "
        f"the mapping names {expected}. Put the header row in.",
    )


def _split(lines: list[str], delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader(lines, delimiter=delimiter), [])]
    except csv.Error:
        return []


def _rows(path: Path, encoding: str, head: _Head) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(head.above):
            file.readline(limits.LONGEST_LINE)
        for number, record in _records(file, head):
            if number > limits.MOST_ROWS:
                raise NoTable(number, "", f"More than {limits.MOST_ROWS:,} rows; split the file.")
            if cells := _cells(number, head.names, record):
                yield Row(number, cells)


def _records(file: Iterator[str], head: _Head) -> Iterator[tuple[int, list[str]]]:
    """Yield records with their numbers; a record may span lines inside quotes."""
    reader = csv.reader(file, delimiter=head.delimiter, strict=True)
    number = head.above
    records = islice(reader, 1 if head.has_header else 0, None)
    number += head.has_header
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise NoTable(number, "", _reason(str(error))) from error
        except UnicodeError as error:
            raise NoTable(number, "", f"Text that is not {file_encoding(error)}.") from error
        yield number, record


def file_encoding(error: UnicodeError) -> str:
    """Return the encoding that a text turned out not to be in."""
    return error.encoding if isinstance(error, UnicodeDecodeError) else "the encoding expected"


def _reason(reason: str) -> str:
    if "unexpected end of data" in reason:
        return "A quotation mark is opened and never closed."
    if "field limit" in reason:
        return (
            f"A cell is longer than {limits.LONGEST_CELL:,} characters; is a quotation mark "
            "missing?"
        )
    if "expected after" in reason:
        return (
            "Text follows a closing quotation mark; quotation marks inside a quoted cell are "
            "written twice."
        )
    return f"This is not well-formed CSV: {reason}."


def _cells(number: int, names: tuple[str, ...], record: list[str]) -> dict[str, str]:
    if len(record) > len(names) and any(cell.strip() for cell in record[len(names) :]):
        raise NoTable(
            number,
            "",
            f"The row has {len(record)} cells, the header {len(names)}; is a cell with the "
            "separator in it not quoted?",
        )
    cells = {}
    for name, cell in zip(names, record, strict=False):
        if stripped := cell.strip():
            if len(stripped) > limits.LONGEST_CELL:
                reason = f"The cell is longer than {limits.LONGEST_CELL:,} characters."
                raise NoTable(number, name, reason)
            if "\x00" in stripped:
                raise NoTable(number, name, "The cell holds a NUL byte.")
            cells[name] = stripped
    return cells
