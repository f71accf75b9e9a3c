"""The bar of the command line, which moves while the database works on one long statement."""

import io
import sys
import time

import pytest

from claims.management.importing import Bar


def test_bar_of_a_step_without_rows_shows_the_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(sys, "stderr", drawn)
    bar = Bar()

    bar.step("Writing history", None)
    time.sleep(2.5)
    bar.close()

    shown = [line.strip() for line in drawn.getvalue().split("\r") if line.strip()]
    assert shown[0] == "Writing history: 0 rows, 00:00"
    assert {"Writing history: 0 rows, 00:01", "Writing history: 0 rows, 00:02"} <= set(shown)


def test_bar_of_a_step_with_rows_shows_how_many_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(sys, "stderr", drawn)
    bar = Bar()

    bar.step("Reading and checking", 300)
    bar.advance(300)
    bar.close()

    assert "300/300" in drawn.getvalue()
