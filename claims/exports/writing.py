"""One way out for pages, API and commands: a table, a format, records; bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from claims.exports.formats.csv import CSV
from claims.exports.formats.format import PLAIN, Format, Style
from claims.exports.formats.geojson import GEOJSON
from claims.exports.formats.json import JSON, JSON_LINES
from claims.exports.formats.parquet import PARQUET
from claims.exports.formats.xlsx import MOST_ROWS, XLSX, check_rows
from claims.exports.selected import Selected
from claims.exports.tables import Table

TABLE_FORMATS = (CSV, JSON, JSON_LINES, XLSX, PARQUET)
FORMATS: dict[str, Format] = {made.name: made for made in (*TABLE_FORMATS, GEOJSON)}


class Tally:
    """How many rows have been written so far."""

    def __init__(self) -> None:
        self.rows = 0

    def counted(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield rows and count them."""
        for row in rows:
            self.rows += 1
            yield row


def write(
    table: Table, format_name: str, records: Iterable[Any], file: BinaryIO, *, style: Style = PLAIN
) -> int:
    """Write records as a file of a format and return the number of rows, the header not counted.

    ``records`` are what the table takes; a ``Selected`` is read in the quickest way there is.
    ``format_name`` is one in ``FORMATS``. Raises ``FileRefused`` before anything is written.
    """
    tally = Tally()
    file.writelines(pieces(table, format_name, records, style=style, tally=tally))
    return tally.rows


def pieces(
    table: Table,
    format_name: str,
    records: Iterable[Any],
    *,
    style: Style = PLAIN,
    tally: Tally | None = None,
) -> Iterator[bytes]:
    """Yield the same file piece by piece; the first piece comes before most rows are read."""
    tally = tally or Tally()
    if (
        format_name == XLSX.name
        and isinstance(records, Selected)
        and records.has_more_than(MOST_ROWS)
    ):
        check_rows(MOST_ROWS + 1)
    yield from FORMATS[format_name].pieces(table, tally.counted(table.rows(records)), style)
