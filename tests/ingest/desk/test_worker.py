"""Imports in a process beside the site: taken once, and said plainly where nobody is there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Timer

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from claims.ingest.desk import batches, tasks
from claims.ingest.desk.situation import PATIENCE, situation_of
from claims.services.refusals import WrongState
from tests import factories
from tests.ingest.busy import somebody, waiting_a_moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def background(settings):
    settings.BACKGROUND_TASKS = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def waiting():
    """Return an import that somebody has just asked to be read."""
    batch, editor = factories.import_batch(), factories.user()
    batches.ask(batch, "read", by=editor)
    tasks.start(batch, "read", by=editor)
    batch.refresh_from_db()
    return batch


def work():
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)


def test_import_when_asked_for_then_waits_for_the_worker():
    batch = waiting()

    found = situation_of(batch)

    assert (batch.state, batch.counts) == ("planning", {})
    assert (found.is_waiting, found.has_no_worker, found.has_stopped) == (True, False, False)


def test_import_when_the_worker_comes_then_read_and_the_task_keeps_nothing_of_it():
    batch = waiting()

    work()

    batch.refresh_from_db()
    task = DBTaskResult.objects.get()
    assert (batch.state, batch.counts["claim"]["new"]) == ("planned", 1)
    assert (task.status, task.return_value) == ("SUCCESSFUL", None)


def test_import_when_no_worker_takes_it_then_said_so():
    batch = waiting()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - PATIENCE - timedelta(seconds=1))

    found = situation_of(batch)

    assert (found.is_waiting, found.has_no_worker, found.has_stopped) == (True, True, False)


def test_import_when_done_here_and_the_worker_comes_later_then_done_once():
    batch = waiting()
    tasks.start_here(batch, "read", by=factories.user())
    batch.refresh_from_db()
    moved = batch.moved_at

    work()

    batch.refresh_from_db()
    assert (batch.state, batch.moved_at) == ("planned", moved)


def test_import_when_two_press_the_button_at_the_same_moment_then_asked_for_once():
    batch = waiting()
    work()
    batch.refresh_from_db()
    editors, start = [factories.user(), factories.user()], Barrier(2)

    def press(editor):
        start.wait()
        try:
            batches.ask(batch, "commit", by=editor, figures=batches.figures_of(batch))
        except WrongState as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "asked"

    with ThreadPoolExecutor(max_workers=2) as pool:
        said = sorted(pool.map(press, editors))

    assert [text == "asked" for text in said] == [False, True]
    assert said[0].endswith("found one that is being written.")


@pytest.fixture
def impatience():
    with waiting_a_moment():
        yield


ONE_WRITER = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers")


@ONE_WRITER
def test_worker_when_others_write_for_a_while_then_tries_until_they_end(impatience):
    batch, editor = waiting(), factories.user()
    with somebody() as other:
        other.write()
        ends = Timer(0.2, other.stop)
        ends.start()

        tasks.make_move(batch, "read", by=editor, tries=tasks.TRIES_OF_A_WORKER)

        ends.join()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["claim"]["new"]) == ("planned", 1)


@ONE_WRITER
def test_import_when_others_write_all_the_while_then_waits_for_a_press(impatience, caplog):
    batch, editor = waiting(), factories.user()

    with somebody() as other:
        other.write()
        tasks.make_move(batch, "read", by=editor, tries=2)

    assert "still waits to be begun" in caplog.text
    batch.refresh_from_db()
    assert batches.is_asked(batch, "read")
    tasks.start_here(batch, "read", by=editor)
    batch.refresh_from_db()
    assert batch.state == "planned"
