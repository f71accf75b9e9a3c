"""Progress, lengths of time, sizes and counts as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from claims.admin.import_shown import (
    KindLine,
    duration,
    fates_shown,
    kind_lines,
    progress_shown,
    size_shown,
)
from claims.ingest.desk.progress import Told
from claims.ingest.desk.situation import Situation
from claims.models import ImportBatch

BEGAN = datetime(2026, 11, 24, 12, tzinfo=UTC)


def told(step="writing claims", done=0, total=None, *, seconds=10):
    found = Told(step, done, total, BEGAN, BEGAN + timedelta(seconds=seconds))
    situation = Situation(
        is_at_work=True, is_waiting=False, has_no_worker=False, has_stopped=False, told=found
    )
    shown = progress_shown(ImportBatch(state="committing"), situation)
    return [shown[name] for name in ("step", "done", "detail", "value", "most")]


def test_progress_when_all_is_known_then_rows_rate_and_time_left():
    assert told(done=250_000, total=1_000_000) == [
        "Writing claims",
        "250,000 of 1,000,000 rows",
        "10 seconds so far, 25,000 rows a second, about 30 seconds left in this step",
        250_000,
        1_000_000,
    ]


def test_progress_when_the_step_is_listed_then_which_of_how_many():
    assert told("Comparing with what is here")[:2] == [
        "Step 3 of 11: Comparing with what is here",
        "",
    ]


def test_progress_when_a_step_goes_through_events_then_says_so():
    assert told("Comparing claims", done=50, total=100)[:3] == [
        "Step 7 of 11: Comparing claims",
        "50 of 100 events",
        "10 seconds so far, 5 events a second, about 10 seconds left in this step",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        pytest.param(0.2, "1 second", id="just begun"),
        pytest.param(60, "1 minute", id="a whole minute"),
        pytest.param(75.4, "1 minute 15 seconds", id="a minute and some"),
        pytest.param(7322, "2 hours 2 minutes 2 seconds", id="hours"),
    ],
)
def test_progress_when_a_step_takes_long_then_each_second_is_another(seconds, said):
    assert told(seconds=seconds)[2] == f"{said} so far"


def test_progress_when_nobody_knows_how_many_then_no_time_left():
    assert told(done=42) == [
        "Writing claims",
        "42 rows",
        "10 seconds so far, 4 rows a second",
        None,
        None,
    ]


def test_progress_when_there_are_more_rows_than_thought_then_the_bar_is_full():
    assert told(done=110, total=100)[2:] == [
        "10 seconds so far, 11 rows a second",
        100,
        100,
    ]


def test_progress_when_a_step_has_no_rows_then_the_time_moves():
    assert told("", seconds=61) == ["Starting", "", "1 minute 1 second so far", None, None]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "1 second"),
        (1.4, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (90, "2 minutes"),
        (5399, "90 minutes"),
        (5400, "2 hours"),
    ],
)
def test_duration_in_words(seconds, expected):
    assert duration(seconds) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, "0 bytes"), (999, "999 bytes"), (93_412, "93.4 kB"), (200_000_000, "200.0 MB")],
)
def test_size_in_words(size, expected):
    assert size_shown(size) == expected


def test_size_of_gigabytes_in_words():
    assert size_shown(7_312_000_000) == "7.3 GB"


def test_counts_when_nothing_is_gone_then_no_column_for_it():
    batch = ImportBatch(counts={"claim": {"new": 2, "refused": 1}, "event": {"same": 1}})

    assert fates_shown(batch) == ["New", "Changed", "The same", "Refused"]
    assert kind_lines(batch) == [
        KindLine("Events", [0, 0, 1, 0]),
        KindLine("Claims", [2, 0, 0, 1]),
    ]
