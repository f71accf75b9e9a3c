"""How much processor time an event page takes, chart included.

Each page is asked for in this process through the whole WSGI application, without a server. The
measure beside it is the hand-written function of ``comparison_endpoint``: reading the rows of the
same event and dumping them. The best of five rounds counts, of the process's own time; these are
the only floors that are times, and belong to a machine that does nothing else.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from comparison_endpoint import bare
from measuring import Line, arguments, is_postgresql, loaded, measured_by, server, set_up, show

Application = Callable[..., Any]
ROUNDS = 5
MOST_SECONDS = {10: 0.005, 500: 0.020}
"""Of the processor, by the claims of the event."""


def main() -> None:
    """Print a line for each size of event."""
    claims = arguments("Event pages").claims
    with server() as url:
        found = measured_by(__file__, loaded(url, claims)) if is_postgresql(url) else {}
    show("Event page", [_line(size, found.get(str(size))) for size in MOST_SECONDS])


def _line(size: int, found: dict[str, Any] | None) -> Line:
    floor = f"<= {MOST_SECONDS[size] * 1000:.0f} ms"
    if found is None:
        why = "no event of that size, or no PostgreSQL"
        return Line(f"event of {size} claims, processor time", floor, why, None)
    said = f"{found['page'] * 1000:.1f} ms, {found['page'] / found['rows']:.1f} x rows"
    what = f"event of {found['claims']} claims ({found['size'] / 1000:.0f} kB), processor time"
    return Line(what, floor, said, found["page"] <= MOST_SECONDS[size])


def measure() -> dict[int, Any]:
    """Return seconds of processor time of the page and of reading its rows, by size of event."""
    set_up()
    from django.core.wsgi import get_wsgi_application

    site, found = get_wsgi_application(), {}
    for size in MOST_SECONDS:
        if event := _event_of(size):
            address = event.get_absolute_url()
            found[size] = {
                "claims": event.digest.claim_count,
                "size": len(_asked(site, address)),
                "page": _cost(site, address),
                "rows": _cost(bare, event.public_id),
            }
    return found


def _event_of(claims: int) -> Any:
    """Return the public event with as many claims, or a few more where none has just as many."""
    from claims.models import Event

    of_size = Event.objects.published().filter(
        digest__claim_count__range=(claims, claims + claims // 10)
    )
    return of_size.select_related("digest").order_by("digest__claim_count", "pk").first()


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
