"""What a file tells of each kind of record, column by column: which cell, read how, kept as what.

A column that no row tells is NULL in the temporary tables: an empty cell says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from claims.domain.dates import PartialDate
from claims.ingest import cells
from claims.ingest.cells import CellRefused, shown
from claims.ingest.columns import READERS
from claims.models import Citation, Claim, Document, Event

Reader = Callable[[str], Any]

PLAIN_URL = re.compile(r"https?://(?:[a-z0-9][a-z0-9-]{0,61}\.)+[a-z]{2,18}(?:/[!-~]*)?\Z")


@dataclass(frozen=True, slots=True)
class Told:
    """One column of a temporary table: its name, the cell it comes from, and its type.

    ``read`` returns a cell as the text that the database takes, or raises ``CellRefused``;
    ``stand`` tells of many cells whether all of them are that text already, as far as can be
    known in one go. ``of`` names the column whose precision this one is.
    """

    column: str
    cell: str
    type: str = "text"
    read: Reader = str
    of: str = ""
    stand: Callable[[Sequence[str]], bool] | None = None


def first(day: PartialDate) -> str:
    """Return the first day it can be."""
    return day.first.isoformat()


def last(day: PartialDate) -> str:
    """Return the last day it can be."""
    return day.last.isoformat()


def precision(day: PartialDate) -> str:
    """Return how precisely it is known."""
    return str(day.precision)


def iso(day: date) -> str:
    """Return a plain date."""
    return day.isoformat()


def truth(value: bool) -> str:
    """Return it as both databases take it."""
    return "1" if value else "0"


def _told(
    model: type[Model],
    column: str,
    cell: str,
    type_: str = "text",
    keep: Callable[[Any], str] = str,
    **more: Any,
) -> Told:
    """Return a column whose cell is read, held to the rules of its field, and kept."""
    read = READERS[cell]
    names = {field.name: field for field in model._meta.concrete_fields}
    field = names.get(column) if type_ in ("text", "decimal") else None
    check = _check_of(field) if field else None

    def reader(text: str) -> str:
        value = read(text)
        if check is not None:
            check(value)
        return keep(value)

    stand = _stand(field) if read is cells.text else None
    return Told(column, cell, type_, reader, stand=stand, **more)


def _stand(field: Field[Any, Any] | None) -> Callable[[Sequence[str]], bool]:
    """Return what tells whether plain texts are within a field's rules, whole columns at once.

    Short texts and plain web addresses are; those are most. Others are asked one by one.
    """
    longest = field.max_length if field is not None else None
    if field is not None and _is_url(field):
        return lambda told: all(map(PLAIN_URL.match, filter(None, told))) and _fit(told, longest)
    return lambda told: _fit(told, longest)


def _fit(told: Sequence[str], longest: int | None) -> bool:
    return longest is None or max(map(len, told), default=0) <= longest


def _is_url(field: Field[Any, Any]) -> bool:
    return field.get_internal_type() == "CharField" and len(field.validators) > 1


def _check_of(field: Field[Any, Any]) -> Callable[[Any], None]:
    """Return what raises ``CellRefused`` in the words of a field's own rules."""
    is_url = _is_url(field)
    is_text = field.get_internal_type() in ("CharField", "TextField")

    def check(value: Any) -> None:
        if is_text and _fit([value], field.max_length) and (not is_url or PLAIN_URL.match(value)):
            return
        try:
            field.run_validators(value)
        except ValidationError as error:
            if is_url:
                said = (
                    f"Expected an address such as https://example.org/page, got “{shown(value)}”."
                )
            else:
                said = f"{' '.join(error.messages)} Found “{shown(value)}”."
            raise CellRefused(said) from error

    return check


def _dated(model: type[Model], column: str, cell: str, keep: Callable[[Any], str]) -> list[Told]:
    """Return the columns of a date and of its precision; most cells are a plain day already."""
    day = _told(model, column, cell, "date", keep)
    how = _told(model, f"{column}_precision", cell, "code", precision, of=column)
    return [
        replace(day, read=lambda text: text if _is_day(text) else day.read(text)),
        replace(how, read=lambda text: "day" if _is_day(text) else how.read(text)),
    ]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


EVENT = [
    _told(Event, "title", "event"),
    _told(Event, "aliases", "event_aliases", "json", json.dumps),
    _told(Event, "identifiers", "event_identifiers", "json", json.dumps),
    _told(Event, "kind", "event_kind", "code"),
    *_dated(Event, "date_start", "event_start", first),
    *_dated(Event, "date_end", "event_end", last),
    _told(Event, "countries", "country", "json", json.dumps),
    _told(Event, "place", "place"),
    _told(Event, "latitude", "latitude", "decimal", str),
    _told(Event, "longitude", "longitude", "decimal", str),
    _told(Event, "place_precision", "place_precision", "code"),
    _told(Event, "parties", "parties", "json", json.dumps),
    _told(Event, "parent_key", "parent"),
]
DOCUMENT = [
    _told(Document, "title", "document"),
    _told(Document, "publisher_name", "publisher"),
    _told(Document, "author", "author"),
    _told(Document, "url", "url"),
    _told(Document, "archived_url", "archived_url"),
    *_dated(Document, "published_on", "published_on", last),
    _told(Document, "language", "language"),
]
CLAIM = [
    _told(Claim, "claimant_name", "claimant"),
    _told(Claim, "measure", "measure", "code"),
    _told(Claim, "victims", "victims", "code"),
    _told(Claim, "victims_wording", "victims_wording"),
    _told(Claim, "victims_party_name", "victims_party"),
    _told(Claim, "told_qualifier", "qualifier", "code"),
    _told(Claim, "told_low", "low", "number"),
    _told(Claim, "told_best", "best", "number"),
    _told(Claim, "told_high", "high", "number"),
    _told(Claim, "disordered", "disordered", "truth", truth),
    _told(Claim, "interval", "interval"),
    _told(Claim, "count_basis", "count_basis", "code"),
    *_dated(Claim, "claimed_on", "claimed_on", last),
    _told(Claim, "as_of", "as_of", "date", iso),
    _told(Claim, "period_start", "period_start", "date", iso),
    _told(Claim, "period_end", "period_end", "date", iso),
    _told(Claim, "area", "area"),
    _told(Claim, "revises_key", "revises"),
    _told(Claim, "credibility", "credibility", "code"),
]
FIGURE = [
    Told("wording", "wording"),
    Told("qualifier", "qualifier", "code"),
    Told("low", "low", "number"),
    Told("best", "best", "number"),
    Told("high", "high", "number"),
    Told("mismatch_reason", "wording"),
    Told("note", "note"),
]
"""What follows from the cells of a claim and its wording, and the notes of all its rows."""

CITATION = [
    _told(Citation, "quote", "quote"),
    _told(Citation, "via_name", "via"),
]
WORDING = _told(Claim, "wording", "wording")
LOCATOR = _told(Citation, "locator", "locator")

KEYS: dict[str, tuple[str, ...]] = {
    "event": ("key",),
    "document": ("key",),
    "claim": ("key",),
    "citation": ("claim_key", "document_key", "wording", "locator"),
}
"""What identifies a record of each kind within a file."""

MORE: dict[str, list[Told]] = {
    "event": [Told("public_id", "")],
    "document": [Told("public_id", "")],
    "claim": [Told("public_id", ""), Told("event_key", "event_key"), *FIGURE],
    "citation": [],
}
COLUMNS: dict[str, list[Told]] = {
    "event": EVENT,
    "document": DOCUMENT,
    "claim": CLAIM,
    "citation": CITATION,
}

TYPES = {
    "postgresql": {
        "text": "text",
        "code": "text",
        "date": "date",
        "number": "bigint",
        "decimal": "numeric(8, 5)",
        "json": "jsonb",
        "truth": "boolean",
    },
    "sqlite": {
        "text": "text",
        "code": "text",
        "date": "date",
        "number": "bigint",
        "decimal": "decimal",
        "json": "text",
        "truth": "bool",
    },
}


def columns_of(kind: str) -> list[tuple[str, str]]:
    """Return the columns of a landing table with their types, in order."""
    told = [*COLUMNS[kind], *MORE[kind]]
    return [
        ("n", "number"),
        ("landing_row", "number"),
        *((key, "text") for key in KEYS[kind]),
        *((column.column, column.type) for column in told),
        ("told_in", "text"),
    ]


def from_database(told: Told, value: Any) -> Any:
    """Return a value of a temporary table as Python has it, the same from both databases."""
    if value is None:
        return None
    match told.type:
        case "json":
            return json.loads(value) if isinstance(value, str) else value
        case "date":
            return date.fromisoformat(value) if isinstance(value, str) else value
        case "decimal":
            return Decimal(str(value)).quantize(Decimal("0.00001"))
        case "truth":
            return bool(value)
        case _:
            return value
