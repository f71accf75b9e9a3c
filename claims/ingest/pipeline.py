"""The one way of files into the tracker: planned as a batch, committed, undone.

Planning reads, checks, matches and compares, and writes nothing of the records. Committing writes
everything in one transaction or nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from claims.domain.importing import BatchState, Extent, reasons_for_a_second_person
from claims.ingest.batches import one_at_a_time, waiting_in_turn, working
from claims.ingest.csv_table import NoTable
from claims.ingest.landing import committing
from claims.ingest.landing.arriving import Purpose
from claims.ingest.landing.landing import Landing
from claims.ingest.landing.undoing import undo
from claims.ingest.progress import Progress
from claims.ingest.reading import Reading, open_reading
from claims.ingest.reasons import reason_of
from claims.ingest.system_users import import_user, review_user
from claims.ingest.wanted import Refusal
from claims.models import ImportBatch, ImportRefusal
from claims.services import permissions
from claims.services.planner import renew_statistics
from claims.services.records import Edit, editing
from claims.services.refusals import NotAllowed, NotReviewed, Refused, WrongState
from claims.services.tidying import tidy_text

logger = logging.getLogger(__name__)

GONE = "No longer in {dataset} {release}"


def plan_batch(batch: ImportBatch, path: Path, *, progress: Progress | None = None) -> ImportBatch:
    """Read a file, check it, match it and set it against what is here; fill the batch.

    A file that cannot be read leaves one refusal that says why.
    """
    with working(batch, BatchState.PLANNING, progress) as told:
        reading = _begin_reading(batch, path)
        if reading is not None:
            with _landed(reading, told) as landing:
                _try_out(batch, landing)
    return batch


def commit_batch(
    batch: ImportBatch,
    path: Path,
    *,
    by: User,
    reviewed_by: User | None = None,
    waiver_reason: str = "",
    agreed_by: User | None = None,
    progress: Progress | None = None,
) -> ImportBatch:
    """Write a planned batch in one transaction, or nothing; raise ``Refused`` in a sentence.

    Claims become drafts unless the batch publishes; then ``reviewed_by`` is another editor, or a
    ``waiver_reason`` says why no second person looked. ``agreed_by`` is the second person that a
    batch of unusual extent needs.
    """
    review = _allowed(batch, by, reviewed_by, waiver_reason)
    if batch.refused_count:
        raise Refused(_nothing_written(batch))
    with working(batch, BatchState.COMMITTING, progress) as told:
        if _measured(path)[1] != batch.sha256:
            raise WrongState("The file is not the one of the dry run; make a new dry run.")
        with _landed(_open(batch, path), told) as landing:
            _commit(batch, landing, by=by, agreed_by=agreed_by, review=review)
    _renew_statistics_after(batch)
    return batch


def import_at_once(
    batch: ImportBatch,
    path: Path,
    *,
    by: User,
    reviewed_by: User | None = None,
    waiver_reason: str = "",
    agreed_by: User | None = None,
    progress: Progress | None = None,
) -> ImportBatch:
    """Plan and commit a file in one pass, where nobody looks at the dry run in between.

    Where cells are refused nothing is written and the batch is as after a dry run, its refusals
    with it. Raises ``Refused`` where anything else forbids it, as ``commit_batch`` does.
    """
    review = _allowed(batch, by, reviewed_by, waiver_reason)
    reading = _begin_reading(batch, path)
    if reading is None:
        return batch
    batch.state = BatchState.PLANNED
    with waiting_in_turn():
        batch.save()
    landing: Landing | None = None
    try:
        with (
            working(batch, BatchState.COMMITTING, progress) as told,
            _landed(reading, told) as landing,
        ):
            _commit(batch, landing, by=by, agreed_by=agreed_by, review=review, is_alone=True)
    except Refused:
        if landing is None or not landing.refusals.count:
            raise
        _fill(batch, landing, landing.refusals.kept, landing.refusals.count)
        return batch
    _renew_statistics_after(batch)
    return batch


def undo_batch(
    batch: ImportBatch, *, by: User, reason: str, progress: Progress | None = None
) -> ImportBatch:
    """Take a committed batch back in one transaction; raise ``Refused`` in a sentence.

    What it added is withdrawn, what it changed goes back unless somebody changed it since.
    """
    if by.is_active:
        permissions.check(by, permissions.PUBLISHING)
    with working(batch, BatchState.UNDOING, progress) as told, one_at_a_time():
        undo(batch, by=by, reason=reason, progress=told)
        batch.state, batch.undone_by, batch.undone_at = BatchState.UNDONE, by, timezone.now()
        batch.undo_reason = reason
        batch.save()
    return batch


def extent_of(batch: ImportBatch) -> Extent:
    """Return how much a planned batch would change, of what stands."""
    claims = batch.counts.get("claim", {})
    added, *others = (claims.get(fate, 0) for fate in ("new", "changed", "same", "gone"))
    earlier = ImportBatch.objects.filter(dataset=batch.dataset, state=BatchState.COMMITTED).exclude(
        pk=batch.pk
    )
    return Extent(
        added=added,
        withdrawn=claims.get("gone", 0) if batch.withdraw_gone else 0,
        standing=claims.get("standing", sum(others)),
        earlier=[
            counts.get("claim", {}).get("new", 0)
            for counts in earlier.values_list("counts", flat=True)
        ],
    )


def reasons_to_ask(batch: ImportBatch) -> list[str]:
    """Return in sentences why a second person has to agree to a planned batch."""
    return reasons_for_a_second_person(extent_of(batch))


def _allowed(
    batch: ImportBatch, by: User, reviewed_by: User | None, waiver_reason: str
) -> dict[str, Any] | None:
    """Return the review columns of a batch that publishes; raise where it may not be written."""
    review = _review(by, reviewed_by, waiver_reason) if batch.publish else None
    if by.is_active:  # the import's own users cannot log in and have no role
        permissions.check(by, permissions.DRAFTING)
    return review


def _commit(
    batch: ImportBatch,
    landing: Landing,
    *,
    by: User,
    agreed_by: User | None,
    review: dict[str, Any] | None,
    is_alone: bool = False,
) -> None:
    """Write a batch; one that ``is_alone`` may keep everybody else out of an empty tracker."""
    with one_at_a_time(), _reading_within(landing):
        _check_release(batch)
        with editing(by=by, reason=reason_of(batch)) as edit:
            landing.compare(_purpose(batch, edit, review, writes=True), edit)
            landing.check_nothing_refused()
            _take_from(landing, batch)
            _check_agreed(batch, by, agreed_by)
            committing.write(landing, edit, is_alone=is_alone)
            landing.check_nothing_refused()
            if batch.withdraw_gone and landing.gone:
                said = GONE.format(dataset=batch.dataset, release=batch.release).strip()
                committing.withdraw_gone(landing, edit, said)
            committing.finish(landing, edit, with_gone=batch.withdraw_gone and landing.gone > 0)
        batch.by, batch.agreed_by = by, agreed_by
        batch.reviewed_by_id = review["reviewed_by_id"] if review else None
        batch.waiver_reason = review["waiver_reason"] if review else ""
        batch.id_ranges = committing.id_ranges(landing)
        batch.state, batch.committed_at, batch.step = BatchState.COMMITTED, timezone.now(), ""
        batch.save()


def _take_from(landing: Landing, batch: ImportBatch) -> None:
    """Note what a file would do; raise where that is not what somebody was shown."""
    if batch.counts:
        _check_foreseen(batch, landing.counts())
    batch.counts, batch.samples = landing.counts(), landing.samples()
    batch.passed_over = dict(landing.reading.passed_over)
    batch.rows_total = landing.file_rows


def _renew_statistics_after(batch: ImportBatch) -> None:
    """Have many new rows counted; where that fails, the import is written all the same."""
    if sum(counts["new"] for counts in batch.counts.values()) < committing.ENOUGH_TO_COUNT:
        return
    try:
        renew_statistics()
    except DatabaseError:
        logger.warning("Import %s is written, its tables could not be counted.", batch.pk)


def _try_out(batch: ImportBatch, landing: Landing) -> None:
    """Fill a batch with what committing would do; whatever is tried is taken back."""
    review = _review_of_a_dry_run() if batch.publish else None
    batch.counts, batch.samples = {}, {}
    with waiting_in_turn(), transaction.atomic(), _reading_within(landing):
        if not landing.refusals.count or landing.rows:
            edit = Edit(by=batch.by or import_user(), reason=reason_of(batch))
            landing.compare(_purpose(batch, edit, review, writes=False), edit)
            counts, samples = landing.counts(), landing.samples()
            if (landing.differences or landing.waiting) and not landing.refusals.count:
                committing.write(landing, edit)
            batch.counts, batch.samples = counts, samples
        transaction.set_rollback(True)
    _fill(batch, landing, landing.refusals.kept, landing.refusals.count)


def _review_of_a_dry_run() -> dict[str, Any]:
    return _review_columns(review_user(), "Dry run")


def _fill(batch: ImportBatch, landing: Landing | None, refusals: list[Refusal], count: int) -> None:
    if landing is None:
        batch.counts, batch.samples, batch.passed_over = {}, {}, {}
    else:
        batch.passed_over = dict(landing.reading.passed_over)
        batch.rows_done = batch.rows_total = landing.file_rows
    batch.refused_count = count
    batch.refusals.all().delete()
    ImportRefusal.objects.bulk_create(
        ImportRefusal(
            batch=batch, row=r.row, column=tidy_text(r.column)[:100], reason=tidy_text(r.reason)
        )
        for r in refusals
    )
    batch.state, batch.step = BatchState.PLANNED, ""
    batch.save()


@contextmanager
def _landed(reading: Reading, progress: Progress) -> Iterator[Landing]:
    landing = Landing(reading, progress)
    if connection.vendor == "sqlite":
        landing.read()  # before the transaction, so that others can go on writing meanwhile
    try:
        yield landing
    finally:
        if not connection.needs_rollback:
            landing.staging.drop()


def _reading_within(landing: Landing) -> AbstractContextManager[None]:
    """Read where that has not been done: on PostgreSQL the tables belong to the transaction."""
    if connection.vendor != "sqlite":
        landing.read()
    return nullcontext()


def _open(batch: ImportBatch, path: Path) -> Reading:
    return open_reading(
        batch.dataset,
        path,
        mapping=batch.mapping,
        release=batch.release,
        released_on=batch.released_on,
    )


def _begin_reading(batch: ImportBatch, path: Path) -> Reading | None:
    """Open a file and note what that tells; where it cannot be read, fill the batch with why."""
    batch.file_size, batch.sha256 = _measured(path)
    try:
        reading = _open(batch, path)
    except NoTable as error:
        _fill(batch, None, [Refusal(error.row, error.column, error.reason)], 1)
        return None
    batch.release, batch.released_on = reading.release, reading.released_on
    batch.encoding, batch.delimiter = reading.encoding, reading.delimiter
    batch.rows_total = reading.rows_total
    return reading


def _measured(path: Path) -> tuple[int, str]:
    try:
        with path.open("rb") as file:
            return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return 0, ""


def _purpose(
    batch: ImportBatch, edit: Edit, review: dict[str, Any] | None, *, writes: bool
) -> Purpose:
    columns = None
    if review is not None:
        at = edit.at
        columns = {**review, "reviewed_at": at, "published_at": at, "submitted_by_id": edit.by.pk}
    return Purpose(
        batch_id=batch.pk,
        by_id=edit.by.pk,
        at=edit.at,
        reason=edit.reason,
        writes=writes,
        publishes=review is not None,
        review=columns,
    )


def _review(by: User, reviewed_by: User | None, waiver_reason: str) -> dict[str, Any]:
    """Return the review columns of what is published; raise where nobody may have reviewed it.

    Where a review is waived, an editor is named who answers for that; the import's own users,
    who cannot log in, answer for what comes with the tracker.
    """
    why = waiver_reason.strip()
    if reviewed_by is None:
        raise NotReviewed("Say who reviewed the file.")
    if not why and reviewed_by.pk == by.pk:
        raise NotReviewed(f"{by} cannot import and review; name another editor as reviewer.")
    answers = bool(why) and not reviewed_by.is_active
    if not answers and not permissions.has(reviewed_by, permissions.PUBLISHING):
        raise NotAllowed(f"{reviewed_by} is not an editor and cannot review.")
    return _review_columns(reviewed_by, why)


def _review_columns(reviewed_by: User, waiver_reason: str) -> dict[str, Any]:
    return {
        "reviewed_by_id": reviewed_by.pk,
        "review_waived": bool(waiver_reason),
        "waiver_reason": waiver_reason,
    }


def _check_agreed(batch: ImportBatch, by: User, agreed_by: User | None) -> None:
    reasons = reasons_to_ask(batch)
    if not reasons:
        return
    if agreed_by is None or agreed_by.pk == by.pk:
        raise NotReviewed(f"{' '.join(reasons)} A second editor has to agree.")
    if not (agreed_by.is_active and permissions.has(agreed_by, permissions.PUBLISHING)):
        raise NotAllowed(f"{agreed_by} is not an editor and cannot agree.")


def _check_foreseen(batch: ImportBatch, counts: dict[str, dict[str, int]]) -> None:
    """Refuse to write anything else than what the dry run said, and people agreed to."""
    if counts == batch.counts:
        return
    said = [
        f"{fate} {kind}s {batch.counts.get(kind, {}).get(fate, 0):,} then, {number:,} now"
        for kind, fates in counts.items()
        for fate, number in fates.items()
        if number != batch.counts.get(kind, {}).get(fate, 0)
    ]
    raise WrongState(
        f"This is no longer what the dry run said ({'; '.join(said[:3])}): what is here has "
        "changed since, or other choices were made. Nothing was written; make a new dry run."
    )


def _check_release(batch: ImportBatch) -> None:
    """Refuse an older release than the newest that is written."""
    if batch.released_on is None:
        return
    newer = (
        ImportBatch.objects.filter(
            dataset=batch.dataset, state=BatchState.COMMITTED, released_on__gt=batch.released_on
        )
        .order_by("-released_on")
        .first()
    )
    if newer is not None:
        raise WrongState(
            f"Release {newer.release} of {newer.released_on} is here already and is newer than "
            f"{batch.release or 'this one'} of {batch.released_on}; undo it first."
        )


def _nothing_written(batch: ImportBatch) -> str:
    first = " ".join(str(refusal) for refusal in batch.refusals.all()[:3])
    return f"Nothing was written, since {batch.refused_count} cells were refused: {first}"
