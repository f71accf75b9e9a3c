"""Lists by the hundred thousand: cells made by the database, chunk by chunk.

The keys of a chunk come from the list itself, so that narrowing and order have one definition; the
cells of the chunk are one query. On PostgreSQL the CSV is ``COPY ... TO STDOUT``: its bytes go out
as they come. Memory holds one chunk; the first is small, so that an answer begins at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

from django.db import connections
from django.db.models.query import ValuesListIterable

from claims.exports.dialects import POSTGRESQL, SQLITE, Dialect, add_functions
from claims.exports.formats.csv import DANGEROUS, is_guarded
from claims.exports.selected import Selected
from claims.exports.tables import Column, Table
from claims.queries.paging import every_row

FIRST_CHUNK = 200
CHUNK = 4_000
# For this statement only: compiling it or starting workers takes longer than running it, its sort
# fits in memory, and a chunk is found by keys in the order in which the joins are written: reading
# whole tables for each chunk seems as cheap to the planner, and is not.
_PLANNED_FOR = (
    "SET LOCAL jit = off; SET LOCAL work_mem = '32MB'; SET LOCAL random_page_cost = 0.1; "
    "SET LOCAL join_collapse_limit = 1; SET LOCAL max_parallel_workers_per_gather = 0; "
)
_GUARDED = "SELECT {cells} FROM ({plain}) AS made({names})"


def copies_csv(selected: Selected) -> bool:
    """Tell whether the database of a list writes CSV itself."""
    return bool(connections[_database(selected)].vendor == "postgresql")


def rows(table: Table, selected: Selected) -> Iterator[Sequence[Any]]:
    """Yield the cells of every row of a list, by the SQL of its table."""
    connection = connections[_database(selected)]
    copies = connection.vendor == "postgresql"
    sql = _sql(table, POSTGRESQL if copies else SQLITE)
    for keys in _chunks(selected):
        with connection.cursor() as cursor:
            if copies:
                cursor.execute(_PLANNED_FOR + sql, [keys])
            else:
                add_functions(connection.connection)
                cursor.execute(sql, [json.dumps(keys)])
            found = cursor.fetchall()
        yield from found


def csv_chunks(
    table: Table, selected: Selected, *, spreadsheet: bool
) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a list as CSV, each piece with the number of its rows.

    ``spreadsheet`` makes what a spreadsheet would take for a formula harmless.
    """
    connection = connections[_database(selected)]
    sql = _sql(table, POSTGRESQL)
    if spreadsheet:
        cells = ", ".join(map(_guarded, table.columns))
        sql = _GUARDED.format(cells=cells, plain=sql, names=", ".join(table.header))
    for keys in _chunks(selected):
        text = BytesIO()
        with connection.cursor() as cursor:
            chunk = cursor.mogrify(sql, [keys]).decode()
            cursor.copy_expert(f"{_PLANNED_FOR}COPY ({chunk}) TO STDOUT WITH (FORMAT csv)", text)
            count = cursor.rowcount
        yield count, text.getvalue()


def _sql(table: Table, dialect: Dialect) -> str:
    if table.sql is None:
        raise TypeError(f"The table {table.name} has no SQL; write its records as they are.")
    return table.sql(dialect, table.header)


def _guarded(column: Column) -> str:
    if not is_guarded(column):
        return column.name
    signs = ", ".join(str(ord(sign)) for sign in DANGEROUS)
    name, guarded = column.name, f"chr(39) || {column.name}"  # an apostrophe
    return f"CASE WHEN ascii({name}) IN ({signs}) THEN {guarded} ELSE {name} END"


def _database(selected: Selected) -> str:
    return selected.listing.rows().db


def _chunks(selected: Selected) -> Iterator[list[int]]:
    order = selected.selection.order
    claims = selected.listing.selected(selected.selection)
    bare = claims.select_related(None).prefetch_related(None).values_list("pk")
    bare._iterable_class = _Keys
    keys = (found.pk for found in every_row(bare, order, chunk=CHUNK))
    size = FIRST_CHUNK
    while chunk := list(islice(keys, size)):
        yield chunk
        size = CHUNK


class _Key(NamedTuple):
    """A claim as far as its place in the list needs it."""

    pk: int
    sort_value: Any


class _Keys(ValuesListIterable):
    """Rows of a list without making records of them, which takes longer than their cells do."""

    def __iter__(self) -> Iterator[Any]:
        return (_Key(*row) for row in super().__iter__())
