"""Numbers of other people's tables as numbers of people: whole, not negative, or no claim."""

from __future__ import annotations

import re

from claims.ingest.cells import CellRefused, shown
from claims.ingest.mapping.conditions import Cells, number
from claims.ingest.mapping.templates import Value

FRACTION = "a number with a fraction, which counts no people"

IN_WORDS = " Numbers in words, such as “at least 40”, go into wording, and are read there."

_LONGEST_NUMBER = 20
_WHOLE = re.compile(r"(\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.0*)?")


class NotAClaim(Exception):
    """A cell that states no claim; the message says why, for counting."""


def number_of_people(value: Value, columns: list[str]) -> Value:
    """Return a value held to be a whole number; a refusal names the column it came from."""

    def read(cells: Cells) -> str:
        text = value(cells)
        if not text:
            return ""
        try:
            return whole_number(text)
        except CellRefused as error:
            source = next((c for c in columns if cells.get(c) == text), "".join(columns[:1]))
            hint = IN_WORDS if any(map(str.isalpha, text)) else ""
            raise CellRefused(f"{error}{hint}", source) from error

    return read


def whole_number(text: str, *, passes_over: bool = False) -> str:
    """Return a whole number of people; 12.0 is 12, a fraction is refused or no claim."""
    if len(text) <= _LONGEST_NUMBER and (found := _WHOLE.fullmatch(text)):
        return found[1].replace(",", "").replace(" ", "")
    value = number("", text)
    if value < 0:
        raise CellRefused(
            f"Expected a number of people, got {shown(text)}; if it stands for “not known”, list "
            "it under [missing]."
        )
    if value % 1 == 0:
        return str(int(value))
    if passes_over:
        raise NotAClaim(FRACTION)
    raise CellRefused(f"Expected a whole number of people, got {shown(text)}.")
