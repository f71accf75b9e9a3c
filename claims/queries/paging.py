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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
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

    ``kind`` is the type of the column's values; ``name`` is what stands in the address.
    """

    name: str
    path: str
    kind: type[int | str | date]
    description: str
    nullable: bool = False

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
    backwards = place is not None and place.backwards
    rows = _rows(queryset, order, place, limit=size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    return Page(
        rows,
        next_cursor=_cursor(rows[-1], order, of=of) if rows and has_next else None,
        previous_cursor=(
            _cursor(rows[0], order, of=of, backwards=True) if rows and has_previous else None
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
    """Return up to ``limit`` rows after (or before) a place.

    Rows with and without a sort key are two sections, read one after the other: each is one
    stretch of an index, which one condition over both would not be.
    """
    backwards = place is not None and place.backwards
    sections = [False, True] if order.nullable else [False]
    if backwards:
        sections.reverse()
    if place is not None:
        sections = sections[sections.index(place.value is None) :]
    rows: list[Any] = []
    for is_null in sections:
        within = place if place is not None and is_null is (place.value is None) else None
        section = queryset.annotate(**{_SORT_VALUE: F(order.path)})
        section = section.filter(_in_section(order, is_null=is_null))
        section = section.filter(_beyond(order, within, is_null=is_null))
        section = section.order_by(*_columns(order, is_null=is_null, backwards=backwards))
        rows += section[: limit - len(rows)]
        if len(rows) == limit:
            break
    return rows


def _in_section(order: Order, *, is_null: bool) -> Q:
    return Q(**{f"{order.path}__isnull": is_null}) if order.nullable else Q()


def _beyond(order: Order, place: Place | None, *, is_null: bool) -> Q:
    """Return the condition for rows past a place of the same section."""
    if place is None:
        return Q()
    past = "lt" if order.descending is not place.backwards else "gt"
    if is_null:
        return Q(**{f"pk__{past}": place.pk})
    # The redundant first condition is the one that an index can start from.
    return Q(**{f"{order.path}__{past}e": place.value}) & (
        Q(**{f"{order.path}__{past}": place.value}) | Q(**{f"pk__{past}": place.pk})
    )


def _columns(order: Order, *, is_null: bool, backwards: bool) -> list[str]:
    sign = "-" if order.descending is not backwards else ""
    return [f"{sign}pk"] if is_null else [f"{sign}{order.path}", f"{sign}pk"]


def _cursor(row: Any, order: Order, *, of: str, backwards: bool = False) -> str:
    """Return a row's place as opaque text."""
    value = getattr(row, _SORT_VALUE)
    fields = [
        of + order.name,
        int(backwards),
        value.isoformat() if isinstance(value, date) else value,
        row.pk,
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
