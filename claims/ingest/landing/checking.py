"""Every cell of every row taken or refused, and what the rows tell put into the staging tables.

Rows come in blocks and are read column by column. A row with a refused cell puts nothing down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claims.ingest import columns
from claims.ingest.blocks import Block, Cells
from claims.ingest.cells import CellRefused
from claims.ingest.csv_table import Row
from claims.ingest.landing import shape
from claims.ingest.landing.checked import Checked, Once, Values, digests_of
from claims.ingest.landing.keys import (
    IDENTIFYING,
    LONGEST_KEY,
    event_and_claim_key,
    written_document_key,
)
from claims.ingest.landing.naming import Names
from claims.ingest.landing.putting import Putting
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.remembering import Column, Remembered, chosen, first_told
from claims.ingest.landing.staging import Staging

NEEDED = (
    ("claimant", "Empty; say who claims the number."),
    ("measure", "Empty; say what happened to the people."),
)
EVENT_CELLS = ("event_key", *columns.EVENT)
DOCUMENT_CELLS = tuple(columns.DOCUMENT)
WITH_DOCUMENT = ("quote", "locator", "via", *DOCUMENT_CELLS)


class Checker:
    """Takes rows; what they tell is in the staging tables, what cannot be taken refused."""

    def __init__(self, staging: Staging, names: Names, refusals: Refusals) -> None:
        self.names, self.refusals = names, refusals
        self.putting = Putting(staging)
        told = {**shape.COLUMNS, "citation": [*shape.CITATION, shape.WORDING, shape.LOCATOR]}
        self._columns = {kind: list(map(Column, some)) for kind, some in told.items()}

    def take(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Take block after block, yielding each once it is taken."""
        for block in blocks:
            checked = self._read_all(block)
            self.putting.put(checked, self._settled(checked))
            yield block

    def _read_all(self, block: Block) -> Checked:
        checked = Checked(block)
        self._refuse_missing(checked)
        checked.events = self._told_once(checked, "event", EVENT_CELLS, self.putting.events)
        checked.documents = self._told_once(
            checked, "document", DOCUMENT_CELLS, self.putting.documents
        )
        checked.claims = self._read(checked, "claim", range(len(block)))
        checked.citations = self._read(checked, "citation", range(len(block)))
        checked.event_keys = list(block.cells("event_key"))
        checked.claim_keys = list(block.cells("claim_key"))
        checked.document_keys = self._document_keys(checked)
        return checked

    def _refuse_missing(self, checked: Checked) -> None:
        for column, reason in NEEDED:
            for at in _empty(checked.block.cells(column)):
                checked.refused[at].append((column, reason))
        titles = checked.block.cells("event")
        for at in _empty(checked.block.cells("event_key")):
            if not titles[at]:
                checked.refused[at].append(("event_key", "Empty; name the event by key or title."))

    def _told_once(
        self, checked: Checked, kind: str, names: Sequence[str], told: Remembered
    ) -> Once:
        """Read what rows tell of events or documents, but not what was just told."""
        digests = digests_of([checked.block.cells(name) for name in names])
        rows = first_told(digests, range(len(digests)), told)
        return Once(digests, rows, self._read(checked, kind, rows))

    def _read(self, checked: Checked, kind: str, rows: Sequence[int]) -> Values:
        """Return what some rows tell of a kind of record; refused cells are noted."""
        values: Values = {}
        for column in self._columns[kind]:
            cells = checked.block.columns.get(column.told.cell)
            if cells is not None:
                try:
                    values[column.told.column] = column.values_of(chosen(cells, rows))
                except CellRefused:
                    read = self._read_one_by_one(checked, column, cells)
                    values[column.told.column] = chosen(read, rows)
        return values

    def _read_one_by_one(self, checked: Checked, column: Column, cells: Cells) -> Cells:
        """Return the values of a column with refused cells; each of them is noted."""
        values: list[str] = []
        for at, cell in enumerate(cells):
            try:
                values.append(column[cell])
            except CellRefused as error:
                values.append("")
                checked.refused[at].append((column.told.cell, str(error)))
        return values

    def _document_keys(self, checked: Checked) -> list[str]:
        """Return what identifies each row's document; empty where it has none."""
        digests, known = checked.documents.digests, self.putting.documents
        columns = [checked.block.cells(name) for name in IDENTIFYING]
        told = zip(*(chosen(cells, checked.documents.rows) for cells in columns), strict=True)
        keys = {
            digests[at]: written_document_key(*cells)
            for at, cells in zip(checked.documents.rows, told, strict=True)
        }
        return [keys[digest] if digest in keys else known[digest] for digest in digests]

    def _settled(self, checked: Checked) -> Sequence[int]:
        """Return the rows to be put down; what cannot be taken is refused, row by row."""
        block, bad = checked.block, set()
        for at in sorted({*self._suspects(checked), *block.refused}):
            for refusal in block.refused.get(at, ()):
                self.refusals.note(refusal)
            if at < len(block) and not self._settle(checked, at):
                bad.add(at)
        every = range(len(block))
        return [at for at in every if at not in bad] if bad else every

    def _suspects(self, checked: Checked) -> set[int]:
        """Return the rows that may have something wrong, or name somebody for the first time."""
        block = checked.block
        found = {*checked.refused, *self.names.untold(block)}
        for keys in (checked.event_keys, checked.claim_keys):
            found.update(_empty(keys))
            if max(map(len, keys), default=0) > LONGEST_KEY:
                found.update(at for at, key in enumerate(keys) if len(key) > LONGEST_KEY)
        if not block.columns.keys().isdisjoint(WITH_DOCUMENT):
            found.update(_empty(checked.document_keys))
        return found

    def _settle(self, checked: Checked, at: int) -> bool:
        """Tell whether a row is good; take its names, and refuse what is wrong with it."""
        row, before = checked.block.row(at), self.refusals.times
        for column, reason in checked.refused.get(at, ()):
            self.refusals.add(row.number, column, reason)
        self.names.tell_claimant(row)
        if self.refusals.times > before:
            return False
        event_key, claim_key = event_and_claim_key(row.cells)
        if not (
            self._fits(row, "event_key", event_key) and self._fits(row, "claim_key", claim_key)
        ):
            return False
        checked.event_keys[at], checked.claim_keys[at] = event_key, claim_key
        if checked.document_keys[at]:
            self.names.tell_publisher(row)
        else:
            self._refuse_without_document(row)
        return True

    def _fits(self, row: Row, column: str, key: str) -> bool:
        if len(key) <= LONGEST_KEY:
            return True
        said = f"Ensure this value has at most {LONGEST_KEY} characters (it has {len(key)})."
        self.refusals.add(row.number, column, said)
        return False

    def _refuse_without_document(self, row: Row) -> None:
        for column in WITH_DOCUMENT:
            if column in row.cells:
                said = "No document; give its address, its title or its publisher."
                self.refusals.add(row.number, column, said)
                return


def _empty(cells: Cells) -> list[int]:
    """Return the rows in which a column has nothing."""
    return [] if all(cells) else [at for at, cell in enumerate(cells) if not cell]
