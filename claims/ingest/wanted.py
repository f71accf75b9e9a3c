"""What every step of an import speaks of: refused cells, and what identifies a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.domain.dates import PartialDate
from claims.domain.folding import folded
from claims.ingest.cells import shown

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


def document_key(cells: Mapping[str, Any]) -> DocumentKey | None:
    """Return what identifies a document: its address, else title, publisher and date.

    ``None`` where the cells name none.
    """
    if url := cells.get("url"):
        return ("url", url)
    title, publisher = cells.get("document", ""), cells.get("publisher", "")
    if not title and not publisher:
        return None
    day = cells.get("published_on")
    return ("title", title, folded(publisher), day.edtf() if day else "")


def printed(value: Any) -> str:
    """Return a value as a refusal prints it."""
    if isinstance(value, list):
        return shown(" | ".join(value))
    if isinstance(value, PartialDate):
        return shown(value.edtf())
    return shown(value.isoformat() if isinstance(value, date) else value)
