"""The encoding of a text file: by its mark, by its bytes, and only then by likelihood."""

from __future__ import annotations

import re
from pathlib import Path

from claims.ingest.csv_table import NoTable
from claims.ingest.tables.fingerprint import Fingerprint
from claims.ingest.tables.limits import LONGEST_LINE

# What spreadsheets of this field's languages write where it is not Unicode.
_NAMES = {"cp1251": "windows-1251", "cp1252": "windows-1252"}
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CYRILLIC_WORD = re.compile(r"\b[\u0400-\u04ff]{2,}\b")
_MIXED_WORD = re.compile(r"[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]", re.IGNORECASE)
_SAMPLE = 200_000


def encoding_of(path: Path, found: Fingerprint, *, wanted: str = "") -> str:
    """Return the encoding of a text file, as Python names it.

    Raises ``NoTable`` where it is neither Unicode nor one of two Windows code pages.
    """
    if wanted:
        return wanted
    for mark, encoding in _MARKS.items():
        if found.sample.startswith(mark):
            return encoding
    if found.is_utf8:
        return "utf-8"
    return _legacy(path)


def _legacy(path: Path) -> str:
    # Imported here because its tables take a moment that UTF-8 files should not pay.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    telling = _telling_lines(path)
    best = from_bytes(telling, cp_isolation=list(_NAMES)).best()
    if best is None:
        raise NoTable(
            1,
            "",
            "The file is neither UTF-8, UTF-16, windows-1251 nor windows-1252. Save it as UTF-8.",
        )
    cyrillic = telling.decode("cp1251", "replace")
    whole, mixed = len(_CYRILLIC_WORD.findall(cyrillic)), len(_MIXED_WORD.findall(cyrillic))
    if whole or mixed:  # in few words, likelihood takes “Café” for “Cafй”
        return "windows-1251" if whole > mixed else "windows-1252"
    return _NAMES[best.encoding]


def _telling_lines(path: Path) -> bytes:
    """Return the first lines that are not plain ASCII: the others are the same in both."""
    found = b""
    with path.open("rb") as file:
        while len(found) < _SAMPLE and (line := file.readline(LONGEST_LINE)):
            if not line.isascii():
                found += line
    return found
