"""Commands that need the tables say what to run where there are none yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "command",
    [
        ["import_claims", "claims/ingest/data/demo_claims.csv"],
        ["rebuild_comparisons", "--check"],
        ["check_integrity"],
        ["backup", "never-written.zip"],
        ["restore", "never-written.zip"],
    ],
    ids=lambda command: command[0],
)
def test_command_on_a_database_without_tables_says_what_to_run(
    root: Path, tmp_path: Path, command: list[str]
) -> None:
    surroundings = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tracker.settings_test",
        "TRACKER_NO_VENV": "1",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=root,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Run `python3 manage.py migrate` first." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "never-written.zip").exists()
