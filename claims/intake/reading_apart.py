"""A page read in a process of its own, with a limit on its time and memory.

A page comes from a stranger, and the parsers that read it are large: a megabyte of attributes
keeps one of them busy for minutes. A process of its own can be stopped, and takes nothing with
it. Run as a program, this module is that process: a page on standard input, JSON on the output.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from claims.domain.dates import DatePrecision, PartialDate
from claims.intake.decoding import decoded
from claims.intake.pages import PageReading, read_page
from claims.intake.refused import NotReadable

LARGEST_PAGE = 5_000_000
SECONDS = 15
_MOST_MEMORY = 1_500_000_000
_ROOT = Path(__file__).resolve().parents[2]


def page_reading(page: bytes | str, *, charset: str = "", seconds: float = SECONDS) -> PageReading:
    """Return what a page says, read apart from this process.

    Raises ``NotReadable`` for a page that is too large, has no text, or cannot be read in time.
    """
    content, known = (
        (page.encode("utf-8", "replace"), "utf-8") if isinstance(page, str) else (page, charset)
    )
    if len(content) > LARGEST_PAGE:
        raise NotReadable(
            f"Expected a page of at most {LARGEST_PAGE:,} bytes, got {len(content):,}. Paste the "
            "text of the article instead."
        )
    told = _told(known.encode("ascii", "ignore") + b"\n" + content, seconds)
    if "refused" in told:
        raise NotReadable(told["refused"])
    return _reading(told)


def _told(sent: bytes, seconds: float) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603  no word of the command comes from outside
            [sys.executable, "-m", __name__],
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PYTHONUTF8": "1"},
            timeout=seconds,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise NotReadable(
            f"This page cannot be read within {seconds:g} seconds and the memory allowed. Paste "
            "the text of the article instead."
        ) from error
    return told


def _reading(told: dict[str, Any]) -> PageReading:
    day, at = told.pop("published_on"), told.pop("published_at")
    return PageReading(
        **told,
        published_on=PartialDate(date.fromisoformat(day[0]), DatePrecision(day[1]))
        if day
        else None,
        published_at=datetime.fromisoformat(at) if at else None,
    )


def _telling(reading: PageReading) -> dict[str, Any]:
    day, at = reading.published_on, reading.published_at
    return {
        **{name: getattr(reading, name) for name in ("title", "author", "publisher", "text")},
        **{name: getattr(reading, name) for name in ("language", "url")},
        "published_on": [day.day.isoformat(), str(day.precision)] if day else None,
        "published_at": at.isoformat() if at else None,
    }


def _limit() -> None:
    # Not on every system, where the time limit alone has to do.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def main() -> None:
    """Read a page from standard input and write what it says to standard output."""
    _limit()
    charset, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        told = _telling(read_page(decoded(content, charset.decode("ascii"))))
    except NotReadable as refusal:
        told = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
