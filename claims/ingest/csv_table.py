"""What every file comes down to, whatever its make: numbered rows of cells, or why there are none.

Rows are numbered as a spreadsheet shows them: the header of a plain table is row 1.
"""

from __future__ import annotations

from dataclasses import dataclass


class NoTable(ValueError):
    """A file that cannot be read as the table expected; says the row and what to do."""

    def __init__(self, row: int, column: str, reason: str) -> None:
        super().__init__(reason)
        self.row = row
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that hold something, by column, without outer space."""

    number: int
    cells: dict[str, str]
