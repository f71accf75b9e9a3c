"""A file's columns held against those a mapping knows: none missing, none unexplained."""

from __future__ import annotations

from claims.ingest.cells import nearest, shown
from claims.ingest.csv_table import NoTable
from claims.ingest.mapping.mapping import Columns
from claims.ingest.tables.table import Table


def columns_of(table: Table, columns: Columns) -> dict[str, str]:
    """Return the columns of a file that mean something, with the mapping's names for them.

    Raises ``NoTable`` for a column that the mapping does not mention, that is there twice under
    old and new names, or that is needed and not there.
    """
    row = max(table.header_row, 1)
    found: dict[str, str] = {}
    for name in filter(None, table.header):
        if columns.is_unused(name):
            continue
        meant = columns.named(name)
        if meant not in columns.used:
            near = nearest(name, {*columns.used, *columns.names})
            raise NoTable(
                row,
                shown(name),
                f"The mapping does not mention the column “{shown(name)}”.{near} Say what it "
                "means, or list it under unused.",
            )
        if meant in found.values():
            raise NoTable(row, name, f"The column “{meant}” is there more than once.")
        found[name] = meant
    _check_all_there(row, found, columns, table)
    return found


def _check_all_there(row: int, found: dict[str, str], columns: Columns, table: Table) -> None:
    missing = sorted(columns.used - columns.optional - set(found.values()))
    if missing:
        name = missing[0]
        there = ", ".join(filter(None, table.header))
        near = nearest(name, table.header) or f" The file has {shown(there)}."
        place = columns.places.get(name, "the mapping")
        raise NoTable(
            row,
            name,
            f"The column “{shown(name)}” is not there, and {place} needs it.{near} Write its name "
            "as the file does, or list it under optional where a file may lack it.",
        )
