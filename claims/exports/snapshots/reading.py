"""Snapshots on disk: which there are, what is in them, and whether they are whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

DESCRIPTOR = "datapackage.json"
SUMS = "SHA256SUMS"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.[1-9]\d{0,2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """One file of a snapshot; ``rows`` is ``None`` where it is no table."""

    name: str
    bytes: int
    sha256: str
    media_type: str
    rows: int | None
    table: str


@dataclass(frozen=True)
class Snapshot:
    """One snapshot: its folder, and what its ``datapackage.json`` says."""

    folder: Path
    descriptor: dict[str, Any]

    @property
    def name(self) -> str:
        """Its date and number."""
        return str(self.descriptor["version"])

    @property
    def created(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.descriptor["created"])

    @property
    def changes_until(self) -> int:
        """The newest entry of the log that is in it."""
        return int(self.descriptor["changesUntil"])

    @property
    def files(self) -> list[SnapshotFile]:
        """Its files in their order."""
        return [
            SnapshotFile(
                resource["path"],
                resource["bytes"],
                resource["hash"].removeprefix("sha256:"),
                resource["mediatype"],
                resource.get("rows"),
                resource["name"].partition("-")[0],
            )
            for resource in self.descriptor["resources"]
        ]

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the description, which holds that of every file: it stands for all."""
        return hashlib.sha256((self.folder / DESCRIPTOR).read_bytes()).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes all files have."""
        return sum(file.bytes for file in self.files)

    def file(self, name: str) -> SnapshotFile | None:
        """Return a file by its name, also the description and the sums; nothing else there is."""
        if name in (DESCRIPTOR, SUMS):
            content = (self.folder / name).read_bytes()
            kind = "application/json" if name == DESCRIPTOR else "text/plain"
            digest = hashlib.sha256(content).hexdigest()
            return SnapshotFile(name, len(content), digest, kind, None, "")
        return next((file for file in self.files if file.name == name), None)


def snapshots_in(folder: Path) -> list[Snapshot]:
    """Return the snapshots of a folder that have a description, newest first."""
    if not folder.is_dir():
        return []
    found = [_opened(path) for path in folder.iterdir() if NAME.match(path.name)]
    return sorted((s for s in found if s), key=lambda s: _in_order(s.name), reverse=True)


def snapshot_named(folder: Path, name: str) -> Snapshot | None:
    """Return a snapshot by its name, or ``None``."""
    return _opened(folder / name) if NAME.match(name) else None


def _in_order(name: str) -> tuple[str, int]:
    day, _, number = name.partition(".")
    return day, int(number)


def _opened(path: Path) -> Snapshot | None:
    """Return the snapshot of a folder; ``None`` where its description is missing or damaged."""
    try:
        snapshot = Snapshot(path, json.loads((path / DESCRIPTOR).read_text(encoding="utf-8")))
        _ = (snapshot.files, snapshot.created, snapshot.changes_until)
        is_described = snapshot.name == path.name and "since" in snapshot.descriptor["changes"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return snapshot if is_described else None


def sums_of(files: Iterable[SnapshotFile]) -> str:
    """Return the file that ``sha256sum --check`` takes."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)


def faults_of(folder: Path) -> Iterator[str]:
    """Yield a sentence for each way in which a folder is no whole snapshot."""
    path = folder / DESCRIPTOR
    if not path.exists():
        yield f"{folder} was cut off, or is no snapshot: it has no {DESCRIPTOR}."
        return
    try:
        snapshot = Snapshot(folder, json.loads(path.read_text(encoding="utf-8")))
        files = snapshot.files
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"{path} cannot be read: {error}."
        return
    if (name := snapshot.descriptor.get("version")) != folder.name:
        yield f"{DESCRIPTOR} is that of {name}, not of {folder.name}."
    for file in files:
        yield from _faults_of_file(folder / file.name, file)
    expected = {file.name for file in files} | {DESCRIPTOR, SUMS}
    there = {entry.name for entry in folder.iterdir()}
    yield from (f"{name} is not a file of this snapshot." for name in sorted(there - expected))
    if SUMS not in there:
        yield f"{SUMS} is missing."
    elif (folder / SUMS).read_bytes() != sums_of(files).encode():
        yield f"{SUMS} was altered: it does not say what {DESCRIPTOR} says."


def _faults_of_file(path: Path, file: SnapshotFile) -> Iterator[str]:
    if not path.exists():
        yield f"{file.name} is missing."
        return
    size = path.stat().st_size
    if size < file.bytes:
        yield f"{file.name} is short: {size:,} of {file.bytes:,} bytes."
    elif size > file.bytes:
        yield f"{file.name} is too long: {size:,} bytes instead of {file.bytes:,}."
    else:
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if digest != file.sha256:
            yield f"{file.name} was altered: its SHA-256 is {digest}, expected {file.sha256}."
