"""The few things that a table cannot say: a small closed set of named functions.

A mapping names one as ``step = "entry_of_part"``. Each takes the cell, or the cells of
``columns``, and returns a text; it raises ``CellRefused`` for what it does not understand. A new
one is added here, with a test, never in a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Step = Callable[[list[str]], str]

_PART = re.compile(r"(?P<entry>[A-Za-z]*\d+)[-_ ]?[A-Za-z]+\Z")


def entry_of_part(cells: list[str]) -> str:
    """Return the code of the entry that a code with letters behind is a part of: k123 for k123a."""
    found = _PART.match(cells[0])
    return found["entry"] if found else ""


STEPS: dict[str, Step] = {"entry_of_part": entry_of_part}
