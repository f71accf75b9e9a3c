"""Entries of the public log with the public records that they are about.

An entry keeps ids only; what a record says is read from the record, so that text which was taken
back is not kept alive by the log. Three SQL queries for any number of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims.models import Change, Claim, Document, Event, Source
from claims.queries.compared import ComparedClaim, ComparedDocument
from claims.queries.event_log import EventChange
from claims.queries.lists import public_documents, public_sources

_WHY_IT_IS_GONE = ("withdrawn", "merged")


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One entry; what is not public (any more) is ``None``.

    ``record`` is what the entry is about, for a citation its claim, and ``document`` then the
    document that carries it. ``replaced`` is the earlier claim that a revision replaced.
    """

    change: Change | EventChange
    record: Event | Source | Document | Claim | ComparedClaim | None
    document: Document | ComparedDocument | None = None
    replaced: Claim | ComparedClaim | None = None


def public_reason(change: Change | EventChange) -> str:
    """Return why, as far as readers may know; ``change`` came from ``public_changes``.

    Reasons quote what they are about. So they are told while the record is public, and of a
    record that is gone only why it went.
    """
    may_tell = getattr(change, "fields_are_public", False) or change.kind in _WHY_IT_IS_GONE
    return change.reason if may_tell else ""


def with_records(
    changes: Iterable[Change | EventChange], known: Mapping[str, Any] | None = None
) -> list[LoggedChange]:
    """Return entries that came from ``public_changes`` with their public records.

    ``known`` holds public records by public id that need not be asked for.
    """
    changes, known = list(changes), known or {}
    sources = {c.record_id for c in changes if c.record_kind == "source"}
    documents = {c.record_id for c in changes if c.record_kind == "document"} | {
        c.target_id for c in changes if c.record_kind == "citation"
    }
    replaced = {c.target_id for c in changes if c.kind == "revised"}
    found = {
        **known,
        **_sources(sources - known.keys()),
        **_documents(documents - known.keys()),
        **_claims(replaced - known.keys()),
    }
    return [_logged(change, found) for change in changes]


def _sources(public_ids: set[str]) -> dict[str, Source]:
    if not public_ids:
        return {}
    return {row.public_id: row for row in public_sources().filter(public_id__in=public_ids)}


def _documents(public_ids: set[str]) -> dict[str, Document]:
    if not public_ids:
        return {}
    return {row.public_id: row for row in public_documents().filter(public_id__in=public_ids)}


def _claims(public_ids: set[str]) -> dict[str, Claim]:
    if not public_ids:
        return {}
    public = Claim.objects.published().filter(event__state="published")
    return {row.public_id: row for row in public.filter(public_id__in=public_ids)}


def _logged(change: Change | EventChange, found: Mapping[str, Any]) -> LoggedChange:
    event = change.event if change.event and change.event.state == "published" else None
    claim = change.claim if change.claim and change.claim.state == "published" else None
    match change.record_kind:
        case "event":
            return LoggedChange(change, event)
        case "source" | "document":
            return LoggedChange(change, found.get(change.record_id))
        case "citation":
            document = found.get(change.target_id) if event and claim else None
            return LoggedChange(change, claim if event else None, document)
        case _:
            earlier = found.get(change.target_id) if event and claim else None
            return LoggedChange(change, claim if event else None, replaced=earlier)
