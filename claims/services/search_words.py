"""The indexes derived from names: words of events and sources, countries of events.

Kept for records in every state, since editors search drafts too; who searches for the public
asks for published records. A word of a public event also knows where lists have the event.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.db.models import Model

from claims.domain.search_words import event_words, marks, source_words
from claims.models import Event, EventCountry, EventWord, Source, SourceWord

Rows = set[tuple[Any, ...]]

CHUNK = 2000
GONE_CHUNK = 900
"""Few enough for SQLite, where a key of two columns takes a condition of its own."""
PLACES_CHUNK = 50_000

_WORDS = ("event_id", "word", "marks_low", "marks_high")
_COUNTRIES = ("event_id", "code")
_SOURCE_WORDS = ("source_id", "word")
_PLACES = """
UPDATE claims_eventword AS w SET began = p.began, gap_order = p.gap_order
FROM (
    SELECT e.id, d.gap_order, CASE WHEN d.event_id IS NOT NULL THEN e.date_start END AS began
    FROM claims_event e LEFT JOIN claims_eventdigest d ON d.event_id = e.id
    WHERE e.id {among}
) AS p
WHERE w.event_id = p.id AND w.event_id {among}
AND (w.began {differs} p.began OR w.gap_order {differs} p.gap_order)
"""
_PLACES_IN = {
    "postgresql": _PLACES.format(among="= ANY(%(ids)s)", differs="IS DISTINCT FROM"),
    "sqlite": _PLACES.format(among="IN (SELECT value FROM json_each(%(ids)s))", differs="IS NOT"),
}


def refresh_events(event_ids: Collection[int]) -> None:
    """Bring words and countries of these events up to date.

    Where public lists have them is for ``refresh_places`` to say, once that is known.
    """
    for some in _chunks(event_ids, CHUNK):
        events = list(Event.objects.filter(pk__in=some))
        _replace(EventWord, _WORDS, some, _rows_of_words(events))
        _replace(EventCountry, _COUNTRIES, some, _rows_of_countries(events))


def refresh_places(event_ids: Collection[int]) -> None:
    """Have the words of these events know where lists have them; needs their digests.

    Only public events have a digest.
    """
    with connection.cursor() as cursor:
        for some in _chunks(event_ids, PLACES_CHUNK):
            ids = some if connection.vendor == "postgresql" else json.dumps(some)
            cursor.execute(_PLACES_IN[connection.vendor], {"ids": ids})


def refresh_sources(source_ids: Collection[int]) -> None:
    """Bring the words of these sources up to date."""
    for some in _chunks(source_ids, CHUNK):
        rows = _rows_of_sources(Source.objects.filter(pk__in=some))
        _replace(SourceWord, _SOURCE_WORDS, some, rows)


def rebuild() -> None:
    """Bring every word and country up to date; places are left to ``refresh_places``."""
    refresh_events(list(Event.objects.values_list("pk", flat=True)))
    refresh_sources(list(Source.objects.values_list("pk", flat=True)))


def differences() -> list[str]:
    """Return a sentence for each event or source whose words or countries are out of date."""
    events = list(Event.objects.select_related("digest"))
    sources = _rows_of_sources(Source.objects.all())
    return [
        *_differing("words of event", EventWord, _WORDS, _rows_of_words(events)),
        *_differing(
            "places of event",
            EventWord,
            ("event_id", "began", "gap_order"),
            {(event.pk, *_place(event)) for event in events},
        ),
        *_differing("countries of event", EventCountry, _COUNTRIES, _rows_of_countries(events)),
        *_differing("words of source", SourceWord, _SOURCE_WORDS, sources),
    ]


def _rows_of_words(events: Iterable[Event]) -> Rows:
    rows: Rows = set()
    for event in events:
        found = event_words(event.title, event.aliases, event.place)
        rows.update((event.pk, word, *marks(found)) for word in (EventWord.EVERY, *found))
    return rows


def _rows_of_countries(events: Iterable[Event]) -> Rows:
    return {(event.pk, code) for event in events for code in event.countries}


def _rows_of_sources(sources: Iterable[Source]) -> Rows:
    return {(s.pk, word) for s in sources for word in source_words(s.name, s.aliases)}


def _place(event: Event) -> tuple[Any, Any]:
    digest = getattr(event, "digest", None)
    return (event.date_start, digest.gap_order) if digest else (None, None)


def _stored(model: type[Model], columns: tuple[str, ...], **narrowed: Any) -> Rows:
    return set(model._default_manager.filter(**narrowed).values_list(*columns))


def _replace(
    model: type[Model], columns: tuple[str, ...], owner_ids: Collection[int], wanted: Rows
) -> None:
    """Make the rows of these owners equal to ``wanted``, touching only what differs."""
    stored = {
        row[1:]: row[0]
        for row in model._default_manager.filter(**{f"{columns[0]}__in": owner_ids}).values_list(
            "pk", *columns
        )
    }
    gone = [pk for row, pk in stored.items() if row not in wanted]
    for start in range(0, len(gone), GONE_CHUNK):
        model._default_manager.filter(pk__in=gone[start : start + GONE_CHUNK]).delete()
    model._default_manager.bulk_create(
        [model(**dict(zip(columns, row, strict=True))) for row in sorted(wanted - stored.keys())],
        batch_size=CHUNK,
        ignore_conflicts=True,  # another writer may have just added the same word
    )


def _differing(what: str, model: type[Model], columns: tuple[str, ...], wanted: Rows) -> list[str]:
    owners = {row[0] for row in _stored(model, columns) ^ wanted}
    return [f"The {what} {owner_id} are out of date." for owner_id in sorted(owners)]


def _chunks(ids: Collection[int], size: int) -> Iterable[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
