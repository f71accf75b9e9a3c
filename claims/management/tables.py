"""Commands that need the tables as the code has them say so before they touch anything."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def has_pending_migrations() -> bool:
    """Tell whether the database lacks a migration that the code has."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_tables() -> None:
    """Raise ``CommandError`` that says what to run where the tables are not those of the code."""
    if has_pending_migrations():
        raise CommandError(
            "The tables of this database are not as this version needs them. "
            "Run `python3 manage.py migrate` first."
        )


class TablesCommand(BaseCommand):
    """A command that reads or writes records."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run the command, or say which other one has to run first."""
        check_tables()
        return super().execute(*args, **options)
