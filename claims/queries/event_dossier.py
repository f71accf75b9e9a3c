"""Everything public about one event, in six SQL queries, seldom seven.

The event; its parent and children; its parties; its claims; their citations; its log.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.domain.public_ids import PATTERN
from claims.models import Event, Party
from claims.queries.addresses import record_at
from claims.queries.compared import ComparedClaim, ComparedEvent
from claims.queries.compared_rows import compared_claims
from claims.queries.event_log import EventLog, event_log

_EVENT = "SELECT * FROM claims_event WHERE state = 'published' AND public_id = %s"
_FAMILY = """
SELECT id, public_id, title, date_start, date_start_precision, date_end, date_end_precision
FROM claims_event
WHERE state = 'published' AND (parent_id = %s OR id = %s)
ORDER BY date_start, id
"""
_PARTIES = """
SELECT p.id, p.name
FROM claims_event_parties own JOIN claims_party p ON p.id = own.party_id
WHERE own.event_id = %s
ORDER BY p.name
"""


@dataclass(frozen=True, slots=True)
class EventDossier:
    """One published event with its surroundings, claims and the latest entries of its log."""

    event: Event
    parties: list[str]
    parent: Event | None
    children: list[Event]
    compared: ComparedEvent
    claims: list[ComparedClaim]
    log: EventLog


def event_dossier(public_id: str) -> EventDossier:
    """Return the dossier of the public event with this id.

    Raises what ``record_at`` raises for a record that is not public.
    """
    event = _event(public_id)
    family = list(Event.objects.raw(_FAMILY, [event.pk, event.parent_id]))
    parties = list(Party.objects.raw(_PARTIES, [event.pk]))
    claims = compared_claims([event.pk]).get(event.pk, [])
    return EventDossier(
        event=event,
        parties=[party.name for party in parties],
        parent=next((other for other in family if other.pk == event.parent_id), None),
        children=[other for other in family if other.pk != event.parent_id],
        compared=ComparedEvent.of(event, {party.pk for party in parties}),
        claims=claims,
        log=event_log(event, claims),
    )


def _event(public_id: str) -> Event:
    """Return a public event by a statement of fixed text; raise what ``record_at`` raises."""
    # Asked first: a database refuses some texts that an address can hold.
    found = Event.objects.raw(_EVENT, [public_id]) if PATTERN.match(public_id) else ()
    event: Event = next(iter(found), None) or record_at(Event.objects.published(), public_id)
    return event
