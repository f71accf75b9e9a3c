"""What a file says there should be: events, sources, documents, claims with their citations.

Built row by row. A cell that says something else than an earlier row about the same record is
refused; an empty cell says nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from claims.domain.folding import folded
from claims.ingest import columns
from claims.ingest.cells import CellRefused, shown
from claims.ingest.csv_table import Row

Cells = dict[str, Any]
DocumentKey = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A cell, or a whole row where ``column`` is empty, that cannot be taken, and why."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: {self.reason}"


@dataclass(slots=True)
class Told:
    """Everything the rows tell about one record: values by column, and who told each first."""

    row: int
    cells: Cells = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class ToldClaim(Told):
    """A claim with its citations by place, in the order of the rows."""

    key: str = ""
    event_key: str = ""
    notes: list[str] = field(default_factory=list)
    citations: dict[tuple[Any, ...], Told] = field(default_factory=dict)
    wording: str = ""


@dataclass(slots=True)
class Wanted:
    """All records that a file tells about, by what identifies them."""

    events: dict[str, Told] = field(default_factory=dict)
    sources: dict[str, Told] = field(default_factory=dict)
    documents: dict[DocumentKey, Told] = field(default_factory=dict)
    claims: dict[str, ToldClaim] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, row: int, column: str, reason: str) -> None:
        """Note a refusal."""
        self.refused.append(Refusal(row, column, reason))


def wanted_from(rows: Iterable[Row]) -> Wanted:
    """Take every cell of every row; what cannot be taken is in ``refused``."""
    wanted = Wanted()
    for row in rows:
        taken = _taken(wanted, row)
        if taken is not None:
            _tell(wanted, row.number, taken)
    return wanted


def document_key(cells: Cells) -> DocumentKey | None:
    """Return what identifies a document: its address, else title, publisher and date.

    ``None`` where the cells name none.
    """
    if url := cells.get("url"):
        return ("url", url)
    title, publisher = cells.get("document", ""), cells.get("publisher", "")
    if not title and not publisher:
        return None
    day = cells.get("published_on")
    return ("title", title, folded(publisher), day.isoformat() if day else "")


def _taken(wanted: Wanted, row: Row) -> Cells | None:
    """Return the values of a row; ``None`` where one of its cells was refused."""
    taken: Cells = {}
    before = len(wanted.refused)
    for column, cell in row.cells.items():
        try:
            taken[column] = columns.READERS[column](cell)
        except CellRefused as error:
            wanted.refuse(row.number, column, str(error))
    if "claimant" not in taken and "claimant" not in row.cells:
        wanted.refuse(row.number, "claimant", "Empty; say who claims the number.")
    if "measure" not in taken and "measure" not in row.cells:
        wanted.refuse(row.number, "measure", "Empty; say what happened to the people.")
    if not taken.get("event_key") and not taken.get("event"):
        wanted.refuse(row.number, "event_key", "Empty; name the event by key or title.")
    return taken if len(wanted.refused) == before else None


def _tell(wanted: Wanted, number: int, taken: Cells) -> None:
    event_key = taken.get("event_key") or _event_key(taken)
    claim_key = taken.get("claim_key") or _claim_key(event_key, taken)
    event = wanted.events.setdefault(event_key, Told(number))
    _add(wanted, event, number, _of(taken, columns.EVENT), f"the event {event_key}")
    name = taken["claimant"]
    source = wanted.sources.setdefault(folded(name), Told(number, {"name": name}))
    _add(wanted, source, number, _of(taken, columns.CLAIMANT), f"the claimant {name}")
    claim = wanted.claims.setdefault(
        claim_key, ToldClaim(number, key=claim_key, event_key=event_key)
    )
    if claim.event_key != event_key:
        wanted.refuse(
            number, "event_key", f"The claim {claim_key} belongs to {claim.event_key} already."
        )
    _add(wanted, claim, number, _of(taken, columns.CLAIM), f"the claim {claim_key}")
    claim.wording = claim.wording or taken.get("wording", "")
    if (note := taken.get("note")) and note not in claim.notes:
        claim.notes.append(note)
    _tell_citation(wanted, claim, number, taken)


def _tell_citation(wanted: Wanted, claim: ToldClaim, number: int, taken: Cells) -> None:
    cells = _of(taken, columns.DOCUMENT)
    key = document_key(cells)
    if key is None:
        for column in ("quote", "locator", "via", *cells):
            if column in taken:
                wanted.refuse(
                    number, column, "No document; give its address, its title or its publisher."
                )
                return
        return
    if publisher := cells.get("publisher"):
        wanted.sources.setdefault(folded(publisher), Told(number, {"name": publisher}))
    document = wanted.documents.setdefault(key, Told(number))
    _add(wanted, document, number, cells, f"the document “{shown(key[1])}”")
    place = (key, taken.get("wording", ""), taken.get("locator", ""))
    citation = claim.citations.setdefault(place, Told(number))
    told = {**_of(taken, columns.CITATION), "document": key}
    _add(wanted, citation, number, told, "this citation")


def _add(wanted: Wanted, told: Told, number: int, cells: Cells, whose: str) -> None:
    """Add what a row says about a record, refusing what contradicts an earlier row."""
    for column, value in cells.items():
        known = told.cells.setdefault(column, value)
        told.rows.setdefault(column, number)
        if known != value and not _is_same_name(column, known, value):
            wanted.refuse(
                number,
                column,
                f"“{printed(value)}” here, but “{printed(known)}” in row {told.rows[column]}, "
                f"of {whose}.",
            )


def _is_same_name(column: str, known: Any, value: Any) -> bool:
    names = ("claimant", "publisher", "speaks_for", "victims_party")
    return column in names and folded(known) == folded(value)


def printed(value: Any) -> str:
    """Return a value as a refusal prints it."""
    if isinstance(value, list):
        return shown(" | ".join(value))
    return shown(value.isoformat() if hasattr(value, "isoformat") else value)


def _of(taken: Cells, readers: dict[str, Any]) -> Cells:
    return {column: taken[column] for column in readers if column in taken}


def _event_key(taken: Cells) -> str:
    """Return the key of an event that the file gives none: its title and year."""
    title = slugify(taken["event"])[:80] or "event"
    return f"{title}-{taken['event_start'].day.year}" if "event_start" in taken else title


def _claim_key(event_key: str, taken: Cells) -> str:
    """Return the key of a claim that the file gives none: always the same for the same claim."""
    said = [printed(taken[c]) for c in (*columns.CLAIM, "wording") if c in taken]
    digest = hashlib.sha256("\x1f".join([event_key, *said]).encode()).hexdigest()[:10]
    return f"{event_key[:80]}/{slugify(taken['claimant'])[:80]}-{taken['measure']}-{digest}"
