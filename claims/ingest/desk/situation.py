"""Where an import stands just now: asked for, at work, or left by a process that has died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from claims.ingest.desk.progress import Told, has_stopped, told_of
from claims.models import ImportBatch

PATIENCE = timedelta(seconds=10)
"""How long a task may wait before nobody seems to be there to take it."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What can be said of an import at work.

    ``is_waiting``: asked for, not begun; ``has_no_worker``: nobody seems to be there to begin;
    ``has_stopped``: begun by a process that gave no sign of life for too long.
    """

    is_at_work: bool
    is_waiting: bool
    has_no_worker: bool
    has_stopped: bool
    told: Told | None


def situation_of(batch: ImportBatch) -> Situation:
    """Return where an import stands; at most one query, a file and the clock."""
    is_waiting = batch.is_at_work and batch.moved_at is None
    stopped = has_stopped(batch)
    return Situation(
        is_at_work=batch.is_at_work and not stopped,
        is_waiting=is_waiting,
        has_no_worker=is_waiting and not _is_to_be_taken(batch.task_id),
        has_stopped=stopped,
        told=told_of(batch) if batch.is_at_work and not is_waiting else None,
    )


def state_said(batch: ImportBatch) -> str:
    """Return where an import stands in a word or two; what a process that died left says so."""
    return "stopped" if has_stopped(batch) else str(batch.get_state_display())


def _is_to_be_taken(task_id: str) -> bool:
    """Tell whether a task may still be taken by a worker that lives, as far as one can know."""
    if not settings.BACKGROUND_TASKS or not task_id:
        return False
    task = DBTaskResult.objects.filter(pk=UUID(task_id)).only("enqueued_at").first()
    return task is not None and timezone.now() - task.enqueued_at < PATIENCE
