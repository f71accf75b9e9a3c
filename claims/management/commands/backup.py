"""``manage.py backup FILE``: keep the whole tracker in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.tables import TablesCommand
from tracker.backup import write_backup


class Command(TablesCommand):
    """Write every record, its history and the editors into one file."""

    help = "Write every record, its history and the editors into one file, for any database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the backup and say what is in it."""
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"{path} is there already; choose another name.")
        try:
            rows = write_backup(path)
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error}.") from error
        self.stdout.write(f"{path}: {sum(rows.values()):,} rows of {len(rows)} tables.")
