"""CSV tables: a name, columns with descriptions, and the rows that a record becomes.

Cells are text as it stands, whole numbers without separators, ISO dates no more precise than
they are known; several values in one cell are parted by `` | ``. An empty cell is unknown or not
stated, never zero.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

FLUSH_AT = 32_768
"""Characters gathered before they are sent, so that compression has something to work on."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``cell`` takes what the table calls a row and returns the value or ``None``.

    ``kind`` is text, code, integer, number, date, time or boolean, for the documentation.
    """

    name: str
    kind: str
    description: str
    cell: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV format. ``rows_of`` turns a record into the rows it takes, mostly one."""

    name: str
    columns: tuple[Column, ...]
    rows_of: Callable[[Any], Iterable[Any]] = lambda record: (record,)

    @property
    def header(self) -> list[str]:
        """The names of the columns in order."""
        return [column.name for column in self.columns]

    def cells(self, row: Any) -> list[str]:
        """Return one row as texts."""
        return [as_text(column.cell(row)) for column in self.columns]


def as_text(value: Any) -> str:
    """Return a value as a cell holds it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return " | ".join(as_text(item) for item in value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def csv_text(table: Table, records: Iterable[Any]) -> Iterator[str]:
    """Yield a table as CSV text, header first, in pieces of about ``FLUSH_AT`` characters."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(table.header)
    for record in records:
        for row in table.rows_of(record):
            writer.writerow(table.cells(row))
        if lines.length >= FLUSH_AT:
            yield lines.taken()
    yield lines.taken()


class _Lines:
    """A file of what has been written since it was last emptied."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0

    def write(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def taken(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        self.length = 0
        return text
