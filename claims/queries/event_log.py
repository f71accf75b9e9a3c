"""The latest entries of the log of one event, read without the records that they are about.

Nearly everything that the log of an event tells of is among its own claims, which a page has
read anyway; only a claim that has moved to another event since is asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.models import Change, Claim, Event
from claims.queries.compared import ComparedClaim, ComparedDocument
from claims.queries.lists import public_changes
from claims.queries.prepared import PreparedQuery

MOST_CHANGES = 10
Known = ComparedClaim | ComparedDocument

_COLUMNS = (
    *("id", "kind", "at", "record_kind", "record_id", "target_id", "reason", "fields"),
    *("fields_are_public", "claim_id", "claim__state"),
)
_LATEST = PreparedQuery(
    Change,
    lambda event: (
        public_changes()
        .select_related(None)
        .filter(event=event)
        .order_by("-id")
        .values_list(*_COLUMNS)[: MOST_CHANGES + 1]
    ),
)


@dataclass(frozen=True, slots=True)
class EventChange:
    """An entry of the log of an event; answers to the names of ``Change``, for reading only.

    ``claim`` is ``None`` where it is about none, or about one that is not public.
    """

    pk: int
    kind: str
    at: datetime
    record_kind: str
    record_id: str
    target_id: str
    reason: str
    fields: Any
    fields_are_public: bool
    event: Event
    claim: Claim | ComparedClaim | None


@dataclass(frozen=True, slots=True)
class EventLog:
    """The latest entries, whether there are older ones, and public records by their id."""

    changes: list[EventChange]
    has_older: bool
    known: dict[str, Known]


def event_log(event: Event, claims: Collection[ComparedClaim]) -> EventLog:
    """Return the log of a public event whose public claims these are; one query, seldom two."""
    rows = _LATEST.rows(event.pk)
    by_key: dict[int, Claim | ComparedClaim] = {claim.pk: claim for claim in claims}
    moved = {row[-2] for row in rows if row[-1] == "published"} - by_key.keys()
    if moved:
        by_key |= Claim.objects.select_related("claimant", "victims_party").in_bulk(moved)
    changes = [EventChange(*(*row[:-2], event, by_key.get(row[-2]))) for row in rows[:MOST_CHANGES]]
    return EventLog(changes, len(rows) > MOST_CHANGES, _known(changes, claims))


def _known(changes: Collection[EventChange], claims: Collection[ComparedClaim]) -> dict[str, Known]:
    """Return those of the event's claims and documents that entries name by their public id."""
    named = {c.record_id for c in changes} | {c.target_id for c in changes}
    found: dict[str, Known] = {c.public_id: c for c in claims if c.public_id in named}
    if any(c.record_kind in ("citation", "document") for c in changes):
        cited = (citation.document for claim in claims for citation in claim.published_citations)
        found |= {document.public_id: document for document in cited}
    return found
