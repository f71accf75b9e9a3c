"""The mappings that come with the tracker, by the name of their dataset."""

from __future__ import annotations

from pathlib import Path

from claims.ingest.mapping.loading import load_mapping
from claims.ingest.mapping.mapping import Mapping

FOLDER = Path(__file__).resolve().parents[1] / "mappings"


def shipped_mappings() -> list[Mapping]:
    """Return the shipped mappings in the order of their names."""
    return [load_mapping(path) for path in sorted(FOLDER.glob("*.toml"))]


def shipped_path(name: str) -> Path | None:
    """Return the file of a shipped mapping, ``None`` where there is none of that name."""
    found = {path.stem: path for path in FOLDER.glob("*.toml")}
    return found.get(name)
