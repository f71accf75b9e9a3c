"""Parquet, where the extra ``duckdb`` is installed: columns of fixed types whatever they hold.

A column is BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP WITH TIME ZONE or VARCHAR by its kind, even
where it is empty from top to bottom, so that files of different days can be read as one.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.exports.formats import csv
from claims.exports.formats.format import PLAIN, Format, FormatNotInstalled, Rows, Style
from claims.exports.formats.spooled import pieces_of
from claims.exports.tables import Table

TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "day": "DATE",
    "time": "TIMESTAMP WITH TIME ZONE",
}
_LONGEST_LINE = 32 * 1024 * 1024
MEMORY = "128MB"
ROWS_AT_ONCE = 10_240
"""Rows that are held before they are written: few, since their texts may be long."""


def pieces(table: Table, rows: Rows, style: Style) -> Iterator[bytes]:
    """Yield a table as Parquet; raise ``FormatNotInstalled`` where that cannot be."""
    check_installed()
    with TemporaryDirectory() as folder:
        made, text = Path(folder) / "table.parquet", Path(folder) / "table.csv"
        with text.open("wb") as file:
            file.writelines(csv.pieces(table, rows, PLAIN))
        _convert(table, text, made)
        yield from pieces_of(made)


def _convert(table: Table, text: Path, made: Path) -> None:
    """Read the table's own CSV with its types and write it again; memory is bounded."""
    columns = {column.name: TYPES.get(column.kind, "VARCHAR") for column in table.columns}
    config = {"threads": 1, "memory_limit": MEMORY, "temp_directory": str(text.parent)}
    duckdb = importlib.import_module("duckdb")
    with duckdb.connect(config=config) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        relation = connection.read_csv(
            str(text), header=True, columns=columns, delimiter=",", quotechar='"', escapechar='"',
            auto_detect=False, parallel=False, na_values="", max_line_size=_LONGEST_LINE,
            buffer_size=_LONGEST_LINE,  # else it takes sixteen lines' room, more than it may have
        )  # fmt: skip
        try:
            relation.write_parquet(str(made), compression="zstd", row_group_size=ROWS_AT_ONCE)
        except duckdb.IOException as error:
            raise OSError(f"Parquet could not be written: {error}") from error


def check_installed() -> None:
    """Raise ``FormatNotInstalled`` where this installation does without the library."""
    if not is_installed():
        raise FormatNotInstalled(
            "This tracker makes no Parquet: the optional library duckdb is not installed. "
            "Ask for CSV or JSON Lines."
        )


@cache
def is_installed() -> bool:
    """Tell whether Parquet can be made here."""
    try:
        importlib.import_module("duckdb")
    except ImportError:
        return False
    return True


PARQUET = Format("parquet", "Parquet", "application/vnd.apache.parquet", pieces, is_installed)
