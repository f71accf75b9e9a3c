"""JSON and JSON Lines: a record per row with the table's columns as names, typed.

Whole numbers, numbers and truth values are such; everything else is text as the CSV has it; an
empty cell is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import orjson

from claims.exports.formats.format import Format, Rows, Style, gathered
from claims.exports.tables import Table, typed


def record(table: Table, row: Sequence[Any]) -> dict[str, Any]:
    """Return one row as a record."""
    return {
        column.name: None if value is None else typed(column.kind, value)
        for column, value in zip(table.columns, row, strict=True)
    }


def lines(table: Table, rows: Rows, style: Style) -> Iterator[bytes]:
    """Yield a table as JSON Lines: one record a line."""
    yield from gathered(orjson.dumps(record(table, row)) + b"\n" for row in rows)


def pieces(table: Table, rows: Rows, style: Style) -> Iterator[bytes]:
    """Yield a table as one JSON object, its records under ``results``, one a line."""
    texts = parted(orjson.dumps(record(table, row)) for row in rows)
    yield from gathered(chain([b'{"results":['], texts, [b"\n]}\n"]))


def parted(texts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield texts on lines of their own with commas between them."""
    mark = b"\n"
    for text in texts:
        yield mark + text
        mark = b",\n"


JSON = Format("json", "JSON", "application/json", pieces)
JSON_LINES = Format("jsonl", "JSON Lines", "application/jsonl", lines)
