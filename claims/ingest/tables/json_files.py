"""JSON as a table: an array of objects, an object with a path to one, or an object a line.

Numbers stay the text they were written as. Objects within objects become columns named by dots
(``verified.killed``), lists of plain values become one cell with bars between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from claims.ingest.cells import nearest, shown
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.tables import limits
from claims.ingest.tables.csv_files import file_encoding
from claims.ingest.tables.encodings import encoding_of
from claims.ingest.tables.fingerprint import Fingerprint
from claims.ingest.tables.json_stream import NO_ARRAY, elements, loaded
from claims.ingest.tables.table import Layout, Table

HALF = "holds half a character (a lone surrogate); write it whole."
"""JSON can name halves of characters that no text file and no database takes."""

_HALF = re.compile("[\ud800-\udfff]")
_DEEPEST = 5


def open_json(path: Path, found: Fingerprint, layout: Layout, *, by_line: bool) -> Table:
    """Return the table in a JSON file; raise ``NoTable`` where it holds none.

    The file is read through once, since only its objects say which columns there are.
    """
    encoding = encoding_of(path, found, wanted=layout.encoding)
    records = partial(_records, path, encoding, layout.path, by_line=by_line)
    names: dict[str, None] = {}
    count = 0
    for number, record in records():
        names |= dict.fromkeys(_flat(number, record))
        count += 1
        if len(names) > limits.MOST_COLUMNS:
            raise NoTable(number, "", f"More than {limits.MOST_COLUMNS:,} columns.")

    def rows() -> Iterator[Row]:
        for number, record in records():
            if cells := _cells(number, record):
                yield Row(number, cells)

    return Table(tuple(names), 0, rows, found.sha256, encoding=encoding, lines=count)


def _records(path: Path, encoding: str, way: str, *, by_line: bool) -> Iterator[tuple[int, Any]]:
    try:
        with path.open(encoding=encoding) as file:
            if by_line:
                lines = enumerate(iter(partial(file.readline, limits.LONGEST_LINE), ""), start=1)
                yield from ((n, loaded(line, n)) for n, line in lines if line.strip())
            elif way:
                yield from enumerate(_array(loaded(_whole(path, encoding), 1), way), start=1)
            else:
                yield from enumerate(elements(file), start=1)
    except UnicodeError as error:
        raise NoTable(1, "", f"Text that is not {file_encoding(error)}.") from error


def _whole(path: Path, encoding: str) -> str:
    if path.stat().st_size > limits.LARGEST_JSON:
        raise NoTable(
            1,
            "",
            f"Larger than {limits.LARGEST_JSON // 1_000_000} MB; write it as an array of objects, "
            "or as JSON Lines, one object a line.",
        )
    return path.read_text(encoding=encoding)


def _array(found: Any, path: str) -> list[Any]:
    for step in path.split("."):
        if not isinstance(found, dict) or step not in found:
            names = list(found) if isinstance(found, dict) else []
            raise NoTable(1, "", f"There is no “{step}” on the path {path}.{nearest(step, names)}")
        found = found[step]
    if not isinstance(found, list):
        raise NoTable(1, "", NO_ARRAY)
    return found


def _cells(number: int, record: Any) -> dict[str, str]:
    cells = {}
    for name, value in _flat(number, record).items():
        text = _cell(number, name, value).strip()
        if len(text) > limits.LONGEST_CELL:
            reason = f"The cell is longer than {limits.LONGEST_CELL:,} characters."
            raise NoTable(number, shown(name), reason)
        if "\x00" in text:
            raise NoTable(number, shown(name), "The cell holds a NUL byte.")
        if _HALF.search(text):
            raise NoTable(number, shown(name), f"The cell {HALF}")
        if text:
            cells[name] = text
    return cells


def _flat(number: int, record: Any) -> dict[str, Any]:
    """Return the values of an object, those of objects within it under names with dots."""
    if not isinstance(record, dict):
        raise NoTable(number, "", f"Expected an object, found “{shown(record)}”.")
    flat: dict[str, Any] = {}
    for name, value in _leaves(record):
        if _HALF.search(name):
            raise NoTable(number, "", f"A name {HALF}")
        if name in flat:
            raise NoTable(number, shown(name), "An object has this name more than once.")
        flat[name] = value
    return flat


def _leaves(record: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _leaves(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", value


def _cell(number: int, name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case list() if all(isinstance(one, str) and "|" not in one for one in value):
            return " | ".join(value)
        case _:
            reason = f"Expected a text, a number or a list of texts, found “{shown(value)}”."
            raise NoTable(number, shown(name), reason)
