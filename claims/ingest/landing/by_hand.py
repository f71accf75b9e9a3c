"""What editors changed by hand after an import: left alone while the file says what it said.

A file that says the same as before has nothing new to say. Where it says something new it changes
what the editors changed, and the difference tells so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from claims.ingest.landing.fates import FIGURE, Difference
from claims.ingest.reasons import reason_of
from claims.models import ImportBatch, ImportEdit
from claims.services.tidying import tidy_text

AT_ONCE = 500
GROWING = ("aliases", "identifiers")
GROUPS = (
    frozenset({*FIGURE, "disordered"}),
    frozenset({"latitude", "longitude"}),
    *(
        frozenset({name, f"{name}_precision"})
        for name in ("date_start", "date_end", "published_on", "claimed_on")
    ),
)
"""Columns that are changed together or not at all."""

Doer = tuple[int | None, str | None]
Bases = dict[int, dict[str, Any]]


class ByHand:
    """Sets differences against the records' histories; ``kept`` are those that fall away."""

    def __init__(self) -> None:
        self.kept: list[Difference] = []

    def left(self, differences: Iterable[Difference]) -> Iterator[Difference]:
        """Yield the differences that remain, with what is left of them."""
        several = iter(differences)
        while some := list(islice(several, AT_ONCE)):
            bases = {}
            for kind in {difference.kind for difference in some}:
                records = [d.record for d in some if d.kind == kind]
                bases[kind] = bases_of(kind, records)
            for difference in some:
                base = bases[difference.kind].get(int(difference.record.pk), {})
                if self._settle(difference, base):
                    yield difference

    def _settle(self, difference: Difference, base: dict[str, Any]) -> bool:
        """Take out of a difference what an editor replaced; tell whether anything is left."""
        for name in set(GROWING) & difference.values.keys() & base.keys():
            _leave_removed(difference, name, base[name])
        names = replaced(difference.values, base)
        if names:
            values = {name: difference.values.pop(name) for name in sorted(names)}
            self.kept.append(
                replace(difference, values=values, parties=set(), remark="changed here; left alone")
            )
        again = [name for name in difference.values if name in base]
        if again:
            named = ", ".join(_plain(name) for name in again)
            difference.remark = f"changed here by hand: {named}"
        return bool(difference.values or difference.parties)


def replaced(values: dict[str, Any], base: dict[str, Any]) -> set[str]:
    """Return the columns whose values are those that somebody replaced by hand."""
    same = {name for name in values if name in base and base[name] == values[name]}
    for group in GROUPS:
        if not (group & values.keys()) <= same:
            same -= group
    return same


def bases_of(kind: str, records: Iterable[Any]) -> Bases:
    """Return for each record, of the columns that people changed last, what was there before."""
    held = {int(record.pk): record for record in records if record.version > 1}
    if not held:
        return {}
    model = type(next(iter(held.values())))
    doers = _imports_of(kind, held)
    names = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
    versions = defaultdict(list)
    told = ("id", "history_user_id", "history_change_reason", *names)
    rows = model.history.filter(id__in=held).order_by("id", "version", "history_id")
    for row in rows.values(*told):
        versions[row["id"]].append(row)
    return {key: _base(some, names, doers[key]) for key, some in versions.items()}


def _base(versions: list[dict[str, Any]], names: list[str], imports: set[Doer]) -> dict[str, Any]:
    base: dict[str, Any] = {}
    for before, after in pairwise(versions):
        doer = after["history_user_id"], after["history_change_reason"]
        for name in names:
            if before[name] == after[name]:
                continue
            if doer in imports:
                base.pop(name, None)
            else:
                base.setdefault(name, before[name])
    return base


def _imports_of(kind: str, held: dict[int, Any]) -> dict[int, set[Doer]]:
    """Return under which names and words imports, and their undoing, changed each record."""
    batches = defaultdict(set)
    for key, record in held.items():
        batches[record.import_batch_id].add(key)
    edits = ImportEdit.objects.filter(record_kind=kind, record_id__in=held)
    for batch_id, key in edits.values_list("batch_id", "record_id"):
        batches[batch_id].add(key)
    doers: dict[int, set[Doer]] = defaultdict(set)
    for batch in ImportBatch.objects.filter(pk__in=[pk for pk in batches if pk is not None]):
        its = {(batch.by_id, reason_of(batch))}
        if batch.undone_by_id is not None:
            its.add((batch.undone_by_id, tidy_text(batch.undo_reason)))
        for key in batches[batch.pk]:
            doers[key] |= its
    return doers


def _leave_removed(difference: Difference, name: str, base: list[str]) -> None:
    there = getattr(difference.record, name)
    removed = set(base) - set(there)
    left = [one for one in difference.values[name] if one not in removed]
    if left == there:
        del difference.values[name]
    else:
        difference.values[name] = left


def _plain(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")
