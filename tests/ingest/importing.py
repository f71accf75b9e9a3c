"""Imports in one line, as tests want them."""

from pathlib import Path

from django.contrib.auth.models import User

from claims.ingest.pipeline import commit_batch, plan_batch
from claims.models import ImportBatch


def plan(path: Path, **fields: object) -> ImportBatch:
    """Return the batch of a file that has been planned."""
    given = {"dataset": "claims-csv", "file_name": path.name} | fields
    return plan_batch(ImportBatch.objects.create(**given), path)


def put(
    path: Path,
    by: User,
    *,
    reviewed_by: User | None = None,
    waiver_reason: str = "",
    agreed_by: User | None = None,
    **fields: object,
) -> ImportBatch:
    """Plan a file and commit it."""
    return commit_batch(
        plan(path, **fields),
        path,
        by=by,
        reviewed_by=reviewed_by,
        waiver_reason=waiver_reason,
        agreed_by=agreed_by,
    )


def totals(batch: ImportBatch) -> dict[str, int]:
    """Return how many records of all kinds have each fate, and how many cells are refused."""
    found = dict.fromkeys(("new", "changed", "same"), 0)
    for counts in batch.counts.values():
        for fate in found:
            found[fate] += counts[fate]
    return {**found, "refused": batch.refused_count}


def refusals(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """Return the refused cells as row, column, reason."""
    return list(batch.refusals.values_list("row", "column", "reason"))


def changed(batch: ImportBatch) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what changes as kind, label and fields."""
    return [(s["kind"], s["label"], tuple(s["fields"])) for s in batch.samples["changed"]]
