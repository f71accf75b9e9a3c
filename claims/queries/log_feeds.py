"""The newest entries of the public log for a feed: of everything, an event, a source, a filter.

A handful of queries each, whatever there is; nothing is counted.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from claims.models import Change, Event, Source
from claims.queries import filters
from claims.queries.addresses import record_at
from claims.queries.lists import CHANGES, EVENTS, public_changes, public_events
from claims.queries.parameter_kinds import read_parameters

MOST_ENTRIES = 50


def newest(params: QueryDict) -> list[Change]:
    """Return the newest entries, narrowed as the list of changes is; raises ``BadParameter``."""
    values = read_parameters(params, CHANGES.parameters)
    return _newest(filters.narrow_changes(public_changes(), values))


def newest_of_events(params: QueryDict) -> list[Change]:
    """Return the newest entries on the events that the filters of the list of events find.

    Raises ``BadParameter``.
    """
    values = read_parameters(params, EVENTS.parameters)
    if not values:
        return _newest(public_changes().filter(event__state="published"))
    found = filters.narrow_events(public_events().order_by(), values)
    return _newest(public_changes().filter(event__in=found.values("pk")))


def newest_of_event(public_id: str) -> tuple[Event, list[Change]]:
    """Return a public event and its newest entries; raises what ``record_at`` raises."""
    event: Event = record_at(Event.objects.published(), public_id)
    return event, _newest(public_changes().filter(event=event))


def newest_of_source(public_id: str) -> tuple[Source, list[Change]]:
    """Return a public source and the newest entries on it and its claims."""
    source: Source = record_at(Source.objects.published(), public_id)
    own = _newest(public_changes().filter(record_id=public_id))
    claimed = _newest(public_changes().filter(claim__claimant=source))
    both = {change.pk: change for change in (*own, *claimed)}
    return source, [both[pk] for pk in sorted(both, reverse=True)][:MOST_ENTRIES]


def _newest(changes: QuerySet[Any]) -> list[Change]:
    return list(changes.order_by("-pk")[:MOST_ENTRIES])
