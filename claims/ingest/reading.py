"""Files as rows of the interchange format, whoever made them: where every import begins.

A reading is one opened file. It yields rows of the project's own columns one by one, so that a
file of several GB takes no more memory than a small one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from claims.ingest.blocks import Block
from claims.ingest.cells import nearest, shown
from claims.ingest.columns import COLUMNS
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.mapping.loading import load_mapping, mapping_of_text
from claims.ingest.mapping.problems import BadMapping
from claims.ingest.mapping.reading import MappedReading
from claims.ingest.mapping.shipped import shipped_mappings, shipped_path
from claims.ingest.tables.mended import open_table_or_mended
from claims.ingest.tables.table import Layout, Table
from claims.ingest.wanted import Refusal

CLAIMS_CSV = "claims-csv"


class Reading(Protocol):
    """One opened file of a dataset.

    ``revises`` tells that the dataset comes in releases: a changed figure under the same key is
    a revision by the same claimant. ``rows_total`` is about how many rows there are, ``None``
    where nobody knows before the end; ``header`` are the file's own columns.
    ``passed_over`` says why rows are no claims, and grows while reading.
    """

    dataset: str
    release: str
    released_on: date | None
    revises: bool
    encoding: str
    delimiter: str
    sha256: str
    rows_total: int | None
    passed_over: Counter[str]
    header: list[str]

    def originals(self) -> Iterator[Row]:
        """Yield the rows in the file's own columns, to give back what was refused."""
        ...

    def names(self) -> dict[str, str]:
        """Return what the file calls columns of the project's, where it has other names."""
        ...

    def rows(self) -> Iterator[Row | Refusal]:
        """Yield the rows in the file's order; several may have the same number.

        Raises ``NoTable`` where the file cannot be read any further.
        """
        ...

    def blocks(self) -> Iterator[Block]:
        """Yield the same rows many at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Dataset:
    """What files can be read: a name for commands, words for people."""

    name: str
    title: str
    licence: str
    about: str


CLAIMS = Dataset(
    CLAIMS_CSV,
    "Claims CSV",
    "",
    "The tracker's own interchange format: one row is one claim in one document.",
)


class ClaimsCsvReading:
    """A file whose columns are the project's own."""

    dataset = CLAIMS_CSV
    revises = False

    def __init__(self, table: Table, *, release: str = "", released_on: date | None = None) -> None:
        _check_header(table)
        self._table = table
        self.release = release
        self.released_on = released_on
        self.encoding = table.encoding
        self.delimiter = table.delimiter
        self.sha256 = table.sha256
        self.rows_total: int | None = table.lines
        self.passed_over: Counter[str] = Counter()
        self.header = list(table.header)

    def originals(self) -> Iterator[Row]:
        """Yield the rows as they are: the file's columns are the project's own."""
        return self._table.rows()

    def names(self) -> dict[str, str]:
        """Return nothing: the file's columns are the project's own."""
        return {}

    def rows(self) -> Iterator[Row | Refusal]:
        """Yield the rows in the file's order; raise ``NoTable`` where there are none."""
        for block in self.blocks():
            yield from block.rows()

    def blocks(self) -> Iterator[Block]:
        """Yield the same rows many at a time."""
        rows = 0
        for block in self._table.in_blocks():
            rows += len(block)
            yield block
        if not rows:
            raise NoTable(1, "", "The file has no rows under its header.")


def _check_header(table: Table) -> None:
    """Refuse a column that is not the project's own, or that is there twice."""
    row = max(table.header_row, 1)
    for name in table.header:
        if name not in COLUMNS:
            reason = f"There is no column “{shown(name)}”.{nearest(name, COLUMNS)}"
            raise NoTable(row, shown(name), reason)
        if (times := table.header.count(name)) > 1:
            raise NoTable(row, name, f"The column “{name}” is there {times} times.")


def open_reading(
    dataset: str,
    path: Path,
    *,
    mapping: str = "",
    release: str = "",
    released_on: date | None = None,
) -> Reading:
    """Open a file of a dataset; raise ``NoTable`` saying why it is none.

    ``mapping`` is the text of one's own mapping, empty for a dataset that is known here.
    """
    if mapping:
        try:
            said = mapping_of_text(mapping, name=dataset, release=release)
        except BadMapping as error:
            raise NoTable(1, "", str(error)) from error
        if said.name != dataset:
            reason = f"The mapping is for the dataset “{said.name}”, not for “{dataset}”."
            raise NoTable(1, "", reason)
        return MappedReading(said, path, release=release, released_on=released_on)
    if shipped := shipped_path(dataset):
        said = load_mapping(shipped, release=release)
        return MappedReading(said, path, release=release, released_on=released_on)
    if dataset != CLAIMS_CSV:
        names = [known.name for known in datasets()]
        raise NoTable(
            1,
            "",
            f"There is no dataset “{dataset}”.{nearest(dataset, names)} Expected one of "
            f"{', '.join(names)}, or a mapping.",
        )
    table = open_table_or_mended(path, Layout(), bool)
    return ClaimsCsvReading(table, release=release, released_on=released_on)


def datasets() -> list[Dataset]:
    """Return the datasets that can be read, for menus and docs."""
    shipped = [Dataset(m.name, m.title, m.licence, m.about) for m in shipped_mappings()]
    return [CLAIMS, *shipped]
