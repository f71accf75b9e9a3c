"""``manage.py rebuild_comparisons``: make everything derived again, or prove that it is right."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from claims.management.tables import TablesCommand
from claims.services import comparisons


class Command(TablesCommand):
    """Compute comparisons, digests, counters and search words afresh."""

    help = "Compute comparisons, digests, counters and search words afresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; print what differs and exit 1 where something does",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or print the differences."""
        if not options["check"]:
            events = comparisons.rebuild()
            self.stdout.write(f"Everything derived from {events:,} events is as computed.")
            return
        found = comparisons.differences()
        for difference in found:
            self.stdout.write(difference)
        if found:
            self.stderr.write(f"{len(found):,} differences; rebuild_comparisons mends them.")
            sys.exit(1)
        self.stdout.write("Everything derived equals a fresh computation.")
