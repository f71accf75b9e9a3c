"""The one way of files into the tracker: planned as a batch, committed, undone.

Planning reads, checks, matches and compares, and writes nothing of the records. Committing writes
everything in one transaction or nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.domain.importing import BatchState
from claims.ingest.claims_csv import commit_import, plan_import
from claims.ingest.csv_table import NoTable
from claims.ingest.plan import Plan
from claims.ingest.progress import Progress
from claims.ingest.reading import open_reading
from claims.models import ImportBatch, ImportRefusal
from claims.services.refusals import Refused

MOST_SAMPLES = 50
MOST_REFUSALS_KEPT = 10_000


def plan_batch(batch: ImportBatch, path: Path, *, progress: Progress | None = None) -> ImportBatch:
    """Read a file, check it, match it and set it against what is here; fill the batch.

    A file that cannot be read leaves one refusal that says why.
    """
    try:
        reading = open_reading(batch.dataset, path, mapping=batch.mapping)
    except NoTable:
        pass
    else:
        batch.sha256, batch.encoding = reading.sha256, reading.encoding
        batch.delimiter, batch.rows_total = reading.delimiter, reading.rows_total
    _fill(batch, plan_import(path, name=batch.file_name, publish=batch.publish))
    batch.state = BatchState.PLANNED
    batch.save()
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
    """Write a planned batch in one transaction, or nothing; raise ``Refused`` in a sentence."""
    plan = plan_import(path, name=batch.file_name, publish=batch.publish)
    commit_import(
        plan,
        by=by,
        publish=batch.publish,
        reviewed_by=reviewed_by,
        waiver_reason=waiver_reason,
    )
    batch.by, batch.reviewed_by, batch.agreed_by = by, reviewed_by, agreed_by
    batch.waiver_reason = waiver_reason
    batch.state, batch.committed_at = BatchState.COMMITTED, timezone.now()
    batch.save()
    return batch


def undo_batch(batch: ImportBatch, *, by: User, reason: str) -> ImportBatch:
    """Take a committed batch back in one transaction; raise ``Refused`` in a sentence."""
    raise Refused("An import cannot be undone yet.")


def _fill(batch: ImportBatch, plan: Plan) -> None:
    counts: dict[str, dict[str, int]] = {}
    samples: dict[str, list[dict[str, Any]]] = {}
    for item in plan.items:
        of_kind = counts.setdefault(item.kind, {})
        of_kind[item.fate] = of_kind.get(item.fate, 0) + 1
        some = samples.setdefault(item.fate, [])
        if len(some) < MOST_SAMPLES:
            some.append(
                {
                    "kind": item.kind,
                    "label": item.label,
                    "row": item.row,
                    "fields": list(item.fields),
                    "remark": item.remark,
                }
            )
    batch.counts, batch.samples, batch.refused_count = counts, samples, len(plan.refused)
    batch.save()
    batch.refusals.all().delete()
    ImportRefusal.objects.bulk_create(
        ImportRefusal(batch=batch, row=r.row, column=r.column, reason=r.reason)
        for r in plan.refused[:MOST_REFUSALS_KEPT]
    )
