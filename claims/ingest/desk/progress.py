"""How far the work on an import has come, told by whoever does it to whoever looks.

It is told beside the database, in a small file in the folder of uploads, since a database that is
being written to in one long transaction has no room for a second writer (SQLite), and a row that
the work has locked cannot tell of it. A thread of its own writes once a second, so that a long
statement of the database is no silence, and stops with the process.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from claims.domain.importing import is_silent
from claims.ingest.desk.uploads import folder
from claims.ingest.progress import Progress, Silent
from claims.models import ImportBatch

SECONDS_BETWEEN = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What was last told: the step, rows done of how many, since when, and when that was."""

    step: str
    rows_done: int
    rows_total: int | None
    began_at: datetime
    moved_at: datetime

    @property
    def seconds(self) -> float:
        """How long the step has taken so far."""
        return (self.moved_at - self.began_at).total_seconds()

    @property
    def rate(self) -> float:
        """Rows a second since the step began."""
        return self.rows_done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """About how long the step still takes; ``None`` where nobody can know."""
        if self.rows_total is None or self.rate <= 0:
            return None
        return max(0.0, (self.rows_total - self.rows_done) / self.rate)


class ToldProgress:
    """Takes note of steps and rows, which costs an addition; the thread does the telling."""

    def __init__(self, path: Path, beside: Progress) -> None:
        self._path, self._beside = path, beside
        self._step, self._done = "", 0
        self._total: int | None = None
        self._began_at = timezone.now()
        self._is_over = threading.Event()

    def step(self, name: str, total: int | None = None) -> None:
        """Begin another step, of so many rows where that is known."""
        self._step, self._done, self._total = name, 0, total
        self._began_at = timezone.now()
        self._beside.step(name, total)

    def advance(self, rows: int = 1) -> None:
        """Note that so many more rows are done."""
        self._done += rows
        self._beside.advance(rows)

    def tell(self) -> None:
        """Write what is known now, whole or not at all."""
        told = {
            "step": self._step,
            "rows_done": self._done,
            "rows_total": self._total,
            "began_at": self._began_at.isoformat(),
            "moved_at": timezone.now().isoformat(),
        }
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(self._path)

    def keep_telling(self) -> None:
        """Tell once a second until told to stop; a full disk is no reason to stop the work."""
        while not self._is_over.wait(SECONDS_BETWEEN):
            with contextlib.suppress(OSError):
                self.tell()

    def stop(self) -> None:
        """End the telling."""
        self._is_over.set()


@contextmanager
def telling(batch: ImportBatch, *, beside: Progress | None = None) -> Iterator[ToldProgress]:
    """Tell of the work on a batch while the block runs, and somebody beside who wants to know."""
    path = _path(batch)
    progress = ToldProgress(path, beside or Silent())
    with contextlib.suppress(OSError):
        progress.tell()
    thread = threading.Thread(target=progress.keep_telling, name=path.stem, daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        progress.stop()
        thread.join()
        path.unlink(missing_ok=True)


def told_of(batch: ImportBatch) -> Told | None:
    """Return what was last told of the work on a batch; ``None`` where nothing was."""
    try:
        told: dict[str, Any] = json.loads(_path(batch).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    times: dict[str, Any] = {
        name: datetime.fromisoformat(told.pop(name)) for name in ("began_at", "moved_at")
    }
    return Told(**told, **times)


def has_stopped(batch: ImportBatch) -> bool:
    """Tell whether somebody began to work on a batch and has died since."""
    if not batch.is_at_work or batch.moved_at is None:
        return False
    told = told_of(batch)
    last = max(batch.moved_at, told.moved_at) if told else batch.moved_at
    return is_silent(last, timezone.now())


def _path(batch: ImportBatch) -> Path:
    return folder() / f"batch-{batch.pk}.progress"
