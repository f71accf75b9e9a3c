"""Run the whole test suite: ``manage.py test [pytest arguments]``."""

import sys

from django.core.management.base import BaseCommand

from tracker.testing.suite import run_suite


class Command(BaseCommand):
    """Takes Django's own ``test`` over, so that one command is the whole suite."""

    help = "Run the suite on SQLite, on PostgreSQL and in a browser; arguments go to pytest."
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand everything after ``test`` to pytest as it is, options too."""
        sys.exit(run_suite(argv[2:]))
