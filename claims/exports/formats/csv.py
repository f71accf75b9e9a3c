"""CSV after RFC 4180 with plain line ends: for programs as it stands, for spreadsheets guarded.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, quoted or
not, and runs it when the file is opened. The file for spreadsheets has an apostrophe before such
text and a byte order mark, without which Excel reads no Cyrillic; that for programs has neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from claims.exports.formats.format import Format, Rows, Style, gathered
from claims.exports.hxl import hashtags
from claims.exports.tables import Column, Table, as_text

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_needs_quotes = re.compile('[",\r\n]').search


def line(cells: Iterable[str]) -> bytes:
    """Return one line. Quotes stand where they have to, around a lone carriage return too."""
    return (",".join(map(_quoted, cells)) + "\n").encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _needs_quotes(cell) else cell


def head(table: Table, style: Style) -> bytes:
    """Return what stands above the rows: the header, and the row of hashtags if asked for."""
    mark = BYTE_ORDER_MARK if style.spreadsheet else b""
    return mark + line(table.header) + (line(hashtags(table)) if style.hxl else b"")


def pieces(table: Table, rows: Rows, style: Style) -> Iterator[bytes]:
    """Yield a table as CSV."""
    guarded = [style.spreadsheet and is_guarded(column) for column in table.columns]
    lines = (line(_texts(row, guarded)) for row in rows)
    yield from gathered(chain([head(table, style)], lines))


def _texts(row: Sequence[Any], guarded: Sequence[bool]) -> list[str]:
    texts = list(map(as_text, row))
    if any(guarded):
        texts = [guard(t) if g else t for t, g in zip(texts, guarded, strict=True)]
    return texts


def is_guarded(column: Column) -> bool:
    """Tell whether the cells of a column hold words that a spreadsheet may take for a formula."""
    return column.kind in {"text", "code"}


def guard(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(DANGEROUS) else text


CSV = Format("csv", "CSV", "text/csv; charset=utf-8", pieces)
