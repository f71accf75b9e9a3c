"""Pages of lists by keyset: the place in the order is remembered, nothing is counted or skipped.

A page starts where the last one ended, so that the thousandth page costs what the first does and
rows that are added meanwhile never repeat or hide others. Ties of the sort key are broken by id.
Rows without a sort key come last, in both directions of order. A cursor is that place as opaque
text; it holds nothing secret and is checked when it comes back.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import (
    BooleanField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import Combinable
from django.http import QueryDict

from claims.queries.parameters import BadParameter

DEFAULT_SIZE = 50
LARGEST_SIZE = 1000
PAGING_PARAMETERS = ("cursor", "page_size")
SPARE = 4
"""Rows read beyond a page of which some may not be meant."""

_LONGEST_CURSOR = 1500
_LARGEST_INTEGER = 2**63 - 1
_SORT_VALUE = "sort_value"


@dataclass(frozen=True, slots=True)
class Order:
    """A public order of a list: one column, then the id in the same direction.

    ``kind`` is the type of the column's values; ``name`` stands in the address, ``place`` is the
    column's name where a list is read from an index of its own.
    """

    name: str
    path: str
    kind: type[int | str | date]
    description: str
    nullable: bool = False
    place: str = ""

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""
        return self.name.startswith("-")


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in an order, and whether the rows after or before it are meant."""

    value: Any
    pk: int
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Stretches of indexes where the places of a list are read, one after the other.

    They may share some. Where they hold more than what is meant, ``is_meant`` tells of a record,
    and ``certain`` are stretches that hold nothing else, but are dearer to read.
    """

    stretches: Sequence[QuerySet[Any]]
    is_meant: Callable[[Any], bool] | None = None
    certain: Sequence[QuerySet[Any]] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page in the list's order, and the cursors of its neighbours."""

    rows: list[Any]
    next_cursor: str | None
    previous_cursor: str | None


def page_size(params: QueryDict, *, default: int = DEFAULT_SIZE) -> int:
    """Read ``page_size``; raise ``BadParameter`` outside 1 to 1,000."""
    text = params.get("page_size", "")
    if not text:
        return default
    size = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    if not 1 <= size <= LARGEST_SIZE:
        raise BadParameter(
            "page_size", f"“page_size” is a number from 1 to {LARGEST_SIZE}; got “{text[:50]}”."
        )
    return size


def page_of(queryset: QuerySet[Any], order: Order, *, size: int, cursor: str = "") -> Page:
    """Return one page of a list; one query, or two where rows without a sort key are reached.

    Raises ``BadParameter`` for a cursor that is damaged or belongs to another list or order.
    """
    of = f"{queryset.model._meta.model_name} "
    place = decoded(cursor, order, of=of) if cursor else None
    rows = _rows(queryset, order, place, limit=size + 1)
    places = [Place(getattr(row, _SORT_VALUE), row.pk) for row in rows]
    by_key = {row.pk: row for row in rows}
    return _page(places, lambda keys: by_key, order, place, size=size, of=of)


def page_by_places(
    found: Places, order: Order, *, key: str, records: QuerySet[Any], size: int, cursor: str = ""
) -> Page:
    """Return one page of ``records`` that are found by their places in an index.

    ``key`` is the column of the stretches that holds the key of a record. A record that is gone
    from ``records`` meanwhile is left out.
    """
    of = f"{records.model._meta.model_name} "
    place = decoded(cursor, order, of=of) if cursor else None
    read = partial(_places, order=order, key=key)
    if found.is_meant is None:
        places = read(found.stretches, place, limit=size + 1)
        return _page(places, records.in_bulk, order, place, size=size, of=of)
    places, rows = _meant(found, found.is_meant, place, read, records, limit=size + 1)
    return _page(places, lambda keys: rows, order, place, size=size, of=of)


def _meant(
    found: Places,
    is_meant: Callable[[Any], bool],
    place: Place | None,
    read: Callable[..., list[Place]],
    records: QuerySet[Any],
    *,
    limit: int,
) -> tuple[list[Place], dict[int, Any]]:
    """Return the next places that are meant, and the records at them by key.

    Few records are looked at for nothing; where they are many, what is certain is read instead.
    """
    some = limit + SPARE
    plain = records.prefetch_related(None)
    places = read(found.stretches, place, limit=some)
    rows = {k: row for k, row in plain.in_bulk([p.pk for p in places]).items() if is_meant(row)}
    kept = [one for one in places if one.pk in rows][:limit]
    if len(kept) < limit and len(places) == some:
        place = replace(places[-1], backwards=place is not None and place.backwards)
        more = read(found.certain, place, limit=limit - len(kept))
        rows |= plain.in_bulk([one.pk for one in more])
        kept += more
    rows = {one.pk: rows[one.pk] for one in kept if one.pk in rows}
    brought = records._prefetch_related_lookups  # type: ignore[attr-defined]  # Django says it nowhere else
    prefetch_related_objects(list(rows.values()), *brought)
    return kept, rows


def _page(
    places: list[Place],
    found: Callable[[list[int]], Mapping[int, Any]],
    order: Order,
    place: Place | None,
    *,
    size: int,
    of: str,
) -> Page:
    """Return the page of the first ``size`` places, which were read on from ``place``."""
    backwards = place is not None and place.backwards
    more, places = len(places) > size, places[:size]
    if backwards:
        places.reverse()
    keys = [one.pk for one in places]
    rows = found(keys)
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    return Page(
        [rows[key] for key in keys if key in rows],
        next_cursor=_cursor(places[-1], order, of=of) if places and has_next else None,
        previous_cursor=(
            _cursor(places[0], order, of=of, backwards=True) if places and has_previous else None
        ),
    )


def every_row(queryset: QuerySet[Any], order: Order, *, chunk: int = LARGEST_SIZE) -> Iterator[Any]:
    """Yield all rows in order, holding one chunk of them in memory at a time."""
    place: Place | None = None
    while True:
        rows = _rows(queryset, order, place, limit=chunk)
        yield from rows
        if len(rows) < chunk:
            return
        place = Place(getattr(rows[-1], _SORT_VALUE), rows[-1].pk)


def _rows(queryset: QuerySet[Any], order: Order, place: Place | None, *, limit: int) -> list[Any]:
    """Return up to ``limit`` rows after (or before) a place."""
    rows: list[Any] = []
    for is_null in _sections(order, place):
        section = _section(queryset, order.path, "pk", order, place, is_null=is_null)
        section = section.annotate(**{_SORT_VALUE: F(order.path)})
        rows += section[: limit - len(rows)]
        if len(rows) == limit:
            break
    return rows


def _places(
    stretches: Iterable[QuerySet[Any]],
    place: Place | None,
    *,
    order: Order,
    key: str,
    limit: int,
) -> list[Place]:
    """Return up to ``limit`` places after (or before) a place, from all stretches in order."""
    path = order.place or order.path
    descends = order.descending is not (place is not None and place.backwards)
    found: list[Place] = []
    for is_null in _sections(order, place):
        rows = [
            row
            for stretch in stretches
            for row in _section(stretch, path, key, order, place, is_null=is_null).values_list(
                path, key
            )[: limit - len(found)]
        ]
        rows = list(dict.fromkeys(rows))  # stretches may share some
        rows.sort(key=lambda row: row[1] if is_null else row, reverse=descends)
        found += [Place(value, pk) for value, pk in rows[: limit - len(found)]]
        if len(found) == limit:
            break
    return found


def _sections(order: Order, place: Place | None) -> list[bool]:
    """Return the sections to read: rows with a sort key (``False``) and without (``True``).

    They are read one after the other: each is one stretch of an index, which one condition over
    both would not be.
    """
    sections = [False, True] if order.nullable else [False]
    if place is not None and place.backwards:
        sections.reverse()
    return sections if place is None else sections[sections.index(place.value is None) :]


def _section(
    rows: QuerySet[Any], path: str, key: str, order: Order, place: Place | None, *, is_null: bool
) -> QuerySet[Any]:
    """Return the rows of one section past a place, in order."""
    backwards = place is not None and place.backwards
    within = place if place is not None and is_null is (place.value is None) else None
    descends = order.descending is not backwards
    sign = "-" if descends else ""
    if order.nullable:
        rows = rows.filter(**{f"{path}__isnull": is_null})
    return rows.filter(_beyond(path, key, within, descends=descends)).order_by(
        *([] if is_null or path == key else [f"{sign}{path}"]), f"{sign}{key}"
    )


def _beyond(path: str, key: str, place: Place | None, *, descends: bool) -> Q | Combinable:
    """Return the condition for rows past a place of the same section.

    Said of both columns as one pair, it is one range of an index however many rows have the same
    value; with one column after the other, the ties before the place would be read and left out.
    """
    if place is None:
        return Q()
    past = "lt" if descends else "gt"
    if place.value is None or path == key:
        return Q(**{f"{key}__{past}": place.pk})
    return Func(
        _pair(F(path), F(key)),
        _pair(Value(place.value), Value(place.pk)),
        template="%(expressions)s",
        arg_joiner=" < " if descends else " > ",
        output_field=BooleanField(),
    )


def _pair(first: Combinable, second: Combinable) -> Func:
    return Func(first, second, template="(%(expressions)s)", output_field=BooleanField())


def _cursor(place: Place, order: Order, *, of: str, backwards: bool = False) -> str:
    """Return a place as opaque text."""
    value = place.value
    fields = [
        of + order.name,
        int(backwards),
        value.isoformat() if isinstance(value, date) else value,
        place.pk,
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(cursor: str, order: Order, *, of: str = "") -> Place:
    """Return the place that a cursor stands for; raise ``BadParameter`` if it is none of ours.

    ``of`` names the list, since several lists have an order of the same name.
    """
    damaged = BadParameter("cursor", "The cursor is damaged; follow the “next” link of a page.")
    if len(cursor) > _LONGEST_CURSOR or not cursor.isascii():
        raise damaged
    try:
        padding = "=" * (-len(cursor) % 4)
        text = base64.b64decode(cursor + padding, altchars=b"-_", validate=True).decode()
        name, backwards, value, pk = json.loads(text)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise damaged from error
    if name != of + order.name:
        raise BadParameter(
            "cursor",
            f"The cursor belongs to another list or order than “{order.name}”; leave it out.",
        )
    if backwards not in (0, 1) or not _is_integer(pk) or not _fits(value, order):
        raise damaged
    if order.kind is date and value is not None:
        value = date.fromisoformat(value)
    return Place(value, pk, bool(backwards))


def _is_integer(value: object) -> bool:
    return type(value) is int and -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER


def _fits(value: object, order: Order) -> bool:
    """Tell whether a cursor's value can be one of the order's column."""
    if value is None:
        return order.nullable
    if order.kind is int:
        return _is_integer(value)
    if not isinstance(value, str):
        return False
    return _is_text(value) if order.kind is str else _is_date(value)


def _is_text(value: str) -> bool:
    """Tell whether a database can be asked for a text: no NUL, no half of a character."""
    return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
