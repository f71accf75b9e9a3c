"""Imports as editors look them up: a list with filters, the cells one refused, earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from claims.domain.importing import BatchState
from claims.models import ImportBatch, ImportRefusal

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


def refusals(batch: ImportBatch, number: int = 1) -> Refusals:
    """Return one page of a batch's refused cells; the last one where there are fewer pages."""
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
    return same.exclude(pk=but.pk if but else None).select_related("by").order_by("-pk").first()
