"""An import, history and comparisons included, against bare loading of its file: rate, memory.

On PostgreSQL against COPY of the same file into a plain table, on SQLite against ``executemany``
into one. The import is the ordinary one, published, in a process of its own whose memory is read.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measuring import (
    CLAIMS_FOR_EACH_EVENT,
    Line,
    arguments,
    database,
    environment,
    is_postgresql,
    manage,
    peak_memory,
    server,
    set_up,
    show,
)

LEAST_RATE = 1 / 20
MOST_MEMORY = 128_000_000
CHUNK = 1_000


def imported(path: Path) -> dict[str, Any]:
    """Import and publish the file in this process; return seconds and the most memory held."""
    from claims.ingest.synthetic.loading import load_synthetic

    began = time.perf_counter()
    load_synthetic(path)
    return {"seconds": time.perf_counter() - began, "memory": peak_memory()}


def loaded_barely(path: Path, url: str) -> float:
    """Load the file into a plain table of text columns; return the seconds it took."""
    return _copied(path, url) if is_postgresql(url) else _inserted(path)


def _copied(path: Path, url: str) -> float:
    import psycopg2

    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor, path.open(encoding="utf-8") as file:
        columns = ", ".join(f"{name} text" for name in file.readline().strip().split(","))
        file.seek(0)
        cursor.execute(f"CREATE TABLE bare ({columns})")
        began = time.perf_counter()
        cursor.copy_expert("COPY bare FROM STDIN (FORMAT csv, HEADER)", file)
        took = time.perf_counter() - began
    connection.close()
    return took


def _inserted(path: Path) -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        path.open(encoding="utf-8", newline="") as file,
    ):
        connection = sqlite3.connect(Path(folder) / "bare.sqlite3")
        rows = csv.reader(file)
        header = next(rows)
        connection.execute(f"CREATE TABLE bare ({', '.join(header)})")
        began = time.perf_counter()
        connection.executemany(f"INSERT INTO bare VALUES ({','.join('?' * len(header))})", rows)
        connection.commit()
        took = time.perf_counter() - began
        connection.close()
    return took


def in_its_own_process(path: Path, url: str) -> dict[str, Any]:
    """Import in another process and return what it measured."""
    import subprocess

    command = [sys.executable, __file__, "--measure", str(path)]
    done = subprocess.run(
        command, env=environment(url), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Write the file, load it both ways and print the table."""
    claims = arguments("Import against bare loading of the same file").claims
    with server() as url, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.csv"
        target = database(url, f"benchmark_import_{claims}")
        manage(target, "migrate", "--verbosity", "0")
        events = str(max(1, claims // CLAIMS_FOR_EACH_EVENT))
        wanted = ["--claims", str(claims), "--events", events, "--file", str(path)]
        print(manage(target, "make_load", "--no-import", *wanted).strip())
        bare = loaded_barely(path, target)
        found = in_its_own_process(path, target)
    ratio, memory = bare / found["seconds"], found["memory"]
    name = "COPY" if is_postgresql(url) else "executemany"
    show(
        "Import of claims-csv",
        [
            Line(f"rate, of bare {name}", f">= {LEAST_RATE}", f"{ratio:.4f}", ratio >= LEAST_RATE),
            Line(
                "memory of the client",
                f"<= {MOST_MEMORY / 1e6:.0f} MB",
                f"{memory / 1e6:.0f} MB",
                memory <= MOST_MEMORY,
            ),
        ],
    )


if __name__ == "__main__":
    if "--measure" in sys.argv:
        set_up()
        print(json.dumps(imported(Path(sys.argv[-1]))))
    else:
        main()
