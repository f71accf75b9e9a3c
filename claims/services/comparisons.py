"""The read model kept true: the questions of touched events, recomputed in one transaction.

The event row is locked first, in the order of ids, so that two writers to one event wait for
each other and the later one computes from what the earlier one committed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from claims.models import Claim, Comparison, Event, EventDigest
from claims.queries.compared_rows import compared_claims, compared_events
from claims.queries.comparisons import ComparisonView, compare_claims
from claims.services import facets, search_words, tallies
from claims.services.comparison_rows import (
    COLUMNS,
    DIGEST_COLUMNS,
    comparison_row,
    digest_row,
    store,
)
from claims.services.planner import renew_statistics

CHUNK = 200
"""Events at a time: enough to be quick, few enough to stay small in memory."""


def refresh_events(
    event_ids: Collection[int], *, told: Callable[[int], object] = lambda events: None
) -> None:
    """Make what is derived from these events equal to a fresh computation.

    Only published events have any of it. Locks the event rows in the order of their ids. ``told``
    hears how many more events are done.
    """
    ids = sorted(set(event_ids))
    with transaction.atomic():
        for some in _chunks(ids):
            # Locked by a query of its own: what is read after it is what the lock protects.
            list(
                Event.objects.select_for_update(no_key=True)
                .filter(pk__in=some)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            store(some, _fresh(some))
            told(len(some))
        facets.refresh(ids)
        search_words.refresh_places(ids)


def rebuild() -> int:
    """Refresh everything that is derived from events; return how many events there are."""
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    search_words.rebuild()
    refresh_events(ids)
    tallies.rebuild()
    renew_statistics()
    return len(ids)


def differences() -> list[str]:
    """Return a sentence for each derived row that is not what a fresh computation gives."""
    found: list[str] = []
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    for some in _chunks(ids):
        found += _differing(some, _fresh(some))
    return [
        *found,
        *search_words.differences(),
        *facets.differences(),
        *tallies.differences(),
    ]


def events_showing(
    *,
    documents: Collection[int] = (),
    sources: Collection[int] = (),
    parties: Collection[int] = (),
) -> set[int]:
    """Return the events whose comparisons show one of these documents, sources or parties."""
    found: set[int] = set()
    public = Claim.objects.published().order_by()
    for path, ids in (
        ("citations__document__in", documents),
        ("citations__via__in", documents),
        ("claimant__in", sources),
        ("citations__document__publisher__in", sources),
        ("citations__via__publisher__in", sources),
        ("victims_party__in", parties),
        ("claimant__speaks_for__in", parties),
    ):
        if ids:
            found.update(public.filter(**{path: ids}).values_list("event", flat=True))
    return found


def _fresh(event_ids: Collection[int]) -> dict[int, list[ComparisonView]]:
    """Return the comparisons of the published ones among these events, in three queries."""
    events = compared_events(event_ids)
    claims = compared_claims(event_ids) if events else {}
    return {event.pk: compare_claims(event, claims.get(event.pk, ())) for event in events}


def _differing(
    event_ids: Collection[int], views: Mapping[int, Sequence[ComparisonView]]
) -> Iterator[str]:
    stored = {row.public_id: row for row in Comparison.objects.filter(event__in=event_ids)}
    keys = {public_id: row.pk for public_id, row in stored.items()}
    digests = EventDigest.objects.in_bulk(event_ids)
    for event_id, own in views.items():
        rows = [comparison_row(view) for view in own]
        for row in rows:
            yield from _differs(f"Comparison {row[0]}", stored.pop(row[0], None), COLUMNS, row)
        digest = digest_row(event_id, rows, own, keys)
        what = f"The digest of event {event_id}"
        yield from _differs(what, digests.pop(event_id, None), DIGEST_COLUMNS, digest)
    yield from (f"Comparison {public_id} should not be there." for public_id in stored)
    yield from (f"The digest of event {event_id} should not be there." for event_id in digests)


def _differs(
    what: str, stored: Any, names: Sequence[str], computed: Sequence[Any]
) -> Iterator[str]:
    if stored is None:
        yield f"{what} is missing."
        return
    for name, value in zip(names, computed, strict=True):
        if (found := getattr(stored, name)) != value:
            yield f"{what}: {name} is {found!s:.80}, computed {value!s:.80}."


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
