"""Writing a snapshot: from one view of the database, into a folder that appears when whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from claims.exports.snapshots.changelog import Log, changelog_json, changelog_text, newest_entry
from claims.exports.snapshots.codebook import CODEBOOK, codebook_rows, codebook_text, schema_of
from claims.exports.snapshots.contents import (
    CONTENTS,
    LICENCE,
    LICENCE_ADDRESS,
    LICENCE_TITLE,
    Content,
)
from claims.exports.snapshots.reading import (
    DESCRIPTOR,
    NAME,
    SUMS,
    Snapshot,
    snapshots_in,
    sums_of,
)
from claims.exports.writing import FORMATS, write

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
CSV_DIALECT = {"lineTerminator": "\n"}  # all else is as the standard has it
FILE_FORMATS = ("csv", "jsonl", "parquet")
MOST_OF_A_DAY = 999
DESCRIPTION = (
    "Casualty figures as claimed: who said which number, when, in which words and in which "
    "documents, and which of the numbers can be true together."
)
Json = dict[str, Any]


class SnapshotRefused(Exception):
    """A snapshot that cannot be made; its text says why and what to do."""


def publish_snapshot(folder: Path, *, note: str = "") -> Snapshot:
    """Write everything public as the next snapshot in ``folder`` and return it.

    Raises ``SnapshotRefused``. Whatever goes wrong, no half of a snapshot is left under its name.
    """
    now = timezone.now()
    unfinished, name = _place(folder, now)
    try:
        earlier = snapshots_in(folder)
        with one_view():
            descriptor = _write_files(unfinished, name, earlier[0] if earlier else None)
        descriptor |= {"created": now.isoformat(timespec="seconds").replace("+00:00", "Z")}
        descriptor |= {"note": note} if note else {}
        _write_text(unfinished / SUMS, sums_of(Snapshot(unfinished, descriptor).files))
        _write_text(unfinished / DESCRIPTOR, _json(descriptor))
        unfinished.rename(folder / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Snapshot(folder / name, descriptor)


@contextmanager
def one_view() -> Iterator[None]:
    """Read everything as of one moment; within a transaction, that one is the view."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # a reader only: editors can go on writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _place(folder: Path, now: datetime) -> tuple[Path, str]:
    """Return a new folder to write in and the name that it is to get."""
    day = now.date().isoformat()
    while True:
        name = f"{day}.{_next_number(folder, day)}"
        unfinished = folder / f".unfinished-{name}"
        try:
            unfinished.mkdir(parents=True)
        except FileExistsError as error:
            raise SnapshotRefused(
                f"{unfinished} is there: another snapshot is being written, or one was cut off. "
                "Remove that folder if nothing is running."
            ) from error
        if not (folder / name).exists():
            return unfinished, name
        unfinished.rmdir()  # another one got this name a moment ago


def _next_number(folder: Path, day: str) -> int:
    """Return one more than the highest number of a day: a name is not given a second time."""
    names = [path.name for path in folder.glob(f"{day}.*") if NAME.match(path.name)]
    number = max((int(name.rpartition(".")[2]) for name in names), default=0) + 1
    if number > MOST_OF_A_DAY:
        raise SnapshotRefused(f"There are {MOST_OF_A_DAY} snapshots of this day already.")
    return number


def _write_files(folder: Path, name: str, before: Snapshot | None) -> Json:
    until = newest_entry()
    files = [
        _table_file(folder, content, name)
        for content in CONTENTS
        for name in FILE_FORMATS
        if FORMATS[name].is_installed()
    ]
    files += _codebook(folder)
    log = Log(before.name if before else "", before.changes_until if before else 0, until)
    files.append(_text_file(folder, "changelog.json", "application/json", changelog_json(log)))
    files.append(_text_file(folder, "changelog.md", "text/markdown", [changelog_text(name, log)]))
    address = f"{settings.SITE_URL}/data/{name}/"
    return {
        "$schema": PROFILE,
        "name": "casualty-figures",
        "id": address,
        "title": settings.SITE_NAME,
        "description": DESCRIPTION,
        "homepage": settings.SITE_URL,
        "version": name,
        "licenses": [{"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_ADDRESS}],
        "sources": [{"title": settings.SITE_NAME, "path": settings.SITE_URL}],
        "contributors": [{"title": settings.SITE_NAME, "path": settings.SITE_URL}],
        "citation": f"{settings.SITE_NAME}. Dataset, version {name}. {address}",
        "changesUntil": str(until),
        "changes": {"since": log.since or None, **log.counts},
        "resources": files,
    }


def _table_file(folder: Path, content: Content, format_name: str) -> Json:
    table, made = content.table, FORMATS[format_name]
    name = f"{table.name}.{format_name}"
    resource: Json = {
        "name": table.name if format_name == "csv" else name.replace(".", "-"),
        "type": "table",
        "path": name,
        "title": table.name,
        "description": content.description,
        "format": format_name,
        "mediatype": made.media_type.partition(";")[0],
    }
    if format_name != "parquet":
        resource["encoding"] = "utf-8"
    if format_name == "csv":
        resource["dialect"] = CSV_DIALECT
    rows, measured = _written(
        folder / name, lambda file: write(table, format_name, content.records, file)
    )
    return {**resource, **measured, "rows": rows, "schema": schema_of(table)}


def _codebook(folder: Path) -> list[Json]:
    rows, measured = _written(
        folder / "codebook.csv",
        lambda file: write(CODEBOOK, "csv", list(codebook_rows(CONTENTS)), file),
    )
    table = {
        "name": "codebook",
        "type": "table",
        "path": "codebook.csv",
        "title": "codebook",
        "description": "Every column with its type, its meaning and its codes.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **measured,
        "rows": rows,
        "dialect": CSV_DIALECT,
        "schema": schema_of(CODEBOOK),
    }
    return [table, _text_file(folder, "codebook.md", "text/markdown", [codebook_text(CONTENTS)])]


def _text_file(folder: Path, name: str, media_type: str, pieces: Iterable[str]) -> Json:
    _, measured = _written(
        folder / name, lambda file: sum(file.write(piece.encode()) for piece in pieces)
    )
    return {
        "name": name.replace(".", "-"),
        "path": name,
        "format": name.rpartition(".")[2],
        "mediatype": media_type,
        "encoding": "utf-8",
        **measured,
    }


def _written(path: Path, write_to: Callable[[BinaryIO], int]) -> tuple[int, Json]:
    """Write a file; return what the writer counted, and the size and SHA-256 of the file."""
    with path.open("wb") as file:
        count = write_to(file)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return count, {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
