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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.http import QueryDict

from claims.queries.parameters import BadParameter

DEFAULT_SIZE = 50
LARGEST_SIZE = 1000
PAGING_PARAMETERS = ("cursor", "page_size")

_LONGEST_CURSOR = 1500
_LARGEST_INTEGER = 2**63 - 1
_SORT_VALUE = "sort_value"


@dataclass(frozen=True, slots=True)
class Order:
    """A public order of a list: one column, then the id in the same direction.

    ``kind`` is the type of the column's values; ``name`` stands in the address, ``place`` is the
    column's name where a list is read from an index of its own, and ``is_placed`` says that no row
    of such an index lacks a value.
    """

    name: str
    path: str
    kind: type[int | str | date]
    description: str
    nullable: bool = False
    place: str = ""
    is_placed: bool = False

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
    return page_at(places, lambda keys: by_key, order, place, size=size, of=of)


def page_at(
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
    for is_null in sections(order, place):
        section = section_of(queryset, order.path, "pk", order, place, is_null=is_null)
        section = section.annotate(**{_SORT_VALUE: F(order.path)})
        rows += section[: limit - len(rows)]
        if len(rows) == limit:
            break
    return rows


def sections(order: Order, place: Place | None) -> list[bool]:
    """Return the sections to read: rows with a sort key (``False``) and without (``True``).

    They are read one after the other: each is one stretch of an index, which one condition over
    both would not be.
    """
    found = [False, True] if order.nullable else [False]
    if place is not None and place.backwards:
        found.reverse()
    return found if place is None else found[found.index(place.value is None) :]


def section_of(
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
