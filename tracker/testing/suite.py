"""The whole suite: what asks a database on SQLite and on PostgreSQL, the rest once, a browser.

Two parts run at a time, and those that need neither a database nor a browser come last, so that no
core is idle for long. It is honest about what could not run: one loud last line says so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tracker.testing.postgres import PostgresError, find_server_binaries, temporary_postgres

ROOT = Path(__file__).resolve().parent.parent.parent

NO_TESTS_COLLECTED = 5  # pytest's exit status

WITHOUT_BROWSER = ("-m", "not browser")
ASKING_DATABASE = ("-m", "database and not browser")
WITH_BROWSER = ("-m", "browser")
WITHOUT_EITHER = ("-m", "not database and not browser")
TOOLING = "tests/test_tooling"
"""Tests that start programs; they take about as long as all others that ask no database."""
MOST_PROCESSES = 8
"""More would wait for the disk and for each other's connections, not for a core."""

NO_POSTGRES = "no server binaries; on Debian: apt-get install postgresql"
NO_BROWSER = "no Chromium; on Debian: apt-get install chromium"


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of the suite went; ``missing`` says why it could not run."""

    name: str
    is_green: bool = True
    missing: str = ""
    is_required: bool = False


def run_suite(arguments: Sequence[str]) -> int:
    """Run every part that can run here and return the exit status; arguments go to pytest.

    SQLite and the browser run in full view; PostgreSQL runs at the same time and is shown when it
    has ended. What asks no database is shared out between the two, unless something is asked for by
    hand: then it runs with SQLite.
    """
    with tempfile.TemporaryFile() as kept, ThreadPoolExecutor(max_workers=1) as beside:
        others = beside.submit(run_beside, arguments, output=kept)
        parts = [run_sqlite(arguments), run_browser(arguments)]
        if not arguments:
            parts.append(Part("tooling", is_green=run_pytest("tooling", tooling(), [], {})))
        parts[1:1] = others.result()
        show(kept)
    print(f"\n{closing_line(parts)}", flush=True)
    return exit_status(parts)


def run_beside(arguments: Sequence[str], *, output: IO[bytes]) -> list[Part]:
    """Run what needs PostgreSQL, then what needs neither a database nor programs of its own."""
    parts = [run_postgres(arguments, output=output)]
    if not arguments:
        name = "no database"
        is_green = run_pytest(name, pure(), [], {}, output=output)
        parts.append(Part(name, is_green=is_green))
    return parts


def run_sqlite(arguments: Sequence[str]) -> Part:
    """Run what asks the database on SQLite, and of what is asked for by hand the rest, too."""
    which = WITHOUT_BROWSER if arguments else ASKING_DATABASE
    is_green = run_pytest("SQLite", [*which, *spread(arguments)], arguments, {})
    return Part("SQLite", is_green=is_green)


def tooling() -> list[str]:
    """Return what has pytest run the tests of tooling that ask no database."""
    return [*WITHOUT_EITHER, *spread([]), TOOLING]


def pure() -> list[str]:
    """Return what has pytest run every other test that asks no database."""
    return [*WITHOUT_EITHER, *spread([]), f"--ignore={TOOLING}"]


def run_postgres(arguments: Sequence[str], *, output: IO[bytes] | None = None) -> Part:
    """Run what asks the database on a PostgreSQL started for this run; ``output`` takes its words.

    What asks none is the same there and runs once.
    """
    is_required = is_set("REQUIRE_POSTGRES")
    binaries = find_server_binaries()
    if binaries is None:
        return Part("PostgreSQL", missing=NO_POSTGRES, is_required=is_required)
    try:
        with temporary_postgres(binaries) as url:
            is_green = run_pytest(
                "PostgreSQL",
                [*ASKING_DATABASE, *spread(arguments)],
                arguments,
                {"DATABASE_URL": url},
                output=output,
            )
    except PostgresError as error:
        print(error, file=sys.stderr, flush=True)
        return Part("PostgreSQL", is_green=False)
    return Part("PostgreSQL", is_green=is_green)


def run_browser(arguments: Sequence[str]) -> Part:
    """Run the tests that open pages in a real Chromium."""
    is_required = is_set("REQUIRE_BROWSER")
    if find_chromium() is None:
        return Part("browser", missing=NO_BROWSER, is_required=is_required)
    return Part("browser", is_green=run_pytest("browser", WITH_BROWSER, arguments, {}))


def spread(arguments: Sequence[str]) -> list[str]:
    """Return what lets a whole part run on half of the cores, each process with its own database.

    Two parts run beside each other; on two cores each has one, and one process is quicker than two.
    What is asked for by hand runs in one process, as a debugger or a look at the output needs it.
    Tests are dealt out in their order: those that empty the tables, roles included, come last.
    """
    processes = min((os.cpu_count() or 1) // 2, MOST_PROCESSES)
    if arguments or processes < 2:
        return []
    return ["-n", str(processes), "--dist", "load"]


def find_chromium() -> str | None:
    """Return the Chromium to drive: CHROMIUM, or the one on PATH."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def show(kept: IO[bytes]) -> None:
    """Print what was kept back."""
    kept.seek(0)
    print(kept.read().decode(errors="replace"), end="", flush=True)


def run_pytest(
    name: str,
    own: Sequence[str],
    arguments: Sequence[str],
    extra_environment: Mapping[str, str],
    *,
    output: IO[bytes] | None = None,
) -> bool:
    """Run pytest in a process of its own, in full view or into ``output``; tell if it was green.

    ``own`` is what the part needs, ``arguments`` what was given by hand: paths or names may leave
    one part without a test, and that is no failure.
    """
    title = f"\n===== {name} =====\n"
    if output:
        output.write(title.encode())
        output.flush()
    else:
        print(title, end="", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"DJANGO_SETTINGS_MODULE": "tracker.settings_test", **extra_environment}
    command = [sys.executable, "-m", "pytest", *own, *arguments]
    status = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdout=output, stderr=output
    ).returncode
    return status == 0 or (status == NO_TESTS_COLLECTED and bool(arguments))


def closing_line(parts: Sequence[Part]) -> str:
    """Return the one last line: what failed, what could not run, or that everything ran."""
    failed = [part.name for part in parts if not part.is_green]
    missing = [f"{part.name} ({part.missing})" for part in parts if part.missing]
    sentences = [
        *([f"FAILED: {', '.join(failed)}."] if failed else []),
        *([f"!!! NOT RUN: {', '.join(missing)} !!!"] if missing else []),
    ]
    return " ".join(sentences) or f"All green: {', '.join(part.name for part in parts)}."


def exit_status(parts: Sequence[Part]) -> int:
    """Return 0 unless a part failed or a required part could not run."""
    return int(any(not part.is_green or (part.missing and part.is_required) for part in parts))


def is_set(variable: str) -> bool:
    """Tell whether an on/off variable of the environment is on."""
    return os.environ.get(variable, "").lower() in {"1", "true", "yes", "on"}
