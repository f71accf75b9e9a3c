"""What a file says by a mapping, as whole tables that a test can spell out."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from claims.ingest.csv_table import Row
from claims.ingest.mapping.loading import mapping_from
from claims.ingest.mapping.reading import MappedReading
from claims.ingest.reading import open_reading

DATASETS = Path(__file__).parents[2] / "data" / "datasets"
MINIMAL: dict[str, Any] = {
    "name": "ours",
    "title": "Ours",
    "licence": "CC0",
    "fields": {"event_key": "ours/{id}", "claimant": "Us", "measure": "killed"},
    "claims": [{"what": "killed", "best": "{dead}"}],
}
"""A mapping of a table with the columns id and dead."""


def read(dataset: str, path: Path, **given: Any) -> tuple[list[Any], Counter[str]]:
    """Return rows as (number, cells), refusals as sentences, and what was passed over."""
    reading = open_reading(dataset, path, **{"released_on": date(2023, 6, 1), **given})
    return _told(reading.rows()), reading.passed_over


def read_by(mapping: dict[str, Any], path: Path, **given: Any) -> tuple[list[Any], Counter[str]]:
    """Return the same for a mapping that a test spells out."""
    reading = MappedReading(mapping_from(mapping, name="ours.toml"), path, **given)
    return _told(reading.rows()), reading.passed_over


def changed(**over: Any) -> dict[str, Any]:
    """Return the minimal mapping with other parts; tables are laid over."""
    return {**MINIMAL, **over}


def _told(rows: Any) -> list[Any]:
    return [(row.number, row.cells) if isinstance(row, Row) else str(row) for row in rows]
