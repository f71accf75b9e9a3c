"""What the commands around imports have in common: who acts, and what a batch says of itself."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from tqdm import tqdm

from claims.domain.import_steps import unit_of
from claims.domain.importing import BatchState
from claims.ingest.batches import waiting_in_turn
from claims.ingest.desk.refused_rows import refused_csv
from claims.ingest.pipeline import import_at_once, plan_batch, reasons_to_ask
from claims.ingest.system_users import import_user
from claims.models import ImportBatch
from claims.services.refusals import Refused

MOST_LINES = 200
FIRST = "DRY RUN: nothing saved yet."
LAST = "DRY RUN: nothing saved yet. Add --commit to write."
FATES = ("new", "changed", "same", "gone")


class Bar:
    """A progress bar on a terminal, drawn again each second, since a step may be one statement."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._is_over = threading.Event()
        threading.Thread(target=self._keep_drawing, name="bar", daemon=True).start()

    def step(self, name: str, total: int | None) -> None:
        """Begin another bar; one whose length nobody knows shows the time that it takes."""
        self._end()
        shape = None if total else "{desc}: {n_fmt}{unit}, {elapsed}"
        self._bar = tqdm(
            desc=name,
            total=total,
            unit=f" {unit_of(name)}",
            file=sys.stderr,
            dynamic_ncols=True,
            bar_format=shape,
        )

    def advance(self, rows: int) -> None:
        """Move the bar."""
        self._bar.update(rows)

    def close(self) -> None:
        """End the bar."""
        self._is_over.set()
        self._end()

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def _keep_drawing(self) -> None:
        while not self._is_over.wait(1):
            if self._bar is not None and not self._bar.disable:
                self._bar.refresh()


@contextmanager
def bar_on_terminal() -> Iterator[Bar | None]:
    """Yield a bar where there is a terminal to draw it on, and end it afterwards."""
    bar = Bar() if sys.stderr.isatty() else None
    try:
        yield bar
    finally:
        if bar is not None:
            bar.close()


def user_of(username: str | None) -> User | None:
    """Return the active user of that name, ``None`` for no name."""
    if not username:
        return None
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no active user “{username}”.") from error


def run(batch: ImportBatch, path: Path, options: dict[str, Any], out: Any) -> None:
    """Plan a file, say what it would do and do it where asked; end with 1 where it is refused."""
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    waiver = (options.get("waiver") or "").strip()
    if options["publish"] and not (options["by"] and (options["reviewed_by"] or waiver)):
        raise CommandError(
            "--publish needs --by USER and --reviewed-by USER, or --waiver REASON instead of a "
            "reviewer."
        )
    with _refused_in_words(), waiting_in_turn():
        by = user_of(options["by"]) or import_user()
        reviewed_by = user_of(options["reviewed_by"]) or (by if waiver else None)
        agreed_by = user_of(options.get("agreed_by"))
        batch.by, batch.publish = by, options["publish"]
        batch.save()
    answers: dict[str, Any] = {
        "reviewed_by": reviewed_by,
        "agreed_by": agreed_by,
        "waiver_reason": waiver,
    }
    if not options["commit"]:
        out.write(f"{FIRST}\n\n")
    with bar_on_terminal() as bar, _refused_in_words():
        if options["commit"]:
            import_at_once(batch, path, by=by, progress=bar, **answers)
        else:
            plan_batch(batch, path, progress=bar)
    print_batch(batch, out)
    if batch.refused_count:
        write_refused(batch, path, options.get("refused"))
        sys.exit(1)
    out.write(f"\nWritten as import {batch.pk}." if options["commit"] else f"\n{LAST}")


@contextmanager
def _refused_in_words() -> Iterator[None]:
    """End a command with the sentence of a refusal."""
    try:
        yield
    except Refused as error:
        raise CommandError(str(error)) from error


def print_batch(batch: ImportBatch, out: Any) -> None:
    """Print counts, some changes, and what is refused or passed over."""
    for fate in FATES:
        kinds = ", ".join(
            f"{counts[fate]:,} {kind}s" for kind, counts in batch.counts.items() if counts[fate]
        )
        if kinds or fate != "gone":
            out.write(f"{fate:>8}: {kinds or 'nothing'}")
    out.write(f" refused: {batch.refused_count:,}")
    lines = [
        *(f"passed over {count:,} rows: {why}" for why, count in batch.passed_over.items()),
        *(f"needs a second person: {reason}" for reason in _reasons(batch)),
        *(
            f"changed {s['kind']} {s['label']}: {', '.join(s['fields'])}"
            + (f" ({s['remark']})" if s["remark"] else "")
            for s in batch.samples.get("changed", ())
        ),
        *(
            f"same {s['kind']} {s['label']}: {s['remark']}"
            for s in batch.samples.get("same", ())
            if s["remark"]
        ),
        *(f"refused {refusal}" for refusal in batch.refusals.all()[:MOST_LINES]),
    ]
    for line in lines[:MOST_LINES]:
        out.write(line)
    left = batch.refused_count - min(batch.refused_count, MOST_LINES)
    if left:
        out.write(f"... and {left:,} more refused")


def _reasons(batch: ImportBatch) -> list[str]:
    """Return why a second person has to agree; once it is written, somebody has."""
    return [] if batch.state == BatchState.COMMITTED else reasons_to_ask(batch)


def write_refused(batch: ImportBatch, file: Path, path: Path | None) -> None:
    """Write the refused rows, to be mended, where that is asked for."""
    if path is not None:
        with path.open("w", encoding="utf-8", newline="") as refused:
            refused.writelines(refused_csv(batch, file))
