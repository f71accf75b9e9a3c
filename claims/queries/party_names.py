"""Parties meant by words: "Russian" means Russia, "Ukrainians" mean Ukraine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import TypeVar

from django.db.models import Q

from claims.domain.folding import folded, words
from claims.domain.vocabularies import VICTIMS
from claims.models import Party

MOST_CANDIDATES = 200
MOST_WORDS = 60
SHARED_LETTERS = 4
"""A name and a word from it share their beginning: Russia, Russian."""
_OF_NO_SIDE = frozenset(w for t in VICTIMS.terms for w in words(f"{t.label} {t.definition}"))
"""Words for people of any side: children are not from Chile."""
_OF_MANY_NAMES = frozenset(
    {"armed", "civil", "democratic", "east", "free", "islamic", "military", "national", "new",
     "north", "northern", "party", "people", "peoples", "popular", "republic", "revolutionary",
     "south", "southern", "union", "united", "west", "western"}
)  # fmt: skip
"""Words that names of several sides begin with, so that the rest of the name has to be there."""

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
    first, *others = words(name) or [""]
    if folded(text) == folded(name):
        return 2.0
    spoken = [word for word in words(text) if word not in _OF_NO_SIDE]
    longest = _most_shared(spoken, first)
    has_others = all(_most_shared(spoken, word) for word in others if len(word) >= SHARED_LETTERS)
    if first in _OF_MANY_NAMES and not (others and has_others):
        return 0.0
    return longest / (len(others) + 1) / 100 + longest / max(1, len(first))


def _most_shared(spoken: Iterable[str], name: str) -> int:
    """Return how many letters a word of a name shares with one that comes from it, or nothing."""
    longest = max((_letters_shared(word, name) for word in spoken), default=0)
    needed = max(min(SHARED_LETTERS, len(name)), len(name) - 2)
    return longest if longest >= needed else 0


def _letters_shared(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
