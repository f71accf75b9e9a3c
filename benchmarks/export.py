"""The CSV of all claims against COPY of the same rows: rate, first byte, memory.

The export is the public one, read from the application as a client would read it, piece by piece.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from measuring import (
    Line,
    arguments,
    is_postgresql,
    loaded,
    measured_by,
    peak_memory,
    server,
    set_up,
    show,
)

LEAST_RATE = 1 / 4
MOST_MORE_MEMORY = 50_000_000
FIRST_BYTE_WITHIN = 0.5
ADDRESS = "/api/v1/claims.csv"
SAME_ROWS = """
COPY (
    SELECT c.key, e.key, e.title, e.aliases, e.kind, e.date_start, e.date_end, e.countries, e.place,
        e.latitude, e.longitude, s.name, s.kind, c.measure, c.victims, c.wording, c.qualifier,
        c.low, c.best, c.high, c.count_basis, c.claimed_on, d.title, d.url, d.published_on, x.quote
    FROM claims_claim c
    JOIN claims_event e ON e.id = c.event_id
    JOIN claims_source s ON s.id = c.claimant_id
    LEFT JOIN claims_citation x ON x.claim_id = c.id AND x.state = 'published'
    LEFT JOIN claims_document d ON d.id = x.document_id
    WHERE c.state = 'published' AND e.state = 'published'
    ORDER BY c.claimed_on DESC, c.id DESC
) TO STDOUT (FORMAT csv)
"""


def measure() -> dict[str, Any]:
    """Return the rates of both ways in rows a second, the first byte and the memory added."""
    from django.test import Client

    client = Client()
    client.get("/api/v1/")  # what the first request alone pays for is not the export's
    before, began = peak_memory(), time.perf_counter()
    pieces = client.get(ADDRESS).streaming_content
    first, rows = next(pieces), 0
    first_byte = time.perf_counter() - began
    rows += first.count(b"\n")
    for piece in pieces:
        rows += piece.count(b"\n")
    took = time.perf_counter() - began
    copied = _copied()
    return {
        "rate": rows / took,
        "copied": copied and copied[0] / copied[1],
        "first_byte": first_byte,
        "memory": peak_memory() - before,
    }


class Counter:
    """A file that counts the lines written to it."""

    lines = 0

    def write(self, piece: bytes) -> None:
        """Count the lines of a piece."""
        self.lines += piece.count(b"\n")


def _copied() -> tuple[int, float] | None:
    """Return how many rows COPY sends and in how many seconds; ``None`` where there is no COPY."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    counter, began = Counter(), time.perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(SAME_ROWS, counter)
    return counter.lines, time.perf_counter() - began


def main() -> None:
    """Load, export both ways and print the table."""
    claims = arguments("Export of all claims against COPY").claims
    with server() as url:
        found = measured_by(__file__, loaded(url, claims))
        if not is_postgresql(url):
            print("SQLite has no COPY to measure against.")
    ratio = found["copied"] and found["rate"] / found["copied"]
    show(
        "Export of all claims as CSV",
        [
            Line(
                "rate, of COPY (SELECT ...) TO STDOUT",
                f">= {LEAST_RATE}",
                f"{ratio:.3f}" if ratio else "no COPY here",
                ratio >= LEAST_RATE if ratio else None,
            ),
            Line(
                "first byte within",
                f"<= {FIRST_BYTE_WITHIN} s",
                f"{found['first_byte']:.3f} s",
                found["first_byte"] <= FIRST_BYTE_WITHIN,
            ),
            Line(
                "memory added",
                f"<= {MOST_MORE_MEMORY / 1e6:.0f} MB",
                f"{found['memory'] / 1e6:.0f} MB",
                found["memory"] <= MOST_MORE_MEMORY,
            ),
        ],
    )


if __name__ == "__main__":
    if "--measure" in sys.argv:
        set_up()
        print(json.dumps(measure()))
    else:
        main()
