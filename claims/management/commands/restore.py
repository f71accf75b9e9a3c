"""``manage.py restore FILE``: put a backup back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.tables import TablesCommand
from tracker.backup import BackupError, restore_backup


class Command(TablesCommand):
    """Read a file made by ``manage.py backup`` into this database."""

    help = "Read a file made by backup into this database, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and whether what is there may be lost."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="lose what is in the database now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and say what came back."""
        try:
            rows = restore_backup(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{sum(rows.values()):,} rows of {len(rows)} tables are back.")
