"""Telling a row that names the columns from one that holds data, and from neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.ingest.cells import shown
from claims.ingest.csv_table import NoTable


def known_among(cells: Sequence[str], is_known: Callable[[str], bool]) -> int:
    """Return how many cells are names that a column may have."""
    return sum(1 for cell in cells if cell and is_known(cell))


def names_columns(cells: Sequence[str], is_known: Callable[[str], bool]) -> bool:
    """Tell whether a row names the columns: half of its cells are names that are expected."""
    known = known_among(cells, is_known)
    return known > 0 and known * 2 >= sum(map(bool, cells))


class NoHeader(NoTable):
    """A file in which no row names the columns."""


def no_header(row: int, found: Sequence[str]) -> NoHeader:
    """Return the refusal of a file in which no row names the columns."""
    return NoHeader(
        row,
        "",
        f"Expected a row that names the columns, found “{shown(', '.join(found))}”. Check that "
        "the file is the one that the mapping describes.",
    )
