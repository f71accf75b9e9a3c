"""Where the events found by words stand in the orders of lists, read from the words themselves.

First the events that are nearest in the order are looked at: each row has the marks of all words of
its event, which mostly tell whether the words asked for are among them. Where they meet often, the
list goes on so. Where they hardly do, it is read from the word that was seen least: in order where
it is a whole word, together with the few words that it begins. Marks may say yes where no is right,
so that the records of a page are looked at, too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import BigIntegerField, ExpressionWrapper, F, Q
from django.db.models.expressions import Combinable

from claims.domain.search_words import event_words, have_all, have_marks, marks
from claims.models import Event, EventWord
from claims.queries.paging import Place
from claims.queries.places import SPARE, Found, Rows, Span, places_in, read_value, rows_in
from claims.queries.search import ends, event_has_words

NEAREST = 120
"""Events that are looked at first, unless a page has more."""
ONE_IN = 30
"""Words that meet in one event of so many are looked for along everything."""
FEW = 600
"""Rows that are put in order here."""
LIKELY = 2
"""Words that are tried where there is no order to look along."""

IN_ORDER = ("began", "gap_order")

_FIRST_LETTER = "0"  # the first character by code point that a word can have
_MARKS = ("marks_low", "marks_high")


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """The places of the public events that have every word."""

    asked: tuple[str, ...]

    def read(self, span: Span) -> Found:
        """Return the places of a span, by one query to three."""
        span = replace(span, limit=span.limit + SPARE)
        if span.path not in IN_ORDER:
            return self._likely(span)
        near = replace(span, limit=max(NEAREST, span.limit))
        looked = {
            Place(value, key): tuple(marked)
            for value, key, *marked in rows_in([_of(EventWord.EVERY)], near, *_MARKS)
        }
        found = [p for p in near.in_order(looked) if have_marks(looked[p], marks(self.asked))]
        rarest = min(
            by_likely_rarity(self.asked),
            key=lambda word: sum(have_marks(held, marks([word])) for held in looked.values()),
        )
        if len(found) >= span.limit or len(looked) < near.limit:
            return self._found(found[: span.limit], rarest)
        if len(found) * ONE_IN < len(looked):
            few = self._few(*_longer(rarest), span)
            if few is not None:
                whole = places_in([_of(rarest, self.asked)], span)
                return self._found(span.in_order([*few, *whole]), rarest, is_known=True)
        rest = replace(span.beyond(near.in_order(looked)[-1]), limit=span.limit - len(found))
        more = places_in([_of(EventWord.EVERY, self.asked)], rest)
        return self._found(found + more, rarest)

    def _likely(self, span: Span) -> Found:
        """Return the places of a span in an order that words have no index of."""
        likely = by_likely_rarity(self.asked)
        for word in likely[:LIKELY]:
            few = self._few(*ends(word), span)
            if few is not None:
                return self._found(span.in_order(few), word, is_known=True)
        return self._found(places_in([_of(EventWord.EVERY, self.asked)], span), likely[0])

    def _few(self, first: str, end: str, span: Span) -> list[Place] | None:
        """Return the places of the events with words in a stretch; ``None`` if there are many."""
        rows = EventWord.objects.filter(_between(first, end), gap_order__isnull=False)
        in_index = rows.order_by("word", "-began", "-event_id")
        found = list(in_index.values_list(span.path, "event_id", *_MARKS)[: FEW + 1])
        if len(found) > FEW:
            return None
        return [
            Place(read_value(value, span.order), key)
            for value, key, *marked in found
            if have_marks(marked, marks(self.asked))
        ]

    def _found(self, places: list[Place], rarest: str, *, is_known: bool = False) -> Found:
        """Return the places; ``is_known`` says that all of them have the rarest word."""
        others = [word for word in self.asked if word != rarest]
        if is_known and not others:
            return Found(places)
        rows = EventWord.objects.filter(_between(*ends(rarest)), gap_order__isnull=False)
        certain = rows.filter(event_has_words(others, path="event_id")).distinct()
        return Found(places, partial(has_words, asked=self.asked), [certain])


def by_likely_rarity(words: Collection[str]) -> list[str]:
    """Return words as they are likely to be rare: with digits first, then the longest."""
    return sorted(words, key=lambda word: (any(map(str.isdigit, word)), len(word)), reverse=True)


def has_words(event: Event, asked: Collection[str]) -> bool:
    """Tell whether an event has every word."""
    return have_all(event_words(event.title, event.aliases, event.place), asked)


def _longer(word: str) -> tuple[str, str]:
    """Return where the words that a word begins begin and end, but for itself."""
    return word + _FIRST_LETTER, ends(word)[1]


def _between(first: str, end: str) -> Q:
    return Q(word__gte=first, word__lt=end)


def _of(word: str, asked: Collection[str] = ()) -> Rows:
    """Return the rows of public events that have the word and whose marks have all that is asked.

    No number with the bits asked for is smaller than these. Said as an equation, PostgreSQL would
    take it to hold of hardly any row, and put the whole stretch in order.
    """
    rows = EventWord.objects.filter(word=word, gap_order__isnull=False)
    if not asked:
        return rows
    low, high = marks(asked)
    found: Rows = rows.alias(
        low_asked=_bits("marks_low", low), high_asked=_bits("marks_high", high)
    ).filter(low_asked__gte=low, high_asked__gte=high)
    return found


def _bits(column: str, asked: int) -> Combinable:
    return ExpressionWrapper(F(column).bitand(asked), output_field=BigIntegerField())
