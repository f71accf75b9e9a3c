"""An import holds every event that it will touch at once and in order, before anything else."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.ingest.pipeline import commit_batch
from claims.models import Claim, Event
from claims.services.integrity import problems
from tests import factories
from tests.ingest.importing import plan, put
from tests.ingest.rows import war_row
from tests.threads import in_a_thread

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
WITHIN = 20
Write = Callable[..., Path]


@pytest.fixture
def people() -> dict[str, User]:
    """Who imports and who has reviewed."""
    return {name: factories.user(role="editor") for name in ("by", "reviewed_by")}


@pytest.fixture(params=[False, True], ids=["plain", "release"])
def revises(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a file is a release of a dataset."""
    monkeypatch.setattr("claims.ingest.reading.ClaimsCsvReading.revises", request.param)
    monkeypatch.setattr("claims.ingest.reading.ClaimsCsvReading.dataset", "war")
    return bool(request.param)


@pytest.fixture
def draft(csv_file: Write, people: dict[str, User], revises: bool) -> None:
    """An event that is not public yet, made before the battles."""
    path = csv_file(war_row(0, 5), name="0.csv")
    put(path, people["by"], release="0")


@pytest.fixture
def battles(csv_file: Write, people: dict[str, User], revises: bool) -> None:
    """Two battles, each by an import of its own; one source and one document are in both."""
    for battle in (1, 2):
        path = csv_file(war_row(battle, 5), name=f"{battle}.csv")
        put(path, **people, publish=True, release=str(battle))


def while_somebody_holds(key: str, work: Callable[[], object], look: Callable[[], None]) -> None:
    """Have a work wait for an event in a thread of its own; look at what it holds meanwhile."""
    with transaction.atomic():
        Event.objects.select_for_update(no_key=True).get(key=key)
        thread = in_a_thread(work)
        wait_until(is_somebody_waiting)
        look()
    thread.join(WITHIN)


def is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def second_is_free() -> None:
    """Raise ``OperationalError`` where somebody holds the second battle."""
    with transaction.atomic():
        Event.objects.select_for_update(nowait=True, no_key=True).get(key="war/2")


def test_the_event_that_a_claim_leaves_is_held_before_the_one_it_comes_to(
    csv_file: Write, battles: None, people: dict[str, User]
) -> None:
    moved = war_row(2, 5) | {"claim_key": "war/1/killed"}
    path = csv_file(war_row(2, 5), moved, name="3.csv")
    batch = plan(path, by=people["by"], publish=True, release="3")

    while_somebody_holds("war/1", partial(commit_batch, batch, path, **people), second_is_free)

    batch.refresh_from_db()
    claim = Claim.objects.get(key="war/1/killed")
    assert (batch.state, batch.problem, claim.event.key) == ("committed", "", "war/2")
    assert problems() == []


def test_a_draft_that_becomes_public_with_what_is_part_of_it_is_held_with_the_rest(
    csv_file: Write, draft: None, battles: None, people: dict[str, User]
) -> None:
    rows = war_row(2, 5) | {"parent": ""}, war_row(3, 5, parent="war/0")
    path = csv_file(*rows, name="3.csv")
    batch = plan(path, by=people["by"], publish=True, release="3")

    while_somebody_holds("war/0", partial(commit_batch, batch, path, **people), second_is_free)

    batch.refresh_from_db()
    part = Event.objects.get(key="war/3")
    assert (batch.state, batch.problem) == ("committed", "")
    assert part.parent is not None
    assert (part.parent.key, part.parent.state) == ("war/0", "published")
    assert problems() == []
