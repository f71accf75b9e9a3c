"""``manage.py check_integrity``: whether the rules across rows still hold."""

from __future__ import annotations

import sys
from typing import Any

from claims.management.tables import TablesCommand
from claims.services.integrity import problems


class Command(TablesCommand):
    """Look at every row and say which rules across rows are broken."""

    help = "Look for circles, wrong revisions, public claims without documents, wrong counters."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each problem; exit 1 where there is one."""
        found = problems()
        for problem in found:
            self.stdout.write(problem)
        if found:
            self.stderr.write(f"{len(found):,} problems.")
            sys.exit(1)
        self.stdout.write("Every rule holds.")
