"""What identifies the records of a row: the keys that the file gives them, or made ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from claims.ingest import columns
from claims.ingest.cells import CellRefused
from claims.ingest.wanted import document_key, printed

LONGEST_KEY = 200

_MAKING = ("event", "event_start", *columns.CLAIM, "wording")
IDENTIFYING = ("url", "document", "publisher", "published_on")


def event_and_claim_key(cells: Mapping[str, str]) -> tuple[str, str]:
    """Return the keys of a row's event and claim, given or made; all cells have to be sound."""
    event_key, claim_key = cells.get("event_key", ""), cells.get("claim_key", "")
    if not event_key or not claim_key:
        taken = {name: columns.READERS[name](cells[name]) for name in _MAKING if name in cells}
        event_key = event_key or _made_event_key(taken)
        claim_key = claim_key or _made_claim_key(event_key, taken)
    return event_key, claim_key


def _made_event_key(taken: Mapping[str, Any]) -> str:
    """Return the key of an event that the file gives none: its title and year."""
    title = slugify(taken["event"])[:80] or "event"
    return f"{title}-{taken['event_start'].day.year}" if "event_start" in taken else title


def _made_claim_key(event_key: str, taken: Mapping[str, Any]) -> str:
    """Return the key of a claim that the file gives none: always the same for the same claim."""
    said = [printed(taken[c]) for c in (*columns.CLAIM, "wording") if c in taken]
    digest = hashlib.sha256("\x1f".join([event_key, *said]).encode()).hexdigest()[:10]
    return f"{event_key[:80]}/{slugify(taken['claimant'])[:80]}-{taken['measure']}-{digest}"


def written_document_key(*cells: str) -> str:
    """Return what identifies a row's document by its ``IDENTIFYING`` cells, as one text.

    Empty where they name none, and where they cannot be read.
    """
    if cells[0]:
        return f"url\x1f{cells[0]}"
    told = {name: cell for name, cell in zip(IDENTIFYING, cells, strict=True) if cell}
    try:
        taken = {name: columns.READERS[name](cell) for name, cell in told.items()}
    except CellRefused:
        return ""
    return "\x1f".join(document_key(taken) or ())
