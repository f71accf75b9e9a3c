"""Text search: events and sources that have every word asked for, or words starting with them.

Words are folded the same way on both sides (case, accents, punctuation), so Makiïvka is found as
makiivka. A prefix is a range of the word index, which is collated by code point.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from claims.models import EventWord, SourceWord

_AFTER_EVERY_LETTER = "\U0010ffff"


def event_has_words(words: Iterable[str], *, path: str = "pk") -> Q:
    """Return the condition that an event has every word; ``path`` leads to the event's key."""
    found = Q()
    for word in words:
        events = EventWord.objects.filter(_starts_with(word)).values("event_id")
        found &= Q(**{f"{path}__in": events})
    return found


def source_has_words(words: Iterable[str]) -> Q:
    """Return the condition that a source has every word."""
    found = Q()
    for word in words:
        found &= Q(pk__in=SourceWord.objects.filter(_starts_with(word)).values("source_id"))
    return found


def _starts_with(word: str) -> Q:
    return Q(word__gte=word, word__lt=word + _AFTER_EVERY_LETTER)
