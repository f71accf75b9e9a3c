"""Events and documents that an import gives other words, dates or places: changed as a set.

Each has what it has from a service that changes it alone: its rules are held to, and it gets its
version, its row of history and its entry in the log. What touches other records, parties, a
parent, a publisher, goes one by one through the services.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from claims.ingest.landing import moving, shape
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.landing.fates import Difference
from claims.ingest.landing.staging import Staging
from claims.services import events, plain_records
from claims.services.records import Edit

AT_ONCE = 500
ALONE = frozenset({"parent_id", "publisher_id"})
TYPES = {
    kind: {told.column: told.type for told in shape.COLUMNS[kind]} for kind in ("event", "document")
}


def is_plain(difference: Difference) -> bool:
    """Tell whether a difference touches no other record."""
    return (
        difference.kind in TYPES
        and not difference.parties
        and ALONE.isdisjoint(difference.values)
        and difference.values.keys() <= TYPES[difference.kind].keys()
    )


def put_into(edit: Edit, held: Any, difference: Difference) -> bool:
    """Put the values into a locked record and hold it to its rules; tell whether any changes."""
    for name, value in difference.values.items():
        setattr(held, name, value)
    if difference.kind == "event":
        events.check_countries(held)
        events.check_identifiers(held)
    edit.check(held)
    return bool(edit.changed(held))


def write_together(
    arrival: Arrival, edit: Edit, differences: Sequence[Difference], held: Sequence[Any]
) -> bool:
    """Write records of one kind whose values were put in; tell whether the table took them all.

    Where it did not, nothing was written.
    """
    kind = differences[0].kind
    try:
        with transaction.atomic():
            _write(arrival, kind, differences, held)
    except IntegrityError:
        return False
    for record in held:
        public = plain_records.public_changes(edit, record)
        edit.note_written(record)
        if record.state == "published" and public:
            edit.log("corrected", record, fields=public)
    return True


def _write(
    arrival: Arrival, kind: str, differences: Sequence[Difference], held: Sequence[Any]
) -> None:
    staging, table = arrival.staging, MODELS[kind]._meta.db_table
    names = sorted({name for difference in differences for name in difference.values})
    _stage(staging, kind, names, differences, held)
    values = {
        name: f"coalesce((SELECT m.{name} FROM mended m WHERE m.id = {table}.id), {table}.{name})"
        for name in names
    }
    moving.change_rows(staging, kind, arrival.purpose, "SELECT id FROM mended", values)


def _stage(
    staging: Staging,
    kind: str,
    names: list[str],
    differences: Sequence[Difference],
    held: Sequence[Any],
) -> None:
    """Make a table of what changes; a column that stays as it is in a row is NULL there."""
    types = {name: TYPES[kind][name] for name in names}
    staging.create("mended", {"id": "number", **types})
    for difference, record in zip(differences, held, strict=True):
        told = (
            _told(types[name], getattr(record, name)) if name in difference.values else None
            for name in names
        )
        staging.add("mended", (record.pk, *told))
    staging.flush()
    staging.index("mended", "id")
    staging.learn("mended")


def _told(type_: str, value: Any) -> Any:
    if value is None or type_ in ("text", "code", "truth", "number"):
        return value
    if type_ == "json":
        return json.dumps(value)
    return value.isoformat() if type_ == "date" else str(value)
