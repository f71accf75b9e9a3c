"""An import on its way: uploaded, asked for, begun, ended, as the table of moves allows.

Whoever presses a button asks for a move. The move is marked at once, under a lock, so that a second
press finds it taken; whoever does the work begins it under the same lock (see
``claims.ingest.batches``), so that it is done once, by a process beside the site or within the
request.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.domain.importing import BATCH_MOVES, BATCH_STATE_LABELS, MOVE_DURING, BatchMove
from claims.domain.importing import BatchState as State
from claims.ingest.desk.progress import has_stopped
from claims.ingest.desk.uploads import Upload, path_of
from claims.ingest.pipeline import reasons_to_ask
from claims.models import ImportBatch
from claims.services import permissions
from claims.services.refusals import NotAllowed, ReasonNeeded, Refused, WrongState

STALE = (
    "The figures of this import are not the ones you were shown: somebody read the file again or "
    "chose otherwise meanwhile. Look at them again."
)


NO_REVIEW = "It publishes what it writes, and nobody gave a reason why no second person looked."


class OtherFigures(Refused):
    """What was agreed to, or asked to be written, is not what the import would do now."""


def create_batch(
    upload: Upload,
    *,
    by: User,
    dataset: str,
    mapping: str = "",
    release: str = "",
    released_on: date | None = None,
) -> ImportBatch:
    """Make an import of a kept file; nothing has been read yet."""
    permissions.check(by, permissions.PUBLISHING)
    return ImportBatch.objects.create(
        by=by,
        dataset=dataset,
        mapping=mapping,
        release=release,
        released_on=released_on,
        file_name=upload.shown_name,
        stored_as=upload.stored_as,
        file_size=upload.size,
        sha256=upload.sha256,
    )


def figures_of(batch: ImportBatch) -> str:
    """Return a short text that is another one as soon as the import would do anything else."""
    said = [
        batch.sha256,
        batch.dataset,
        batch.release,
        batch.counts,
        batch.refused_count,
        batch.publish,
        batch.withdraw_gone,
        batch.waiver_reason,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:20]


def choose_options(
    batch: ImportBatch,
    *,
    by: User,
    figures: str,
    publish: bool,
    withdraw_gone: bool,
    waiver_reason: str = "",
) -> ImportBatch:
    """Say what writing the import should do; what somebody agreed to before counts no more."""
    with _locked(batch, by) as held:
        _check_planned(held, figures)
        chosen = (publish, withdraw_gone, waiver_reason.strip() if publish else "")
        if chosen != (held.publish, held.withdraw_gone, held.waiver_reason):
            held.publish, held.withdraw_gone, held.waiver_reason = chosen
            held.agreed_by = held.reviewed_by = None
        held.asks_second = held.agreed_by is None and bool(why_a_second_person(held))
        return held


def why_a_second_person(batch: ImportBatch) -> list[str]:
    """Return in sentences why nobody should write a batch alone; empty where one may."""
    unreviewed = [NO_REVIEW] if batch.publish and not batch.waiver_reason else []
    return [*reasons_to_ask(batch), *unreviewed]


def agree_to(batch: ImportBatch, *, by: User, figures: str) -> ImportBatch:
    """Note that a second person has looked at just these figures and agrees to them."""
    with _locked(batch, by) as held:
        _check_planned(held, figures)
        if by.pk == held.by_id:
            raise NotAllowed("The second person must be another one than who uploaded the file.")
        held.agreed_by = held.reviewed_by = by
        held.asks_second = False
        return held


def ask(
    batch: ImportBatch, name: str, *, by: User, figures: str = "", reason: str = ""
) -> ImportBatch:
    """Mark that a move is to be made; nothing of it is done yet.

    ``figures`` is what the person was shown, for ``commit``; ``reason`` is for ``undo``. Raises
    ``WrongState`` where it was asked for already, or cannot be done from where the import stands.
    """
    move = BATCH_MOVES[name]
    with _locked(batch, by) as held:
        _check_state(held, move)
        if name == "commit":
            _check_planned(held, figures)
        if name == "undo":
            if not reason.strip():
                raise ReasonNeeded("Say why the import is undone; the public log shows it.")
            held.undo_reason = reason.strip()
        if name == "read":
            held.agreed_by = held.reviewed_by = None
        held.state, held.problem, held.moved_at, held.task_id = move.during, "", None, ""
        held.step, held.asks_second = "", False
        return held


def is_asked(batch: ImportBatch, name: str) -> bool:
    """Tell whether a move was asked for that nobody has begun."""
    return batch.state == BATCH_MOVES[name].during and batch.moved_at is None


def give_up(batch: ImportBatch, name: str, *, problem: str) -> None:
    """Note why a move that was asked for was not even begun; leave alone what somebody began."""
    move = BATCH_MOVES[name]
    asked = ImportBatch.objects.filter(pk=batch.pk, state=move.during, moved_at__isnull=True)
    asked.update(state=move.refused, problem=problem, moved_at=timezone.now())


def remember_task(batch: ImportBatch, task_id: str) -> None:
    """Keep the name of the task that does what was asked for."""
    ImportBatch.objects.filter(pk=batch.pk).update(task_id=task_id)
    batch.task_id = task_id


@contextmanager
def _locked(batch: ImportBatch, by: User) -> Iterator[ImportBatch]:
    permissions.check(by, permissions.PUBLISHING)
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if has_stopped(held):
            held.state = MOVE_DURING[State(held.state)].stopped
        yield held
        held.save()


def _check_state(held: ImportBatch, move: BatchMove) -> None:
    if held.state not in move.before:
        said: dict[str, Any] = BATCH_STATE_LABELS
        raise WrongState(
            f"Expected an import that is {' or '.join(said[s] for s in sorted(move.before))}, "
            f"found one that is {said[held.state]}."
        )
    if path_of(held) is None and move.name != "undo":
        raise WrongState("The file is not kept here any more. Upload it again.")


def _check_planned(held: ImportBatch, figures: str) -> None:
    if held.state != State.PLANNED:
        raise WrongState(f"There is no dry run to go by; the import is {held.get_state_display()}.")
    if figures != figures_of(held):
        raise OtherFigures(STALE)
