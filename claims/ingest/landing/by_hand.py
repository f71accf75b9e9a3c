"""What editors changed by hand after an import: left alone while the file says what it said.

A file that says the same as before has nothing new to say. Where it says something new it changes
what the editors changed, and the difference tells so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Any

from django.apps import apps

from claims.ingest.landing.fates import FIGURE, Difference
from claims.ingest.reasons import reason_of
from claims.models import ImportBatch, ImportEdit
from claims.services.tidying import tidy_text

AT_ONCE = 500
LEFT_ALONE = "changed here; left alone"
GROWING = ("aliases", "identifiers", "note")
"""Columns to which a file adds: names, and a note line by line."""

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
Version = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfPeople:
    """What people did to a record that imports fill.

    ``base`` has, of the columns that people changed last, what was there before; ``removed``, of
    what grows, what people took out and nobody put back.
    """

    base: dict[str, Any] = field(default_factory=dict)
    removed: dict[str, set[Any]] = field(default_factory=dict)


class ByHand:
    """Sets differences against the records' histories; ``kept`` are those that fall away."""

    def __init__(self) -> None:
        self.kept: list[Difference] = []

    def left(self, differences: Iterable[Difference]) -> Iterator[Difference]:
        """Yield the differences that remain, with what is left of them."""
        several = iter(differences)
        while some := list(islice(several, AT_ONCE)):
            found = {}
            for kind in {difference.kind for difference in some}:
                records = [d.record for d in some if d.kind == kind]
                found[kind] = done_by_people(kind, records)
            for difference in some:
                done = found[difference.kind].get(int(difference.record.pk), OfPeople())
                if self._settle(difference, done):
                    yield difference

    def _settle(self, difference: Difference, done: OfPeople) -> bool:
        """Take out of a difference what an editor replaced; tell whether anything is left."""
        values: dict[str, Any] = {}
        parties = difference.parties & done.removed.get("parties", set())
        difference.parties -= parties
        for name in set(GROWING) & difference.values.keys():
            if removed := done.removed.get(name):
                values |= _leave_removed(difference, name, removed)
        for name in sorted(replaced(difference.values, done.base)):
            values[name] = difference.values.pop(name)
        if values or parties:
            kept = replace(difference, values=values, parties=parties)
            kept.remark = LEFT_ALONE
            self.kept.append(kept)
        again = [name for name in difference.values if name in done.base]
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
    return {key: done.base for key, done in done_by_people(kind, records).items()}


def done_by_people(kind: str, records: Iterable[Any]) -> dict[int, OfPeople]:
    """Return for each record that was changed what people did to it."""
    held = {int(record.pk): record for record in records if record.version > 1}
    if not held:
        return {}
    model = type(next(iter(held.values())))
    doers = _imports_of(kind, held)
    names = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
    versions = defaultdict(list)
    told = ("id", "history_id", "history_user_id", "history_change_reason", *names)
    rows = model.history.filter(id__in=held).order_by("id", "version", "history_id")
    for row in rows.values(*told):
        versions[row["id"]].append(row)
    growing = [name for name in GROWING if name in names]
    if kind == "event":
        growing.append("parties")
        _name_parties(versions)
    return {
        key: OfPeople(
            _base(some, names, doers[key]),
            {name: _removed(some, name, doers[key]) for name in growing},
        )
        for key, some in versions.items()
    }


def _name_parties(versions: Mapping[int, list[Version]]) -> None:
    """Put the parties of each version of an event with its columns."""
    parties = defaultdict(list)
    rows = apps.get_model("claims", "HistoricalEvent_parties").objects.filter(event_id__in=versions)
    for history_id, party_id in rows.values_list("history_id", "party_id"):
        parties[history_id].append(party_id)
    for row in (row for some in versions.values() for row in some):
        row["parties"] = parties[row["history_id"]]


def _removed(versions: list[Version], name: str, imports: set[Doer]) -> set[Any]:
    """Return what people took out of a column that grows, and nobody put back."""
    removed: set[Any] = set()
    for before, after in pairwise(versions):
        now = _items(after[name])
        if (after["history_user_id"], after["history_change_reason"]) not in imports:
            removed |= _items(before[name]) - now
        removed -= now
    return removed


def _items(value: Any) -> set[Any]:
    return set(value.split("\n") if isinstance(value, str) else value)


def _base(versions: list[Version], names: list[str], imports: set[Doer]) -> dict[str, Any]:
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


def _leave_removed(difference: Difference, name: str, removed: set[Any]) -> dict[str, Any]:
    """Take out of what a column would grow to what people removed; return what it was to be."""
    there, wanted = getattr(difference.record, name), difference.values[name]
    is_text = isinstance(wanted, str)
    items = wanted.split("\n") if is_text else wanted
    left = [one for one in items if one not in removed]
    if left == items:
        return {}
    difference.values[name] = "\n".join(left) if is_text else left
    if difference.values[name] == there:
        del difference.values[name]
    return {name: wanted}


def _plain(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")
