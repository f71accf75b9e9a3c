"""What was read and put down lately, so that it is not read and put down again.

Both within limits, so that memory stays flat however long a file is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from claims.ingest.blocks import Cells
from claims.ingest.landing.shape import Told

REMEMBERED_CELLS = 2_000
LONGEST_REMEMBERED = 100
"""Characters of a cell; longer ones hardly come again."""
REMEMBERED_RECORDS = 10_000


class Column(dict[str, str]):
    """One column's reader with the cells it has seen: a cell is the key to its value.

    An empty cell is an empty value. Raises ``CellRefused``.
    """

    def __init__(self, told: Told) -> None:
        super().__init__({"": ""})
        self.told = told

    def __missing__(self, cell: str) -> str:
        value = self.told.read(cell)
        if len(cell) > LONGEST_REMEMBERED:
            return value
        if len(self) >= REMEMBERED_CELLS:
            self.clear()
            self[""] = ""
        self[cell] = value
        return value

    def values_of(self, cells: Cells) -> Cells:
        """Return the values of many cells."""
        if self.told.stand is not None and self.told.stand(cells):
            return cells
        return list(map(self.__getitem__, cells))


class Remembered(dict[Any, Any]):
    """What was put down lately, by key; forgets the older half when it has grown too large."""

    def make_room(self) -> None:
        """Forget where there is too much; called between two blocks."""
        if len(self) >= REMEMBERED_RECORDS:
            for key in list(islice(self, REMEMBERED_RECORDS // 2)):
                del self[key]


def chosen(column: Cells, rows: Sequence[int]) -> Cells:
    """Return the cells of some rows, given in order."""
    return column if len(rows) == len(column) else list(map(column.__getitem__, rows))


def first_told(digests: Sequence[int], rows: Iterable[int], told: Remembered) -> list[int]:
    """Return the first of some rows for each digest that was not told before."""
    found: dict[int, int] = {}
    for at in rows:
        found.setdefault(digests[at], at)
    return [at for digest, at in found.items() if digest not in told]
