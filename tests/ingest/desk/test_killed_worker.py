"""A worker killed in the middle of an import: nothing is left, it is said, and it can be redone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.domain.importing import LONGEST_SILENCE
from claims.ingest.desk import batches, tasks
from claims.ingest.desk.situation import situation_of
from claims.models import Change, Citation, Claim, Document, Event, ImportBatch, Source
from claims.services import comparisons
from claims.services.integrity import problems
from tests import factories
from tests.ingest.by_hand import everything
from tests.ingest.killing import kill_at
from tests.ingest.load import write_load

pytestmark = pytest.mark.django_db(transaction=True)

MODELS = (Event, Source, Document, Claim, Citation, Change)
WORKER = """
import django, sys, time
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
settings.DATA_DIR = Path(sys.argv[2])
from claims.ingest.desk.progress import ToldProgress
from claims.ingest.landing import committing

def wait():
    print(sys.argv[3], flush=True)
    time.sleep(60)

step, ranges = ToldProgress.step, committing.id_ranges

def slow_step(self, name, total=None):
    step(self, name, total)
    if name == sys.argv[3]:
        wait()

def slow_ranges(landing):
    if sys.argv[3] == "Written":
        wait()
    return ranges(landing)

ToldProgress.step, committing.id_ranges = slow_step, slow_ranges
call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)
"""


@pytest.fixture(autouse=True)
def background(settings):
    settings.BACKGROUND_TASKS = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def batch(tmp_path: Path) -> ImportBatch:
    """An import of 60 claims that was looked at."""
    write_load(tmp_path / "load.csv", claims=60)
    content = (tmp_path / "load.csv").read_bytes()
    editor = factories.user(username="importer")
    made = factories.import_batch(content, by=editor)
    hand_on(made, "read", editor)
    work()
    made.refresh_from_db()
    assert made.state == "planned"
    return made


def hand_on(batch: ImportBatch, move: str, by: User) -> None:
    """Press the button: the work waits for the worker."""
    figures = batches.figures_of(batch)
    batches.ask(batch, move, by=by, figures=figures, reason="Taken back")
    tasks.start(batch, move, by=by)


def work() -> None:
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)


def kill_worker_at(moment: str, folder: Path, root: Path) -> None:
    """Let a worker of its own begin, and kill it as soon as it says the moment."""
    kill_at(moment, WORKER, str(folder), moment, root=root, BACKGROUND_TASKS="true")


def let_a_minute_pass(batch: ImportBatch, uploads: Path) -> None:
    """Make the last sign of life older than a living worker's would be."""
    before = timezone.now() - LONGEST_SILENCE - timedelta(seconds=1)
    ImportBatch.objects.filter(pk=batch.pk).update(moved_at=before)
    path = uploads / f"batch-{batch.pk}.progress"
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"moved_at": before.isoformat()}))


def counted() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def clean_run(batch: ImportBatch) -> dict:
    """Return everything there is after the same import where nothing goes wrong."""
    with transaction.atomic():
        hand_on(batch, "commit", batch.by)
        tasks.start_here(batch, "commit", by=batch.by)
        found = everything()
        transaction.set_rollback(True)
    batch.refresh_from_db()
    return found


@pytest.mark.parametrize(
    "moment",
    ["Reading and checking", "Comparing with what is here", "Writing new records", "Written"],
)
def test_worker_when_killed_while_writing_then_nothing_is_left_and_a_rerun_is_a_clean_run(
    batch: ImportBatch, tmp_path: Path, root: Path, uploads: Path, moment: str
) -> None:
    expected = clean_run(batch)
    hand_on(batch, "commit", batch.by)

    kill_worker_at(moment, tmp_path, root)

    assert counted() == dict.fromkeys(counted(), 0)
    let_a_minute_pass(batch, uploads)
    batch.refresh_from_db()
    assert situation_of(batch).has_stopped
    for move in ("read", "commit"):
        hand_on(batch, move, batch.by)
        work()
        batch.refresh_from_db()
    assert batch.state == "committed"
    found = everything()
    assert {table: rows for table, rows in found.items() if rows != expected[table]} == {}
    assert (comparisons.differences(), problems()) == ([], [])


def test_worker_when_killed_while_undoing_then_the_import_stands_and_can_be_undone_again(
    batch: ImportBatch, tmp_path: Path, root: Path, uploads: Path
) -> None:
    hand_on(batch, "commit", batch.by)
    work()
    before = everything()
    batch.refresh_from_db()
    hand_on(batch, "undo", batch.by)

    kill_worker_at("Withdrawing what was added", tmp_path, root)

    assert everything() == before
    let_a_minute_pass(batch, uploads)
    hand_on(batch, "undo", batch.by)
    work()
    batch.refresh_from_db()
    assert (batch.state, Claim.objects.exclude(state="withdrawn").count()) == ("undone", 0)


def test_page_when_the_worker_was_killed_then_says_what_happened_and_what_to_do(
    batch: ImportBatch, tmp_path: Path, root: Path, uploads: Path
) -> None:
    hand_on(batch, "commit", batch.by)
    kill_worker_at("Writing new records", tmp_path, root)
    let_a_minute_pass(batch, uploads)
    client = Client()
    client.force_login(batch.by)

    text = client.get(reverse("admin:import_batch", args=[batch.pk])).text

    assert "Stopped: nothing saved" in text
    assert "given no sign of life for more than a minute. Nothing of it was saved." in text
    assert "Read it again (dry run)" in text
