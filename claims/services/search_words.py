"""The indexes derived from names: words of events and sources, countries of events.

Kept for records in every state, since editors search drafts too; who searches for the public
asks for published records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from claims.domain.folding import words
from claims.models import Event, EventCountry, EventWord, Source, SourceWord

Pairs = set[tuple[int, str]]

CHUNK = 2000


def event_words(title: str, aliases: Iterable[str], place: str) -> set[str]:
    """Return the words by which an event is found: of its title, other names and place."""
    return _all_words([title, *aliases, place])


def source_words(name: str, aliases: Iterable[str] = ()) -> set[str]:
    """Return the words by which a source is found: of its name and other names."""
    return _all_words([name, *aliases])


def refresh_events(event_ids: Collection[int]) -> None:
    """Bring words and countries of these events up to date."""
    for some in _chunks(event_ids):
        events = list(Event.objects.filter(pk__in=some))
        _replace(EventWord, "event_id", "word", some, _word_pairs(events))
        _replace(EventCountry, "event_id", "code", some, _country_pairs(events))


def refresh_sources(source_ids: Collection[int]) -> None:
    """Bring the words of these sources up to date."""
    for some in _chunks(source_ids):
        pairs = {
            (s.pk, word)
            for s in Source.objects.filter(pk__in=some)
            for word in source_words(s.name, s.aliases)
        }
        _replace(SourceWord, "source_id", "word", some, pairs)


def rebuild() -> None:
    """Bring every word and country up to date."""
    refresh_events(list(Event.objects.values_list("pk", flat=True)))
    refresh_sources(list(Source.objects.values_list("pk", flat=True)))


def differences() -> list[str]:
    """Return a sentence for each event or source whose words or countries are out of date."""
    events = list(Event.objects.all())
    source_pairs = {
        (s.pk, word) for s in Source.objects.all() for word in source_words(s.name, s.aliases)
    }
    return [
        *_differing("words of event", EventWord, "event_id", "word", _word_pairs(events)),
        *_differing("countries of event", EventCountry, "event_id", "code", _country_pairs(events)),
        *_differing("words of source", SourceWord, "source_id", "word", source_pairs),
    ]


def _all_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text)}


def _source_pairs(sources: Iterable[Source]) -> Pairs:
    return {(s.pk, word) for s in sources for word in source_words(s.name, s.aliases)}


def _word_pairs(events: Iterable[Event]) -> Pairs:
    return {(e.pk, word) for e in events for word in event_words(e.title, e.aliases, e.place)}


def _country_pairs(events: Iterable[Event]) -> Pairs:
    return {(event.pk, code) for event in events for code in event.countries}


def _stored(model: type[Model], owner: str, value: str, **narrowed: Any) -> Pairs:
    return set(model._default_manager.filter(**narrowed).values_list(owner, value))


def _replace(
    model: type[Model], owner: str, value: str, owner_ids: Collection[int], wanted: Pairs
) -> None:
    """Make the rows of these owners equal to ``wanted``, touching only what differs."""
    rows = model._default_manager.filter(**{f"{owner}__in": owner_ids})
    stored = {(its_owner, text): pk for pk, its_owner, text in rows.values_list("pk", owner, value)}
    gone = [pk for pair, pk in stored.items() if pair not in wanted]
    for start in range(0, len(gone), CHUNK):
        model._default_manager.filter(pk__in=gone[start : start + CHUNK]).delete()
    model._default_manager.bulk_create(
        [
            model(**{owner: owner_id, value: text})
            for owner_id, text in sorted(wanted - stored.keys())
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,  # another writer may have just added the same word
    )


def _differing(what: str, model: type[Model], owner: str, value: str, wanted: Pairs) -> list[str]:
    owners = {owner_id for owner_id, _ in _stored(model, owner, value) ^ wanted}
    return [f"The {what} {owner_id} are out of date." for owner_id in sorted(owners)]


def _chunks(ids: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
