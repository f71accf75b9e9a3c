"""A sheet of an XLSX file as a table, its rows handed over by the process that reads it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

from claims.ingest.cells import shown
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.tables import limits
from claims.ingest.tables.fingerprint import Fingerprint
from claims.ingest.tables.heads import names_columns, no_header
from claims.ingest.tables.table import Layout, Table
from claims.ingest.tables.zip_checks import check_zip

_ROOT = Path(__file__).resolve().parents[3]
_CHUNK = 1 << 16
_APART = "claims.ingest.tables.xlsx_apart"


def open_xlsx(
    path: Path, found: Fingerprint, layout: Layout, is_known: Callable[[str], bool]
) -> Table:
    """Return the table on a sheet; raise ``NoTable`` where it has none that is expected."""
    check_zip(path)
    sheet = str(layout.sheet)
    with closing(_apart(path, sheet, limits.MOST_PREAMBLE + 2)) as first:
        header_row, names = _head(list(first), layout, is_known)

    def rows() -> Iterator[Row]:
        with closing(_apart(path, sheet, limits.MOST_SHEET_ROWS + 1)) as records:
            for number, record in records:
                if number > max(header_row, layout.preamble or 0):
                    yield Row(number, _cells(number, names, record))

    return Table(names, header_row, rows, found.sha256, encoding="xlsx")


def _head(
    first: list[tuple[int, list[str]]], layout: Layout, is_known: Callable[[str], bool]
) -> tuple[int, tuple[str, ...]]:
    """Return the row that names the columns, 0 where none does, and the names."""
    above = layout.preamble
    candidates = first if above is None else [row for row in first if row[0] > above][:1]
    for number, cells in candidates:
        if names_columns(cells, is_known):
            return number, tuple(cells)
    if layout.names and candidates and len(candidates[0][1]) == len(layout.names):
        return 0, layout.names
    raise no_header((above or 0) + 1, candidates[0][1] if candidates else [])


def _cells(number: int, names: tuple[str, ...], record: list[str]) -> dict[str, str]:
    if any(record[len(names) :]):
        reason = f"The row has {len(record)} cells, the header {len(names)}."
        raise NoTable(number, "", reason)
    cells = {name: cell for name, cell in zip(names, record, strict=False) if cell}
    for name, cell in cells.items():
        if "\x00" in cell:
            raise NoTable(number, shown(name), "The cell holds a NUL byte.")
    return cells


def _apart(path: Path, sheet: str, most: int) -> Generator[tuple[int, list[str]], None, None]:
    """Yield the rows of a sheet read by a process of its own, which never outlives this."""
    process = subprocess.Popen(  # noqa: S603  no word of the command is run by a shell
        [sys.executable, "-m", _APART, str(path.resolve()), sheet, str(most)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PYTHONUTF8": "1"},
    )
    try:
        for line in _lines(process):
            yield _row(line)
        if process.wait() != 0:
            raise _given_up()
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Yield what the process prints; only the time spent waiting for it counts against it."""
    if process.stdout is None:
        return
    waited, rest, pipe = 0.0, b"", process.stdout.fileno()
    while True:
        since = time.monotonic()
        ready, _, _ = select.select([pipe], [], [], max(limits.SHEET_SECONDS - waited, 0))
        waited += time.monotonic() - since
        if not ready:
            raise _given_up()
        if not (chunk := os.read(pipe, _CHUNK)):
            break
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    if rest:
        yield rest


def _given_up() -> NoTable:
    return NoTable(
        1,
        "",
        f"The sheet cannot be read within {limits.SHEET_SECONDS} seconds and the memory allowed. "
        "Save it as CSV UTF-8.",
    )


def _row(line: bytes) -> tuple[int, list[str]]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise NoTable(1, "", "The sheet breaks off. Save it again, or as CSV UTF-8.") from error
    if isinstance(told, dict):
        raise NoTable(told["row"], told["column"], told["reason"])
    return told[0], told[1]
