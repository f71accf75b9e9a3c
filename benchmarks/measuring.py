"""What all benchmarks share: a database with a load of its own, and the table they print.

Nothing here quotes an absolute time as a result: floors are ratios within one run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SMALL = 10_000
"""Claims of the small database that growth is measured against."""

CLAIMS_FOR_EACH_EVENT = 5
WIDTHS = (64, 9, 24)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``is_met`` is ``None`` where it could not be measured."""

    what: str
    floor: str
    measured: str
    is_met: bool | None

    @property
    def verdict(self) -> str:
        """How the measurement stands to the floor."""
        return {True: "OK", False: "BELOW", None: "not measured"}[self.is_met]


def show(title: str, lines: list[Line]) -> None:
    """Print the lines as a table."""
    print(f"\n{title}")
    for cells in (
        ("", "floor", "measured", ""),
        *((x.what, x.floor, x.measured, x.verdict) for x in lines),
    ):
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, (*WIDTHS, 0), strict=True)))


def arguments(description: str) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--claims", type=int, default=1_000_000)
    return parser.parse_args()


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a database server: DATABASE_URL, or a PostgreSQL made for this run.

    Exits with a sentence where there is neither.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    from tracker.testing.postgres import find_server_binaries, temporary_postgres

    binaries = find_server_binaries()
    if binaries is None:
        sys.exit("Nothing was measured: there is no PostgreSQL here and DATABASE_URL is not set.")
    with temporary_postgres(binaries) as url:
        yield url


def is_postgresql(url: str) -> bool:
    """Tell which of the two databases an address means."""
    return urlsplit(url).scheme.startswith("postgres")


def database(server_url: str, name: str) -> str:
    """Return the address of an empty or already loaded database of this name on a server."""
    parts = urlsplit(server_url)
    if not is_postgresql(server_url):
        return f"{server_url}-{name}"
    import psycopg2

    connection = psycopg2.connect(server_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return urlunsplit(parts._replace(path=f"/{name}"))


def loaded(server_url: str, claims: int) -> str:
    """Return the address of a database with a synthetic load, which is made where there is none."""
    url = database(server_url, f"benchmark_{claims}")
    print(f"Looking for a load of {claims:,} claims, or making it ...", flush=True)
    subprocess.run(
        [sys.executable, __file__, "--load", str(claims)], env=environment(url), check=True
    )
    return url


def load(claims: int) -> None:
    """Make the tables and the load of the database of this process, unless they are there."""
    set_up()
    from django.core.management import call_command

    from claims.models import Claim

    call_command("migrate", verbosity=0)
    if not Claim.objects.exists():
        events = max(1, claims // CLAIMS_FOR_EACH_EVENT)
        call_command("make_load", claims=claims, events=events)


def manage(url: str, *command: str) -> str:
    """Run a management command on a database and return what it printed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env=environment(url),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def environment(url: str) -> dict[str, str]:
    """Return the environment of a process that works on a database."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "SECRET_KEY": "benchmark-" * 6,
        "DJANGO_SETTINGS_MODULE": "tracker.settings_test",
        "TRACKER_NO_VENV": "1",
        "PYTHONWARNINGS": "ignore",
    }


def measured_by(script: str, url: str) -> dict[str, Any]:
    """Run ``script --measure`` on a database in a process of its own; return what it found."""
    done = subprocess.run(
        [sys.executable, script, "--measure"],
        env=environment(url),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def set_up() -> None:
    """Start Django for a measurement in this process; requests are not limited in number."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]


def best_of(times: int, act: Callable[[], Any]) -> float:
    """Return the shortest of several durations, in seconds: the one that least disturbed."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return min(took)


def peak_memory() -> int:
    """Return the most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    load(int(sys.argv[-1]))
