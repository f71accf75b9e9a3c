"""The words by which a record is found, and marks that tell beforehand which it cannot have.

Whoever searches may type the beginning of a word. The marks of some words are two numbers with a
bit for each of their shorter beginnings (a filter as Bloom described it in 1970): a record whose
marks lack a bit of those asked for has no such word; one that has them all most likely has it, and
has to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

from claims.domain.folding import words

Marks = tuple[int, int]

LENGTHS = (1, 2, 3, 4, 6)
"""The lengths of the beginnings that are marked."""

_BITS = 63  # of each number: what both databases hold in a signed column
_KNOWN = 8_192


def event_words(title: str, aliases: Iterable[str], place: str) -> set[str]:
    """Return the words by which an event is found: of its title, other names and place."""
    return all_words([title, *aliases, place])


def source_words(name: str, aliases: Iterable[str] = ()) -> set[str]:
    """Return the words by which a source is found: of its name and other names."""
    return all_words([name, *aliases])


def all_words(texts: Iterable[str]) -> set[str]:
    """Return the folded words of several texts."""
    return {word for text in texts for word in words(text)}


def have_all(found: Iterable[str], asked: Iterable[str]) -> bool:
    """Tell whether each word asked for begins one of those found."""
    held = tuple(found)
    return all(any(word.startswith(beginning) for word in held) for beginning in asked)


def marks(of: Iterable[str]) -> Marks:
    """Return the marks of some words together."""
    low = high = 0
    for word in of:
        one, other = _marks_of(word)
        low, high = low | one, high | other
    return low, high


def have_marks(held: Sequence[int], asked: Sequence[int]) -> bool:
    """Tell whether marks hold every bit of those asked for."""
    return all(one & other == other for one, other in zip(held, asked, strict=True))


@lru_cache(_KNOWN)
def _marks_of(word: str) -> Marks:
    low = high = 0
    for length in LENGTHS:
        if length <= len(word):
            bit = crc32(word[:length].encode()) % (2 * _BITS)
            low, high = (low | 1 << bit, high) if bit < _BITS else (low, high | 1 << bit - _BITS)
    return low, high
