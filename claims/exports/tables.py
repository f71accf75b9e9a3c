"""Tables: a name, columns with descriptions, and the rows that a record becomes.

A table is the one description of a file, whatever its format: the same columns of the same names
in the same order. A cell is text, a whole number, a number, a truth value or a date no more precise
than it is known; several values in one cell are parted by `` | ``. An empty cell is unknown or
not stated, never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claims.domain.dates import PartialDate
from claims.exports.dialects import Query


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``cell`` takes what the table calls a row and returns the value or ``None``.

    ``kind`` is text, code, integer, number, day, date, time or boolean: a ``day`` is a whole date,
    a ``date`` may be known to its month or year only.
    """

    name: str
    kind: str
    description: str
    cell: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row. ``rows_of`` turns a record into the rows it takes, mostly one.

    ``sql``, where there is one, makes the query by which a database gives the same cells of a
    chunk of records, from its dialect and the header.
    """

    name: str
    columns: tuple[Column, ...]
    rows_of: Callable[[Any], Iterable[Any]] = lambda record: (record,)
    sql: Query | None = None

    @property
    def header(self) -> list[str]:
        """The names of the columns in order."""
        return [column.name for column in self.columns]

    def values(self, row: Any) -> list[Any]:
        """Return the cells of one row as they are in the records."""
        return [column.cell(row) for column in self.columns]

    def rows(self, records: Iterable[Any]) -> Iterator[Sequence[Any]]:
        """Yield the cells of every row of the records."""
        for record in records:
            for row in self.rows_of(record):
                yield self.values(row)


def as_text(value: Any) -> str:
    """Return a value as a cell of text holds it."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return " | ".join(as_text(item) for item in value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case PartialDate():
            return value.edtf()
        case _:
            return str(value)


def typed(kind: str, value: Any) -> Any:
    """Return a value of a column of a kind as JSON has it: ``None`` where the cell is empty."""
    if value is None or value == "":
        return None
    match kind:
        case "integer":
            return int(value)
        case "number":
            return float(value)
        case "boolean":
            return value is True or value == "true"
        case _:
            return as_text(value) or None
