"""The read model kept true: the questions of touched events, recomputed in one transaction.

The event row is locked first, in the order of ids, so that two writers to one event wait for
each other and the later one computes from what the earlier one committed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from claims.models import Claim, Comparison, Event, EventDigest
from claims.queries.comparison_document import as_body, comparisons_document
from claims.queries.comparisons import (
    ComparisonView,
    compare_claims,
    headline,
    published_claims,
)
from claims.services import facets, search_words, tallies
from claims.services.planner import renew_statistics

CHUNK = 100

STORED = (
    "event_id",
    "measure",
    "victims",
    "victims_party_id",
    "claim_count",
    "claimant_count",
    "citation_count",
    "lowest",
    "highest",
    "spread_ratio",
    "spread_order",
    "verdict",
    "gap_low",
    "gap_high",
    "gap_absolute",
    "gap_ratio",
    "gap_order",
    "latest_claimed_on",
    "event_kind",
    "event_start",
    "event_end",
    "country",
    "second_country",
    "in_several_countries",
)
DIGESTED = ("claim_count", "gap_order", "latest_claimed_on", "comparisons_json", "etag")


def refresh_events(event_ids: Collection[int]) -> None:
    """Make the comparisons and digests of these events equal to a fresh computation.

    Only published events have any. Locks the event rows in the order of their ids.
    """
    with transaction.atomic():
        for some in _chunks(sorted(set(event_ids))):
            # Locked by a query of its own: what is read after it is what the lock protects.
            list(
                Event.objects.select_for_update(no_key=True)
                .filter(pk__in=some)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            _store(some, _fresh(some))
            facets.refresh(some)


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


def comparison_row(view: ComparisonView) -> Comparison:
    """Return a question's row of the read model, unsaved."""
    result, gap = view.result, view.result.gap
    return Comparison(
        public_id=view.public_id,
        event_id=view.event.pk,
        measure=view.question.measure,
        victims=view.question.victims,
        victims_party=view.question.victims_party,
        claim_count=view.claim_count,
        claimant_count=view.claimant_count,
        citation_count=view.citation_count,
        lowest=result.lowest,
        highest=result.highest,
        spread_ratio=result.spread_ratio,
        spread_order=ratio_order(result.lowest, result.highest, result.spread_ratio),
        verdict=str(result.verdict),
        gap_low=gap.low if gap else None,
        gap_high=gap.high if gap else None,
        gap_absolute=gap.absolute if gap else 0,
        gap_ratio=gap.ratio if gap else None,
        gap_order=ratio_order(gap.low, gap.high, gap.ratio) if gap else 0,
        latest_claimed_on=result.latest_claimed_on,
        event_kind=view.event.kind,
        event_start=view.event.date_start,
        event_end=view.event.date_end,
        country="".join(view.event.countries[:1]),
        second_country="".join(view.event.countries[1:2]),
        in_several_countries=len(view.event.countries) > 2,
    )


def ratio_order(low: int | None, high: int | None, ratio: Decimal | None) -> int:
    """Return a ratio in ten-thousandths for sorting: 0 for none, ``INFINITE`` for high / 0."""
    if ratio is not None:
        return int(ratio * 10_000)
    return Comparison.INFINITE if low == 0 and high else 0


def _fresh(event_ids: Collection[int]) -> dict[int, list[ComparisonView]]:
    """Return the comparisons of the published ones among these events, in three queries."""
    events = list(Event.objects.published().filter(pk__in=event_ids).prefetch_related("parties"))
    claims: Mapping[int, list[Claim]] = _by_event(published_claims(*events)) if events else {}
    return {event.pk: compare_claims(event, claims.get(event.pk, [])) for event in events}


def _by_event(claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.event_id].append(claim)
    return found


def _store(event_ids: Collection[int], views: Mapping[int, list[ComparisonView]]) -> None:
    rows = {event: [comparison_row(view) for view in own] for event, own in views.items()}
    kept = [row.public_id for own in rows.values() for row in own]
    Comparison.objects.filter(event__in=event_ids).exclude(public_id__in=kept).delete()
    EventDigest.objects.filter(event__in=event_ids).exclude(event__in=views).delete()
    stored = Comparison.objects.bulk_create(
        [row for own in rows.values() for row in own],
        update_conflicts=True,
        unique_fields=["public_id"],
        update_fields=STORED,
    )
    keys = {row.public_id: row.pk for row in stored}
    EventDigest.objects.bulk_create(
        [_digest(event, rows[event], own, keys) for event, own in views.items()],
        update_conflicts=True,
        unique_fields=["event"],
        update_fields=["headline", *DIGESTED],
    )


def _digest(
    event_id: int,
    rows: list[Comparison],
    views: list[ComparisonView],
    keys: Mapping[str, int] | None = None,
) -> EventDigest:
    first = headline(views)
    body, etag = as_body(comparisons_document(views))
    return EventDigest(
        event_id=event_id,
        headline_id=keys[first.public_id] if first and keys else None,
        claim_count=sum(row.claim_count for row in rows),
        gap_order=max((row.gap_order for row in rows), default=0),
        latest_claimed_on=max(
            (row.latest_claimed_on for row in rows if row.latest_claimed_on), default=None
        ),
        comparisons_json=body,
        etag=etag,
    )


def _differing(
    event_ids: Collection[int], views: Mapping[int, list[ComparisonView]]
) -> Iterator[str]:
    stored = {row.public_id: row for row in Comparison.objects.filter(event__in=event_ids)}
    digests = {
        digest.event_id: digest
        for digest in EventDigest.objects.filter(event__in=event_ids).select_related("headline")
    }
    for event_id, own in views.items():
        rows = [comparison_row(view) for view in own]
        for row in rows:
            old = stored.pop(row.public_id, None)
            if old is None:
                yield f"Comparison {row.public_id} of event {event_id} is missing."
            else:
                yield from _unequal(f"Comparison {row.public_id}", old, row, STORED)
        yield from _digest_differs(event_id, digests.pop(event_id, None), rows, own)
    yield from (f"Comparison {public_id} should not be there." for public_id in stored)
    yield from (f"The digest of event {event_id} should not be there." for event_id in digests)


def _digest_differs(
    event_id: int,
    stored: EventDigest | None,
    rows: list[Comparison],
    views: list[ComparisonView],
) -> Iterator[str]:
    if stored is None:
        yield f"The digest of event {event_id} is missing."
        return
    yield from _unequal(
        f"The digest of event {event_id}", stored, _digest(event_id, rows, views), DIGESTED
    )
    first = headline(views)
    expected = first.public_id if first else None
    found = stored.headline.public_id if stored.headline else None
    if expected != found:
        yield f"The digest of event {event_id}: headline is {found}, computed {expected}."


def _unequal(what: str, old: Any, new: Any, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        stored, computed = getattr(old, name), getattr(new, name)
        if stored != computed:
            yield f"{what}: {name} is {stored!s:.80}, computed {computed!s:.80}."


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
