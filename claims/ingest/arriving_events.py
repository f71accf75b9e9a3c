"""Events of a file, parents before the events that are part of them."""

from __future__ import annotations

from typing import Any

from claims.ingest import matching
from claims.ingest.arriving import Arrival, differing, give_derived_ids, set_values
from claims.ingest.ordering import in_order
from claims.ingest.wanted import Told
from claims.models import Event
from claims.services import events as service

PLAIN = {
    "title": "event",
    "kind": "event_kind",
    "countries": "country",
    "place": "place",
    "latitude": "latitude",
    "longitude": "longitude",
    "place_precision": "place_precision",
}


def arrive_events(arrival: Arrival) -> None:
    """Find, make or change the events; parties and other names are added, never taken away."""
    wanted = arrival.wanted.events
    parents = {key: told.cells.get("parent", "") for key, told in wanted.items()}
    known = matching.by_key(Event, {*wanted, *filter(None, parents.values())})
    new = {(key,): Event(key=key) for key in wanted if key not in known}
    give_derived_ids(Event, new)
    order, circular = in_order(parents)
    for key in circular:
        arrival.refuse(
            wanted[key].rows["parent"],
            "parent",
            f"“{key}” would be part of itself by way of others.",
        )
    for key in order:
        told, event = wanted[key], known.get(key) or new[(key,)]
        parent_key = parents[key]
        parent = arrival.events.get(parent_key) or known.get(parent_key)
        if parent_key and parent is None and parent_key not in wanted:
            arrival.refuse(
                told.rows["parent"], "parent", f"There is no event with the key “{parent_key}”."
            )
            continue
        arrival.events[key] = arrival.try_to(told, "event", _event, arrival, event, told, parent)


def _event(arrival: Arrival, event: Event, told: Told, parent: Event | None) -> Event:
    if event.merged_into is not None:
        arrival.note("event", told, "same", label=event, remark="merged here; left alone")
        kept: Event = event.merged_into
        return kept
    values = _values(event, told)
    if parent is not None:
        values["parent"] = parent.merged_into or parent
    named = (arrival.party(name) for name in told.cells.get("parties", ()))
    added = [party for party in named if party is not None]
    if event.pk is None:
        set_values(event, values, values)
        service.check_countries(event)
        service.save_with_parties(arrival.edit, event, list(dict.fromkeys(added)))
        arrival.note("event", told, "new", label=event)
        return event
    there = set(event.parties.all())
    names = differing(event, values)
    if event.state == "withdrawn" or (not names and there.issuperset(added)):
        remark = "withdrawn here; left alone" if event.state == "withdrawn" else ""
        arrival.note("event", told, "same", label=event, remark=remark)
        return event
    held = arrival.hold(event)
    set_values(held, values, names)
    service.save_within(arrival.edit, held, there.union(added))
    fields = [*names, *([] if there.issuperset(added) else ["parties"])]
    arrival.note("event", told, "changed", label=held, fields=fields)
    return held


def _values(event: Event, told: Told) -> dict[str, Any]:
    cells = told.cells
    values: dict[str, Any] = {n: cells[column] for n, column in PLAIN.items() if column in cells}
    if start := cells.get("event_start"):
        values |= {"date_start": start.first, "date_start_precision": str(start.precision)}
    if end := cells.get("event_end"):
        values |= {"date_end": end.last, "date_end_precision": str(end.precision)}
    if aliases := cells.get("event_aliases"):
        values["aliases"] = list(dict.fromkeys([*event.aliases, *aliases]))
    if identifiers := cells.get("event_identifiers"):
        values["identifiers"] = list(dict.fromkeys([*event.identifiers, *identifiers]))
    return values
