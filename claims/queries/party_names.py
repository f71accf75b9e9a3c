"""Parties meant by words: "Russian" means Russia, "Ukrainians" mean Ukraine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import TypeVar

from django.db.models import Q

from claims.domain.folding import folded, words
from claims.models import Party

MOST_CANDIDATES = 200
MOST_WORDS = 60
SHARED_LETTERS = 4
"""A name and a word from it share their beginning: Russia, Russian."""

K = TypeVar("K")


def party_suggestions(said: Mapping[K, str]) -> dict[K, Party | None]:
    """Return for each key the party that its words most likely mean, or ``None``; one SQL query."""
    spoken = sorted({word for text in said.values() for word in words(text)})[:MOST_WORDS]
    pool = _beginning_alike(spoken)
    return {key: _likeliest(text, pool) for key, text in said.items()}


def _beginning_alike(spoken: Iterable[str]) -> list[Party]:
    alike = Q()
    for beginning in {word[:SHARED_LETTERS] for word in spoken}:
        alike |= Q(name__istartswith=beginning) | Q(name__startswith=beginning.capitalize())
    return list(Party.objects.filter(alike).order_by("name")[:MOST_CANDIDATES]) if alike else []


def _likeliest(text: str, pool: Iterable[Party]) -> Party | None:
    scored = [(_shared(text, party.name), party) for party in pool]
    best = max(scored, key=lambda found: found[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def _shared(text: str, name: str) -> float:
    """Return what part of the first word of a name some word shares with it, or nothing."""
    first = (words(name) or [""])[0]
    if folded(text) == folded(name):
        return 2.0
    longest = max((_letters_shared(word, first) for word in words(text)), default=0)
    needed = min(SHARED_LETTERS, len(first))
    if longest < needed or longest < len(first) - 2:
        return 0.0
    return longest / len(words(name)) / 100 + longest / len(first)


def _letters_shared(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
