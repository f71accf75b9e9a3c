"""One way out for pages, API and commands: a table, a format, records; bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claims.exports import quick
from claims.exports.formats import xlsx
from claims.exports.formats.csv import CSV, head
from claims.exports.formats.format import PLAIN, Format, Style, Tally
from claims.exports.formats.geojson import GEOJSON
from claims.exports.formats.json import JSON, JSON_LINES
from claims.exports.formats.parquet import PARQUET
from claims.exports.formats.xlsx import XLSX
from claims.exports.selected import Selected
from claims.exports.tables import Table

TABLE_FORMATS = (CSV, JSON, JSON_LINES, XLSX, PARQUET)
FORMATS: dict[str, Format] = {made.name: made for made in (*TABLE_FORMATS, GEOJSON)}


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
    """Return the same file piece by piece; the first comes before most rows are read."""
    tally = tally or Tally()
    if format_name == XLSX.name and isinstance(records, Selected):
        xlsx.check_room(records)
    if table.sql and isinstance(records, Selected):
        return _quickly(table, format_name, records, style, tally)
    return FORMATS[format_name].pieces(table, tally.counted(table.rows(records)), style)


def _quickly(
    table: Table, format_name: str, asked: Selected, style: Style, tally: Tally
) -> Iterator[bytes]:
    """Return the database's own cells; tests hold them equal to the table's."""
    if format_name == CSV.name and quick.copies_csv(asked):
        return _copied(table, asked, style, tally)
    return FORMATS[format_name].pieces(table, tally.counted(quick.rows(table, asked)), style)


def _copied(table: Table, asked: Selected, style: Style, tally: Tally) -> Iterator[bytes]:
    above = head(table, style)
    for count, text in quick.csv_chunks(table, asked, spreadsheet=style.spreadsheet):
        tally.rows += count
        yield above + text
        above = b""
    if above:
        yield above
