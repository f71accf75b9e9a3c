"""The steps in which an import is read, written and undone, so that one knows which of how many."""

from __future__ import annotations

from claims.domain.importing import BatchState

READ = "Reading and checking"
MERGE = "Comparing rows about one record"
MATCH = "Comparing with what is here"
TRY_NEW = "Trying out new records"
TRY_CHANGES = "Trying out changes"
NEW = "Writing new records"
CHANGES = "Changing records that are here"
HISTORY = "Writing history"
COMPARE = "Comparing claims"
WORDS = "Writing words to search by"
CHECK = "Checking references"
COMPARE_AGAIN = "Comparing claims on events that were here"
LOG = "Writing the public log"
PUT_BACK = "Putting back what was changed"
WITHDRAW = "Withdrawing what was added"

STEPS: dict[BatchState, tuple[str, ...]] = {
    BatchState.PLANNING: (READ, MERGE, MATCH, TRY_NEW, TRY_CHANGES),
    BatchState.COMMITTING: (
        *(READ, MERGE, MATCH, NEW, CHANGES),
        *(HISTORY, COMPARE, WORDS, CHECK, COMPARE_AGAIN, LOG),
    ),
    BatchState.UNDOING: (PUT_BACK, WITHDRAW, COMPARE_AGAIN, LOG),
}
"""What is done in each state, in order; a step that has nothing to do is passed over."""


_UNITS = {
    COMPARE: "events",
    COMPARE_AGAIN: "events",
    CHANGES: "records",
    TRY_CHANGES: "records",
    PUT_BACK: "records",
}


def unit_of(step: str) -> str:
    """Return what a step goes through: rows of the file, or records here."""
    return _UNITS.get(step, "rows")


def place_of(step: str, state: str) -> tuple[int, int] | None:
    """Return which step of how many this is, the first being 1; ``None`` for one not listed."""
    steps = STEPS.get(BatchState(state), ())
    return (steps.index(step) + 1, len(steps)) if step in steps else None
