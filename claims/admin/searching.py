"""How the desk finds records: by folded words, so that every script works on both databases.

Events and sources have an index of words. Documents and parties have none; their titles are
looked through in the usual spellings of upper and lower case, since SQLite folds ASCII only.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from claims.domain.folding import words
from claims.models import Source
from claims.queries.search import event_has_words, source_has_words

Search = Callable[[str], Q]
MOST_WORDS = 20
"""More words are left out: no name has them, and a database refuses a condition of hundreds."""


def events_found(term: str) -> Q:
    """Return the condition that an event has every word of its names or place, or the id."""
    return event_has_words(words(term)[:MOST_WORDS]) | Q(public_id=term)


def sources_found(term: str) -> Q:
    """Return the condition that a source has every word of its names, or the id."""
    return source_has_words(words(term)[:MOST_WORDS]) | Q(public_id=term)


def claims_found(term: str) -> Q:
    """Return the condition that every word is of the claim's event or claimant, or is its id."""
    found = Q()
    for word in words(term)[:MOST_WORDS]:
        sources = Source.objects.filter(source_has_words([word])).values("pk")
        found &= event_has_words([word], path="event") | Q(claimant__in=sources)
    return found | Q(public_id=term)


def documents_found(term: str) -> Q:
    """Return the condition that every word is in the title, address or publisher, or is its id."""
    found = Q()
    for word in term.split()[:MOST_WORDS]:
        sources = Source.objects.filter(source_has_words(words(word)[:MOST_WORDS])).values("pk")
        publisher = Q(publisher__in=sources) if words(word) else Q()
        found &= _contains("title", word) | Q(url__icontains=word) | publisher
    return found | Q(public_id=term)


def parties_found(term: str) -> Q:
    """Return the condition that every word is in the party's name."""
    found = Q()
    for word in term.split()[:MOST_WORDS]:
        found &= _contains("name", word)
    return found


def _contains(column: str, word: str) -> Q:
    found = Q(**{f"{column}__icontains": word})
    for spelling in {word.lower(), word.upper(), word.capitalize()}:
        found |= Q(**{f"{column}__contains": spelling})
    return found
