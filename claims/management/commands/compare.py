"""``manage.py compare``: compare wordings from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from claims.domain.comparison import compare
from claims.domain.figures import FigureError, Reading
from claims.domain.scope import Statement
from claims.domain.wording import parse_wording
from claims.queries.comparison_document import gap_document, number, stretch_document


class Command(BaseCommand):
    """Print how figures in words stand to each other, as JSON."""

    help = (
        "Compare figures as worded, each by another claimant: bounds, verdict, gap, agreement, "
        "groups, lowest, highest and spread_ratio as JSON. Exits 2 where a phrase is not known."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the phrases and the reading."""
        parser.add_argument("wordings", nargs="+", metavar="WORDING", help='such as "about 400"')
        parser.add_argument(
            "--strict", action="store_true", help="only what the words entail (default: plain)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every phrase, compare, print."""
        reading = Reading.STRICT if options["strict"] else Reading.PLAIN
        try:
            statements = [
                Statement(key=f"{i:06}", claimant=f"{i:06}", figure=parse_wording(wording))
                for i, wording in enumerate(options["wordings"])
            ]
        except FigureError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(json.dumps(_document(statements, reading), ensure_ascii=False))


def _document(statements: list[Statement], reading: Reading) -> dict[str, Any]:
    result = compare(statements, reading=reading)
    bounds = [result.electorate.bounds[s.key] for s in statements]
    return {
        "bounds": [[b.low, b.high] if b else None for b in bounds],
        "verdict": result.verdict,
        "gap": gap_document(result.gap),
        "agreement": [stretch_document(stretch) for stretch in result.agreement],
        "groups": [[int(key) for key in group] for group in result.groups],
        "lowest": result.lowest,
        "highest": result.highest,
        "spread_ratio": number(result.spread_ratio),
    }
