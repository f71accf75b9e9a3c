"""``manage.py import_claims FILE.csv``: the interchange CSV, in a dry run unless told otherwise."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from claims.ingest.claims_csv import commit_import, plan_import
from claims.ingest.plan import Plan
from claims.ingest.system_users import import_user
from claims.management.tables import TablesCommand
from claims.services.refusals import Refused

MOST_LINES = 200


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
        if options["publish"] and not (options["by"] and options["reviewed_by"]):
            raise CommandError("--publish needs --by USER and --reviewed-by USER.")
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        by = _user(options["by"]) if options["by"] else None
        reviewed_by = _user(options["reviewed_by"]) if options["reviewed_by"] else None
        if not options["commit"]:
            self.stdout.write("DRY RUN: nothing is written. Add --commit to write.\n\n")
        plan = plan_import(options["file"], publish=options["publish"])
        self._print(plan)
        if plan.refused:
            sys.exit(1)
        if options["commit"]:
            try:
                commit_import(
                    plan,
                    by=by or import_user(),
                    publish=options["publish"],
                    reviewed_by=reviewed_by,
                )
            except Refused as error:
                raise CommandError(str(error)) from error
            self.stdout.write("\nWritten.")
        else:
            self.stdout.write("\nDRY RUN: nothing was written.")

    def _print(self, plan: Plan) -> None:
        for fate in ("new", "changed", "same"):
            kinds = ", ".join(f"{n:,} {kind}s" for kind, n in plan.counts_of(fate).items())
            self.stdout.write(f"{fate:>8}: {kinds or 'nothing'}")
        self.stdout.write(f" refused: {len(plan.refused):,}")
        lines = [
            *(f"changed {i.kind} {i.label}: {', '.join(i.fields)}" for i in plan.changed),
            *(f"same {i.kind} {i.label}: {i.remark}" for i in plan.same if i.remark),
            *(f"refused {refusal}" for refusal in plan.refused),
        ]
        for line in lines[:MOST_LINES]:
            self.stdout.write(line)
        if len(lines) > MOST_LINES:
            self.stdout.write(f"... and {len(lines) - MOST_LINES:,} more")


def _user(username: str) -> User:
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no active user “{username}”.") from error
