"""The columns of the interchange CSV: which record each belongs to and how its cells are read.

docs/claims-csv.md explains them to people; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claims.domain import vocabularies
from claims.ingest import cells

Reader = Callable[[str], Any]

EVENT: dict[str, Reader] = {
    "event": cells.text,
    "event_aliases": cells.lines,
    "event_identifiers": cells.identifiers,
    "event_kind": cells.code(vocabularies.EVENT_KIND),
    "event_start": cells.partial_date,
    "event_end": cells.partial_date,
    "country": cells.countries,
    "place": cells.text,
    "latitude": cells.degrees,
    "longitude": cells.degrees,
    "place_precision": cells.code(vocabularies.PLACE_PRECISION),
    "parties": cells.lines,
    "parent": cells.text,
}
CLAIMANT: dict[str, Reader] = {
    "claimant_kind": cells.code(vocabularies.SOURCE_KIND),
    "speaks_for": cells.text,
    "is_compilation": cells.yes_or_no,
}
CLAIM: dict[str, Reader] = {
    "claimant": cells.text,
    "measure": cells.code(vocabularies.MEASURE),
    "victims": cells.code(vocabularies.VICTIMS),
    "victims_wording": cells.text,
    "victims_party": cells.text,
    "qualifier": cells.code(vocabularies.QUALIFIER),
    "low": cells.whole_number,
    "best": cells.whole_number,
    "high": cells.whole_number,
    "disordered": cells.yes_or_no,
    "interval": cells.text,
    "count_basis": cells.code(vocabularies.COUNT_BASIS),
    "claimed_on": cells.partial_date,
    "as_of": cells.last_day,
    "period_start": cells.first_day,
    "period_end": cells.last_day,
    "area": cells.text,
    "revises": cells.text,
    "credibility": cells.code(vocabularies.CREDIBILITY),
}
DOCUMENT: dict[str, Reader] = {
    "document": cells.text,
    "publisher": cells.text,
    "publisher_kind": cells.code(vocabularies.SOURCE_KIND),
    "author": cells.text,
    "url": cells.text,
    "archived_url": cells.text,
    "published_on": cells.partial_date,
    "language": cells.text,
}
CITATION: dict[str, Reader] = {
    "wording": cells.text,
    "quote": cells.text,
    "locator": cells.text,
    "via": cells.text,
}
KEYS: dict[str, Reader] = {"claim_key": cells.text, "event_key": cells.text, "note": cells.text}

READERS: dict[str, Reader] = {**KEYS, **EVENT, **CLAIMANT, **CLAIM, **DOCUMENT, **CITATION}
COLUMNS: tuple[str, ...] = tuple(READERS)

COLUMN_OF: dict[str, dict[str, str]] = {
    "event": {
        "title": "event",
        "aliases": "event_aliases",
        "identifiers": "event_identifiers",
        "kind": "event_kind",
        "date_start": "event_start",
        "date_end": "event_end",
        "countries": "country",
        "key": "event_key",
        "__all__": "event",
    },
    "source": {"name": "claimant", "kind": "claimant_kind", "__all__": "claimant"},
    "document": {"title": "document", "__all__": "document"},
    "claim": {
        "key": "claim_key",
        "mismatch_reason": "wording",
        "citations": "document",
        "__all__": "claim_key",
    },
    "citation": {"document": "document", "citations": "document", "__all__": "document"},
}
"""For each kind of record, the column a field of it comes from, where the names differ."""
