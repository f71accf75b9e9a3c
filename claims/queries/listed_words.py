"""Where the events found by words stand in the orders of lists, read from the words themselves.

A word asked for may be the beginning of many. One stretch of the index gives what is found: of a
word that few events have, which are then put in order; else of a whole word, which is in order;
else of everything. All other words are looked for in the marks of the same row. These may say yes
where no is right, so that the records of a page are looked at, too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connections, router
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.expressions import Combinable

from claims.domain.search_words import event_words, have_all, marks
from claims.models import Event, EventWord
from claims.queries.paging import Places
from claims.queries.search import ends, event_has_words

FEW = 240
"""Rows of one word that are put in order; of several words far fewer, since each is looked for."""

IN_ORDER = ("began", "gap_order")

_FIRST_LETTER = "0"  # the first character by code point that a word can have
_FURTHER = """
(SELECT word || ' ' || COALESCE(CAST(began AS text), '9999') || ' ' || event_id
FROM claims_eventword WHERE word >= %s AND word < %s AND gap_order IS NOT NULL
ORDER BY word, began DESC, event_id DESC LIMIT 1 OFFSET %s)
"""


@dataclass(frozen=True, slots=True)
class _Further:
    """What stands so many rows on in the words that begin so; ``word`` is empty where they end."""

    beginning: str
    word: str = ""
    day: str = ""
    event_id: str = "0"

    @property
    def is_few(self) -> bool:
        """Whether no more rows than that begin so."""
        return not self.word

    @property
    def reach(self) -> tuple[str, int]:
        """How far back in the order of days the rows reach: the further, the fewer there are."""
        return self.day, int(self.event_id)

    @property
    def is_whole(self) -> bool:
        """Whether so many have the very word; it stands before those that it begins."""
        return self.word == self.beginning


def listed_words(asked: Sequence[str], *, by: str) -> Places:
    """Return the places of the public events that have every word; one query, or two.

    ``by`` is the column that they are ordered by: of date and gap there are indexes.
    """
    most = FEW // len(asked) ** 3
    looked_at = [ends(word) for word in asked]
    if len(asked) == 1:
        looked_at.append(_longer(*asked))
    further = _words_further_on(looked_at, most)
    further, longer = further[: len(asked)], further[len(asked) :]
    few = [found.beginning for found in further if found.is_few]
    if few:
        rarest = max(few, key=len)
        rows = _between(*ends(rarest), asked)
        return _places([rows], rows, asked, known=rarest)
    whole = [found for found in further if found.is_whole]
    if whole and by in IN_ORDER:
        rarest = min(whole, key=lambda found: found.reach).beginning
        (among_longer,) = longer or _words_further_on([_longer(rarest)], most)
        if among_longer.is_few:
            stretches = [_of(rarest, asked), _between(*_longer(rarest), asked)]
            return _places(stretches, _between(*ends(rarest), asked), asked, known=rarest)
    every = _of(EventWord.EVERY, asked)
    return _places([every], every, asked)


def _longer(word: str) -> tuple[str, str]:
    """Return where the words that a word begins begin and end, but for itself."""
    return word + _FIRST_LETTER, ends(word)[1]


def has_words(event: Event, asked: Collection[str]) -> bool:
    """Tell whether an event has every word."""
    return have_all(event_words(event.title, event.aliases, event.place), asked)


def _places(
    stretches: Sequence[QuerySet[Any]],
    whole: QuerySet[Any],
    asked: Sequence[str],
    *,
    known: str | None = None,
) -> Places:
    """Return stretches, ``whole`` all together; their marks tell of words but the ``known`` one."""
    others = [word for word in asked if word != known]
    if not others:
        return Places(stretches)
    certain = whole.filter(event_has_words(others, path="event_id"))
    return Places(stretches, partial(has_words, asked=others), [certain])


def _words_further_on(stretches: Sequence[tuple[str, str]], rows: int) -> list[_Further]:
    """Return what stands so many rows on in each stretch of words; one query."""
    asked = f"SELECT {', '.join([_FURTHER] * len(stretches))}"
    with connections[router.db_for_read(EventWord)].cursor() as cursor:
        cursor.execute(asked, [value for stretch in stretches for value in (*stretch, rows)])
        found = cursor.fetchone()
    return [
        _Further(first, *(text or "").split())
        for (first, _), text in zip(stretches, found, strict=True)
    ]


def _of(word: str, asked: Collection[str]) -> QuerySet[Any]:
    return _stretch(Q(word=word), asked)


def _between(first: str, end: str, asked: Collection[str]) -> QuerySet[Any]:
    return _stretch(Q(word__gte=first, word__lt=end), asked).distinct()


def _stretch(of: Q, asked: Collection[str]) -> QuerySet[Any]:
    """Return the rows of public events whose marks have all that is asked for.

    No number with the bits asked for is smaller than these. Said as an equation, PostgreSQL would
    take it to hold of hardly any row, and put the whole stretch in order.
    """
    low, high = marks(asked)
    rows = EventWord.objects.filter(of, gap_order__isnull=False)
    found: QuerySet[Any] = rows.alias(
        low_asked=_bits("marks_low", low), high_asked=_bits("marks_high", high)
    ).filter(low_asked__gte=low, high_asked__gte=high)
    return found


def _bits(column: str, asked: int) -> Combinable:
    return ExpressionWrapper(F(column).bitand(asked), output_field=BigIntegerField())
