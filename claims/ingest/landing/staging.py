"""The temporary tables of one import: filled in pieces, row by row or column by column.

Once filled they are asked as sets. PostgreSQL takes the rows by COPY, SQLite by ``executemany``;
an empty text is NULL. The tables live as long as the transaction, in a place of their own that no
other connection sees.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection

from claims.ingest.landing.shape import KEYS, TYPES, columns_of

PIECE = 2_000
AT_ONCE = 1 << 18
"""Bytes handed to PostgreSQL at a time."""
_PARTING = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
"""What parts cells and lines in a COPY, or marks such a part, and how it is written."""
ROOM = "256MB"
"""How much memory PostgreSQL may use for one step of a statement: room for millions of keys."""


class Staging:
    """The temporary tables, by kind of record, and whatever else is made on the way."""

    def __init__(self) -> None:
        self.is_postgres = connection.vendor == "postgresql"
        self._made: list[str] = []
        self._waiting: dict[str, list[Sequence[Any]]] = {}
        self._names: dict[str, list[str]] = {}

    def make_room(self) -> None:
        """Let the database work on many rows at once, within this transaction.

        Without room for the keys of a file PostgreSQL asks row by row what is not among them. It
        would compile each statement, which takes longer than most of them do, and count more
        rows than it needs to choose its way.
        """
        if self.is_postgres:
            for setting in (f"work_mem = '{ROOM}'", "jit = off", "default_statistics_target = 10"):
                self.run(f"SET LOCAL {setting}")

    def create(self, table: str, columns: dict[str, str]) -> None:
        """Make an empty table; columns are given with their types as in ``shape.TYPES``."""
        types = TYPES[connection.vendor]
        spelt = ", ".join(f'"{name}" {types[type_]}' for name, type_ in columns.items())
        self.run(f'CREATE TEMPORARY TABLE "{table}" ({spelt})', makes=table)
        self._names[table] = list(columns)
        self._waiting[table] = []

    def create_landing(self) -> None:
        """Make the tables for what the rows tell."""
        self.make_room()
        if not self.is_postgres:
            # What is dropped need not be written over: no other connection sees the file.
            self.run("PRAGMA temp.secure_delete = FALSE")
        for kind in KEYS:
            self.create(f"landing_{kind}", dict(columns_of(kind)))

    def add(self, table: str, values: Sequence[Any]) -> None:
        """Put a row into a table, at the latest when ``flush`` is called."""
        waiting = self._waiting[table]
        waiting.append(values)
        if len(waiting) >= PIECE:
            self._send(table)

    def put(self, table: str, columns: Mapping[str, Sequence[str]]) -> None:
        """Put texts into a table at once, column by column; columns not named stay NULL."""
        if self.is_postgres:
            self._copy(table, columns)
        else:
            told = [_or_none(column) for column in columns.values()]
            self._insert(table, list(columns), list(zip(*told, strict=True)))

    def flush(self) -> None:
        """Send every row that still waits."""
        for table in self._waiting:
            self._send(table)

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put rows into any table, in pieces."""
        self._names[table], self._waiting[table] = list(columns), []
        for row in rows:
            self.add(table, row)
        self._send(table)
        del self._waiting[table]

    def run(self, statement: str, params: Sequence[Any] = (), *, makes: str = "") -> int:
        """Execute a statement; return how many rows it touched."""
        with connection.cursor() as cursor:
            if makes:
                cursor.execute(f'DROP TABLE IF EXISTS "{makes}"')
                self._made.append(makes)
            cursor.execute(statement, params or None)
            return int(cursor.rowcount)

    def make(self, table: str, select: str, params: Sequence[Any] = ()) -> None:
        """Make a table of what a question answers."""
        self.run(f'CREATE TEMPORARY TABLE "{table}" AS {select}', params, makes=table)

    def make_numbered(self, table: str, select: str, *, after: int) -> None:
        """Make a table of answers in SQLite, numbered in their order from ``after`` + 1 on.

        The number is the row's own place: it needs no index, and no copy of every row to count in.
        """
        self.make("unnumbered", f"SELECT * FROM ({select}) q LIMIT 0")
        columns = self.all("SELECT name, type FROM pragma_table_info('unnumbered')")
        spelt = ", ".join(f'"{name}" {type_}' for name, type_ in columns)
        self.run(f'CREATE TEMPORARY TABLE "{table}" (id INTEGER PRIMARY KEY, {spelt})', makes=table)
        self.run(f'INSERT INTO "{table}" (id) VALUES ({after})')  # the next one follows it
        self.run(f'INSERT INTO "{table}" ({_spelt(name for name, _ in columns)}) {select}')
        self.run(f'DELETE FROM "{table}" WHERE id = {after}')

    def has(self, table: str) -> bool:
        """Tell whether a table was made."""
        return table in self._made

    def clear(self, table: str) -> None:
        """Empty a table that was made here."""
        self.run(f'{"TRUNCATE" if self.is_postgres else "DELETE FROM"} "{table}"')

    def index(self, table: str, *columns: str) -> None:
        """Help later questions find rows; the database learns how many there are."""
        spelt = ", ".join(f'"{column}"' for column in columns)
        name = f"{table}_by_{'_'.join(columns)}"
        self.run(f'CREATE INDEX "{name}" ON "{table}" ({spelt})')

    def learn(self, *tables: str) -> None:
        """Let the database count tables, so that it chooses its way well."""
        for table in tables:
            self.run(f'ANALYZE "{table}"')

    def rows(self, select: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a question without holding them all."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(select, params or None)
            while some := cursor.fetchmany(PIECE):
                yield from some

    def all(self, select: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question that has few."""
        with connection.cursor() as cursor:
            cursor.execute(select, params or None)
            return list(cursor.fetchall())

    def number(self, select: str, params: Sequence[Any] = ()) -> int:
        """Return the one number that a question answers, 0 for none."""
        return int(self.all(select, params)[0][0] or 0)

    def drop(self) -> None:
        """Take the tables away."""
        for table in reversed(self._made):
            self.run(f'DROP TABLE IF EXISTS "{table}"')
        self._made.clear()

    def same(self, one: str, other: str) -> str:
        """Return the condition that two values are equal or both missing."""
        return f"{one} IS {'NOT DISTINCT FROM ' if self.is_postgres else ''}{other}"

    def differ(self, one: str, other: str) -> str:
        """Return the condition that two values are neither equal nor both missing."""
        return f"{one} IS {'DISTINCT FROM' if self.is_postgres else 'NOT'} {other}"

    def elements(self, column: str) -> str:
        """Return what lists the texts of a JSON column as rows with the column ``value``."""
        if self.is_postgres:
            return f"jsonb_array_elements_text({column}) AS listed(value)"
        return f"json_each({column}) AS listed"

    def _send(self, table: str) -> None:
        waiting = self._waiting[table]
        if not waiting:
            return
        names = self._names[table]
        if self.is_postgres:
            columns = [list(map(_text, column)) for column in zip(*waiting, strict=True)]
            self._copy(table, dict(zip(names, columns, strict=True)))
        else:
            self._insert(table, names, waiting)
        waiting.clear()

    def _copy(self, table: str, columns: Mapping[str, Sequence[str]]) -> None:
        content = io.BytesIO(copied(list(columns.values())))
        said = f"COPY \"{table}\" ({_spelt(columns)}) FROM STDIN WITH (NULL '')"
        with connection.cursor() as cursor:
            cursor.copy_expert(said, content, AT_ONCE)

    def _insert(self, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        marks = ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor, _as_one_change(cursor):
            cursor.executemany(f'INSERT INTO "{table}" ({_spelt(names)}) VALUES ({marks})', rows)


@contextmanager
def _as_one_change(cursor: Any) -> Iterator[None]:
    """Have SQLite keep rows together: left to itself it ends a change after each of them.

    Outside a transaction only temporary tables are written, so that nobody is kept waiting.
    """
    if connection.in_atomic_block:
        yield
        return
    cursor.execute("BEGIN DEFERRED")
    try:
        yield
    except BaseException:
        with suppress(DatabaseError):  # where the disk is full SQLite has done so itself
            cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")


def _spelt(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def copied(columns: Sequence[Sequence[str]]) -> bytes:
    """Return rows, given column by column, as the lines that PostgreSQL's COPY reads.

    Only where a text holds what parts cells and lines, or a backslash, are texts looked at.
    """
    lines = _lines(columns)
    rows = len(columns[0])
    is_plain = (
        lines.count("\t") == rows * (len(columns) - 1)
        and lines.count("\n") == rows
        and "\\" not in lines
        and "\r" not in lines
    )
    return (lines if is_plain else _lines(list(map(_escaped, columns)))).encode()


def _lines(columns: Sequence[Sequence[str]]) -> str:
    return "\n".join([*map("\t".join, zip(*columns, strict=True)), ""])


def _escaped(column: Sequence[str]) -> Sequence[str]:
    whole = "".join(column)
    for parting, written in _PARTING.items():
        if parting in whole:
            column = [cell.replace(parting, written) for cell in column]
    return column


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _or_none(column: Sequence[str]) -> Sequence[str | None]:
    return [cell or None for cell in column] if "" in column else column
