"""XLSX: one sheet, typed; text is text, so that no cell is ever a formula.

Dates are text as everywhere: a spreadsheet has no date known to its month only, and none before
1900. Characters that XML cannot hold become U+FFFD; a cell ends after 32,767 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from claims.exports.formats.format import Format, Rows, Style, TooManyRows
from claims.exports.formats.spooled import pieces_of
from claims.exports.hxl import hashtags
from claims.exports.selected import Selected
from claims.exports.tables import Table, typed

MOST_ROWS = 1_048_575
_LONGEST = 32_767
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pieces(table: Table, rows: Rows, style: Style) -> Iterator[bytes]:
    """Yield a table as a workbook; raise ``TooManyRows`` before anything is yielded."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        _save(table, rows, style, path)
        yield from pieces_of(path)


def _save(table: Table, rows: Rows, style: Style, path: Path) -> None:
    # Imported where it is used: with what it brings along it takes a third of a process's memory.
    from openpyxl import Workbook  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, name) for name in table.header])
    if style.hxl:
        sheet.append([_text(sheet, tag) for tag in hashtags(table)])
    try:
        for number, row in enumerate(rows, start=2 if style.hxl else 1):
            check_rows(number)
            sheet.append(_cells(sheet, table, row))
    except BaseException:
        sheet.close()  # else its half-written file complains when it is collected
        raise
    workbook.save(path)


def check_room(records: Selected) -> None:
    """Raise ``TooManyRows`` for a list of more records than a sheet holds, before it is read."""
    if records.has_more_than(MOST_ROWS):
        check_rows(MOST_ROWS + 1)


def check_rows(count: int) -> None:
    """Raise ``TooManyRows`` where a sheet has no room for so many rows under its header."""
    if count > MOST_ROWS:
        raise TooManyRows(
            f"A spreadsheet holds {MOST_ROWS:,} rows under its header and this list has more. "
            "Ask for less of it, or for CSV, JSON Lines or Parquet."
        )


def _cells(sheet: Any, table: Table, row: Sequence[Any]) -> list[Any]:
    values = (typed(c.kind, value) for c, value in zip(table.columns, row, strict=True))
    return [_text(sheet, value) if isinstance(value, str) else value for value in values]


def _text(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  # as above

    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST])
    cell.data_type = "s"  # whatever it begins with
    return cell


XLSX = Format("xlsx", "XLSX", _MEDIA_TYPE, pieces)
