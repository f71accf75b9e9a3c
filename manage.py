#!/usr/bin/env python3
"""Run a command of the tracker; the first time, install what it needs into .venv."""

import os
import sys

OLDEST_PYTHON = (3, 11)


def main():
    """Prepare the environment with the standard library alone, then hand over to Django."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "The tracker needs Python 3.11 or newer and this is Python %d.%d: "
            "start it with a newer one, for example `python3.11 manage.py demo`."
            % sys.version_info[:2]
        )
    # Imported only now: an older Python could not even read these modules.
    from tracker.bootstrap import enter_environment

    enter_environment(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
