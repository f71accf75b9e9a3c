"""Where in a mapping's text something stands, so that whoever wrote it finds the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from claims.ingest.cells import shown

_ARRAY = re.compile(r"\s*\[\[\s*([^\]]+?)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_LAST = re.compile(r"(?:\.[^.\[]+|\[\d+\])\Z")


def lines_of(text: str) -> dict[str, int]:
    """Return the line of each key, written as problems write it: ``claims[2].best``."""
    found: dict[str, int] = {}
    times: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if array := _ARRAY.match(line):
            times[array[1]] = times.get(array[1], 0) + 1
            table = f"{array[1]}[{times[array[1]]}]"
            found.setdefault(table, number)
        elif named := _TABLE.match(line):
            table = named[1].replace('"', "").replace("'", "")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def not_toml(name: str, text: str, error: tomllib.TOMLDecodeError) -> str:
    """Return in a sentence why a text is no TOML: the line, what stands there, what to look at."""
    told = _AT_LINE.search(str(error))
    if told is None:
        return f"{name}: this is not well-formed TOML: {error}."
    number = int(told[1])
    line = next(iter(text.splitlines()[number - 1 : number]), "").strip()
    reason = _AT_LINE.sub("", str(error)).strip()
    return (
        f"{name}, line {number}: this is not well-formed TOML: {reason}, found “{shown(line)}”. "
        'Texts stand between straight quotation marks ("), each key stands once and on a line of '
        "its own, and what may be there several times is opened by [[...]]."
    )


def line_of(where: str, lines: Mapping[str, int]) -> int | None:
    """Return the line of a place, or of the nearest place that it is in."""
    while where not in lines:
        shorter = _LAST.sub("", where)
        if shorter == where:
            return None
        where = shorter
    return lines[where]
