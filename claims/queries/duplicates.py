"""Records that may be the same thing entered twice, for a warning while an editor saves.

Candidates are narrowed by index first (shared words, and for events a shared country or a start
within a week), then scored by how alike their names are. A warning, never a verdict.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q
from rapidfuzz import fuzz

from claims.domain.dates import days_after
from claims.domain.folding import folded, words
from claims.models import Event, Source

MOST_CANDIDATES = 200
MOST_SHOWN = 5
WITHIN = 7
"""Days between the starts of events that may be the same."""
ALIKE_EVENTS = 75
ALIKE_SOURCES = 85
PENALTY_FOR_OTHER_DAYS = 20


def likely_duplicate_events(
    title: str,
    aliases: Collection[str] = (),
    date_start: date | None = None,
    countries: Collection[str] = (),
    exclude_id: int | None = None,
) -> list[Event]:
    """Return at most five standing events that may be this one, the likeliest first.

    Two queries. Events of another country that started on another day are not the same; where
    neither is known the name alone decides.
    """
    names = [title, *aliases]
    near = Q()
    if countries:
        near |= Q(country_rows__code__in=list(countries)) | Q(country_rows__isnull=True)
    if date_start:
        near |= Q(date_start__range=_around(date_start))
    candidates = (
        Event.objects.not_withdrawn()
        .filter(pk__in=_sharing_words(Event, names))
        .filter(near)
        .exclude(pk=exclude_id or 0)
        .distinct()
        .order_by("pk")
    )
    scored = []
    for event in candidates:
        score = _alike(names, [event.title, *event.aliases])
        same_days = (
            date_start and event.date_start and abs((event.date_start - date_start).days) <= WITHIN
        )
        if date_start and event.date_start and not same_days:
            score -= PENALTY_FOR_OTHER_DAYS
        if score >= ALIKE_EVENTS:
            scored.append((score, event))
    return [event for _, event in sorted(scored, key=lambda s: (-s[0], s[1].pk))][:MOST_SHOWN]


def _around(day: date) -> tuple[date, date]:
    return days_after(day, -WITHIN), days_after(day, WITHIN)


def likely_duplicate_sources(
    name: str, aliases: Collection[str] = (), exclude_id: int | None = None
) -> list[Source]:
    """Return at most five standing sources that may be this one, the likeliest first."""
    names = [name, *aliases]
    candidates = (
        Source.objects.not_withdrawn()
        .filter(pk__in=_sharing_words(Source, names))
        .exclude(pk=exclude_id or 0)
        .order_by("pk")
    )
    scored = [(_alike(names, [s.name, *s.aliases]), s) for s in candidates]
    likely = [(score, s) for score, s in scored if score >= ALIKE_SOURCES]
    return [s for _, s in sorted(likely, key=lambda found: (-found[0], found[1].pk))][:MOST_SHOWN]


def _sharing_words(model: type[Event | Source], names: Iterable[str]) -> list[int]:
    """Return the records that share most words with the names."""
    spoken = sorted({word for name in names for word in words(name)})
    found = (
        model._default_manager.filter(words__word__in=spoken)
        .annotate(shared=Count("words"))
        .order_by("-shared", "-pk")
    )
    return list(found.values_list("pk", flat=True)[:MOST_CANDIDATES])


def _alike(names: Iterable[str], others: Iterable[str]) -> float:
    """Return how alike the two most alike of the names are, from 0 to 100."""
    theirs = [folded(other) for other in others]
    return max(
        (fuzz.token_sort_ratio(folded(name), other) for name in names for other in theirs),
        default=0.0,
    )
