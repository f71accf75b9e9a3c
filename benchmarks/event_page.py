"""How much processor time an event page takes, chart included.

Each page is asked for in this process through the whole WSGI application, without a server. The
measure beside it is the hand-written function of ``comparison_endpoint``: reading the rows of the
same event and dumping them. The best of five rounds counts, of the process's own time; these are
the only floors that are times, and belong to a machine that does nothing else.

The event measured is the one of its size with the middle number of questions. In the synthetic
load a large event asks dozens of them; so each is measured once more with all its claims put to one
question, and put back afterwards.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from comparison_endpoint import bare
from measuring import Line, arguments, is_postgresql, loaded, measured_by, server, set_up, show

Application = Callable[..., Any]
ROUNDS = 5
MOST_SECONDS = {10: 0.005, 500: 0.020}
"""Of the processor, by the claims of the event."""
TO_ONE_QUESTION = """
UPDATE claims_claim SET measure = 'killed', victims = 'people', victims_party_id = NULL
WHERE event_id = %s
"""
QUESTIONS = "SELECT measure, victims, victims_party_id, id FROM claims_claim WHERE event_id = %s"
BACK = "UPDATE claims_claim SET measure = %s, victims = %s, victims_party_id = %s WHERE id = %s"
OF_SIZE = """
SELECT e.public_id FROM claims_event e JOIN claims_eventdigest d ON d.event_id = e.id
WHERE e.state = 'published' AND d.claim_count BETWEEN %s AND %s
ORDER BY (SELECT COUNT(*) FROM claims_comparison c WHERE c.event_id = e.id), e.id
"""


def main() -> None:
    """Print two lines for each size of event."""
    claims = arguments("Event pages").claims
    with server() as url:
        found = measured_by(__file__, loaded(url, claims)) if is_postgresql(url) else {}
    show("Event page", [line for size in MOST_SECONDS for line in _lines(size, found)])


def _lines(size: int, found: dict[str, Any]) -> list[Line]:
    floor = f"<= {MOST_SECONDS[size] * 1000:.0f} ms"
    pages = found.get(str(size), [])
    if not pages:
        why = "no event of that size, or no PostgreSQL"
        return [Line(f"event of {size} claims, processor time", floor, why, None)]
    return [_line(page, floor, MOST_SECONDS[size]) for page in pages]


def _line(page: dict[str, Any], floor: str, most: float) -> Line:
    said = f"{page['page'] * 1000:.1f} ms, {page['page'] / page['rows']:.1f} x rows"
    what = (
        f"{page['claims']} claims, questions {page['whole']} whole of {page['questions']}, "
        f"{page['shown']} rows, {page['size'] / 1000:.0f} kB"
    )
    return Line(what, floor, said, page["page"] <= most)


def measure() -> dict[int, Any]:
    """Return what each page takes and shows, by size of event: as it is, then as one question."""
    set_up()
    from tracker.wsgi import application

    found: dict[int, Any] = {}
    for size in MOST_SECONDS:
        if event := _event_of(size):
            found[size] = [_measured(application, event)]
            with _one_question(event):
                found[size].append(_measured(application, event))
    return found


@contextmanager
def _one_question(event: Any) -> Iterator[None]:
    """Put all claims of an event to one question for a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(QUESTIONS, [event.pk])
        before = cursor.fetchall()
        cursor.execute(TO_ONE_QUESTION, [event.pk])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.executemany(BACK, before)


def _measured(site: Application, event: Any) -> dict[str, Any]:
    """Return processor seconds of the page and of reading its rows, and what the page shows."""
    from claims.queries.comparisons import event_comparisons

    address = event.get_absolute_url()
    html = _asked(site, address)
    views = event_comparisons(event)
    return {
        "claims": sum(view.claim_count for view in views),
        "questions": len(views),
        "whole": html.count(b'<figure class="chart"'),
        "shown": html.count(b'<tr id="cl_'),
        "size": len(html),
        "page": _cost(site, address),
        "rows": _cost(bare, event.public_id),
    }


def _event_of(claims: int) -> Any:
    """Return a public event of about so many claims, with the middle number of questions."""
    from django.db import connection

    from claims.models import Event

    with connection.cursor() as cursor:
        cursor.execute(OF_SIZE, [claims, claims + claims // 10])
        found = [public_id for (public_id,) in cursor.fetchall()]
    return Event.objects.get(public_id=found[len(found) // 2]) if found else None


def _cost(application: Application, path: str) -> float:
    """Return the processor time of one request in seconds."""
    _asked(application, path)
    best, times = float("inf"), 20
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(times):
            _asked(application, path)
        best = min(best, (time.process_time() - start) / times)
    return best


def _asked(application: Application, path: str) -> bytes:
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda status, headers, error=None: told.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not told[0].startswith("200"):
        sys.exit(f"Expected 200 at {path}, got {told[0]}.")
    return body


if __name__ == "__main__":
    if sys.argv[-1] == "--measure":
        print(json.dumps(measure()))
    else:
        main()
