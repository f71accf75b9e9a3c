"""Rows that were given back to be mended: what was added to them, and what readers undo.

Only a file that has the columns added here is read so; in any other an apostrophe is a letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection

ROW = "import_row"
PROBLEM = "import_problem"
ADDED = (ROW, PROBLEM)
"""Columns at the end of rows given back; no reader takes them for columns of the file."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")
_GUARD = "'"


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    is_formula = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"{_GUARD}{cell}" if is_formula else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before ``guarded``."""
    is_guarded = cell.startswith(_GUARD) and guarded(cell[1:]) == cell
    return cell[1:] if is_guarded else cell


def is_given_back(header: Collection[str]) -> bool:
    """Tell whether a file is one of rows given back, by its columns."""
    return ROW in header
