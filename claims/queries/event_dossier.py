"""Everything public about one event, in six SQL queries, seldom seven.

The event; its parent and children; its parties; its claims; their citations; its log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections, router

from claims.domain.dates import partial
from claims.domain.public_ids import PATTERN
from claims.models import Event
from claims.queries.addresses import record_at
from claims.queries.compared import ComparedClaim, ComparedEvent, RelatedEvent
from claims.queries.compared_rows import compared_claims
from claims.queries.event_log import EventLog, event_log

MOST_CHILDREN = 50

_EVENT = "SELECT * FROM claims_event WHERE state = 'published' AND public_id = %s"
_FAMILY = """
SELECT id, public_id, title, date_start, date_start_precision, date_end, date_end_precision
FROM claims_event
WHERE state = 'published' AND (parent_id = %s OR id = %s)
ORDER BY CASE WHEN id = %s THEN 0 ELSE 1 END, date_start, id
LIMIT 52
"""
_PARTIES = """
SELECT p.id, p.name
FROM claims_event_parties own JOIN claims_party p ON p.id = own.party_id
WHERE own.event_id = %s
ORDER BY p.name
"""


@dataclass(frozen=True, slots=True)
class EventDossier:
    """One published event with its surroundings, claims and the latest entries of its log.

    ``has_further_children`` says that the event holds more events than ``children``.
    """

    event: Event
    parties: list[str]
    parent: RelatedEvent | None
    children: list[RelatedEvent]
    has_further_children: bool
    compared: ComparedEvent
    claims: list[ComparedClaim]
    log: EventLog


def event_dossier(public_id: str) -> EventDossier:
    """Return the dossier of the public event with this id.

    Raises what ``record_at`` raises for a record that is not public.
    """
    event = _event(public_id)
    parent, children = _family(event)
    parties = _rows(_PARTIES, event.pk)
    claims = compared_claims([event.pk]).get(event.pk, [])
    return EventDossier(
        event=event,
        parties=[name for _, name in parties],
        parent=parent,
        children=children[:MOST_CHILDREN],
        has_further_children=len(children) > MOST_CHILDREN,
        compared=ComparedEvent.of(event, {key for key, _ in parties}),
        claims=claims,
        log=event_log(event, claims),
    )


def _family(event: Event) -> tuple[RelatedEvent | None, list[RelatedEvent]]:
    """Return the public event that contains another one, and the public ones within it."""
    parent, children = None, []
    for key, public_id, title, start, start_precision, end, end_precision in _rows(
        _FAMILY, event.pk, event.parent_id, event.parent_id
    ):
        dates = (partial(start, start_precision), partial(end, end_precision))
        related = RelatedEvent(public_id, title, *dates)
        if key == event.parent_id:
            parent = related
        else:
            children.append(related)
    return parent, children


def _rows(statement: str, *asked: Any) -> list[tuple[Any, ...]]:
    with connections[router.db_for_read(Event)].cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _event(public_id: str) -> Event:
    """Return a public event by a statement of fixed text; raise what ``record_at`` raises."""
    # Asked first: a database refuses some texts that an address can hold.
    found = Event.objects.raw(_EVENT, [public_id]) if PATTERN.match(public_id) else ()
    event: Event = next(iter(found), None) or record_at(Event.objects.published(), public_id)
    return event
