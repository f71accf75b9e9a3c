"""The benchmarks run, whatever this machine makes of their floors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = (
    "comparison_endpoint.py", "event_page.py", "export.py", "import.py", "lists.py", "search.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the loads, which all scripts here share."""
    return tmp_path_factory.mktemp("loads")


def run(root: Path, folder: Path, script: str) -> str:
    """Run a benchmark on SQLite files, at a scale that proves nothing but that it runs."""
    done = subprocess.run(
        [sys.executable, str(root / "benchmarks" / script), "--claims", "60"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{folder}/load.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("script", SCRIPTS)
def test_benchmark_prints_its_table(root: Path, loads: Path, script: str) -> None:
    lines = run(root, loads, script).splitlines()

    header = next(n for n, line in enumerate(lines) if line.split() == ["floor", "measured"])
    table = lines[header + 1 :]
    assert table
    assert {line.rstrip().endswith(("OK", "BELOW", "not measured")) for line in table} == {True}


def test_benchmark_says_where_something_cannot_be_measured(root: Path, loads: Path) -> None:
    said = run(root, loads, "export.py")

    assert "SQLite has no COPY to measure against." in said
    assert "no COPY here" in said
