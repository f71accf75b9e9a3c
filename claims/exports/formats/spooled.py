"""Formats that are known only as a whole: made in a temporary file, then sent piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PIECE = 65_536


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield a file piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
