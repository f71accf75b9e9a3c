"""What is wrong with a mapping, each with the place in its file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from claims.ingest.cells import nearest, shown
from claims.ingest.mapping.places import line_of

T = TypeVar("T")

TOP_OF_FILE = "top of the file"

_NAMES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


class BadMapping(ValueError):
    """A mapping that says something the language does not know; ``problems`` are sentences."""

    def __init__(self, name: str, problems: list[str]) -> None:
        super().__init__(f"The mapping {name} cannot be used: {' '.join(problems)}")
        self.problems = problems


class Problems:
    """The problems of one mapping, gathered so that all are told at once."""

    def __init__(self, lines: Mapping[str, int] | None = None) -> None:
        self.found: list[str] = []
        self.lines = lines or {}

    def add(self, where: str, message: str, *, key: str = "") -> None:
        """Note a problem at a place of the file, or at a key there, with its line if known."""
        sentence = f"{self.place(where, key=key)}: {message}"
        if sentence not in self.found:
            self.found.append(sentence)

    def place(self, where: str, *, key: str = "") -> str:
        """Return how people find a place: with its line, where that is known."""
        line = line_of(key_at(where, key), self.lines)
        return f"line {line}, {where}" if line else where

    def check_keys(self, where: str, given: Mapping[str, Any], allowed: Collection[str]) -> None:
        """Note every key that is not in the language here."""
        for key in given:
            if key not in allowed:
                near = nearest(key, allowed) or f" Expected one of {', '.join(allowed)}."
                self.add(where, f"There is no key “{shown(key)}” here.{near}", key=key)

    def take(self, where: str, given: Mapping[str, Any], key: str, kind: type[T], default: T) -> T:
        """Return the value of a key, or the default where it is missing or of another kind."""
        value = given.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        message = _expected(kind, value)
        if kind is list and isinstance(value, dict):
            message = f"Expected as many tables as you like, each opened by [[{key}]]."
        self.add(f"{where}.{key}" if where else key, message)
        return default

    def texts(self, where: str, given: Mapping[str, Any], key: str) -> list[str]:
        """Return a key's list of texts; one text stands for a list of one."""
        value = given.get(key, [])
        found = [value] if isinstance(value, str) else value
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return found
        self.add(f"{where}.{key}" if where else key, "Expected a list of texts.")
        return []

    def choice(
        self, where: str, given: Mapping[str, Any], key: str, allowed: Collection[str], default: str
    ) -> str:
        """Return one of a few words, the default where the key is missing."""
        value = given.get(key, default)
        if value in allowed:
            return str(value)
        place = f"{where}.{key}" if where else key
        message = f"Expected one of {', '.join(allowed)}, found “{shown(value)}”."
        self.add(place, message + nearest(str(value), allowed))
        return default


def key_at(where: str, key: str) -> str:
    """Return the place of a key; those at the top stand alone."""
    if not key:
        return where
    return key if where == TOP_OF_FILE else f"{where}.{key}"


def _expected(kind: type, value: Any) -> str:
    return f"Expected {_NAMES.get(kind, kind.__name__)}, found “{shown(value)}”."
