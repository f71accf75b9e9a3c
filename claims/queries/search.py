"""Text search: events and sources that have every word asked for, or words starting with them.

Words are folded the same way on both sides (case, accents, punctuation), so Makiïvka is found as
makiivka. A prefix is a range of the word index, which is collated by code point.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from claims.models import EventWord, SourceWord

MOST_CANDIDATES = 1_000
_AFTER_EVERY_LETTER = "\U0010ffff"
_SOME_WITH_WORD = (
    "SELECT * FROM (SELECT {number} AS word_number, event_id FROM claims_eventword "
    "WHERE word >= %s AND word < %s LIMIT {most}) AS some_{number}"
)


def event_has_words(words: Iterable[str], *, path: str = "pk") -> Q:
    """Return the condition that an event has every word; ``path`` leads to the event's key."""
    found = Q()
    for word in words:
        events = EventWord.objects.filter(_starts_with(word)).values("event_id")
        found &= Q(**{f"{path}__in": events})
    return found


def listed_event_has_words(words: Iterable[str], *, path: str) -> Q:
    """Return the same condition for a list in order; one query.

    Words that at most ``MOST_CANDIDATES`` times begin an event's word give the events themselves,
    which are then put in order; events with more common words are soon met in the order itself.
    """
    asked = list(words)
    if not asked:
        return Q()
    with_word = _some_events_with(asked)
    rare = {word: ids for word, ids in with_word.items() if len(ids) <= MOST_CANDIDATES}
    common = event_has_words((word for word in asked if word not in rare), path=path)
    if not rare:
        return common
    candidates = set.intersection(*(set(ids) for ids in rare.values()))
    return Q(**{f"{path}__in": sorted(candidates)}) & common


def _some_events_with(words: list[str]) -> dict[str, list[int]]:
    """Return for each word the events that have it, or one more than the most candidates."""
    parts = (
        _SOME_WITH_WORD.format(number=number, most=MOST_CANDIDATES + 1)
        for number in range(len(words))
    )
    ends = [end for word in words for end in (word, word + _AFTER_EVERY_LETTER)]
    found: dict[str, list[int]] = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), ends)
        for number, event_id in cursor:
            found[words[number]].append(event_id)
    return found


def source_has_words(words: Iterable[str]) -> Q:
    """Return the condition that a source has every word."""
    found = Q()
    for word in words:
        found &= Q(pk__in=SourceWord.objects.filter(_starts_with(word)).values("source_id"))
    return found


def _starts_with(word: str) -> Q:
    return Q(word__gte=word, word__lt=word + _AFTER_EVERY_LETTER)
