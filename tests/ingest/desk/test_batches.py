"""An import is moved by one table of moves, once, by who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.domain.importing import BATCH_MOVES, LONGEST_SILENCE, BatchState
from claims.ingest.batches import FAULT, working
from claims.ingest.desk import batches, tasks
from claims.ingest.desk.batches import OtherFigures, figures_of
from claims.ingest.desk.progress import telling
from claims.ingest.desk.situation import situation_of
from claims.ingest.desk.uploads import drop_upload
from claims.models import Claim, ImportBatch
from claims.services.refusals import NotAllowed, ReasonNeeded, WrongState
from tests import factories

pytestmark = pytest.mark.django_db


def asked(batch, move, **said):
    return batches.ask(batch, move, by=factories.user(), **said)


def done(batch, move="read", by=None, **said):
    """Make a move at once, as where no worker runs."""
    by = by or factories.user()
    batches.ask(batch, move, by=by, **said)
    tasks.start(batch, move, by=by)
    batch.refresh_from_db()
    return batch


def force(batch, **columns):
    ImportBatch.objects.filter(pk=batch.pk).update(**columns)
    batch.refresh_from_db()


@pytest.mark.parametrize("state", ["planning", "committing", "undoing"])
@pytest.mark.parametrize("move", list(BATCH_MOVES))
def test_move_when_somebody_is_at_work_then_refused(state, move):
    batch = factories.import_batch()
    force(batch, state=state, moved_at=timezone.now())

    with pytest.raises(WrongState, match="found one that is being"):
        asked(batch, move, figures=figures_of(batch), reason="A mistake.")


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (state, name)
        for state in ("waiting", "planned", "committed", "undone", "failed")
        for name, move in BATCH_MOVES.items()
        if state not in move.before
    ],
)
def test_move_when_the_table_has_no_way_from_here_then_refused(state, move):
    batch = factories.import_batch()
    force(batch, state=state, undo_reason="A mistake.")

    with pytest.raises(WrongState, match="Expected an import that is"):
        asked(batch, move, figures=figures_of(batch), reason="A mistake.")


def test_move_when_asked_for_twice_then_the_second_is_refused():
    batch = done(factories.import_batch())
    figures = figures_of(batch)
    asked(batch, "commit", figures=figures)

    with pytest.raises(WrongState, match="found one that is being written"):
        asked(batch, "commit", figures=figures)


def test_move_when_begun_twice_then_only_the_first_does_it():
    batch = asked(factories.import_batch(), "read")

    with working(batch, BatchState.PLANNING):
        tasks.work_on_import.call(batch.pk, "read", factories.user().pk)
        with pytest.raises(WrongState), working(batch, BatchState.PLANNING):
            pass

    assert ImportBatch.objects.get().counts == {}


def test_move_when_a_contributor_asks_then_not_allowed():
    batch = factories.import_batch()

    with pytest.raises(NotAllowed):
        batches.ask(batch, "read", by=factories.user(role="contributor"))


def test_read_when_done_then_nothing_is_saved_and_the_figures_are_there():
    batch = done(factories.import_batch(factories.claims_csv("63", "about 400")))

    assert (batch.state, batch.counts["claim"]["new"], batch.refused_count) == ("planned", 2, 0)
    assert Claim.objects.count() == 0


def test_commit_when_done_then_claims_are_drafts_of_whoever_pressed():
    batch, editor = done(factories.import_batch()), factories.user()

    done(batch, "commit", by=editor, figures=figures_of(batch))

    claim = Claim.objects.get()
    assert (batch.state, claim.state, claim.created_by) == ("committed", "draft", editor)


@pytest.mark.parametrize(
    "changed",
    [{"counts": {"claim": {"new": 7}}}, {"withdraw_gone": True}, {"refused_count": 1}],
    ids=["read again", "another choice", "refused since"],
)
def test_commit_when_it_would_do_something_else_than_was_shown_then_refused(changed):
    batch = done(factories.import_batch())
    shown = figures_of(batch)
    force(batch, **changed)

    with pytest.raises(OtherFigures):
        asked(batch, "commit", figures=shown)


def test_commit_when_cells_were_refused_then_stays_a_dry_run_with_the_reason():
    batch = done(factories.import_batch(factories.claims_csv("a great many")))

    done(batch, "commit", figures=figures_of(batch))

    assert (batch.state, Claim.objects.count()) == ("planned", 0)
    assert batch.problem.startswith("Nothing was written")


def test_work_when_the_file_is_gone_then_said():
    batch = asked(factories.import_batch(), "read")
    drop_upload(batch.stored_as)

    tasks.start(batch, "read", by=factories.user())

    batch.refresh_from_db()
    assert (batch.state, "not kept here any more" in batch.problem) == ("failed", True)


def test_work_when_a_fault_of_the_tracker_stops_it_then_failed_and_said(caplog):
    batch = done(factories.import_batch())
    asked(batch, "commit", figures=figures_of(batch))
    nobody = User(username="nobody", is_active=False)  # who was never saved cannot write anything

    tasks.make_move(batch, "commit", by=nobody)

    batch.refresh_from_db()
    assert (batch.state, Claim.objects.count()) == ("failed", 0)
    assert batch.problem.startswith(FAULT.split("{")[0])
    assert f"Import {batch.pk}, commit" in caplog.text


def test_agree_when_whoever_uploaded_does_then_not_allowed():
    editor = factories.user()
    batch = done(factories.import_batch(by=editor))

    with pytest.raises(NotAllowed):
        batches.agree_to(batch, by=editor, figures=figures_of(batch))


def test_agree_when_choices_change_afterwards_then_it_counts_no_more():
    batch = done(factories.import_batch())
    batches.agree_to(batch, by=factories.user(), figures=figures_of(batch))

    held = batches.choose_options(
        batch, by=factories.user(), figures=figures_of(batch), publish=True, withdraw_gone=False
    )

    assert (held.agreed_by, held.reviewed_by, held.publish) == (None, None, True)


def test_agree_when_the_file_is_read_again_then_it_counts_no_more():
    batch = done(factories.import_batch())
    batches.agree_to(batch, by=factories.user(), figures=figures_of(batch))

    done(batch)

    assert (batch.state, batch.agreed_by) == ("planned", None)


def test_undo_when_no_reason_is_given_then_asked_for():
    batch = factories.import_batch()
    force(batch, state="committed")

    with pytest.raises(ReasonNeeded):
        asked(batch, "undo", reason="  ")


@pytest.mark.parametrize(
    ("state", "move", "expected"),
    [("planning", "read", "planning"), ("committing", "read", "planning")],
)
def test_move_when_whoever_worked_has_died_then_can_be_started_again(state, move, expected):
    batch = factories.import_batch()
    force(batch, state=state, moved_at=timezone.now() - LONGEST_SILENCE - timedelta(seconds=1))
    assert situation_of(batch).has_stopped

    assert asked(batch, move).state == expected


def test_undo_when_whoever_undid_it_has_died_then_it_stands_and_can_be_undone_again():
    batch = factories.import_batch()
    force(batch, state="undoing", moved_at=timezone.now() - LONGEST_SILENCE - timedelta(seconds=1))

    assert asked(batch, "undo", reason="A mistake.").state == "undoing"


def test_situation_when_progress_is_told_then_alive_whatever_the_database_says():
    batch = factories.import_batch()
    force(batch, state="committing", moved_at=timezone.now() - timedelta(hours=1))

    with telling(batch) as progress:
        progress.step("writing claims", 1000)
        progress.advance(250)
        progress.tell()
        found = situation_of(batch)

    assert (found.has_stopped, found.told.step) == (False, "writing claims")
    assert (found.told.rows_done, found.told.rows_total) == (250, 1000)
    assert situation_of(batch).has_stopped
