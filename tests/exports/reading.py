"""Tables read back the way a client reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from claims.exports.tables import Table
from claims.exports.writing import write


def read_back(table: Table, records: Iterable[Any]) -> list[dict[str, str]]:
    """Return the rows of a table as its CSV text says them."""
    file = io.BytesIO()
    write(table, "csv", records, file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))
