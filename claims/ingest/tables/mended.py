"""Rows that were given back to be mended, read again whatever the dataset's own files look like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from claims.ingest.csv_table import Row
from claims.ingest.given_back import ADDED, unguarded
from claims.ingest.tables.csv_files import IsKnown
from claims.ingest.tables.opening import open_table
from claims.ingest.tables.table import Layout, Table

_FIRST_LINE = 100_000


def open_table_or_mended(path: Path, layout: Layout, is_known: IsKnown) -> Table:
    """Return the table in a file as it is laid out, or as rows given back are: a plain CSV."""
    if not _is_given_back(path):
        return open_table(path, layout, is_known)
    known = open_table(path, Layout(format="csv"), lambda name: name in ADDED or is_known(name))
    return _as_it_was(known)


def _is_given_back(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            line = file.readline(_FIRST_LINE)
    except OSError:
        return False  # opening it as a table says why
    return all(name.encode() in line for name in ADDED)


def _as_it_was(table: Table) -> Table:
    """Return a table without what was added to it on the way."""

    def rows() -> Iterator[Row]:
        for row in table.rows():
            cells = {n: unguarded(cell) for n, cell in row.cells.items() if n not in ADDED}
            if cells:
                yield Row(row.number, cells)

    header = tuple(name for name in table.header if name not in ADDED)
    return replace(table, header=header, rows=rows, blocks=None)
