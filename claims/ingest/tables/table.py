"""A table as it stands in a file: how it is laid out, and what was found on opening it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims.ingest.blocks import Block, in_blocks
from claims.ingest.csv_table import Row


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies in its file; empty means: found out on opening.

    ``preamble`` is the number of lines above the header, ``None`` where the header has to be
    looked for. ``names`` are the columns of files without a header row. ``path`` leads to the
    array within a JSON object, by dots.
    """

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    preamble: int | None = 0
    names: tuple[str, ...] = ()
    sheet: str | int = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table; ``rows`` reads the file anew on every call.

    ``header_row`` is 0 where the file has no header. ``lines`` is how many rows to expect, as
    far as that can be known cheaply. The rows hold the cells that are not empty, by the names in
    ``header``. ``blocks`` reads the same rows where the format is read many rows at a time.
    """

    header: tuple[str, ...]
    header_row: int
    rows: Callable[[], Iterator[Row]]
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    lines: int | None = None
    blocks: Callable[[], Iterator[Block]] | None = None

    def in_blocks(self) -> Iterator[Block]:
        """Yield the same rows many at a time."""
        return in_blocks(self.rows()) if self.blocks is None else self.blocks()
