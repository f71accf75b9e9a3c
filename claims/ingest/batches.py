"""An import's way through its states, kept where others can see it while it works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from claims.domain.importing import BatchState
from claims.models import ImportBatch
from claims.services.refusals import Refused, WrongState

DEAD_AFTER = timedelta(minutes=1)
ONE_AT_A_TIME = 7_303_014
"""The number of the lock that a writing import holds on PostgreSQL."""

BEFORE = {
    BatchState.PLANNING: {BatchState.WAITING, BatchState.PLANNED, BatchState.FAILED},
    BatchState.COMMITTING: {BatchState.PLANNED, BatchState.FAILED},
    BatchState.UNDOING: {BatchState.COMMITTED},
}
"""From which states each kind of work may begin."""

LEFT_AT = {BatchState.UNDOING: BatchState.COMMITTED}
"""Where a batch stands when work on it has failed and nothing was saved; else failed."""

WORK = {
    BatchState.PLANNING: "read",
    BatchState.COMMITTING: "written",
    BatchState.UNDOING: "undone",
}


def recognise_dead(batch: ImportBatch) -> ImportBatch:
    """Mark a batch whose process gave no sign of life for a minute as failed.

    Nothing was saved, since everything is written in one transaction.
    """
    if batch.is_at_work and (batch.moved_at is None or _is_long_ago(batch)):
        batch.problem = "The process that worked on it ended without a word; nothing was saved."
        batch.state = LEFT_AT.get(BatchState(batch.state), BatchState.FAILED)
        batch.save(update_fields=["state", "problem"])
    return batch


def _is_long_ago(batch: ImportBatch) -> bool:
    return batch.moved_at is not None and batch.moved_at < timezone.now() - DEAD_AFTER


@contextmanager
def working(batch: ImportBatch, state: BatchState) -> Iterator[None]:
    """Work on a batch that nobody else works on; what goes wrong is kept with it.

    Raises ``WrongState`` where it is not in a state from which this can begin.
    """
    recognise_dead(batch)
    before = BatchState(batch.state)
    now = timezone.now()
    begun = ImportBatch.objects.filter(pk=batch.pk, state__in=BEFORE[state]).update(
        state=state, moved_at=now, step_began_at=now, problem="", rows_done=0
    )
    if not begun:
        batch.refresh_from_db(fields=["state"])
        raise WrongState(
            f"This import cannot be {WORK[state]} now; it is {batch.get_state_display()}."
        )
    batch.state = state
    try:
        yield
    except Refused as refusal:
        _leave(batch, before, str(refusal))
        raise
    except Exception as error:
        _leave(batch, LEFT_AT.get(state, BatchState.FAILED), f"{type(error).__name__}: {error}")
        raise


def _leave(batch: ImportBatch, state: BatchState, problem: str) -> None:
    batch.state, batch.problem = state, problem
    batch.step = ""
    batch.save(update_fields=["state", "problem", "step"])


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction in which no other import writes; raise ``Refused`` where one does."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
                if not cursor.fetchone()[0]:
                    raise WrongState("Another import is being written just now; try again soon.")
        yield
