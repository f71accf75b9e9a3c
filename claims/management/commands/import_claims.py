"""``manage.py import_claims FILE.csv``: the interchange CSV, in a dry run unless told otherwise."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from claims.ingest.reading import CLAIMS_CSV
from claims.management.importing import run
from claims.management.tables import TablesCommand
from claims.models import ImportBatch


class Command(TablesCommand):
    """Say what a file would change, or change it in one transaction."""

    help = "Import claims from a CSV file (docs/claims-csv.md). Writes nothing without --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and what to do with it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="write, in one transaction")
        parser.add_argument("--publish", action="store_true", help="publish what is imported")
        parser.add_argument("--by", metavar="USER", help="who imports")
        parser.add_argument("--reviewed-by", metavar="USER", help="who reviewed; somebody else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, print, and commit where asked; exit 1 where something was refused."""
        batch = ImportBatch(dataset=CLAIMS_CSV, file_name=options["file"].name[:250])
        run(batch, options["file"], options, self.stdout)
