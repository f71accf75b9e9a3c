"""A file put together again: the rows that were mended in the place of those that were refused.

What comes out is a file like the rows that were given back, whole this time, so that every reader
takes it whatever the dataset's own files look like.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from claims.ingest.cells import shown
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.desk.uploads import Upload, UploadRefused, folder, keep_upload
from claims.ingest.given_back import ADDED, ROW, guarded, unguarded
from claims.ingest.reading import Reading, open_reading
from claims.ingest.tables.opening import open_table
from claims.ingest.tables.table import Layout
from claims.models import ImportBatch

_AT_ONCE = 1_000

Cells = dict[str, str]


def mended_upload(batch: ImportBatch, original: Path, mended: Iterable[bytes]) -> Upload:
    """Keep a batch's file anew with its refused rows replaced by mended ones.

    A row that the mended file leaves out stays as it was. Raises ``UploadRefused`` where the mended
    file does not hold rows of this very file.
    """
    with NamedTemporaryFile(dir=folder(), suffix=".csv") as file:
        file.writelines(mended)
        file.flush()
        try:
            reading = open_reading(batch.dataset, original, mapping=batch.mapping)
            rows = _mended_rows(Path(file.name), reading.header)
            return keep_upload(_chunks(reading, rows), name=_name(batch), size=1)
        except NoTable as error:
            where = f"Row {error.row}: " if error.row > 1 else ""
            raise UploadRefused(f"{where}{error.reason}") from error


def _name(batch: ImportBatch) -> str:
    stem = Path(batch.file_name).stem.removesuffix(" (mended)")
    return f"{stem} (mended).csv"


def _mended_rows(path: Path, header: list[str]) -> dict[int, list[Cells]]:
    """Return the mended rows by the number of the row that each takes the place of."""
    known = {*header, *ADDED}
    table = open_table(path, Layout(format="csv"), known.__contains__)
    if ROW not in table.header:
        raise UploadRefused(
            f"Expected the refused rows of this import with their column {ROW}, found a file "
            "without it. Mend the CSV that this page gives, or upload the file as a new import."
        )
    if strange := [name for name in table.header if name not in known]:
        raise UploadRefused(f"The file of this import has no column “{shown(strange[0])}”.")
    found: dict[int, list[Cells]] = {}
    for row in table.rows():
        cells = {name: unguarded(cell) for name, cell in row.cells.items()}
        found.setdefault(_number(row, cells), []).append(cells)
    return found


def _number(row: Row, cells: Cells) -> int:
    text = cells.get(ROW, "")
    if not (text.isascii() and text.isdigit()):
        raise NoTable(
            row.number, ROW, f"Expected the number of a row in {ROW}, found “{shown(text)}”."
        )
    return int(text)


def _chunks(reading: Reading, mended: dict[int, list[Cells]]) -> Iterator[bytes]:
    """Yield the whole file, mended; raise where a mended row has no place in it."""
    left = set(mended)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*reading.header, *ADDED])
    for count, row in enumerate(reading.originals(), start=1):
        left.discard(row.number)
        for cells in mended.get(row.number, [row.cells]):
            told = [guarded(cells.get(name, "")) for name in reading.header]
            writer.writerow([*told, str(row.number), ""])
        if count % _AT_ONCE == 0:
            yield _taken(text)
    if left:
        raise UploadRefused(
            f"The file of this import has no row {min(left)}. Mend the CSV that this page gives."
        )
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content
