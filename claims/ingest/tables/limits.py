"""How large a file and its parts may be, and why."""

from __future__ import annotations

LONGEST_CELL = 20_000
"""Characters; no name, title or figure is longer, but an unclosed quotation mark is."""

LONGEST_LINE = 1_000_000
"""Characters of a line above the table; a longer one is no text file."""

MOST_COLUMNS = 2_000
"""The widest dataset of the field (GTD) has 135."""

MOST_PREAMBLE = 50
"""Lines above a header that are looked through for it."""

LARGEST_JSON = 200_000_000
"""Bytes; a JSON array is only known to be whole at its end, so all of it is held in memory."""

MOST_ROWS = 20_000_000
"""Rows; four times the largest dataset of the field, so that no file reads for ever."""
