"""``manage.py publish_snapshot [DIR]``: everything public as a data package that can be cited."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.exports.snapshots.publishing import SnapshotRefused, publish_snapshot
from claims.exports.snapshots.reading import DESCRIPTOR, NAME, Snapshot, faults_of
from claims.management.tables import TablesCommand


class Command(TablesCommand):
    """Write the next snapshot, or check one."""

    help = (
        "Write everything public as a data package, the next snapshot in DIR (SNAPSHOTS_DIR). "
        "With --verify, check the snapshots in DIR, or DIR itself, and say what is amiss."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where snapshots are kept, a note, and whether to check instead."""
        parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
        parser.add_argument("--note", default="", help="a sentence about this snapshot")
        parser.add_argument("--verify", action="store_true", help="check, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or check."""
        folder: Path = options["folder"] or settings.SNAPSHOTS_DIR
        if options["verify"]:
            self._verify(folder)
            return
        try:
            snapshot = publish_snapshot(folder, note=options["note"])
        except (OSError, SnapshotRefused) as error:
            raise CommandError(f"No snapshot was written: {error}") from error
        self._say(snapshot)

    def _say(self, snapshot: Snapshot) -> None:
        for file in snapshot.files:
            rows = f"{file.rows:,} rows, " if file.rows is not None else ""
            self.stdout.write(f"{file.name}: {rows}{file.bytes:,} bytes")
        self.stdout.write(f"{snapshot.folder}: SHA-256 of {DESCRIPTOR} {snapshot.sha256}")

    def _verify(self, folder: Path) -> None:
        named = [path for path in sorted(folder.glob("*")) if NAME.match(path.name)]
        checked = [folder] if NAME.match(folder.name) or not named else named
        faults = [f"{path.name}: {fault}" for path in checked for fault in faults_of(path)]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in {len(checked)} snapshots.")
        self.stdout.write(f"{len(checked)} snapshots are whole.")
