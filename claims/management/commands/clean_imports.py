"""``manage.py clean_imports``: remove the files of imports that are long over."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.ingest.desk.uploads import drop_finished


class Command(BaseCommand):
    """Make room on the disk; what the imports wrote, and what is known of them, stays."""

    help = "Remove uploaded files of imports that nobody works on. Nothing else is removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how old a file has to be."""
        parser.add_argument(
            "--older-than", type=int, default=30, metavar="DAYS", help="by default 30"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove and say how many."""
        before = timezone.now() - timedelta(days=options["older_than"])
        dropped = drop_finished(before=before)
        self.stdout.write(f"Removed {dropped} file{'' if dropped == 1 else 's'}.")
