"""How large a file and its parts may be, and why."""

from __future__ import annotations

LONGEST_CELL = 20_000
"""Characters; no name, title or figure is longer, but an unclosed quotation mark is."""

LONGEST_LINE = 1_000_000
"""Characters of a line of a file, or of one JSON object; a longer one is no row."""

MOST_COLUMNS = 2_000
"""The widest dataset of the field (GTD) has 135."""

MOST_PREAMBLE = 50
"""Lines above a header that are looked through for it."""

LARGEST_JSON = 20_000_000
"""Bytes of a JSON object with the table somewhere within, which is held in memory as a whole,
where it takes ten times as much. An array of objects and JSON Lines have no such limit."""

MOST_ROWS = 20_000_000
"""Rows; four times the largest dataset of the field, so that no file reads for ever."""

LARGEST_XLSX = 100_000_000
"""Bytes of an XLSX file; a full sheet of a million rows has about 60 MB."""

LARGEST_UNPACKED = 2_000_000_000
"""Bytes that all of an XLSX file may unpack to."""

LARGEST_RATIO = 200
"""How many times its packed size a part of an XLSX file may unpack to; real sheets reach 30."""

SMALL_PART = 1_000_000
"""Bytes below which a part of an XLSX file may have any ratio; an empty style sheet does."""

MOST_PARTS = 2_000
"""Files within an XLSX file; one with a hundred sheets and charts has some hundreds."""

MOST_SHEET_ROWS = 1_048_576
"""Rows of a sheet, by the format itself."""

SHEET_SECONDS = 900
"""Time for reading one sheet; a full one of a million rows takes ten minutes, as CSV seconds."""

SHEET_MEMORY = 1_500_000_000
"""Bytes of memory for reading one sheet, whose texts are all held at once."""
