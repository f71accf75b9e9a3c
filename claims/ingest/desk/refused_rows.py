"""The rows of a file that were refused, given back to be mended and uploaded again.

A row comes as it stood, in the file's own columns, with two more at the end: its number in the
file and what is wrong with it. Readers pass these two over. Cells that a spreadsheet would take for
a formula get an apostrophe before them, which readers of such a file take away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from claims.ingest.csv_table import NoTable, Row
from claims.ingest.given_back import PROBLEM, ROW, guarded
from claims.ingest.reading import Reading, open_reading
from claims.models import ImportBatch, ImportRefusal
from claims.queries.import_batches import refused_rows


def refused_csv(batch: ImportBatch, path: Path) -> Iterator[str]:
    """Yield the refused rows of a batch's file as CSV text, header first.

    Where the file itself could not be read, all there is to give back is why.
    """
    refused = refused_rows(batch)
    reading = _opened(batch, path)
    header = reading.header if reading else []
    yield "\ufeff" + _line([*header, ROW, PROBLEM])
    for row in _originals(reading):
        if wrong := refused.pop(row.number, None):
            cells = [row.cells.get(name, "") for name in header]
            yield _line([*cells, str(row.number), _said(wrong)])
    for number, wrong in sorted(refused.items()):
        yield _line([""] * len(header) + [str(number), _said(wrong)])


def _opened(batch: ImportBatch, path: Path) -> Reading | None:
    try:
        return open_reading(batch.dataset, path, mapping=batch.mapping, release=batch.release)
    except NoTable:
        return None


def _originals(reading: Reading | None) -> Iterator[Row]:
    """Yield the rows as far as the file can be read."""
    with suppress(NoTable):
        yield from reading.originals() if reading else ()


def _said(wrong: list[ImportRefusal]) -> str:
    return " ".join(f"{r.column}: {r.reason}" if r.column else r.reason for r in wrong)


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return text.getvalue()
