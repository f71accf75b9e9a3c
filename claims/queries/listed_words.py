"""Where what is found by words stands in the orders of lists, read from the words themselves.

First the events that are nearest in the order are looked at: each row has the marks of all words of
its event, which mostly tell whether the words asked for are among them. Where they meet often, the
list goes on so. Where they hardly do, it is read from the word that was seen least: in order where
it is a whole word, together with the few words that it begins. Marks may say yes where no is right,
so that the records of a page are looked at, too.

Comparisons have orders of their own and the marks of their event: they are looked at in the same
way, but for a rare word, which gives its few events, and these their comparisons.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.db.models import BigIntegerField, ExpressionWrapper, F, Q
from django.db.models.expressions import Combinable

from claims.domain.search_words import event_words, have_all, have_marks, marks
from claims.models import Event, EventWord
from claims.models.search import MARKS
from claims.queries.paging import Place
from claims.queries.places import SPARE, Found, Rows, Span, places_in, read_value, rows_in
from claims.queries.search import ends, event_has_words

NEAREST = 130
"""Events that are looked at first, unless a page has more."""
ONE_IN = 30
"""Words that meet in one event of so many are looked for along everything."""
FEW = 600
"""Rows that are put in order here."""
FEW_NARROWED = 2_000
"""Rows of which a narrowed list is asked which it holds."""
NEAREST_COMPARED = 200
"""Comparisons that are looked at first, unless a page has more."""
FEW_COMPARED = 100
"""Events of which the comparisons are looked up one by one."""
LIKELY = 2
"""Words that are tried where there is no order to look along."""

IN_ORDER = ("began", "gap_order")

_FIRST_LETTER = "0"  # the first character by code point that a word can have


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """The places of the public events that have every word.

    Where the list is narrowed by something else, too, ``narrowed`` are the stretches of all that is
    left then. ``is_quick`` says that there is an index of the order asked for whose rows tell of
    themselves what is left, ``is_late`` that a query was spent on that, so that one fewer is left.
    """

    asked: tuple[str, ...]
    narrowed: Sequence[Rows] = ()
    is_quick: bool = True
    is_late: bool = False

    are_apart: ClassVar[bool] = False  # what lasts is in both stretches of events since a day

    def read(self, span: Span) -> Found:
        """Return the places of a span, by one query to three."""
        span = replace(span, limit=span.limit + SPARE)
        if not self.is_quick:
            return self._likely(span)
        near = replace(span, limit=max(self._nearest, span.limit))
        looked = {
            Place(value, key): tuple(marked)
            for value, key, *marked in rows_in(self._along, near, *MARKS, are_apart=self.are_apart)
        }
        places = near.in_order(looked)
        found = [place for place in places if have_marks(looked[place], marks(self.asked))]
        rarest = min(
            by_likely_rarity(self.asked),
            key=lambda word: sum(have_marks(held, marks([word])) for held in looked.values()),
        )
        if len(found) >= span.limit or len(places) < near.limit:
            return self._found(found[: span.limit], rarest)
        if len(found) * ONE_IN < len(places):
            known = self._known(rarest, span)
            if known is not None:
                return self._found(known, rarest, is_known=True)
            if self.is_late:
                return Found(places_in(self._certain(rarest), span))
        rest = replace(span.beyond(places[-1]), limit=span.limit - len(found))
        return self._found(found + self._suggested(rest), rarest)

    def _likely(self, span: Span) -> Found:
        """Return the places of a span in an order that is not quickly looked along."""
        likely = by_likely_rarity(self.asked)
        for word in likely[: 1 if self.is_late else LIKELY]:
            known = self._left(word, span)
            if known is not None:
                return self._found(known, word, is_known=True)
        return self._found(self._suggested(span), likely[0])

    def _known(self, word: str, span: Span) -> list[Place] | None:
        """Return the places of a span that have the word for certain, unless that takes long."""
        if self.narrowed:
            return self._left(word, span)
        few = self._few(*_longer(word), span)
        if few is None:
            return None
        return span.in_order([*few, *places_in([with_marks(_of(word), self.asked)], span)])

    @property
    def _nearest(self) -> int:
        return NEAREST

    @property
    def _along(self) -> Sequence[Rows]:
        return self.narrowed or [_of(EventWord.EVERY)]

    @property
    def _marked(self) -> list[Rows]:
        return [with_marks(stretch, self.asked) for stretch in self._along]

    def _suggested(self, span: Span) -> list[Place]:
        """Return the places of a span whose marks have every word."""
        return places_in(self._marked, span, are_apart=self.are_apart)

    def _left(self, word: str, span: Span) -> list[Place] | None:
        """Return the places of a span that have the word and are left; ``None`` if it has many."""
        few = self._few(*ends(word), span)
        if few is None:
            return None
        if not self.narrowed:
            return span.in_order(few)
        return self._of_events({place.pk for place in span.holding(few)}, span)

    def _of_events(self, keys: Collection[int], span: Span) -> list[Place]:
        """Return the places of a span that belong to these events and are left."""
        return places_in([rows.filter(event_id__in=sorted(keys)) for rows in self.narrowed], span)

    def _few(self, first: str, end: str, span: Span) -> list[Place] | None:
        """Return the places of the events with words in a stretch; ``None`` if there are many."""
        most = FEW_NARROWED if self.narrowed else FEW
        found = self._rows(first, end, most, span.path)
        if found is None:
            return None
        return [Place(read_value(value, span.order), key) for key, value in found]

    def _rows(self, first: str, end: str, most: int, *columns: str) -> list[tuple[Any, ...]] | None:
        """Return event and columns of the words in a stretch whose event has the marks asked for.

        ``None`` stands for more than so many words, of whichever events.
        """
        rows = EventWord.objects.filter(_between(first, end), gap_order__isnull=False)
        in_index = rows.order_by("word", "-began", "-event_id")
        found = list(in_index.values_list(*MARKS, "event_id", *columns)[: most + 1])
        if len(found) > most:
            return None
        return [row[2:] for row in found if have_marks(row[:2], marks(self.asked))]

    def _found(self, places: list[Place], rarest: str, *, is_known: bool = False) -> Found:
        """Return the places; ``is_known`` says that all of them have the rarest word."""
        if is_known and len(self.asked) == 1:
            return Found(places)
        return Found(places, self._is_meant, self._certain(rarest))

    def _is_meant(self, record: Any) -> bool:
        """Tell whether a record of the list has every word."""
        return has_words(record, self.asked)

    def _certain(self, rarest: str) -> list[Rows]:
        """Return stretches of what is meant and nothing else: each word is looked up."""
        if self.narrowed:
            return [
                rows.filter(event_has_words(self.asked, path="event_id")) for rows in self._marked
            ]
        others = [word for word in self.asked if word != rarest]
        rows = EventWord.objects.filter(_between(*ends(rarest)), gap_order__isnull=False)
        return [rows.filter(event_has_words(others, path="event_id")).distinct()]


@dataclass(frozen=True, slots=True)
class ComparisonPlaces(WordPlaces):
    """The places of the comparisons whose event has every word; ``narrowed`` has them all."""

    are_apart: ClassVar[bool] = True

    @property
    def _nearest(self) -> int:
        return NEAREST_COMPARED

    def _left(self, word: str, span: Span) -> list[Place] | None:
        """Return the places of a span that have the word and are left; ``None`` if it has many."""
        few = self._rows(*ends(word), FEW_COMPARED)
        return None if few is None else self._of_events({key for (key,) in few}, span)

    def _is_meant(self, record: Any) -> bool:
        """Tell whether the event of a comparison has every word."""
        return has_words(record.event, self.asked)


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


def _of(word: str) -> Rows:
    """Return the rows of public events that have the word."""
    return EventWord.objects.filter(word=word, gap_order__isnull=False)


def with_marks(rows: Rows, asked: Collection[str]) -> Rows:
    """Keep the rows whose marks have all that is asked for.

    No number with the bits asked for is smaller than these. Said as an equation, PostgreSQL would
    take it to hold of hardly any row, and put the whole stretch in order.
    """
    low, high = marks(asked)
    found: Rows = rows.alias(
        low_asked=_bits("marks_low", low), high_asked=_bits("marks_high", high)
    ).filter(low_asked__gte=low, high_asked__gte=high)
    return found


def _bits(column: str, asked: int) -> Combinable:
    return ExpressionWrapper(F(column).bitand(asked), output_field=BigIntegerField())
