"""Rows taken many at a time, column by column, so that a whole column is looked at in one go.

A file of tables yields blocks as it reads; rows that come one by one are gathered into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.ingest.csv_table import NoTable, Row
from claims.ingest.wanted import Refusal

MOST_ROWS = 1_000
MOST_CHARACTERS = 1_000_000
"""Where a block ends although it has few rows, so that long cells take no more memory."""

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow one another: of each column a cell for every row, empty where it has none.

    ``columns`` are those in which any of the rows has something. ``refused`` are rows that could
    not be taken at all, by how many rows of the block stand before them.
    """

    numbers: Sequence[int]
    columns: dict[str, Cells]
    refused: dict[int, list[Refusal]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def rows_read(self) -> int:
        """How many rows were read, with those that could not be taken."""
        return len(self.numbers) + sum(map(len, self.refused.values()))

    @property
    def file_rows(self) -> set[int]:
        """The numbers of those rows: several may come of one row of the file."""
        return {*self.numbers, *(one.row for some in self.refused.values() for one in some)}

    def cells(self, name: str) -> Cells:
        """Return the cells of a column, which no row may have."""
        return self.columns.get(name) or ("",) * len(self.numbers)

    def row(self, at: int) -> Row:
        """Return one of the rows."""
        cells = {name: cell for name, column in self.columns.items() if (cell := column[at])}
        return Row(self.numbers[at], cells)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that could be taken."""
        names = list(self.columns)
        told = zip(*self.columns.values(), strict=True) if names else [()] * len(self)
        for number, cells in zip(self.numbers, told, strict=True):
            yield Row(number, {n: cell for n, cell in zip(names, cells, strict=True) if cell})


class _Gathered:
    """The rows of a block as they come."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.refused: dict[int, list[Refusal]] = {}
        self.count = self.characters = 0

    def take(self, found: Row | Refusal) -> None:
        self.count += 1
        if isinstance(found, Refusal):
            self.refused.setdefault(len(self.rows), []).append(found)
        else:
            self.rows.append(found)
            self.characters += sum(map(len, found.cells.values()))

    def is_full(self) -> bool:
        return self.count >= MOST_ROWS or self.characters >= MOST_CHARACTERS

    def block(self) -> Block:
        names = dict.fromkeys(name for row in self.rows for name in row.cells)
        cells = [row.cells for row in self.rows]
        columns: dict[str, Cells] = {name: [row.get(name, "") for row in cells] for name in names}
        return Block([row.number for row in self.rows], columns, self.refused)


def in_blocks(found: Iterable[Row | Refusal]) -> Iterator[Block]:
    """Gather rows that come one by one; where reading ends in ``NoTable``, those before it too."""
    gathered = _Gathered()
    try:
        for one in found:
            gathered.take(one)
            if gathered.is_full():
                yield gathered.block()
                gathered = _Gathered()
    except NoTable:
        yield gathered.block()
        raise
    yield gathered.block()
