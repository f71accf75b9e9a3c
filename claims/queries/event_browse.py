"""Events found by a reader's filters, each with the comparison that answers what was asked.

At most eight SQL queries. Where nothing is found, the answer says which filter stands in the way
and how a misspelt word may be written.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Value
from django.http import QueryDict

from claims.models import Comparison, Event, Source
from claims.queries import filters
from claims.queries.listed import OF_FIGURES
from claims.queries.lists import EVENTS, Selection
from claims.queries.paging import PAGING_PARAMETERS, Page
from claims.queries.search import public_words_beginning

PAGE_SIZE = 30
_CANDIDATES = 2_000
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event of a list with the comparison to show for it; ``None`` where there is none."""

    event: Event
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class WayOut:
    """What helps where nothing was found.

    ``in_the_way`` are filters without any one of which there would be events; ``spelling`` is
    the search with its words as they are written here, empty where none is near.
    """

    in_the_way: tuple[str, ...]
    spelling: str


@dataclass(frozen=True, slots=True)
class EventsFound:
    """One page of events, what was asked, and how the records that filters name are called."""

    page: Page
    selection: Selection
    named: Mapping[str, str]
    way_out: WayOut | None


def events_found(params: QueryDict) -> EventsFound:
    """Return the events that the parameters of an address ask for; raises ``BadParameter``."""
    selection = EVENTS.read(params, also=PAGING_PARAMETERS)
    page = EVENTS.page(params, size=PAGE_SIZE)
    values = selection.values
    return EventsFound(
        page=Page(_with_comparison(page.rows, values), page.next_cursor, page.previous_cursor),
        selection=selection,
        named=_named(values),
        way_out=_way_out(values) if values and not page.rows else None,
    )


def _named(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the public records that filters name, by filter; one query at most."""
    if not values.keys() & {"parent", "source"}:
        return {}
    parents = Event.objects.published().filter(public_id=values.get("parent", ""))
    sources = Source.objects.published().filter(public_id=values.get("source", ""))
    return dict(
        parents.order_by()
        .values_list(Value("parent"), "title")
        .union(sources.order_by().values_list(Value("source"), "name"))
    )


def _with_comparison(events: list[Event], values: Mapping[str, Any]) -> list[FoundEvent]:
    """Return events with their headline, or with the comparison in which holds what was asked."""
    asked = {name: values[name] for name in OF_FIGURES if name in values}
    if not asked:
        return [FoundEvent(event, _headline(event)) for event in events]
    found = (
        filters.narrow_comparisons(Comparison.objects.published(), asked)
        .filter(event__in=events)
        .select_related("victims_party")
        .order_by("claimant_count", "gap_order", "id")
    )
    # The last one of an event stays: the most claimants, then the widest gap.
    by_event = {comparison.event_id: comparison for comparison in found}
    return [FoundEvent(event, by_event.get(event.pk)) for event in events]


def _headline(event: Event) -> Comparison | None:
    digest = getattr(event, "digest", None)
    return digest.headline if digest else None


def _way_out(values: Mapping[str, Any]) -> WayOut:
    return WayOut(_in_the_way(values), _spelling(values.get("q", [])))


def _in_the_way(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the filters without any one of which something would be found; one query."""
    if len(values) < 2:
        return tuple(values)
    without = {
        f"without_{name}": Exists(
            filters.narrow_events(
                Event.objects.published(), {k: v for k, v in values.items() if k != name}
            )
        )
        for name in values
    }
    row = Event.objects.order_by("pk").annotate(**without).first()
    return tuple(name for name in values if getattr(row, f"without_{name}", False))


def _spelling(asked: Iterable[str]) -> str:
    """Return the words asked for as public events write them; empty where nothing is near."""
    words = list(asked)
    known = public_words_beginning({word[:2] for word in words}, most=_CANDIDATES)
    written = [_written(word, known) for word in words]
    return "" if written == words else " ".join(written)


def _written(word: str, known: list[str]) -> str:
    if any(one.startswith(word) for one in known):
        return word
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=_ALIKE)), word)
