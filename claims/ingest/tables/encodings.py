"""The encoding of a text file: by its mark, by its bytes, and only then by likelihood."""

from __future__ import annotations

from claims.ingest.csv_table import NoTable
from claims.ingest.tables.fingerprint import Fingerprint

# What spreadsheets of this field's languages write where it is not Unicode.
_LEGACY = ("cp1251", "cp1252")
_NAMES = {"cp1251": "windows-1251", "cp1252": "windows-1252"}
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE = 200_000


def encoding_of(found: Fingerprint, *, wanted: str = "") -> str:
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
    return _legacy(found.sample)


def _legacy(sample: bytes) -> str:
    # Imported here because its tables take a moment that UTF-8 files should not pay.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample[:_SAMPLE], cp_isolation=list(_LEGACY)).best()
    if best is None:
        raise NoTable(
            1,
            "",
            "The file is neither UTF-8, UTF-16, windows-1251 nor windows-1252. Save it as UTF-8.",
        )
    return _NAMES.get(best.encoding, best.encoding)
