"""Pages of the large lists, read from places: what an index says of where the rows asked for stand.

Places are read from stretches of indexes, in order, and only then the records at them. One
statement reads all stretches; rows without a sort key are looked at where the others do not do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects

from claims.queries.paging import Order, Page, Place, decoded, page_at, section_of, sections

_HOLDS = "EXISTS (SELECT 1 FROM stretch_{n} LIMIT 1 OFFSET {before})"
SPARE = 4
"""Rows read beyond a page of which some may not be meant."""

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Span:
    """So many places of an order past one of them; ``key`` is the column of a record's key."""

    order: Order
    key: str
    place: Place | None
    limit: int

    @property
    def is_backwards(self) -> bool:
        """Whether the places before the one given are meant."""
        return self.place is not None and self.place.backwards

    @property
    def descends(self) -> bool:
        """Whether the largest is read first."""
        return self.order.descending is not self.is_backwards

    @property
    def path(self) -> str:
        """The column that the places are ordered by."""
        return self.order.place or self.order.path

    @property
    def sections(self) -> list[bool]:
        """The sections to be read: rows with a sort key (``False``) and without (``True``)."""
        if self.order.is_placed:
            return [False] if self.place is None or self.place.value is not None else []
        return sections(self.order, self.place)

    def beyond(self, place: Place) -> Span:
        """Return the span of as many places past another one, in the same direction."""
        return replace(self, place=replace(place, backwards=self.is_backwards))

    def holding(self, places: Iterable[Place]) -> set[Place]:
        """Return those of the places that lie past the one given."""
        return {place for place in places if self._holds(place)}

    def in_order(self, places: Iterable[Place]) -> list[Place]:
        """Return the first of these places that lie in the span, each once."""
        found = self.holding(places)
        valued = sorted(
            (p for p in found if p.value is not None),
            key=lambda place: (place.value, place.pk),
            reverse=self.descends,
        )
        bare = sorted(
            (p for p in found if p.value is None), key=lambda p: p.pk, reverse=self.descends
        )
        return (
            [*bare, *valued][: self.limit] if self.is_backwards else [*valued, *bare][: self.limit]
        )

    def _holds(self, place: Place) -> bool:
        start = self.place
        if start is None:
            return True
        if (place.value is None) is not (start.value is None):
            return (place.value is None) is not self.is_backwards
        if place.value is None:
            one, other = (0, place.pk), (0, start.pk)
        else:
            one, other = (place.value, place.pk), (start.value, start.pk)
        return one < other if self.descends else one > other


@dataclass(frozen=True, slots=True)
class Found:
    """Places in order; fewer than asked for where there are no more.

    Where some may not be meant, there are ``SPARE`` more, ``is_meant`` tells of a record, and
    ``certain`` are stretches that hold nothing else, but are dearer to read.
    """

    places: list[Place]
    is_meant: Callable[[Any], bool] | None = None
    certain: Sequence[Rows] = ()


class Places(Protocol):
    """Where the rows of a list are found."""

    def read(self, span: Span) -> Found:
        """Return the places of a span."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Places that stand in stretches of indexes, which may share some; one query.

    ``are_apart`` says that they share none.
    """

    stretches: Sequence[Rows]
    are_apart: bool = False

    def read(self, span: Span) -> Found:
        """Return the places of a span."""
        return Found(places_in(self.stretches, span, are_apart=self.are_apart))


def page_by_places(
    places: Places, order: Order, *, key: str, records: Rows, size: int, cursor: str = ""
) -> Page:
    """Return one page of ``records`` that are found by their places in an index.

    ``key`` is the column of the stretches that holds the key of a record. A record that is gone
    from ``records`` meanwhile is left out.
    """
    of = f"{records.model._meta.model_name} "
    place = decoded(cursor, order, of=of) if cursor else None
    span = Span(order, key, place, size + 1)
    found = places.read(span)
    if found.is_meant is None:
        return page_at(found.places, records.in_bulk, order, place, size=size, of=of)
    kept, rows = _meant(found, found.is_meant, span, records)
    return page_at(kept, lambda keys: rows, order, place, size=size, of=of)


def _meant(
    found: Found, is_meant: Callable[[Any], bool], span: Span, records: Rows
) -> tuple[list[Place], dict[int, Any]]:
    """Return the places that are meant, and the records at them by key.

    Few records are looked at for nothing; where they are many, what is certain is read instead.
    """
    plain = records.prefetch_related(None)
    places = found.places
    rows = {k: row for k, row in plain.in_bulk([p.pk for p in places]).items() if is_meant(row)}
    kept = [place for place in places if place.pk in rows][: span.limit]
    if len(kept) < span.limit and len(places) == span.limit + SPARE:
        rest = replace(span.beyond(places[-1]), limit=span.limit - len(kept))
        more = places_in(found.certain, rest)
        rows |= plain.in_bulk([place.pk for place in more])
        kept += more
    rows = {place.pk: rows[place.pk] for place in kept if place.pk in rows}
    brought = records._prefetch_related_lookups  # type: ignore[attr-defined]  # Django says it nowhere else
    prefetch_related_objects(list(rows.values()), *brought)
    return kept, rows


def places_in(stretches: Sequence[Rows], span: Span, *, are_apart: bool = False) -> list[Place]:
    """Return the places of a span that stand in any of the stretches; one query."""
    found = rows_in(stretches, span, are_apart=are_apart)
    return span.in_order(Place(value, key) for value, key in found)


def rows_in(
    stretches: Sequence[Rows], span: Span, *columns: str, are_apart: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Yield sort key, record's key and columns of at least the first rows of a span; one query.

    The second section, mostly rows without a sort key, is read where the first does not do. Of
    stretches that share nothing no more is read than what comes first of all of them together.
    """
    tables: list[str] = []
    values: list[Any] = []
    enough: list[str] = []
    for section in span.sections:
        lacks = f" AS part WHERE NOT ({' OR '.join(enough)})" if enough else " AS part"
        for sql, params in _compiled(stretches, span, section, columns):
            tables.append(f"stretch_{len(tables)} AS (SELECT * FROM ({sql}){lacks})")  # noqa: S608  # Django wrote it
            values += params
        enough = [_HOLDS.format(n=n, before=span.limit - 1) for n in range(len(tables))]
    if not tables:
        return
    every = " UNION ALL ".join(f"SELECT * FROM stretch_{n}" for n in range(len(tables)))  # noqa: S608  # numbers
    if are_apart and len(tables) > 1 and len(span.sections) == 1:
        way = "DESC" if span.descends else "ASC"
        every = f"SELECT * FROM ({every}) AS parts ORDER BY 1 {way}, 2 {way} LIMIT {span.limit}"  # noqa: S608  # ours and numbers
    with connections[stretches[0].db].cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {every}", values)
        for value, *others in cursor:
            yield read_value(value, span.order), *others


def _compiled(
    stretches: Sequence[Rows], span: Span, is_null: bool, columns: Sequence[str]
) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the SQL of one section of each stretch, but for those that can hold nothing."""
    for stretch in stretches:
        rows = section_of(stretch, span.path, span.key, span.order, span.place, is_null=is_null)
        asked = rows.values_list(span.path, span.key, *columns)[: span.limit]
        with suppress(EmptyResultSet):
            yield asked.query.get_compiler(using=stretch.db).as_sql()


def read_value(value: Any, order: Order) -> Any:
    """Return a sort key as the order has it: SQLite keeps dates as text."""
    return date.fromisoformat(value) if order.kind is date and isinstance(value, str) else value
