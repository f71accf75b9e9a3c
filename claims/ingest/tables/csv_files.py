"""A CSV file of any make: separator and header found by the names that are expected."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from claims.ingest.blocks import MOST_CHARACTERS, MOST_ROWS, Block
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.tables import limits
from claims.ingest.tables.csv_records import block_of
from claims.ingest.tables.encodings import encoding_of
from claims.ingest.tables.fingerprint import Fingerprint
from claims.ingest.tables.heads import known_among, names_columns, no_header
from claims.ingest.tables.table import Layout, Table

DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT_AFTER = 20  # records, since a few of them may be large

_TOO_LONG = (
    f"A line is longer than {limits.LONGEST_LINE:,} characters; is a line break or a quotation "
    "mark missing?"
)
_TOO_WIDE = f"The row has more than {limits.MOST_COLUMNS:,} cells; is a line break missing?"

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

    def blocks() -> Iterator[Block]:
        return _blocks(path, encoding, head)

    def rows() -> Iterator[Row]:
        for block in blocks():
            yield from block.rows()

    return Table(
        header=head.names,
        header_row=head.above + 1 if head.has_header else 0,
        rows=rows,
        blocks=blocks,
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
        delimiter, names = max(tries, key=lambda t: (known_among(t[1], is_known), len(t[1])))
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


def _blocks(path: Path, encoding: str, head: _Head) -> Iterator[Block]:
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(head.above):
            file.readline(limits.LONGEST_LINE)
        for number, records in _pieces(file, head):
            left = limits.MOST_ROWS - number + 1
            yield from block_of(number, head.names, records[:left])
            if len(records) > left:
                reason = f"More than {limits.MOST_ROWS:,} rows; split the file."
                raise NoTable(number + left, "", reason)


def _pieces(file: TextIO, head: _Head) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield records many at a time with the number of the first; they may span lines in quotes."""
    reader = csv.reader(_lines(file), delimiter=head.delimiter, strict=True)
    records = islice(reader, 1 if head.has_header else 0, None)
    number = head.above + head.has_header + 1
    while True:
        piece: list[list[str]] = []
        error = _fill(piece, records, file)
        if piece:
            yield number, piece
        number += len(piece)
        if error is not None:
            raise NoTable(number, "", _reason(error)) from error
        if not piece:
            return


def _lines(file: TextIO) -> Iterator[str]:
    """Yield the lines; one that no table has is not even read to its end."""
    while line := file.readline(limits.LONGEST_LINE + 1):
        if len(line) > limits.LONGEST_LINE:
            raise csv.Error(_TOO_LONG)
        yield line


def _fill(
    piece: list[list[str]], records: Iterator[list[str]], file: TextIO
) -> csv.Error | UnicodeError | None:
    """Take records until there are enough of them; return what stood in the way, if anything."""
    most = file.buffer.tell() + MOST_CHARACTERS
    try:
        for record in islice(records, MOST_ROWS):
            if len(record) > limits.MOST_COLUMNS:
                return csv.Error(_TOO_WIDE)
            piece.append(record)
            if len(piece) % _LOOKED_AT_AFTER == 0 and file.buffer.tell() > most:
                break
    except (csv.Error, UnicodeError) as error:
        return error
    return None


def file_encoding(error: UnicodeError) -> str:
    """Return the encoding that a text turned out not to be in."""
    return error.encoding if isinstance(error, UnicodeDecodeError) else "the encoding expected"


def _reason(error: csv.Error | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return f"Text that is not {file_encoding(error)}."
    reason = str(error)
    if reason in (_TOO_LONG, _TOO_WIDE):
        return reason
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
