"""JSON as a table: an array of objects, an object with a path to one, or an object a line.

Numbers stay the text they were written as. Objects within objects become columns named by dots
(``verified.killed``), lists of plain values become one cell with bars between.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from claims.ingest.cells import nearest, shown
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.tables import limits
from claims.ingest.tables.encodings import encoding_of
from claims.ingest.tables.fingerprint import Fingerprint
from claims.ingest.tables.table import Layout, Table

_DEEPEST = 5


def open_json(path: Path, found: Fingerprint, layout: Layout, *, by_line: bool) -> Table:
    """Return the table in a JSON file; raise ``NoTable`` where it holds none."""
    encoding = encoding_of(path, found, wanted=layout.encoding)
    if by_line:
        read = partial(_rows_of_lines, path, encoding)
        header = tuple(dict.fromkeys(name for row in read() for name in row.cells))
        return Table(header, 0, read, found.sha256, encoding=encoding, lines=found.lines)
    records = _array(_loaded(_text(path, encoding)), layout.path)
    rows = [Row(n, _cells(n, record)) for n, record in enumerate(records, start=1)]
    header = tuple(dict.fromkeys(name for record in records for name in _flat(record)))
    return Table(header, 0, lambda: iter(rows), found.sha256, encoding=encoding, lines=len(rows))


def _text(path: Path, encoding: str) -> str:
    if path.stat().st_size > limits.LARGEST_JSON:
        raise NoTable(
            1,
            "",
            f"Larger than {limits.LARGEST_JSON // 1_000_000} MB; write it as JSON Lines, one "
            "object a line.",
        )
    return path.read_text(encoding=encoding)


def _rows_of_lines(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding) as file:
        number = 0
        while line := file.readline(limits.LONGEST_LINE):
            number += 1
            if line.strip() and (cells := _cells(number, _loaded(line, number))):
                yield Row(number, cells)


def _loaded(text: str, number: int = 1) -> Any:
    try:
        return json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=partial(_no_number, number),
            object_pairs_hook=partial(_once, number),
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if number == 1 else f"line {number}"
        raise NoTable(
            number, "", f"This is not well-formed JSON: {error.msg} ({where})."
        ) from error
    except RecursionError as error:
        raise NoTable(number, "", "The JSON is nested too deep to be a table.") from error


def _no_number(number: int, name: str) -> Any:
    raise NoTable(number, "", f"{name} is no number; leave the value out or write null.")


def _once(number: int, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise NoTable(number, shown(repeated), "An object has this name more than once.")
    return found


def _array(found: Any, path: str) -> list[Any]:
    for step in filter(None, path.split(".")):
        if not isinstance(found, dict) or step not in found:
            names = list(found) if isinstance(found, dict) else []
            raise NoTable(1, "", f"There is no “{step}” on the path {path}.{nearest(step, names)}")
        found = found[step]
    if not isinstance(found, list):
        raise NoTable(1, "", "Expected an array of objects; name the path to it in the mapping.")
    return found


def _cells(number: int, record: Any) -> dict[str, str]:
    if not isinstance(record, dict):
        raise NoTable(number, "", f"Expected an object, found “{shown(record)}”.")
    cells = {}
    for name, value in _flat(record).items():
        text = _cell(number, name, value).strip()
        if len(text) > limits.LONGEST_CELL:
            reason = f"The cell is longer than {limits.LONGEST_CELL:,} characters."
            raise NoTable(number, shown(name), reason)
        if "\x00" in text:
            raise NoTable(number, shown(name), "The cell holds a NUL byte.")
        if text:
            cells[name] = text
    return cells


def _flat(record: Any, prefix: str = "", depth: int = 0) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items() if isinstance(record, dict) else ():
        if isinstance(value, dict) and depth < _DEEPEST:
            flat |= _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            flat[f"{prefix}{name}"] = value
    return flat


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
            raise NoTable(number, shown(name), "Expected a text, a number or a list of texts.")
