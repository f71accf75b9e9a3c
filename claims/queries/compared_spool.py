"""The claims of a great many events, put into files first and read from there without SQL.

While they are compared the database is free for other work. The files hold what the statements of
``claims.queries.compared_rows`` read, one event after the other, and go when they are closed.
"""

from __future__ import annotations

import pickle
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from typing import IO, Any, Self

from django.db import connection

from claims.queries import compared_rows
from claims.queries.compared import ComparedClaim, ComparedEvent

PIECE = 2_000
NOTHING = "\\N"
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

Row = Sequence[Any]
Reader = Callable[[str], Any]
EventWithClaims = tuple[ComparedEvent, list[ComparedClaim]]


class Spool:
    """The public events among those that a question names, each with its published claims.

    ``events`` is SQL that gives ids of events; it is asked when this is made, once for each of
    three statements. Reading asks nothing. Close it, or use it in ``with``.
    """

    def __init__(self, events: str) -> None:
        with ExitStack() as files:
            self._files = [
                _spooled(statement[connection.vendor].format(events=events), files)
                for statement in (
                    compared_rows.EVENTS_OF,
                    compared_rows.CLAIMS_OF,
                    compared_rows.CITATIONS_OF,
                )
            ]
            self._open = files.pop_all()
        self._is_copy = connection.vendor == "postgresql"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the files away."""
        self._open.close()

    def read(self) -> Iterator[EventWithClaims]:
        """Yield the events in the order of their ids."""
        events, claims, citations = (
            _copied(file, types) if self._is_copy else chain.from_iterable(pickled(file))
            for file, types in zip(self._files, TYPES, strict=True)
        )
        shared = compared_rows.Shared()
        own_claims, own_citations = _Grouped(claims, 1), _Grouped(citations, -1)
        for row in events:
            event = compared_rows.event_of(row)
            printed = compared_rows.Printed()
            printed.add(own_citations.of(event.pk))
            yield (
                event,
                [
                    compared_rows.claim_of(row, shared, printed.of)
                    for row in own_claims.of(event.pk)
                ],
            )


class _Grouped:
    """Rows in the order of the events they belong to, taken event by event."""

    def __init__(self, rows: Iterable[Row], event: int) -> None:
        self._groups = groupby(rows, key=itemgetter(event))
        self._next = next(self._groups, None)

    def of(self, event_id: int) -> list[Row]:
        if self._next is None or self._next[0] != event_id:
            return []
        own = list(self._next[1])
        self._next = next(self._groups, None)
        return own


def _spooled(statement: str, files: ExitStack) -> IO[bytes]:
    file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # entered there
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY ({statement}) TO STDOUT", file)
        else:
            cursor.execute(statement)
            while rows := cursor.fetchmany(PIECE):
                pickle.dump(rows, file)
    file.seek(0)
    return file


def pickled(file: IO[bytes]) -> Iterator[Any]:
    """Yield what this process has put into a file of its own, one pickle after the other."""
    while True:
        try:
            yield pickle.load(file)  # noqa: S301  # its own, see above
        except EOFError:
            return


def _copied(file: IO[bytes], types: Sequence[Reader]) -> Iterator[Row]:
    """Yield the rows that PostgreSQL wrote, with the values that its driver would give."""
    reads = [(place, read) for place, read in enumerate(types) if read is not str]
    for line in file:
        text = line.decode()
        row: list[Any] = [None if cell == NOTHING else cell for cell in text[:-1].split("\t")]
        # After what is missing is known, since a text may read like it once it is unescaped.
        if text.count("\\") > row.count(None):
            row = [None if cell is None else _unescaped(cell) for cell in row]
        for place, read in reads:
            if (cell := row[place]) is not None:
                row[place] = read(cell)
        yield row


def _unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", lambda found: ESCAPED.get(found[1], found[1]), cell)


@cache
def _day(cell: str) -> date:
    return date.fromisoformat(cell)


def _is_true(cell: str) -> bool:
    return cell == "t"


_DOCUMENT: tuple[Reader, ...] = (int, str, str, str, str, str, _day, str)
_CLAIMANT: tuple[Reader, ...] = (int, str, str, str, int, _is_true)
_FIGURE: tuple[Reader, ...] = (str, int, int, int, str, _is_true, str, str)
_LIMITS: tuple[Reader, ...] = (_day, str, _day, _day, _day, str, int, str)
TYPES: tuple[tuple[Reader, ...], ...] = (
    (int, str, str, str, str, _day, _day, str, str),
    (int, int, str, str, str, str, int, str, str, *_CLAIMANT, *_FIGURE, *_LIMITS),
    (int, str, str, str, *_DOCUMENT, *_DOCUMENT, int),
)
"""The types of the columns of events, claims and citations, as ``compared_rows`` reads them."""
