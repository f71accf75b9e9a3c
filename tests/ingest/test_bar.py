"""The bar of the command line, which moves while the database works on one long statement."""

import io
import re
import sys
import time

import pytest

from claims.management.importing import Bar

PATIENCE = 60  # seconds; a busy machine may draw late, and may skip a second


def test_bar_of_a_step_without_rows_shows_the_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(sys, "stderr", drawn)
    bar = Bar()

    bar.step("Writing history", None)
    given_up_at = time.monotonic() + PATIENCE
    while len(seconds_shown(drawn)) < 3 and time.monotonic() < given_up_at:
        time.sleep(0.1)
    bar.close()

    shown = seconds_shown(drawn)
    assert shown[0] == 0
    assert len(shown) >= 3
    assert shown == sorted(shown)


def seconds_shown(drawn: io.StringIO) -> list[int]:
    """Return the different times that the bar has shown, in order; nothing else stands there."""
    lines = [line.strip() for line in drawn.getvalue().split("\r") if line.strip()]
    times = [re.fullmatch(r"Writing history: 0 rows, 00:(\d\d)", line)[1] for line in lines]
    return list(dict.fromkeys(map(int, times)))


def test_bar_of_a_step_with_rows_shows_how_many_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(sys, "stderr", drawn)
    bar = Bar()

    bar.step("Reading and checking", 300)
    bar.advance(300)
    bar.close()

    assert "300/300" in drawn.getvalue()
