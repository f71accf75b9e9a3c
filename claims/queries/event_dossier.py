"""Everything public about one event, in six SQL queries whatever the data.

The event with its parent; its parties; its children; its claims; their citations; its log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from claims.models import Change, Event
from claims.queries.addresses import record_at
from claims.queries.compared import ComparedClaim, ComparedEvent
from claims.queries.compared_rows import compared_claims
from claims.queries.lists import public_changes

MOST_CHANGES = 40


@dataclass(frozen=True, slots=True)
class EventDossier:
    """One published event with its surroundings, claims and the latest entries of its log.

    ``has_older_changes`` says that the log goes on beyond ``changes``.
    """

    event: Event
    parties: list[str]
    parent: Event | None
    children: list[Event]
    compared: ComparedEvent
    claims: list[ComparedClaim]
    changes: list[Change]
    has_older_changes: bool


def event_dossier(public_id: str) -> EventDossier:
    """Return the dossier of the public event with this id.

    Raises what ``record_at`` raises for a record that is not public.
    """
    event: Event = record_at(_with_surroundings(Event.objects.published()), public_id)
    changes = list(public_changes().filter(event=event).order_by("-id")[: MOST_CHANGES + 1])
    is_parent_public = event.parent is not None and event.parent.state == "published"
    return EventDossier(
        event=event,
        parties=[party.name for party in event.parties.all()],
        parent=event.parent if is_parent_public else None,
        children=event.public_children,
        compared=ComparedEvent.of(event),
        claims=compared_claims([event.pk]).get(event.pk, []),
        changes=changes[:MOST_CHANGES],
        has_older_changes=len(changes) > MOST_CHANGES,
    )


def _with_surroundings(events: QuerySet[Any]) -> QuerySet[Any]:
    children = Event.objects.published().order_by("date_start", "id")
    return events.select_related("parent").prefetch_related(
        "parties", Prefetch("children", children, to_attr="public_children")
    )
