"""An import as a thing one can look at: its states, and when a second person has to agree.

A file is read, checked cell by cell, matched with what is here and set against it; nothing is
written until somebody commits, and a whole batch can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median


class BatchState(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    PLANNING = "planning"
    PLANNED = "planned"
    COMMITTING = "committing"
    COMMITTED = "committed"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


BATCH_STATE_LABELS: dict[str, str] = {
    BatchState.WAITING: "waiting to be read",
    BatchState.PLANNING: "being read and checked",
    BatchState.PLANNED: "dry run ready, nothing saved yet",
    BatchState.COMMITTING: "being written",
    BatchState.COMMITTED: "written",
    BatchState.UNDOING: "being undone",
    BatchState.UNDONE: "undone",
    BatchState.FAILED: "failed, nothing saved",
}

AT_WORK = frozenset({BatchState.PLANNING, BatchState.COMMITTING, BatchState.UNDOING})


@dataclass(frozen=True, slots=True)
class BatchMove:
    """One thing that can be done with an import.

    It starts from one of ``before`` and is ``during`` while it goes on. It ends at ``after``, or
    at ``refused`` where the records' rules forbid it, or at ``stopped`` where whoever did it died:
    each is one transaction, so that nothing of it was kept.
    """

    name: str
    before: frozenset[BatchState]
    during: BatchState
    after: BatchState
    refused: BatchState
    stopped: BatchState


BATCH_MOVES: dict[str, BatchMove] = {
    move.name: move
    for move in (
        BatchMove(
            "read",
            frozenset({BatchState.WAITING, BatchState.PLANNED, BatchState.FAILED}),
            BatchState.PLANNING,
            BatchState.PLANNED,
            refused=BatchState.FAILED,
            stopped=BatchState.FAILED,
        ),
        BatchMove(
            "commit",
            frozenset({BatchState.PLANNED, BatchState.FAILED}),
            BatchState.COMMITTING,
            BatchState.COMMITTED,
            refused=BatchState.PLANNED,
            stopped=BatchState.FAILED,
        ),
        BatchMove(
            "undo",
            frozenset({BatchState.COMMITTED}),
            BatchState.UNDOING,
            BatchState.UNDONE,
            refused=BatchState.COMMITTED,
            stopped=BatchState.COMMITTED,
        ),
    )
}

MOVE_DURING: dict[BatchState, BatchMove] = {move.during: move for move in BATCH_MOVES.values()}

LONGEST_SILENCE = timedelta(seconds=60)
"""After how long without a sign of life whoever works on an import is taken for dead."""


def is_silent(last_sign: datetime, now: datetime) -> bool:
    """Tell whether there was no sign of life for too long."""
    return now - last_sign > LONGEST_SILENCE


LARGEST_SHARE_WITHDRAWN = 0.2
"""The share of a dataset's claims that one batch may withdraw on one person's word."""

TIMES_THE_USUAL = 10
"""How many times the usual number of new claims one batch may add on one person's word."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a batch would change: claims it adds and withdraws, of those that stand.

    ``earlier`` are the numbers of claims that the dataset's earlier batches added.
    """

    added: int
    withdrawn: int
    standing: int
    earlier: Sequence[int] = ()


def reasons_for_a_second_person(extent: Extent) -> list[str]:
    """Return in sentences why nobody should commit a batch alone; empty where one may."""
    reasons = []
    if extent.withdrawn and extent.withdrawn > LARGEST_SHARE_WITHDRAWN * extent.standing:
        reasons.append(
            f"It withdraws {extent.withdrawn:,} of the dataset's {extent.standing:,} claims, more "
            f"than {LARGEST_SHARE_WITHDRAWN:.0%}."
        )
    usual = median(extent.earlier) if extent.earlier else 0
    if usual and extent.added >= TIMES_THE_USUAL * usual:
        reasons.append(
            f"It adds {extent.added:,} claims, {extent.added / usual:,.0f} times the usual "
            f"{usual:,.0f}."
        )
    return reasons
