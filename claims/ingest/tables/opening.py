"""Opening a file as the table it is: by what the mapping says, else by its name."""

from __future__ import annotations

from pathlib import Path

from claims.ingest.csv_table import NoTable
from claims.ingest.tables.csv_files import IsKnown, open_csv
from claims.ingest.tables.fingerprint import fingerprint
from claims.ingest.tables.json_files import open_json
from claims.ingest.tables.table import Layout, Table
from claims.ingest.tables.xlsx_files import open_xlsx

FORMATS = ("csv", "xlsx", "json", "jsonl")

_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_REFUSED = {
    b"\x1f\x8b": "The file is compressed (gzip). Unpack it first.",
    b"BZh": "The file is compressed (bzip2). Unpack it first.",
    b"\xfd7zXZ": "The file is compressed (xz). Unpack it first.",
    b"\xd0\xcf\x11\xe0": "The file is an old .xls or has a password. Save it as plain .xlsx.",
    b"%PDF": "The file is a PDF. Copy its table into a spreadsheet.",
}


def open_table(path: Path, layout: Layout, is_known: IsKnown) -> Table:
    """Return the table in a file; ``is_known`` tells the names that its columns may have.

    Raises ``NoTable`` with a sentence for everything that is no such table.
    """
    found = fingerprint(path)
    for mark, reason in _REFUSED.items():
        if found.sample.startswith(mark):
            raise NoTable(1, "", reason)
    kind = layout.format or _BY_SUFFIX.get(path.suffix.lower(), "csv")
    if found.sample.startswith(b"PK\x03\x04"):
        return open_xlsx(path, found, layout, is_known)
    if kind == "xlsx":
        raise NoTable(1, "", "Expected an .xlsx spreadsheet, found another kind of file.")
    if kind in ("json", "jsonl"):
        return open_json(path, found, layout, by_line=kind == "jsonl")
    return open_csv(path, found, layout, is_known)
