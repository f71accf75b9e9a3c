"""An import's way through its states, kept where others can see it while it works."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from claims.domain.importing import MOVE_DURING, BatchMove, BatchState
from claims.ingest.desk.progress import has_stopped, telling
from claims.ingest.garbage import searched_seldom
from claims.ingest.progress import Progress
from claims.models import ImportBatch
from claims.services.refusals import Refused, WrongState

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = 7_303_014
"""The number of the lock that a writing import holds on PostgreSQL."""

WORK = {
    BatchState.PLANNING: "read",
    BatchState.COMMITTING: "written",
    BatchState.UNDOING: "undone",
}

LOCKED = "database is locked"
"""What SQLite says to whoever has waited in vain for its one place to write."""
OTHERS_WRITE = (
    "Somebody else has been writing all the while, most likely another import. Nothing was saved; "
    "try again soon."
)


class OthersWrite(WrongState):
    """Others write to the one file of SQLite for longer than one waits."""


FAULT = (
    "The tracker stopped at a fault of its own ({fault}) and nothing was saved. Whoever runs it "
    "finds the details in its log. You can start again."
)


@contextmanager
def working(
    batch: ImportBatch, state: BatchState, progress: Progress | None = None
) -> Iterator[Progress]:
    """Work on a batch that nobody else works on, telling how far it is.

    Yields whom to tell, who tells ``progress`` too. What goes wrong is kept with the batch. Raises
    ``WrongState`` where this cannot begin: somebody else is at it, or has been.
    """
    move = MOVE_DURING[state]
    with waiting_in_turn():
        _begin(batch, move)
    try:
        with telling(batch, beside=progress) as told, searched_seldom():
            yield told
    except Refused as refusal:
        _leave(batch, move.refused, str(refusal))
        raise
    except Exception as error:
        _leave(batch, move.stopped, FAULT.format(fault=type(error).__name__))
        raise


def _begin(batch: ImportBatch, move: BatchMove) -> None:
    """Take a batch as one's own work: one that was asked for, or that may be begun from here."""
    now = timezone.now()
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        stands = MOVE_DURING[BatchState(held.state)].stopped if has_stopped(held) else held.state
        is_asked = held.state == move.during and held.moved_at is None
        if not is_asked and stands not in move.before:
            raise WrongState(
                f"This import cannot be {WORK[move.during]} now; it is {held.get_state_display()}."
            )
        held.state, held.moved_at, held.step_began_at = move.during, now, now
        held.problem, held.rows_done = "", 0
        held.save(update_fields=["state", "moved_at", "step_began_at", "problem", "rows_done"])
    # What is saved of the batch in hand later on must not undo this.
    batch.state, batch.moved_at, batch.step_began_at = move.during, now, now
    batch.problem, batch.rows_done = "", 0


def _leave(batch: ImportBatch, state: BatchState, problem: str) -> None:
    batch.state, batch.problem, batch.step = state, problem, ""
    batch.moved_at = timezone.now()
    try:
        batch.save(update_fields=["state", "problem", "step", "moved_at"])
    except OperationalError as error:  # what went wrong first is told all the same
        logger.warning(
            "Import %s counts as silent soon, its end was not noted: %s", batch.pk, error
        )


@contextmanager
def waiting_in_turn() -> Iterator[None]:
    """Raise ``OthersWrite`` where others write to an SQLite file for longer than one waits."""
    try:
        yield
    except OperationalError as error:
        if str(error) != LOCKED:
            raise
        raise OthersWrite(OTHERS_WRITE) from error


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction in which no other import writes; raise ``Refused`` where one does."""
    with waiting_in_turn(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
                if not cursor.fetchone()[0]:
                    raise WrongState("Another import is being written just now; try again soon.")
        yield
