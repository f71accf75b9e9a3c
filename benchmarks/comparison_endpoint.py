"""How quick the comparisons of an event are, as ratios to a hand-written function.

The function runs the SQL of the rows with psycopg2 and dumps them with orjson, behind the same
server; the event has ten claims and `wrk` makes the requests. Every server runs one process with
four threads. The rounds go through all lines in turn, and the best round of each line counts, so
that what else the machine does hits all alike.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
import psycopg2
from measuring import ROOT, Line, arguments, environment, is_postgresql, loaded, server, show

HERE = f"{Path(__file__).resolve().parent.name}.{Path(__file__).stem}"
ROWS = """
SELECT c.public_id, c.measure, c.victims, c.victims_wording, c.qualifier, c.low, c.best, c.high,
    c.wording, c.interval, c.disordered, c.count_basis, c.claimed_on, c.claimed_on_precision,
    c.as_of, c.period_start, c.period_end, c.area, c.revises_id, c.credibility,
    s.public_id, s.name, s.kind, s.speaks_for_id, s.is_compilation, p.public_id, p.name
FROM claims_event e
JOIN claims_claim c ON c.event_id = e.id AND c.state = 'published'
JOIN claims_source s ON s.id = c.claimant_id
LEFT JOIN claims_party p ON p.id = c.victims_party_id
WHERE e.public_id = %s AND e.state = 'published'
ORDER BY c.id
"""
CITED = """
SELECT c.public_id, x.wording, x.quote, x.locator, d.public_id, d.title, d.url, d.archived_url,
    d.published_on, d.published_on_precision, s.name
FROM claims_event e
JOIN claims_claim c ON c.event_id = e.id AND c.state = 'published'
JOIN claims_citation x ON x.claim_id = c.id AND x.state = 'published'
JOIN claims_document d ON d.id = x.document_id AND d.state = 'published'
LEFT JOIN claims_source s ON s.id = d.publisher_id
WHERE e.public_id = %s AND e.state = 'published'
ORDER BY x.id
"""
OF_SIZE = """
SELECT e.public_id FROM claims_event e JOIN claims_eventdigest d ON d.event_id = e.id
WHERE e.state = 'published' AND d.claim_count = %s ORDER BY e.id LIMIT 1
"""
FLOORS = {"default view": 0.8, "?as_of=": 0.4}
CLAIMS = 10
SECONDS, ROUNDS = 3, 3
_of_thread = threading.local()


def bare(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer with the rows of the event whose id is the path: the hand-written function."""
    if not hasattr(_of_thread, "connection"):
        _of_thread.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _of_thread.connection.autocommit = True
    answer = {}
    with _of_thread.connection.cursor() as cursor:
        for name, statement in (("claims", ROWS), ("citations", CITED)):
            cursor.execute(statement, [environ["PATH_INFO"].strip("/")])
            columns = [column.name for column in cursor.description]
            answer[name] = [dict(zip(columns, row, strict=True)) for row in cursor]
    body = orjson.dumps(answer)
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    )
    return [body]


@dataclass(frozen=True)
class Server:
    """A program that serves a WSGI application; ``command`` has places for both."""

    name: str
    command: str

    @contextmanager
    def serving(self, application: str) -> Iterator[str]:
        """Serve an application and yield its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = self.command.format(application=application, port=port)
        program = subprocess.Popen(
            [sys.executable, "-m", *command.split()], cwd=ROOT, env=_environment()
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(port)
            yield address
        finally:
            program.terminate()
            program.wait(timeout=30)


SERVERS = (
    Server("gunicorn", "gunicorn -b 127.0.0.1:{port} -k gthread -w 1 --threads 4 {application}"),
    Server(
        "granian",
        "granian --host 127.0.0.1 --port {port} --interface wsgi --workers 1"
        " --blocking-threads 4 --no-access-log --log-level error {application}",
    ),
)


def main() -> None:
    """Print a line for each kind of request and server."""
    claims = arguments("Comparisons of an event").claims
    with server() as url:
        why = _why_not(url)
        lines = [Line(kind, f">= {floor}", why, None) for kind, floor in FLOORS.items()]
        if not why:
            os.environ["DATABASE_URL"] = loaded(url, claims)
            lines = _lines(_measured())
    show(
        "Comparisons of an event of 10 claims, requests a second of a hand-written function", lines
    )


def _why_not(url: str) -> str:
    if not is_postgresql(url):
        return "SQLite is not what serves many"
    return "" if shutil.which("wrk") else "the program wrk is missing"


def _measured() -> dict[tuple[str, str], float]:
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(OF_SIZE, [CLAIMS])
        found = cursor.fetchone()
    if found is None:
        sys.exit(f"Expected an event of {CLAIMS} claims in the load, found none; ask for more.")
    best: dict[tuple[str, str], float] = {}
    with ExitStack() as servers:
        lines = [
            (one.name, kind, address, headers)
            for one in _servers()
            for kind, address, headers in _requests(one, found[0], servers)
        ]
        for _ in range(ROUNDS):
            for name, kind, address, headers in lines:
                rate = _rate(address, headers, SECONDS)
                best[name, kind] = max(rate, best.get((name, kind), 0.0))
    return best


def _servers() -> list[Server]:
    """Return the servers that are installed; gunicorn always is."""
    return [one for one in SERVERS if find_spec(one.name)]


def _lines(best: dict[tuple[str, str], float]) -> list[Line]:
    lines = []
    for (name, kind), rate in best.items():
        ratio = rate / best[name, "hand-written"]
        if kind != "hand-written":
            floor = FLOORS.get(kind, 0)
            lines.append(Line(f"{kind}, {name}", f">= {floor}", f"{ratio:.2f}", ratio >= floor))
    return lines


def _requests(
    server: Server, event: str, servers: ExitStack
) -> Iterable[tuple[str, str, list[str]]]:
    own = servers.enter_context(server.serving("tracker.wsgi:application"))
    written = servers.enter_context(server.serving("comparison_endpoint:bare"))
    stored = f"{own}/api/v1/events/{event}/comparisons/"
    with urllib.request.urlopen(stored) as answer:  # noqa: S310 - our own address
        etag = answer.headers["ETag"]
        json.load(answer)
    return [
        ("hand-written", f"{written}/{event}", []),
        ("default view", stored, []),
        ("default view, 304", stored, ["-H", f"If-None-Match: {etag}"]),
        ("?as_of=", f"{stored}?as_of=2100-01-01", []),
    ]


def _rate(address: str, headers: list[str], seconds: int) -> float:
    said = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", *headers, address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if failed:
        sys.exit(f"{address}: {failed[0]}; expected none.")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]


def _environment() -> dict[str, str]:
    return {
        **environment(os.environ["DATABASE_URL"]),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "PYTHONPATH": str(ROOT / "benchmarks"),
        "API_RATE": "100000000/min",
        "LOG_LEVEL": "ERROR",
    }


def _wait_for(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    sys.exit(f"Expected a server on port {port} within 30 seconds.")


if __name__ == "__main__":
    main()
