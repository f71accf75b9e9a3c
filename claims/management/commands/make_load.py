"""``manage.py make_load``: a synthetic dataset of any size, written and imported."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.ingest.synthetic.csv_file import write_synthetic
from claims.ingest.synthetic.loading import load_synthetic
from claims.management.importing import bar_on_terminal, user_of
from claims.management.tables import check_tables
from claims.models import Event, Source
from claims.services.refusals import Refused

FILLED = (
    "This database holds records already, and synthetic events would stand among them in public. "
    "Use an empty database, or say --into-filled if that is meant."
)


class Command(BaseCommand):
    """Write events that never happened to a file and publish them in an empty database."""

    help = "Write a synthetic dataset as claims CSV and import it, to measure with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how much and where to."""
        parser.add_argument("--events", type=int, default=2_000)
        parser.add_argument("--claims", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same bytes")
        parser.add_argument("--file", type=Path, help="keep the claims CSV here")
        parser.add_argument("--no-import", action="store_true", help="write the file only")
        parser.add_argument("--into-filled", action="store_true", help="even beside other records")
        parser.add_argument("--agreed-by", metavar="USER", help="who agrees to an unusual size")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, import it where asked, and say how much there is."""
        if options["no_import"] and not options["file"]:
            raise CommandError("--no-import needs --file FILE to write to.")
        if not options["no_import"]:
            _check_database(into_filled=options["into_filled"])
        if options["file"]:
            self._make(options["file"], options)
        else:
            with tempfile.TemporaryDirectory() as folder:
                self._make(Path(folder) / "synthetic.csv", options)

    def _make(self, path: Path, options: dict[str, Any]) -> None:
        wanted = {name: options[name] for name in ("events", "claims", "seed")}
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                written = write_synthetic(file, **wanted)
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Wrote {written.events:,} events with {written.claims:,} claims in {written.rows:,} "
            "rows."
        )
        if options["no_import"]:
            return
        try:
            with bar_on_terminal() as bar:
                load_synthetic(path, agreed_by=user_of(options["agreed_by"]), progress=bar)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Imported and published them.")


def _check_database(*, into_filled: bool) -> None:
    check_tables()
    if not into_filled and (Event.objects.exists() or Source.objects.exists()):
        raise CommandError(FILLED)
