"""Every cell of every row taken or refused, and what the rows tell put into the staging tables.

A cell that was read before is not read again, and what one row after another repeats about a
record is put down once; both only within limits, so that memory stays flat.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from claims.domain.public_ids import derived_public_id
from claims.ingest import columns
from claims.ingest.cells import CellRefused
from claims.ingest.csv_table import Row
from claims.ingest.landing import shape
from claims.ingest.landing.naming import Names
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.staging import Staging
from claims.ingest.told_figure import figure_columns
from claims.ingest.wanted import Refusal, document_key, printed

REMEMBERED_CELLS = 2_000
REMEMBERED_RECORDS = 10_000
LONGEST_KEY = 200

NEEDED = (
    ("claimant", "Empty; say who claims the number."),
    ("measure", "Empty; say what happened to the people."),
)
FIGURE_CELLS = ("wording", "qualifier", "low", "best", "high", "disordered")
DOCUMENT_CELLS = tuple(columns.DOCUMENT)
IDENTIFYING = ("document", "publisher", "published_on")
EVENT_CELLS = tuple(columns.EVENT)


class Column(dict[str, Any]):
    """One column's reader with the cells it has seen: a cell is the key to its value.

    Raises ``CellRefused``.
    """

    def __init__(self, told: shape.Told) -> None:
        super().__init__()
        self.told = told

    def __missing__(self, cell: str) -> Any:
        value = self.told.read(cell)
        if len(self) >= REMEMBERED_CELLS:
            self.clear()
        self[cell] = value
        return value


class Remembered(dict[Any, Any]):
    """What was put down lately, by key; forgets everything when it grows too large."""

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= REMEMBERED_RECORDS:
            self.clear()
        super().__setitem__(key, value)


class Checker:
    """Takes rows; what they tell is in the staging tables, what cannot be taken refused."""

    def __init__(self, staging: Staging, names: Names, refusals: Refusals) -> None:
        self.staging, self.names, self.refusals = staging, names, refusals
        self._columns = {
            kind: [(told.cell, Column(told)) for told in some]
            for kind, some in shape.COLUMNS.items()
        }
        self._wording, self._locator = Column(shape.WORDING), Column(shape.LOCATOR)
        self._figures = Remembered()
        self._events, self._documents, self._claims = Remembered(), Remembered(), Remembered()
        self._citations = Remembered()
        self._n = 0

    def take(self, rows: Iterable[Row | Refusal]) -> Iterable[int]:
        """Take rows one by one, yielding after each."""
        for row in rows:
            if isinstance(row, Refusal):
                self.refusals.note(row)
            else:
                self._take(row)
            yield row.number if isinstance(row, Row) else row.row

    def _take(self, row: Row) -> None:
        """Put down what a row tells; nothing of it where one of its cells is refused."""
        cells, before = row.cells, self.refusals.times
        for column, reason in NEEDED:
            if column not in cells:
                self.refusals.add(row.number, column, reason)
        if "event_key" not in cells and "event" not in cells:
            self.refusals.add(row.number, "event_key", "Empty; name the event by key or title.")
        found = {
            "event": self._told(row, "event", EVENT_CELLS, self._events, cells.get("event_key")),
            "document": self._told(row, "document", DOCUMENT_CELLS, self._documents, None),
            "claim": self._read(row, "claim"),
            "citation": self._read(row, "citation"),
        }
        wording = self._one(row, self._wording)
        locator = self._one(row, self._locator)
        self.names.tell_claimant(row)
        if self.refusals.times == before and (keys := self._keys(row)):
            self._put(row, found, keys, wording, locator)

    def _told(
        self, row: Row, kind: str, cells: tuple[str, ...], remembered: Remembered, key: str | None
    ) -> Any:
        """Return what a row tells of an event or document, ``None`` for what was just told.

        An event without a key is always read, since its key follows from what it tells.
        """
        get = row.cells.get
        digest = hash((key, *map(get, cells)))
        if digest in remembered:
            return None
        values = self._read(row, kind)
        return None if values is None else (digest, values)

    def _read(self, row: Row, kind: str) -> list[Any] | None:
        """Return the values of a row for a kind of record; refused cells are noted."""
        get = row.cells.get
        try:
            return [
                None if (cell := get(name)) is None else column[cell]
                for name, column in self._columns[kind]
            ]
        except CellRefused:
            return self._read_one_by_one(row, kind)

    def _read_one_by_one(self, row: Row, kind: str) -> list[Any]:
        """Return the values of a row with refused cells; each of them is noted."""
        get = row.cells.get
        values: list[Any] = []
        for name, column in self._columns[kind]:
            cell = get(name)
            try:
                values.append(None if cell is None else column[cell])
            except CellRefused as error:
                values.append(None)
                self.refusals.add(row.number, name, str(error))
        return values

    def _one(self, row: Row, column: Column) -> Any:
        cell = row.cells.get(column.told.cell)
        if cell is None:
            return None
        try:
            return column[cell]
        except CellRefused as error:
            self.refusals.add(row.number, column.told.cell, str(error))
            return None

    def _keys(self, row: Row) -> tuple[str, str] | None:
        """Return the keys of a row's event and claim, given or made."""
        cells = row.cells
        event_key, claim_key = cells.get("event_key"), cells.get("claim_key")
        if not event_key or not claim_key:
            taken = {name: columns.READERS[name](cell) for name, cell in cells.items()}
            event_key = event_key or made_event_key(taken)
            claim_key = claim_key or made_claim_key(event_key, taken)
        for column, key in (("event_key", event_key), ("claim_key", claim_key)):
            if len(key) > LONGEST_KEY:
                said = (
                    f"Ensure this value has at most {LONGEST_KEY} characters (it has {len(key)})."
                )
                self.refusals.add(row.number, column, said)
                return None
        return event_key, claim_key

    def _put(
        self,
        row: Row,
        found: Mapping[str, Any],
        keys: tuple[str, str],
        wording: str | None,
        locator: str | None,
    ) -> None:
        event_key, claim_key = keys
        if (event := found["event"]) is not None:
            self._events[event[0]] = True
            told = [derived_public_id("event", event_key)]
            self._add("event", row, event[0], [event_key], [*event[1], *told])
        self._put_claim(row, keys, found["claim"])
        document = self._document(row, found["document"])
        if document is None:
            return
        place = (claim_key, document, wording, locator)
        digest = hash((place, *found["citation"]))
        if digest not in self._citations:
            self._citations[digest] = True
            self._add("citation", row, digest, place, found["citation"])

    def _put_claim(self, row: Row, keys: tuple[str, str], values: list[Any]) -> None:
        """Put a claim down unless an earlier row told all that this one does."""
        event_key, claim_key = keys
        cells = row.cells
        wording, note = cells.get("wording"), cells.get("note")
        digest = hash((event_key, *values))
        known = self._claims.get(claim_key)
        if known and known[0] == digest and (known[1] or not wording) and note in (None, known[2]):
            return
        if known is None:
            self._claims[claim_key] = (digest, bool(wording), note)
        told = [
            derived_public_id("claim", claim_key),
            event_key,
            *self._figure(cells),
            note,
        ]
        self._add("claim", row, hash((digest, wording, note)), [claim_key], [*values, *told])

    def _figure(self, cells: Mapping[str, str]) -> tuple[Any, ...]:
        """Return wording and figure; without a qualifier where other rows have to help."""
        key = tuple(cells.get(name) for name in FIGURE_CELLS)
        if key not in self._figures:
            self._figures[key] = told_figure(cells)
        return tuple(self._figures[key])

    def _document(self, row: Row, found: Any) -> str | None:
        """Put a row's document down and return its key; ``None`` where there is none."""
        cells = row.cells
        if cells.keys().isdisjoint(DOCUMENT_CELLS):
            self._refuse_without_document(row, ("quote", "locator", "via"))
            return None
        digest = hash((None, *map(cells.get, DOCUMENT_CELLS)))
        if found is None:
            return str(self._documents[digest])
        key = document_key(
            {name: columns.READERS[name](cells[name]) for name in IDENTIFYING if name in cells}
            if "url" not in cells
            else cells
        )
        if key is None:
            self._refuse_without_document(row, ("quote", "locator", "via", *DOCUMENT_CELLS))
            return None
        self.names.tell_publisher(row)
        text = "\x1f".join(key)
        self._documents[digest] = text
        told = [derived_public_id("document", *key)]
        self._add("document", row, digest, [text], [*found[1], *told])
        return text

    def _refuse_without_document(self, row: Row, names: tuple[str, ...]) -> None:
        for column in names:
            if column in row.cells:
                said = "No document; give its address, its title or its publisher."
                self.refusals.add(row.number, column, said)
                return

    def _add(
        self, kind: str, row: Row, digest: int, keys: Iterable[Any], values: Iterable[Any]
    ) -> None:
        self._n += 1
        self.staging.add(f"landing_{kind}", (self._n, row.number, digest, *keys, *values, None))


def told_figure(cells: Mapping[str, str]) -> tuple[Any, ...]:
    """Return wording, qualifier, low, best, high, mismatch reason of the cells of one row.

    The qualifier is ``None`` where they make no figure.
    """
    wording = cells.get("wording", "")
    taken = {name: columns.READERS[name](cells[name]) for name in FIGURE_CELLS[1:] if name in cells}
    try:
        found = figure_columns(taken, wording)
    except CellRefused:
        return (wording or None, None, None, None, None, None)
    return tuple(found.values())


def made_event_key(taken: Mapping[str, Any]) -> str:
    """Return the key of an event that the file gives none: its title and year."""
    title = slugify(taken["event"])[:80] or "event"
    return f"{title}-{taken['event_start'].day.year}" if "event_start" in taken else title


def made_claim_key(event_key: str, taken: Mapping[str, Any]) -> str:
    """Return the key of a claim that the file gives none: always the same for the same claim."""
    said = [printed(taken[c]) for c in (*columns.CLAIM, "wording") if c in taken]
    digest = hashlib.sha256("\x1f".join([event_key, *said]).encode()).hexdigest()[:10]
    return f"{event_key[:80]}/{slugify(taken['claimant'])[:80]}-{taken['measure']}-{digest}"
