"""How quick the comparisons of an event are, as ratios to a hand-written function.

The function runs the SQL of the rows with psycopg2 and dumps them with orjson, behind the same
server. Give the address of a loaded PostgreSQL; `wrk` makes the requests:

    DATABASE_URL=postgres://... python benchmarks/comparison_endpoint.py --claims 10

Every server runs one process with four threads. The rounds go through all lines in turn, and the
best round of each line counts, so that what else the machine does hits all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
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
from pathlib import Path
from typing import Any

import orjson
import psycopg2

ROOT = Path(__file__).resolve().parent.parent
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
    asked = _arguments()
    if not shutil.which("wrk"):
        sys.exit("Expected the program wrk, which makes the requests; install it first.")
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(OF_SIZE, [asked.claims])
        found = cursor.fetchone()
    if found is None:
        sys.exit(f"Expected an event of {asked.claims} claims in the database, found none.")
    event, best = found[0], {}
    with ExitStack() as servers:
        lines = [
            (server.name, kind, address, headers)
            for server in SERVERS
            for kind, address, headers in _requests(server, event, servers)
        ]
        for _ in range(asked.rounds):
            for name, kind, address, headers in lines:
                rate = _rate(address, headers, asked.seconds)
                best[name, kind] = max(rate, best.get((name, kind), 0.0))
    _print(best, asked.claims)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--claims", type=int, default=10, help="claims of the event asked for")
    parser.add_argument("--seconds", type=int, default=3, help="how long each line is measured")
    parser.add_argument("--rounds", type=int, default=3, help="how often")
    return parser.parse_args()


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Leaves the description as it is written."""


def _requests(
    server: Server, event: str, servers: ExitStack
) -> Iterable[tuple[str, str, list[str]]]:
    own = servers.enter_context(server.serving("tracker.wsgi:application"))
    written = servers.enter_context(server.serving(f"{HERE}:bare"))
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
        "SECRET_KEY": secrets.token_urlsafe(60),
        **os.environ,
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


def _print(best: dict[tuple[str, str], float], claims: int) -> None:
    base = best["gunicorn", "hand-written"]
    print(f"Event of {claims} claims; requests a second as ratios.")
    print(f"{'server':10} {'request':20} {'to hand-written':>16} {'to it on gunicorn':>18}")
    for (server, kind), rate in best.items():
        own = best[server, "hand-written"]
        print(f"{server:10} {kind:20} {rate / own:16.2f} {rate / base:18.2f}")


if __name__ == "__main__":
    main()
