"""A file of a dataset, opened and read by its mapping: rows of the interchange format, streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from claims.ingest.blocks import Block, in_blocks
from claims.ingest.cells import CellRefused, shown
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.mapping.header import columns_of
from claims.ingest.mapping.mapping import Mapping
from claims.ingest.mapping.repeats import MOST_COMPARED
from claims.ingest.mapping.rows import RowMapper
from claims.ingest.tables.heads import NoHeader
from claims.ingest.tables.mended import open_table_or_mended
from claims.ingest.tables.table import Table
from claims.ingest.wanted import Refusal


class MappedReading:
    """One opened file; ``passed_over`` counts the rows that are no claims, by why.

    Raises ``NoTable`` on opening, and while reading where the file breaks off.
    """

    def __init__(
        self, mapping: Mapping, path: Path, *, release: str = "", released_on: date | None = None
    ) -> None:
        self.mapping = mapping
        self.dataset = mapping.name
        self.release = release
        self.released_on = released_on
        self.revises = mapping.revises
        self.table = _opened(mapping, path)
        self.columns = columns_of(self.table, mapping.columns)
        self.encoding = self.table.encoding
        self.delimiter = self.table.delimiter
        self.sha256 = self.table.sha256
        self.rows_total = self.table.lines
        self.passed_over: Counter[str] = Counter()
        self.header = list(self.table.header)

    def originals(self) -> Iterator[Row]:
        """Yield the rows in the file's own columns, to give back what was refused."""
        return self.table.rows()

    def names(self) -> dict[str, str]:
        """Return the file's own names of the fields that are made of one column."""
        in_file = {meant: name for name, meant in self.columns.items()}
        made_of = self.mapping.columns.made_of
        return {name: in_file[one] for name, one in made_of.items() if one in in_file}

    def rows(self) -> Iterator[Row | Refusal]:
        """Yield the rows of the claims and the refusals, in the order of the file."""
        self.passed_over.clear()
        mapper = RowMapper(self.mapping, self.passed_over, self._counts())
        file_names = {meant: name for name, meant in self.columns.items()}
        for row in self.table.rows():
            try:
                cells = self._cells(row)
                if row.cells.get("") and not self.mapping.columns.is_unused(""):
                    raise CellRefused("There is a cell under no name; name its column.")
            except CellRefused as error:
                yield Refusal(row.number, error.column, str(error))
                continue
            cells |= self._of_the_file(row.number)
            for found in mapper.rows(row.number, cells):
                yield self._by_file_name(found, file_names)

    def blocks(self) -> Iterator[Block]:
        """Yield the same rows and refusals many at a time."""
        return in_blocks(self.rows())

    def _counts(self) -> dict[str, Counter[str]]:
        """Return how often each cell of the columns to be counted is in the file."""
        counts: dict[str, Counter[str]] = {
            c: Counter() for c, _ in self.mapping.count_rows.values()
        }
        if counts:
            for row in self.table.rows():
                cells = self._cells(row)
                for column, counter in counts.items():
                    counter[cells.get(column, "")] += 1
                    if len(counter) > MOST_COMPARED:
                        reason = f"More than {MOST_COMPARED:,} rows to hold against each other."
                        raise NoTable(row.number, column, reason)
        return counts

    def _cells(self, row: Row) -> dict[str, str]:
        """Return the cells that mean something, by the mapping's names, without missing codes."""
        everywhere = self.mapping.missing.get("*", frozenset())
        cells = {}
        for name, meant in self.columns.items():
            cell = row.cells.get(name)
            if cell is None or cell in everywhere or cell in self.mapping.missing.get(meant, ()):
                continue
            cells[meant] = cell if cell.isprintable() else " ".join(cell.split())
        return cells

    def _of_the_file(self, number: int) -> dict[str, str]:
        released_on = self.released_on.isoformat() if self.released_on else ""
        return {
            "@row": str(number),
            "@dataset": self.dataset,
            "@release": self.release,
            "@released_on": released_on,
        }

    def _by_file_name(self, found: Row | Refusal, file_names: dict[str, str]) -> Row | Refusal:
        """Return a refusal with the column's name in this file."""
        if isinstance(found, Row):
            return found
        column = self.mapping.columns.origins.get(found.column, found.column)
        return Refusal(found.row, shown(file_names.get(column, column)), found.reason)


def _opened(mapping: Mapping, path: Path) -> Table:
    try:
        return open_table_or_mended(path, mapping.layout, mapping.columns.knows)
    except NoHeader as error:
        names = shown(", ".join(sorted(mapping.columns.used)))
        raise NoTable(
            error.row,
            "",
            f"{error.reason} It names {names}, spelt just so; where they stand further down in the "
            'file, say preamble = "search" under [table].',
        ) from error
