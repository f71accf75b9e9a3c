"""The elements of a JSON array one by one, so that the array is never held as a whole.

Numbers stay the text they were written as; a name given twice in an object is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from claims.ingest.cells import shown
from claims.ingest.csv_table import NoTable
from claims.ingest.tables import limits

_CHUNK = 1 << 16
_SPACE = re.compile(r"[ \t\n\r]*")
_DEEP = "The JSON is nested too deep to be a table."
NO_ARRAY = (
    "Expected an array of objects. Where it stands within an object, say the way to it in the "
    'mapping, under [table]: path = "data.events". Where each line is an object, say '
    'format = "jsonl".'
)


class _Refused(Exception):
    """What is well-formed and still no cell: the name it stands under, and why not."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


def _no_number(name: str) -> Any:
    raise _Refused("", f"{name} is no number; leave the value out or write null.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise _Refused(shown(repeated), "An object has this name more than once.")
    return found


_DECODER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=_no_number, object_pairs_hook=_once
)


def loaded(text: str, number: int) -> Any:
    """Return the value of a whole text; ``number`` is the row that a refusal names."""
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _malformed(number, error.msg) from error
    except _Refused as error:
        raise NoTable(number, error.name, str(error)) from error
    except RecursionError as error:
        raise NoTable(number, "", _DEEP) from error


def elements(file: TextIO) -> Iterator[Any]:
    """Yield the elements of the array that a file holds; raise ``NoTable`` where it is none."""
    text = _Text(file)
    if text.taken() != "[":
        raise NoTable(1, "", NO_ARRAY)
    if text.next() == "]":
        text.taken()
    else:
        yield text.value()
        while (mark := text.taken()) == ",":
            yield text.value()
        if mark != "]":
            raise _malformed(text.number, "Expecting ',' delimiter")
    if text.next():
        raise _malformed(text.number, "Extra data")


class _Text:
    """A text read piece by piece; ``number`` counts the values taken from it."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._piece = ""
        self._at = 0
        self.number = 0

    def next(self) -> str:
        """Return the next character that is no space, without taking it; nothing at the end."""
        while True:
            if space := _SPACE.match(self._piece, self._at):
                self._at = space.end()
            if self._at < len(self._piece):
                return self._piece[self._at]
            if not self._has_more():
                return ""

    def taken(self) -> str:
        """Take the next character that is no space."""
        found = self.next()
        self._at += len(found)
        return found

    def value(self) -> Any:
        """Take the next value; raise ``NoTable`` where there is none or one without an end."""
        self.next()
        self.number += 1
        while True:
            try:
                found, end = _DECODER.raw_decode(self._piece, self._at)
            except json.JSONDecodeError as error:
                if len(self._piece) - self._at > limits.LONGEST_LINE or not self._has_more():
                    raise _malformed(self.number, error.msg) from error
            except _Refused as error:
                raise NoTable(self.number, error.name, str(error)) from error
            except RecursionError as error:
                raise NoTable(self.number, "", _DEEP) from error
            else:
                if end < len(self._piece):
                    self._at = end
                    return found
                if not self._has_more():  # else 12 may go on as 123
                    self._at = len(self._piece)
                    return found

    def _has_more(self) -> bool:
        more = self._file.read(_CHUNK)
        self._piece = self._piece[self._at :] + more
        self._at = 0
        return bool(more)


def _malformed(number: int, what: str) -> NoTable:
    return NoTable(number, "", f"This is not well-formed JSON: {what}.")
