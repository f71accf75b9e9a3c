"""What an XLSX file is looked through for before any of it is parsed.

The file is a ZIP archive of XML. Sizes in its directory can lie, but no more is ever unpacked
than they say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from claims.ingest.csv_table import NoTable
from claims.ingest.tables import limits

_SAVE_AS = "Save the sheet as a plain .xlsx or as CSV UTF-8."
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".xls", ".docx", ".gz", ".bz2", ".xz", ".7z", ".rar", ".jar")
_FORBIDDEN = (
    ("vbaproject.bin", "macros"),
    ("/macrosheets/", "macros"),
    ("/activex/", "controls that run programs"),
    ("/externallinks/", "links to other files"),
    ("/embeddings/", "other files within it"),
)
_ENCRYPTED = 0x1


def check_zip(path: Path) -> None:
    """Raise ``NoTable`` for an archive that no spreadsheet program writes for a table."""
    if path.stat().st_size > limits.LARGEST_XLSX:
        raise NoTable(1, "", f"Larger than {limits.LARGEST_XLSX // 1_000_000} MB. {_SAVE_AS}")
    try:
        with ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                reason = "The file is a ZIP archive and no .xlsx spreadsheet. Unpack it first."
                raise NoTable(1, "", reason)
            for reason in _reasons(archive.infolist()):
                raise NoTable(1, "", f"{reason} {_SAVE_AS}")
    except (BadZipFile, NotImplementedError) as error:
        raise NoTable(1, "", f"The file is damaged: {error}. Save it again.") from error


def _reasons(parts: list[ZipInfo]) -> Iterator[str]:
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if len(parts) > limits.MOST_PARTS:
        yield f"The file holds {len(parts):,} files, more than {limits.MOST_PARTS:,}."
    if len(set(names)) != len(names):
        yield "The file holds two parts of one name."
    for forbidden, what in _FORBIDDEN:
        if any(forbidden in f"/{name}" for name in names):
            yield f"The file holds {what}."
    for part, name in zip(parts, names, strict=True):
        yield from _reasons_of(part, name)
    if (size := sum(part.file_size for part in parts)) > limits.LARGEST_UNPACKED:
        yield f"The file unpacks to {size // 1_000_000:,} MB."


def _reasons_of(part: ZipInfo, name: str) -> Iterator[str]:
    if part.flag_bits & _ENCRYPTED:
        yield "The file is protected by a password."
    if name.startswith("/") or ".." in name.split("/"):
        yield "The file holds a part that would lie outside of it."
    if name.endswith(_ARCHIVES):
        yield "The file holds an archive within it."
    is_large = part.file_size > limits.SMALL_PART
    if is_large and part.file_size > limits.LARGEST_RATIO * max(part.compress_size, 1):
        yield f"A part of the file unpacks to more than {limits.LARGEST_RATIO} times its size."
