"""The work on an import, done by a process beside the site or within the request.

A task is told which import and which move; everything else stands in the import itself, and what
comes out stands there too.
"""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError
from django_tasks import task

from claims.ingest.batches import FAULT, OthersWrite
from claims.ingest.desk import batches
from claims.ingest.desk.uploads import path_of
from claims.ingest.pipeline import commit_batch, plan_batch, undo_batch
from claims.models import ImportBatch
from claims.services.refusals import Refused

logger = logging.getLogger(__name__)

TRIES_OF_A_WORKER = 15
"""How often a worker tries to begin: for some minutes, as nobody would wait for a page."""


@task()
def work_on_import(batch_id: int, move: str, by_id: int, tries: int = 1) -> None:
    """Make a move with an import that was asked for, unless somebody else has begun it.

    Where others write to an SQLite file it is tried so many times, each of which waits for them.
    What is refused, and at what fault it stopped, stands in the import.
    """
    batch = ImportBatch.objects.get(pk=batch_id)
    if batches.is_asked(batch, move):
        make_move(batch, move, by=User.objects.get(pk=by_id), tries=tries)


def start(batch: ImportBatch, move: str, *, by: User) -> None:
    """Hand a move that was asked for to whoever does the work: a worker, or this process now."""
    tries = TRIES_OF_A_WORKER if settings.BACKGROUND_TASKS else 1
    batches.remember_task(batch, str(work_on_import.enqueue(batch.pk, move, by.pk, tries).id))


def start_here(batch: ImportBatch, move: str, *, by: User) -> None:
    """Make a move in this process, since no worker took it; a worker that comes later finds it."""
    work_on_import.call(batch.pk, move, by.pk)


def make_move(batch: ImportBatch, move: str, *, by: User, tries: int = 1) -> None:
    """Do the work; an import that was asked for does not stay so where it cannot be begun."""
    try:
        _work_in_turn(batch, move, by, tries)
    except Refused as refusal:
        _give_up(batch, move, str(refusal))
    except Exception as error:
        logger.exception("Import %s, %s", batch.pk, move)
        _give_up(batch, move, FAULT.format(fault=type(error).__name__))


def _work_in_turn(batch: ImportBatch, move: str, by: User, tries: int) -> None:
    for more in reversed(range(tries)):
        try:
            _work(batch, move, by)
        except OthersWrite:
            batch.refresh_from_db()
            if not more or not batches.is_asked(batch, move):
                raise
        else:
            return


def _give_up(batch: ImportBatch, move: str, problem: str) -> None:
    try:
        batches.give_up(batch, move, problem=problem)
    except OperationalError as error:
        logger.warning(
            "Import %s still waits to be begun, by a press of its button: %s", batch.pk, error
        )


def _work(batch: ImportBatch, move: str, by: User) -> None:
    if move == "undo":
        undo_batch(batch, by=by, reason=batch.undo_reason)
        return
    path = _path(batch)
    if move == "read":
        plan_batch(batch, path)
    else:
        commit_batch(
            batch,
            path,
            by=by,
            reviewed_by=by if batch.waiver_reason else batch.reviewed_by,
            waiver_reason=batch.waiver_reason,
            agreed_by=batch.agreed_by,
        )


def _path(batch: ImportBatch) -> Path:
    path = path_of(batch)
    if path is None:
        raise Refused("The file is not kept here any more. Upload it again.")
    return path
