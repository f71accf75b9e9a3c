"""Texts with columns in braces: ``{Town}: attack[ by {Group}]``.

Empty where a column is, except that what stands in brackets is left out instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from claims.ingest.mapping.conditions import Cells

Value = Callable[[Cells], str]

_PLACE = re.compile(r"\{([^{}]+)\}")
_OPTIONAL = re.compile(r"(\[[^\[\]]*\])")


def places_in(text: str) -> list[str]:
    """Return the columns that a text names."""
    return _PLACE.findall(text)


def has_a_lone_brace(text: str) -> bool:
    """Tell whether a brace is opened and not closed, or the other way round."""
    rest = _PLACE.sub("", text)
    return "{" in rest or "}" in rest


def template(text: str) -> Value:
    """Return what fills a text in with the cells of a row."""
    places = places_in(text)
    if not places:
        return constant(text)
    if text == f"{{{places[0]}}}":
        name = places[0]
        return lambda cells: cells.get(name, "")
    return _joined([_part(part) for part in _OPTIONAL.split(text) if part])


def constant(text: str) -> Value:
    """Return what says the same in every row."""
    return lambda cells: text


def columns_in(given: Any) -> list[str]:
    """Return the columns that a value is made of, in the order in which it names them."""
    match given:
        case str():
            return places_in(given)
        case list():
            return [column for one in given for column in columns_in(one)]
        case {"columns": list() as columns}:
            return [str(column) for column in columns]
        case {"column": str() as column}:
            return [column]
        case {"text": text}:
            return columns_in(text)
    return []


def _part(part: str) -> tuple[bool, list[str], list[str]]:
    """Return whether a part may be left out, its texts, and the places between them."""
    may_lack = part.startswith("[") and bool(_PLACE.search(part))
    pieces = _PLACE.split(part[1:-1] if may_lack else part)
    return may_lack, pieces[::2], pieces[1::2]


def _joined(parts: list[tuple[bool, list[str], list[str]]]) -> Value:
    def read(cells: Cells) -> str:
        text = []
        for may_lack, pieces, places in parts:
            found = [cells.get(place, "") for place in places]
            if all(found):
                text += [
                    pieces[0],
                    *(t for pair in zip(found, pieces[1:], strict=True) for t in pair),
                ]
            elif not may_lack:
                return ""
        return "".join(text).strip()

    return read
