"""What a mapping says itself, held to the columns it is for before any row is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.ingest import columns as interchange
from claims.ingest.cells import CellRefused
from claims.ingest.mapping.problems import Problems

NAMING = frozenset(
    {
        *("event_key", "event", "place", "parties", "claimant", "speaks_for", "victims_party"),
        *("area", "document", "publisher", "author", "url"),
    }
)
"""Columns where the name of a column of the file, without braces, is surely a slip."""

_LATER = frozenset({"step", "date", "days_after", "plus_days", "precision", "split"})


def check_constants(
    name: str, given: Any, where: str, codes: Mapping[str, Mapping[str, str]], problems: Problems
) -> None:
    """Note each text and each code that the column it is for cannot take."""
    match given:
        case str():
            _check(name, given, where, problems)
        case list():
            for n, one in enumerate(given, start=1):
                check_constants(name, one, f"{where}[{n}]", codes, problems)
        case dict() if "codes" in given and not _LATER & given.keys():
            tables = given["codes"] if isinstance(given["codes"], list) else [given["codes"]]
            for table in map(str, tables):
                for theirs, ours in codes.get(table, {}).items():
                    _check(name, ours, f"codes.{table}.{theirs}", problems)
        case {"text": str() as text} if not (_LATER | {"codes"}) & given.keys():
            _check(name, text, where, problems)


def names_in(given: Any, where: str) -> dict[str, str]:
    """Return the texts without braces that a value may be, by place."""
    match given:
        case str() if "{" not in given:
            return {where: given}
        case list():
            places = [names_in(one, f"{where}[{n}]") for n, one in enumerate(given, start=1)]
            return {place: text for found in places for place, text in found.items()}
    return {}


def _check(name: str, text: str, where: str, problems: Problems) -> None:
    reader = interchange.READERS.get(name)
    if reader is None or not text or "{" in text:
        return
    try:
        reader(text)
    except CellRefused as error:
        problems.add(where, str(error))
