"""Events that a text may be about: found by telling words and days, ranked by likeness.

Words that many events share tell nothing and are left out; events that started shortly before
the publication are looked at with any word in common. Never more than ``MOST_CANDIDATES`` events
are compared, whatever the size of the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from rapidfuzz import fuzz

from claims.domain.dates import days_after
from claims.domain.folding import folded, words
from claims.models import Candidate, Event, EventWord, StoredText

MOST_CANDIDATES = 200
MOST_SUGGESTED = 5
LEAD = 3000
"""Characters at the beginning of a text that tell what it is about."""
MOST_WORDS = 150
MOST_TELLING = 20
EVENTS_OF_A_TELLING_WORD = 300
SHORTEST_WORD = 3
DAYS_BEFORE, DAYS_AFTER = 14, 1
LIKELY = 40

PLACE, TITLE, PARTY = 40, 30, 10
NEAR_DAYS = ((2, 25), (7, 15), (30, 5))
STARTED_AFTERWARDS = -40


@dataclass(frozen=True, slots=True)
class EventSuggestion:
    """An event that a text may be about, and why in words."""

    event: Event
    score: float
    reasons: tuple[str, ...]


def event_suggestions(
    stored: StoredText, candidates: Collection[Candidate] = ()
) -> list[EventSuggestion]:
    """Return at most five standing events that the text may be about, the likeliest first.

    Five SQL queries at most.
    """
    about = _About(stored, candidates)
    scored = [about.suggestion(event) for event in _pool(about)]
    likely = [found for found in scored if found.score >= LIKELY]
    return sorted(likely, key=lambda found: (-found.score, -found.event.pk))[:MOST_SUGGESTED]


class _About:
    """What a text says of place, day and parties, folded once."""

    def __init__(self, stored: StoredText, candidates: Iterable[Candidate]) -> None:
        found = list(candidates)
        self.title = folded(stored.document.title)
        self.lead = folded(f"{stored.document.title}\n{stored.text[:LEAD]}")
        self.places = {folded(c.place) for c in found if c.place}
        self.published: date | None = stored.document.published_on
        spoken = words(" ".join([*self.places, self.lead]))
        self.words = list(dict.fromkeys(w for w in spoken if len(w) >= SHORTEST_WORD))[:MOST_WORDS]

    def suggestion(self, event: Event) -> EventSuggestion:
        """Return how well an event fits, from 0 to about 100, with the reasons."""
        parts = [self._place(event), self._day(event), self._parties(event)]
        score = sum(points for points, _ in parts) + self._title(event)
        return EventSuggestion(event, score, tuple(reason for _, reason in parts if reason))

    def _place(self, event: Event) -> tuple[float, str]:
        # "Makiivka, Donetsk Oblast" is named where Makiivka is.
        place = folded(event.place.split(",")[0])
        if not place:
            return 0, ""
        named = place in self.lead or any(fuzz.ratio(place, other) >= 85 for other in self.places)
        return (PLACE, event.place) if named else (0, "")

    def _title(self, event: Event) -> float:
        names = [folded(name) for name in [event.title, *event.aliases]]
        in_title = max(fuzz.token_set_ratio(self.title, name) for name in names)
        in_lead = max(fuzz.partial_ratio(name, self.lead) for name in names)
        return TITLE * max(in_title, in_lead) / 100

    def _day(self, event: Event) -> tuple[float, str]:
        if self.published is None or event.date_start is None or event.started is None:
            return 0, ""
        apart = (self.published - event.date_start).days
        if apart < -1:
            return STARTED_AFTERWARDS, ""
        points = next((points for days, points in NEAR_DAYS if apart <= days), 0)
        return (points, f"started {event.started.label()}") if points else (0, "")

    def _parties(self, event: Event) -> tuple[float, str]:
        named = [party.name for party in event.parties.all() if folded(party.name) in self.lead]
        return (PARTY, ", ".join(named)) if named else (0, "")


def _pool(about: _About) -> QuerySet[Event]:
    keys = _sharing_telling_words(about.words) + _near(about)
    found = Event.objects.not_withdrawn().filter(pk__in=keys).order_by("pk")
    return found.prefetch_related("parties")


def _sharing_telling_words(spoken: list[str]) -> list[int]:
    """Return the events that share most of the words that few events have."""
    counted = (
        EventWord.objects.filter(word__in=spoken)
        .values("word")
        .annotate(events=Count("event"))
        .filter(events__lte=EVENTS_OF_A_TELLING_WORD)
        .order_by("events", "word")
        .values_list("word", flat=True)
    )
    return _most_shared(EventWord.objects.filter(word__in=list(counted[:MOST_TELLING])))


def _near(about: _About) -> list[int]:
    """Return the events that started shortly before publication and share any word."""
    if about.published is None:
        return []
    days = (
        days_after(about.published, -DAYS_BEFORE),
        days_after(about.published, DAYS_AFTER),
    )
    return _most_shared(
        EventWord.objects.filter(event__date_start__range=days, word__in=about.words)
    )


def _most_shared(rows: QuerySet[EventWord]) -> list[int]:
    found = rows.values("event").annotate(shared=Count("word")).order_by("-shared", "-event")
    return list(found.values_list("event", flat=True)[: MOST_CANDIDATES // 2])
