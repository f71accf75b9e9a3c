"""How much processor time an event page takes, as multiples of hand-written work in the same run.

    DATABASE_URL=postgres://... python benchmarks/event_page.py --claims 1 10 500

Each page is asked for in this process through the whole WSGI application, without a server. The
measure beside it is the hand-written function of ``comparison_endpoint``: reading the rows of the
same event and dumping them. The best of five rounds counts, of the process's own time.
"""

from __future__ import annotations

import argparse
import io
import os
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402 - needs the settings named above

from benchmarks.comparison_endpoint import bare  # noqa: E402

Application = Callable[..., Any]
ROUNDS = 5


def main() -> None:
    """Print a line for each size of event."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[1, 10, 500])
    site = get_wsgi_application()
    print(f"{'claims':>7} {'page, kB':>9} {'page / rows':>12} {'page, ms of processor':>22}")
    for claims in parser.parse_args().claims:
        event = _event_of(claims)
        address = event.get_absolute_url()
        size = len(_asked(site, address))
        page, rows = _cost(site, address), _cost(bare, event.public_id)
        print(f"{claims:7} {size / 1000:9.1f} {page / rows:12.1f} {page * 1000:22.2f}")


def _event_of(claims: int) -> Any:
    from claims.models import Event  # Only once Django knows its settings.

    found = Event.objects.published().filter(digest__claim_count=claims).order_by("pk").first()
    if found is None:
        sys.exit(f"Expected an event of {claims} claims in the database, found none.")
    return found


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
    main()
