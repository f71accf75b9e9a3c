"""Lists at a million claims against lists at ten thousand: time, statements, database pages.

Each question is asked of a small and of a large load: its first page and its 1,000th, through the
whole application. A page of the database is one of its 8 kB blocks, found in memory or read from
disk, as EXPLAIN (ANALYZE, BUFFERS) counts them for the statement that finds the rows of the page.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from measuring import (
    SMALL,
    Line,
    arguments,
    best_of,
    is_postgresql,
    loaded,
    measured_by,
    server,
    set_up,
    show,
)

TIMES = 7
ROUNDS = 3
LATER_PAGE = 1_000
GROWS_BY = 1.5
MOST_QUERIES = 8
MOST_PAGES = 20
ROWS = 20
_BUFFERS = re.compile(r"(?:hit|read)=(\d+)")
_TABLES = re.compile(r"claims_(eventfacet|eventword|comparison|claim)\b")
_READS_ROWS = re.compile(r'"id" IN \(\d')


def questions() -> dict[str, str]:
    """Return the questions as addresses, by what they ask; ids and codes of the load itself."""
    country, source = most_listed("country", after=1), source_id(most_listed("source", after=2))
    events, comparisons = "/api/v1/events/?", "/api/v1/comparisons/?"
    return {
        "most disputed": f"{comparisons}order=-gap_ratio",
        "most disputed, one country": f"{comparisons}order=-gap_ratio&country={country}",
        "events, country and measure": f"{events}country={country}&measure=injured",
        "events, kind and country": f"{events}kind=strike&country={country}",
        "events, kind and country, by gap": (
            f"{events}kind=strike&country={country}&order=-gap_ratio"
        ),
        "events, source and measure": f"{events}source={source}&measure=injured",
        "events, a verdict and a year": f"{events}verdict=contradictory&from=2010&to=2019",
        "claims, measure and victims": "/api/v1/claims/?measure=injured&victims=civilians",
    }


def most_listed(what: str, *, after: int) -> str:
    """Return the country or source that lists the most events but ``after`` others."""
    from django.db.models import Count

    from claims.models import EventFacet

    facets = EventFacet.objects.filter(facet__startswith=f"{what}:").values("facet")
    counted = facets.annotate(events=Count("event")).order_by("-events", "facet")
    return str(list(counted[: after + 1])[-1]["facet"].partition(":")[2])


def source_id(key: str) -> str:
    """Return the public id of a source."""
    from claims.models import Source

    return str(Source.objects.values_list("public_id", flat=True).get(pk=key))


def measure(addresses: dict[str, str]) -> dict[str, Any]:
    """Return milliseconds, statements and database pages of the first and a late page of each.

    In a load too small for any comparison each is asked once.
    """
    from claims.models import Claim

    times = TIMES if Claim.objects.count() >= SMALL // 2 else 1
    return {
        f"{what}, {which} page": _measured(address, times)
        for what, first in addresses.items()
        for which, address in (
            ("first", f"{first}&page_size={ROWS}"),
            ("late", _later(f"{first}&page_size={ROWS}")),
        )
    }


def _later(address: str) -> str:
    """Return the address of a late page, or of the last one of a list that has fewer.

    One long page leads there as many short ones would: a cursor is only a place.
    """
    from django.test import Client

    client, left = Client(), LATER_PAGE * ROWS
    while left > 0:
        long = address.replace(f"page_size={ROWS}", f"page_size={min(left, 1_000)}")
        following = client.get(long).json()["next"]
        if following is None:
            break
        address = re.sub("page_size=[0-9]+", f"page_size={ROWS}", following)
        left -= 1_000
    return address


def _measured(address: str, times: int) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    took = best_of(times, lambda: client.get(address))
    with CaptureQueriesContext(connection) as context:
        client.get(address)
    statements = [query["sql"] for query in context.captured_queries]
    return {
        "ms": took * 1000,
        "queries": len(statements),
        "counts": sum("COUNT(" in sql for sql in statements),
        "pages": list(_pages(statements)),
    }


def _pages(statements: list[str]) -> Iterator[int]:
    """Yield the database pages that each statement which finds the rows looks at."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for sql in statements:
            is_about_rows = _TABLES.search(sql.partition("FROM")[2][:40])
            if "LIMIT" in sql and is_about_rows and not _READS_ROWS.search(sql):
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}")
                lines = [line for (line,) in cursor.fetchall() if "Buffers:" in line]
                yield sum(int(number) for number in _BUFFERS.findall(lines[0])) if lines else 0


def compared(small: dict[str, Any], large: dict[str, Any]) -> Iterator[Line]:
    """Yield the lines of the table: growth, database pages, statements."""
    for what, found in large.items():
        ratio = found["ms"] / small[what]["ms"]
        yield Line(f"{what}: time", f"<= {GROWS_BY}", f"{ratio:.2f}", ratio <= GROWS_BY)
        pages = found["pages"]
        yield Line(
            f"{what}: database pages",
            f"<= {MOST_PAGES}",
            " + ".join(map(str, pages)) if pages else "not told by this database",
            sum(pages) <= MOST_PAGES if pages else None,
        )
    most = max(found["queries"] for found in large.values())
    counting = sum(found["counts"] for found in large.values())
    yield Line("most statements of a page", f"<= {MOST_QUERIES}", str(most), most <= MOST_QUERIES)
    yield Line("statements that count a table", "0", str(counting), counting == 0)


def in_turns(script: str, times: int, *databases: str) -> list[dict[str, Any]]:
    """Measure databases one after the other, again and again; keep the shortest time of each.

    What disturbs the machine for a while then disturbs them all.
    """
    rounds = [[measured_by(script, url) for url in databases] for _ in range(times)]
    kept = rounds[0]
    for again in rounds[1:]:
        for found, other in zip(kept, again, strict=True):
            for what, one in found.items():
                one["ms"] = min(one["ms"], other[what]["ms"])
    return kept


def run(script: str, title: str) -> None:
    """Measure a script's questions on both loads and print how they compare."""
    claims = arguments(title).claims
    with server() as url:
        loads = loaded(url, min(SMALL, claims // 2)), loaded(url, claims)
        small, large = in_turns(script, ROUNDS if claims > SMALL else 1, *loads)
        if not is_postgresql(url):
            print("Measured on SQLite; the floors are about PostgreSQL.")
    show(title, list(compared(small, large)))


if __name__ == "__main__":
    if "--measure" in sys.argv:
        set_up()
        print(json.dumps(measure(questions())))
    else:
        run(__file__, "Lists: a large load against a small one")
