"""Whoever imports while others write to the one SQLite file is told so in a sentence."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from claims.domain import import_steps
from claims.ingest.batches import OTHERS_WRITE
from claims.ingest.pipeline import commit_batch, plan_batch, undo_batch
from claims.ingest.system_users import import_user
from claims.models import Claim, ImportBatch
from claims.services.refusals import WrongState
from tests.ingest.busy import somebody, waiting_a_moment
from tests.ingest.load import write_load

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers"),
]


@pytest.fixture(autouse=True)
def _impatience() -> Iterator[None]:
    with waiting_a_moment():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of thirty claims."""
    found = tmp_path / "load.csv"
    write_load(found, claims=30)
    return found


def a_batch() -> ImportBatch:
    """An import nobody has worked on."""
    return ImportBatch.objects.create(dataset="claims-csv", file_name="load.csv")


def test_import_when_others_write_from_the_start_is_not_begun(path: Path) -> None:
    batch, by = plan_batch(a_batch(), path), import_user()

    with somebody() as other:
        other.write()
        with pytest.raises(WrongState, match=OTHERS_WRITE):
            commit_batch(batch, path, by=by)

    batch.refresh_from_db()
    assert (batch.state, Claim.objects.count()) == ("planned", 0)


def test_import_when_others_write_at_its_turn_writes_nothing_and_comes_again(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    batch, by = plan_batch(a_batch(), path), import_user()

    with (
        caplog.at_level(logging.WARNING),
        somebody(at=import_steps.MERGE) as other,
        pytest.raises(WrongState, match=OTHERS_WRITE),
    ):
        commit_batch(batch, path, by=by, progress=other)

    assert Claim.objects.count() == 0
    assert "its end was not noted: database is locked" in caplog.text
    ImportBatch.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    commit_batch(batch, path, by=by)
    assert (Claim.objects.count(), batch.state) == (30, "committed")


def test_dry_run_when_others_write_says_so(path: Path) -> None:
    batch = a_batch()

    with (
        somebody(at=import_steps.MERGE) as other,
        pytest.raises(WrongState, match=OTHERS_WRITE),
    ):
        plan_batch(batch, path, progress=other)

    assert Claim.objects.count() == 0


def test_undoing_when_others_write_is_not_begun(path: Path) -> None:
    batch, by = plan_batch(a_batch(), path), import_user()
    commit_batch(batch, path, by=by)

    with somebody() as other:
        other.write()
        with pytest.raises(WrongState, match=OTHERS_WRITE):
            undo_batch(batch, by=by, reason="Not ours")

    batch.refresh_from_db()
    assert batch.state == "committed"


@pytest.mark.parametrize("options", [[], ["--commit"]])
def test_command_when_others_write_ends_with_the_sentence(path: Path, options: list[str]) -> None:
    with somebody() as other:
        other.write()
        with pytest.raises(CommandError, match=OTHERS_WRITE):
            call_command("import_claims", path, *options)
