"""The claims of a great many events, put into files first and read from there without SQL.

While they are compared the database is free for other work. The files hold what the statements of
``claims.queries.compared_rows`` read, one event after the other, and go when they are closed.
"""

from __future__ import annotations

import marshal
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

PIECE = 500
NOTHING = "\v"
"""What PostgreSQL writes for a missing value: in a text it writes this character as two others."""
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

Row = Sequence[Any]
Reader = Callable[[list[str]], Row]
EventWithClaims = tuple[ComparedEvent, list[ComparedClaim]]


class Spool:
    """The public events among those that a question names, each with its published claims.

    ``events`` is SQL that gives ids of events; it is asked when this is made, once for each of
    three statements. ``marked`` is SQL that gives events with the marks of their words. Reading
    asks nothing. Close it, or use it in ``with``.
    """

    def __init__(self, events: str, marked: str = compared_rows.STORED_MARKS) -> None:
        with ExitStack() as files:
            self._files = [
                _spooled(
                    statement[connection.vendor].format(
                        events=events, marked=marked, raw=compared_rows.RAW[connection.vendor]
                    ),
                    files,
                )
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
        if self._is_copy:
            told = map(_copied, self._files, READERS)
        else:
            told = map(_fetched, self._files, WITH_DAYS)
        events, claims, citations = told
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
            cursor.copy_expert(f"COPY ({statement}) TO STDOUT (NULL '{NOTHING}')", file)
        else:
            cursor.execute(statement)
            while rows := cursor.fetchmany(PIECE):
                keep(rows, file)
    file.seek(0)
    return file


def keep(rows: list[Any], file: IO[bytes]) -> None:
    """Put rows of texts, numbers and nothings into a file of this process's own."""
    piece = marshal.dumps(rows)
    file.write(len(piece).to_bytes(8))
    file.write(piece)


def kept(file: IO[bytes]) -> Iterator[Sequence[Row]]:
    """Yield the rows that ``keep`` has put into a file, as many at a time."""
    while size := file.read(8):
        yield marshal.loads(file.read(int.from_bytes(size)))  # noqa: S302  # its own, see above


def _fetched(file: IO[bytes], with_days: Callable[[Row], Row]) -> Iterator[Row]:
    """Yield the rows that SQLite gave, with the values that its driver would give."""
    return map(with_days, chain.from_iterable(kept(file)))


def _copied(file: IO[bytes], read: Reader) -> Iterator[Row]:
    """Yield the rows that PostgreSQL wrote, with the values that its driver would give."""
    for line in file:
        text = line.decode()
        cells = text[:-1].split("\t")
        if "\\" in text:
            cells = [_unescaped(cell) for cell in cells]
        yield read(cells)


def _unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", lambda found: ESCAPED.get(found[1], found[1]), cell)


@cache
def _day(cell: str | None) -> date | None:
    return None if cell is None or cell == NOTHING else date.fromisoformat(cell)


def _event_with_days(row: Row) -> Row:
    return (*row[:5], _day(row[5]), _day(row[6]), *row[7:])


def _claim_with_days(row: Row) -> Row:
    day, precision, as_of, start, end = row[23:28]
    return (*row[:23], _day(day), precision, _day(as_of), _day(start), _day(end), *row[28:])


def _citation_with_days(row: Row) -> Row:
    return (*row[:10], _day(row[10]), *row[11:18], _day(row[18]), *row[19:])


def _event(cells: list[str]) -> Row:
    key, public_id, title, kind, countries, start, end, precision, parties, low, high = cells
    return (
        *(int(key), public_id, title, kind, countries, _day(start), _day(end), precision),
        None if parties == NOTHING else parties,
        *(int(low), int(high)),
    )


def _claim(cells: list[str]) -> Row:
    (key, event, public_id, measure, victims, victims_wording, party, party_id, name) = cells[:9]
    (source, source_id, source_name, kind, speaks_for, is_compilation) = cells[9:15]
    (qualifier, low, best, high, wording, disordered, interval, basis) = cells[15:23]
    (day, precision, as_of, start, end, area, revises, credibility) = cells[23:]
    return (
        *(int(key), int(event), public_id, measure, victims, victims_wording),
        *((None, None, None) if party == NOTHING else (int(party), party_id, name)),
        *(int(source), source_id, source_name, kind),
        None if speaks_for == NOTHING else int(speaks_for),
        is_compilation == "t",
        qualifier,
        None if low == NOTHING else int(low),
        None if best == NOTHING else int(best),
        None if high == NOTHING else int(high),
        *(wording, disordered == "t", interval, basis),
        *(_day(day), precision, _day(as_of), _day(start), _day(end), area),
        None if revises == NOTHING else int(revises),
        credibility,
    )


def _citation(cells: list[str]) -> Row:
    claim, wording, quote, locator = cells[:4]
    via = NO_DOCUMENT if cells[12] == NOTHING else _document(cells[12:20])
    said = int(claim), wording, quote, locator
    return (*said, *_document(cells[4:12]), *via, int(cells[20]))


def _document(cells: list[str]) -> Row:
    key, public_id, title, publisher, url, archived_url, day, precision = cells
    named = None if publisher == NOTHING else publisher
    return int(key), public_id, title, named, url, archived_url, _day(day), precision


NO_DOCUMENT = (None,) * 8
READERS: tuple[Reader, ...] = (_event, _claim, _citation)
"""What makes values of the columns of events, claims and citations (``compared_rows``)."""
WITH_DAYS = (_event_with_days, _claim_with_days, _citation_with_days)
"""What makes days of the texts that SQLite keeps, in the same columns."""
