"""The comparisons of events that are new, computed beside the database's own work.

What they are made of is read first (``claims.queries.compared_spool``). A thread that never asks
the database makes the rows of the read model from it, while the thread that does goes on writing;
at the end the rows go in as they are. For events that have none of these rows yet.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from typing import IO, Any, Self

from django.db import connection
from django.db.models import DateField, DecimalField
from django.utils import timezone

from claims.models import Comparison, EventDigest
from claims.queries.compared_rows import STORED_MARKS
from claims.queries.compared_spool import Spool, keep, kept
from claims.queries.comparisons import compare_claims
from claims.services.comparison_rows import (
    COLUMNS,
    DIGEST_COLUMNS,
    Row,
    comparison_row,
    digest_row,
)

PIECE = 100
"""Rows held before they are kept; one has the whole document of an event."""
MISSING = str(None)
"""How a missing value is written for PostgreSQL; no text of a row is this word."""
AT_ONCE = 1 << 18
"""Bytes written to a file, and handed to PostgreSQL, at a time."""
TOLD_EVERY = 0.5
"""Seconds between two looks at how far the thread is."""

QUESTIONS = """
    SELECT DISTINCT event_id, measure, victims, victims_party_id
    FROM claims_claim WHERE state = 'published' AND event_id IN ({events})
"""


class NewComparisons:
    """The read model of the public ones among new events, computed from now on.

    ``events`` is SQL that gives their ids, ``marked`` SQL that gives the marks of their words,
    with their ids before them. Use it in ``with``; call ``store`` within it.
    """

    def __init__(self, events: str, marked: str = STORED_MARKS) -> None:
        with ExitStack() as files:
            self._spool = files.enter_context(Spool(events, marked))
            first, second, third = (
                files.enter_context(tempfile.TemporaryFile(buffering=AT_ONCE)) for _ in range(3)
            )
            self._comparisons = Rows(Comparison, ("id", *COLUMNS), first)
            self._digests = Rows(EventDigest, (*DIGEST_COLUMNS, "changed_at"), second)
            self._ids = _ids_for(events, third)
            self._files = files.pop_all()
        self._at = connection.ops.adapt_datetimefield_value(timezone.now())
        self._done, self._is_stopped = 0, False
        self._threads = ThreadPoolExecutor(1)
        self._work = self._threads.submit(self._compute)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_stopped = True
        self._threads.shutdown()
        self._files.close()

    def store(self, told: Callable[[int], object] = lambda events: None) -> None:
        """Wait until all is computed and write it; ``told`` hears how many more events are."""
        heard = 0
        while True:
            is_done = bool(wait([self._work], timeout=TOLD_EVERY).done)
            done = self._done  # once, since the thread goes on
            told(done - heard)
            heard = done
            if is_done:
                break
        self._work.result()  # what the thread stumbled over
        self._comparisons.store()
        self._digests.store()

    def _compute(self) -> None:
        """Make every row; asks the database nothing."""
        for event, claims in self._spool.read():
            if self._is_stopped:
                return
            views = compare_claims(event, claims)
            rows = [comparison_row(view) for view in views]
            keys = {str(row[0]): next(self._ids) for row in rows}
            for row, key in zip(rows, keys.values(), strict=True):
                self._comparisons.add((key, *row))
            self._digests.add((*digest_row(event.pk, rows, views, keys), self._at))
            self._done += 1


class Rows:
    """Rows for a table, kept in a file until they are stored."""

    def __init__(self, model: Any, columns: Sequence[str], file: IO[bytes]) -> None:
        self._table, self._columns = model._meta.db_table, ", ".join(columns)
        self._marks = ", ".join(["%s"] * len(columns))
        self._is_copy = connection.vendor == "postgresql"
        fields = [model._meta.get_field(name) for name in columns]
        self._spelt = [n for n, f in enumerate(fields) if isinstance(f, (DateField, DecimalField))]
        self._waiting: list[Row] = []
        self._file = file

    def add(self, row: Row) -> None:
        """Keep one row; no text in it has control characters or says that it is ``None``."""
        if self._is_copy:
            self._file.write(_line(row))
            return
        self._waiting.append(self._bound(row))
        if len(self._waiting) >= PIECE:
            self._keep()

    def store(self) -> None:
        """Write the rows into the table."""
        self._keep()
        self._file.seek(0)
        with connection.cursor() as cursor:
            if self._is_copy:
                into = f"COPY {self._table} ({self._columns}) FROM STDIN (NULL '{MISSING}')"
                cursor.copy_expert(into, self._file, AT_ONCE)
                return
            insert = f"INSERT INTO {self._table} ({self._columns}) VALUES ({self._marks})"  # noqa: S608
            for some in kept(self._file):
                cursor.executemany(insert, some)

    def _bound(self, row: Row) -> Row:
        """Return a row as SQLite takes it: days and decimals as texts."""
        cells = list(row)
        for at in self._spelt:
            if (cell := cells[at]) is not None:
                cells[at] = str(cell)
        return tuple(cells)

    def _keep(self) -> None:
        if self._waiting:
            keep(self._waiting, self._file)
            self._waiting.clear()


def _line(row: Row) -> bytes:
    """Return a line of COPY; a missing value is ``MISSING``."""
    line = "\t".join(map(str, row)).encode()
    return (line.replace(b"\\", b"\\\\") if b"\\" in line else line) + b"\n"


def _ids_for(events: str, file: IO[bytes]) -> Iterator[int]:
    """Return an id for each question that the events' public claims answer; ``file`` holds them.

    They are taken before the thread begins, so that it need not ask; others may take some in
    between.
    """
    table = Comparison._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            used = "SELECT max(seq) FROM sqlite_sequence WHERE name = %s"
            last = f"SELECT max(coalesce(max(id), 0), coalesce(({used}), 0)) FROM {table}"  # noqa: S608
            cursor.execute(last, [table])
            return itertools.count(cursor.fetchone()[0] + 1)
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        numbered = f"SELECT nextval('{cursor.fetchone()[0]}') FROM ({QUESTIONS}) questions"  # noqa: S608
        cursor.copy_expert(f"COPY ({numbered.format(events=events)}) TO STDOUT", file)
    file.seek(0)
    return map(int, file)
