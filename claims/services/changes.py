"""The public log: one entry for each thing that readers can notice.

An entry names what changed by its public id, says who and why, and for a correction which
fields, with before and after. What is not public itself is never written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, Model

from claims.models import Change, Citation, Claim, Event

NOT_PUBLIC = frozenset(
    {
        "id",
        "state",
        "version",
        "note",
        "key",
        "mismatch_reason",
        "created_at",
        "created_by",
        "import_batch",
        "submitted_by",
        "reviewed_by",
        "reviewed_at",
        "review_waived",
        "waiver_reason",
        "published_at",
        "merged_into",
        "checked_on",
    }
)
"""Columns whose change is no entry of the public log."""

Values = Mapping[str, Any]
Named = dict[tuple[Any, Any], str | None]


def entry(
    kind: str,
    record: Any,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    target_id: str = "",
    fields: Iterable[dict[str, Any]] = (),
) -> Change:
    """Return an unsaved entry about a record; a citation is told as its claim and document."""
    claim = record if isinstance(record, Claim) else None
    public_id = ""
    if isinstance(record, Citation):
        claim, target_id, public_id = (
            record.claim,
            record.document.public_id,
            record.claim.public_id,
        )
    event_id = claim.event_id if claim else record.pk if isinstance(record, Event) else None
    return Change(
        kind=kind,
        at=at,
        record_kind=record._meta.model_name,
        record_id=public_id or record.public_id,
        target_id=target_id,
        event_id=event_id,
        claim_id=claim.pk if claim else None,
        by=by,
        reason=reason,
        fields=list(fields),
    )


def values_of(record: Model) -> dict[str, Any]:
    """Return the columns of a row by attribute name, as a later comparison needs them."""
    return {f.attname: _frozen(getattr(record, f.attname)) for f in record._meta.concrete_fields}


def changed_fields(before: Values, after: Values, model: type[Model]) -> list[str]:
    """Return the names of the fields whose values differ, in the order of the columns."""
    return [
        f.name
        for f in model._meta.concrete_fields
        if f.attname in before and before[f.attname] != after[f.attname]
    ]


def public_changes(
    before: Values, after: Values, model: type[Model], named: Named | None = None
) -> list[dict[str, Any]]:
    """Return field, before and after for each public field that differs.

    ``named`` remembers the names of related rows from one record to the next of a set.
    """
    names = [n for n in changed_fields(before, after, model) if n not in NOT_PUBLIC]
    fields = {f.name: f for f in model._meta.concrete_fields}
    named = {} if named is None else named
    found = [
        {
            "field": name,
            "before": shown(fields[name], before[fields[name].attname], named),
            "after": shown(fields[name], after[fields[name].attname], named),
        }
        for name in names
    ]
    # A draft exchanged for another, say: nothing that readers can notice.
    return [entry for entry in found if entry["before"] != entry["after"]]


def shown(field: Field[Any, Any], value: Any, named: Named) -> Any:
    """Return a value as the log shows it: names of related rows, ISO dates, plain numbers."""
    if value is None:
        return None
    if isinstance(field, ForeignKey):
        key = (field.related_model, value)
        if key not in named:
            named[key] = _name_of(field, value)
        return named[key]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


def _name_of(field: ForeignKey[Any, Any], value: Any) -> str | None:
    related = field.related_model._default_manager.filter(pk=value).first()
    if related is None or getattr(related, "state", "published") != "published":
        return None  # what is not public is not named in the public log
    return related.public_id if isinstance(related, Claim) else str(related)


def _frozen(value: Any) -> Any:
    """Return lists as tuples, so that a later change of the list is noticed."""
    return tuple(value) if isinstance(value, list) else value
