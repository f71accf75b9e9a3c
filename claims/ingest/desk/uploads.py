"""The folder of uploads: files that editors send in, kept under names of our own.

What a person calls a file is text to show and never part of a path. What a file is, is told by
its first bytes: one that says otherwise is refused before anything reads it. The folder holds
files of imports only for as long as these may still be looked at; it is in no backup.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from claims.domain.importing import AT_WORK
from claims.models import ImportBatch

MEGABYTE = 1_000_000
LONGEST_NAME = 120
LONGEST_MAPPING = 200_000
"""Characters of a mapping of one's own; those that come with the tracker have a few thousand."""

TEXTS = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl"})
SPREADSHEET = ".xlsx"
ENDINGS = (*sorted(TEXTS), SPREADSHEET)

_ZIP = b"PK\x03\x04"
_OTHERS = {
    b"\x1f\x8b": "compressed with gzip",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ\x00": "compressed with xz",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls) or another Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"PAR1": "a Parquet file",
    b"SQLite format 3\x00": "a database",
}
_HEAD = 4096
_STORED = re.compile(r"[0-9a-f]{32}\.(?:csv|tsv|txt|json|jsonl|xlsx)")


class UploadRefused(ValueError):
    """A file that is not even kept; says in a sentence why, and what to do."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was kept: its name here, what the person calls it, its size and SHA-256."""

    stored_as: str
    shown_name: str
    size: int
    sha256: str


def most_bytes() -> int:
    """Return how large a file may be."""
    return int(settings.IMPORT_LARGEST_MB) * MEGABYTE


def folder() -> Path:
    """Return the folder of uploads, made for its owner only where it is missing."""
    path = Path(settings.DATA_DIR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep_upload(chunks: Iterable[bytes], *, name: str, size: int) -> Upload:
    """Write a file into the folder of uploads while hashing it.

    Raises ``UploadRefused``, and keeps nothing, where it is empty, too large, of a kind that is
    not read here, something else than its ending says, or where the disk would get too full.
    """
    shown = shown_name(name)
    ending = _ending(shown)
    _check_size(size)
    _check_room(size)
    path = folder() / f"{uuid4().hex}{ending}"
    try:
        digest, written = _written(chunks, path, ending)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Upload(path.name, shown, written, digest)


def path_of(batch: ImportBatch) -> Path | None:
    """Return where the file of a batch is; ``None`` where it is not kept, or not any more."""
    if not _STORED.fullmatch(batch.stored_as):
        return None
    path = folder() / batch.stored_as
    return path if path.is_file() else None


def drop_upload(stored_as: str) -> bool:
    """Remove a kept file; tell whether there was one."""
    path = folder() / stored_as
    if not _STORED.fullmatch(stored_as) or not path.is_file():
        return False
    path.unlink()
    return True


def drop_finished(*, before: datetime) -> int:
    """Remove the files of imports made before a time that nobody works on; return how many.

    What belongs to no import, such as the rest of an upload that was cut off, goes too.
    """
    old = ImportBatch.objects.filter(created_at__lt=before).exclude(state__in=AT_WORK)
    dropped = sum(drop_upload(name) for name in old.values_list("stored_as", flat=True) if name)
    known = set(ImportBatch.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    for path in folder().iterdir():
        if path.name not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            dropped += 1
    return dropped


def shown_name(name: str) -> str:
    """Return what a person calls a file, as text: the last part, printable, cut in the middle."""
    last = re.split(r"[/\\]", name)[-1]
    text = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    text = " ".join(text.split()) or "file"
    if len(text) <= LONGEST_NAME:
        return text
    half = LONGEST_NAME // 2
    return f"{text[: half - 1]}…{text[-half:]}"


def _ending(shown: str) -> str:
    ending = Path(shown).suffix.lower()
    if ending not in ENDINGS:
        found = f"“{ending}”" if ending else "none"
        raise UploadRefused(
            f"Expected a file that ends in {', '.join(ENDINGS)}, found {found}. Save the table "
            "as CSV in UTF-8, or as .xlsx."
        )
    return ending


def _check_size(size: int) -> None:
    if size == 0:
        raise UploadRefused("This file is empty.")
    if size > most_bytes():
        raise UploadRefused(
            f"Expected a file of at most {settings.IMPORT_LARGEST_MB} MB, got {size:,} bytes. "
            "Import it on the server with `manage.py import_dataset`, or in parts."
        )


def _check_room(size: int) -> None:
    free = shutil.disk_usage(folder()).free
    needed = size + int(settings.IMPORT_FREE_MB) * MEGABYTE
    if free < needed:
        raise UploadRefused(
            f"The disk has {free // MEGABYTE:,} MB left, and this file would leave less than the "
            f"{settings.IMPORT_FREE_MB} MB that are to stay free. Ask whoever runs the tracker to "
            "make room (`manage.py clean_imports`)."
        )


def _written(chunks: Iterable[bytes], path: Path, ending: str) -> tuple[str, int]:
    digest, written, head, is_checked = hashlib.sha256(), 0, b"", False
    with _opened(path) as file:
        for chunk in chunks:
            if not is_checked:
                head += chunk[:_HEAD]
                if len(head) >= _HEAD:
                    _check_kind(head, ending)
                    is_checked = True
            written += len(chunk)
            _check_size(written or 1)
            digest.update(chunk)
            file.write(chunk)
    if not is_checked:
        _check_kind(head, ending)
    _check_size(written)
    return digest.hexdigest(), written


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("xb") as file:
            path.chmod(0o600)
            yield file
    except OSError as error:
        raise UploadRefused(
            f"The tracker could not keep the file ({error.strerror or error}). Ask whoever runs "
            "it to look at its data folder."
        ) from error


def _check_kind(head: bytes, ending: str) -> None:
    """Refuse a file whose first bytes are not those of what its name ends in."""
    if ending == SPREADSHEET:
        if not head.startswith(_ZIP):
            raise UploadRefused(
                f"The name ends in {ending}, but the file is no .xlsx workbook. Open it and save "
                "it as an Excel workbook (.xlsx) without a password, or as CSV in UTF-8."
            )
        return
    found = "an .xlsx workbook or another ZIP archive" if head.startswith(_ZIP) else ""
    for mark, what in _OTHERS.items():
        found = what if head.startswith(mark) else found
    if found:
        raise UploadRefused(
            f"The name ends in {ending}, but the file is {found}. Save the table as CSV in "
            "UTF-8, or upload a workbook under a name that ends in .xlsx."
        )
