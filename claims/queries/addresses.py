"""What stands at a public id: a public record, the place it moved to, or a tombstone.

What was never public does not stand anywhere: its id answers as if it had never been given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from claims.domain.public_ids import PATTERN
from claims.models import Change, Claim


class NothingThere(LookupError):
    """No public record has this id; the message says so to the reader."""


@dataclass(slots=True)
class Moved(Exception):
    """The record was merged into another one, whose public id this is."""

    public_id: str


@dataclass(slots=True)
class Withdrawn(Exception):
    """The record was public and was taken back, at ``since`` and for ``reason``."""

    kind: str
    public_id: str
    since: datetime
    reason: str


def record_at(rows: QuerySet[Any], public_id: str) -> Any:
    """Return the row with this id out of ``rows``, which are the public ones.

    Raises ``Moved``, ``Withdrawn`` or ``NothingThere``; one query where the record is public.
    """
    # Asked first: a database refuses some texts that an address can hold.
    if not PATTERN.match(public_id):
        raise NothingThere("There is nothing at this address; its last part is no id of ours.")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise _absence(rows.model, public_id)
    return found


def _absence(model: type[Model], public_id: str) -> Exception:
    """Return the reason why no public record stands at an id."""
    name = model._meta.model_name or ""
    nothing = NothingThere(f"There is no {name} {public_id}.")
    record: Any = (
        model._default_manager.filter(public_id=public_id).select_related("merged_into").first()
    )
    entry = _entry(public_id, "withdrawn") or _entry(public_id, "merged")
    if record is None or (record.state == "withdrawn" and entry is None):
        return nothing
    if record.merged_into is not None:
        return Moved(record.merged_into.public_id)
    if entry is not None and (record.state == "withdrawn" or _is_told_last(entry, record)):
        return Withdrawn(name, public_id, entry.at, entry.reason)
    if isinstance(record, Claim) and record.published_at:
        return NothingThere(f"The claim {public_id} is being corrected and is not public just now.")
    return nothing


def _is_told_last(entry: Change, record: Any) -> bool:
    """Tell whether a draft was taken back: what an undone import had published is one again."""
    later = _entries(record.public_id).filter(pk__gt=entry.pk)
    return record.state == "draft" and entry.kind == "withdrawn" and not later.exists()


def _entry(public_id: str, kind: str) -> Change | None:
    """Return the latest entry of a kind; only what was public has any in the log."""
    return _entries(public_id).filter(kind=kind).order_by("-id").first()


def _entries(public_id: str) -> QuerySet[Any]:
    """Return what people are told of a record; a claim's citations are told under its id, too."""
    return Change.objects.told().filter(record_id=public_id).exclude(record_kind="citation")
