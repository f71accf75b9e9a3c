"""Imports as editors look them up: a list with filters, the cells one refused, earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.domain.importing import BatchState
from claims.models import (
    Citation,
    Claim,
    Document,
    Event,
    ImportBatch,
    ImportRefusal,
    Source,
)
from claims.models.base import Record

PAGE_SIZE = 50
REFUSALS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Imports:
    """A page of imports, latest first; ``before`` is the key that the next page starts below."""

    batches: list[ImportBatch]
    before: int | None


@dataclass(frozen=True, slots=True)
class Refusals:
    """A page of refused cells in the order of the file, of ``kept`` that are kept of all."""

    shown: list[ImportRefusal]
    number: int
    pages: int
    kept: int


def imports(*, before: int | None = None, dataset: str = "", state: str = "") -> Imports:
    """Return the latest imports of a dataset and in a state, where these are asked for."""
    found = ImportBatch.objects.select_related("by").defer("samples", "mapping", "id_ranges")
    if before is not None:
        found = found.filter(pk__lt=before)
    if dataset:
        found = found.filter(dataset=dataset)
    if state:
        found = found.filter(state=state)
    rows = list(found.order_by("-pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return Imports(shown, shown[-1].pk if len(rows) > PAGE_SIZE else None)


def imported_datasets() -> list[str]:
    """Return the datasets that anything was ever imported of."""
    return sorted(ImportBatch.objects.order_by().values_list("dataset", flat=True).distinct())


def asking_for_second(user: User) -> QuerySet[ImportBatch]:
    """Return the imports that ask for a second person who is not the one given, oldest first."""
    asking = ImportBatch.objects.filter(asks_second=True, state=BatchState.PLANNED)
    return asking.exclude(by=user).select_related("by").order_by("pk")


def refusals(batch: ImportBatch, number: int = 1) -> Refusals:
    """Return one page of a batch's refused cells; the last one where there are fewer pages.

    No query where none was refused.
    """
    if not batch.refused_count:
        return Refusals([], 1, 1, 0)
    kept = batch.refusals.count()
    pages = max(1, -(-kept // REFUSALS_A_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * REFUSALS_A_PAGE
    shown = list(batch.refusals.order_by("row", "pk")[start : start + REFUSALS_A_PAGE])
    return Refusals(shown, number, pages, kept)


def refused_rows(batch: ImportBatch) -> dict[int, list[ImportRefusal]]:
    """Return what was refused by row of the file."""
    found: dict[int, list[ImportRefusal]] = {}
    for refusal in batch.refusals.order_by("row", "pk").iterator():
        found.setdefault(refusal.row, []).append(refusal)
    return found


def imported_already(sha256: str, *, but: ImportBatch | None = None) -> ImportBatch | None:
    """Return the latest import of the very same file that stands written, if there is one."""
    same = ImportBatch.objects.filter(sha256=sha256, state=BatchState.COMMITTED)
    if but is not None:
        same = same.exclude(pk=but.pk)
    return same.select_related("by").order_by("-pk").first()


RECORDS: dict[str, type[Record]] = {
    "event": Event,
    "source": Source,
    "document": Document,
    "claim": Claim,
    "citation": Citation,
}


def added_by(batch: ImportBatch) -> dict[str, int]:
    """Return how many records of each kind a written batch added that still stand."""
    return {kind: _added(kind, batch) for kind in RECORDS}


def _added(kind: str, batch: ImportBatch) -> int:
    found = RECORDS[kind]._default_manager.filter(import_batch=batch)
    if ends := batch.id_ranges.get(kind):
        found = found.filter(pk__range=ends)
    return int(found.exclude(state="withdrawn").count())
