"""The feed for mirrors: every entry of the log from a cursor on, with the records as they are now.

Whoever replays it from the beginning and keeps, or drops, the record of each entry ends with
what the lists show. Entries come in the order of their commits, so a cursor once reached has
nothing behind it. At most eight queries for any number of entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import QueryDict

from claims.models import Change, Claim, Comparison, Document, Event, Source
from claims.queries.lists import (
    logged_changes,
    public_claims_but_parties,
    public_comparisons,
    public_documents,
    public_events_but_parties,
    public_sources,
)
from claims.queries.paging import page_size
from claims.queries.parameter_kinds import check_text
from claims.queries.parameters import BadParameter, check_known

FeedRecord = Event | Source | Document | Claim
_LONGEST_CURSOR = 18


@dataclass(frozen=True, slots=True)
class EventNow:
    """A public event with all its comparisons."""

    event: Event
    comparisons: list[Comparison]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; ``record`` is ``None`` where what it is about is not public now."""

    change: Change
    record: EventNow | FeedRecord | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries, oldest first, and the public id and state of what else they bear on.

    ``also`` are the events of claims and the claims that were revised. ``cursor`` is where to go
    on, the one asked from where there is nothing new.
    """

    entries: list[FeedEntry]
    also: dict[str, EventNow | FeedRecord | None]
    cursor: str


def feed_page(params: QueryDict) -> FeedPage:
    """Return what was logged after ``since``, from the beginning where that is empty.

    Raises ``BadParameter``, also for a cursor beyond the newest entry: the tracker was restored
    from a backup then, and a mirror has to start again.
    """
    check_known(params, ("since", "page_size"))
    since = _since(params.get("since", ""))
    changes = list(
        logged_changes()
        .select_related(None)
        .select_related("event")
        .filter(pk__gt=since)
        .order_by("pk")[: page_size(params)]
    )
    if not changes:
        _check_reached(since)
    named = {change.record_id for change in changes}
    beside = _beside(changes) - named
    found = _records(named | beside)
    return FeedPage(
        entries=[FeedEntry(change, found.get(change.record_id)) for change in changes],
        also={public_id: found.get(public_id) for public_id in sorted(beside)},
        cursor=str(changes[-1].pk if changes else since or ""),
    )


def _since(text: str) -> int:
    if not text:
        return 0
    check_text("since", text)
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_CURSOR):
        raise BadParameter(
            "since",
            "“since” is the cursor of an entry, or empty for the beginning; follow the “next” "
            f"link of a page. Got “{text[:50]}”.",
        )
    return int(text)


def _check_reached(since: int) -> None:
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if since > newest:
        raise BadParameter(
            "since",
            "This cursor lies beyond the newest entry: the tracker was restored from a backup. "
            "Empty the mirror and start again with an empty “since”.",
        )


def _beside(changes: Iterable[Change]) -> set[str]:
    """Return the public ids of the events and the earlier claims that entries bear on.

    A draft to which a claim was moved is nobody's business; one that was public has its own entry.
    """
    changes = list(changes)
    told = [change.event for change in changes if change.event]
    events = {event.public_id for event in told if event.state != "draft"}
    return events | {change.target_id for change in changes if change.kind == "revised"}


def _records(public_ids: Iterable[str]) -> Mapping[str, EventNow | FeedRecord]:
    """Return the public ones among these records by public id, each kind by its own queries."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for public_id in public_ids:
        kinds[public_id[:3]].add(public_id)
    claims = _found(public_claims_but_parties(), kinds["cl_"])
    events = _found(public_events_but_parties(), kinds["ev_"])
    prefetch_related_objects([*events.values(), *(c.event for c in claims.values())], "parties")
    return {
        **_with_comparisons(events),
        **claims,
        **_found(public_sources(), kinds["so_"]),
        **_found(public_documents(), kinds["do_"]),
    }


def _found(rows: QuerySet[Any], public_ids: set[str]) -> dict[str, Any]:
    if not public_ids:
        return {}
    return {record.public_id: record for record in rows.filter(public_id__in=public_ids)}


def _with_comparisons(events: dict[str, Event]) -> dict[str, EventNow]:
    if not events:
        return {}
    comparisons: dict[int, list[Comparison]] = defaultdict(list)
    asked = public_comparisons().filter(event__in=[event.pk for event in events.values()])
    for comparison in asked.order_by("public_id"):
        comparisons[comparison.event_id].append(comparison)
    return {key: EventNow(event, comparisons[event.pk]) for key, event in events.items()}
