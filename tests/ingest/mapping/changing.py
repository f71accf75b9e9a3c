"""Our small files of the datasets with other cells in one row, as the published files have them."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.ingest.mapping.reading import DATASETS, read

Cells = dict[str, Any]


def with_rows(name: str, *changes: Cells) -> str:
    """Return the text of a file with its first row only, once for each set of other cells."""
    text = (DATASETS / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        first = json.loads(text)[0]
        return json.dumps([_without_none({**first, **cells}) for cells in changes])
    lines = list(csv.reader(io.StringIO(text)))
    at = next(n for n, line in enumerate(lines) if len(line) > 1 and all(line[1:]))
    first = dict(zip(lines[at], lines[at + 1], strict=True))
    columns = list(dict.fromkeys([*first, *(name for cells in changes for name in cells)]))
    rows = [[{**first, **cells}.get(name, "") for name in columns] for cells in changes]
    found = io.StringIO(newline="")
    csv.writer(found).writerows([*lines[:at], columns, *rows])
    return found.getvalue()


def said(
    table: Callable[..., Path], name: str, *changes: Cells, of: tuple[str, ...], **given: Any
) -> tuple[list[Any], Counter[str]]:
    """Return some cells of each claim, a refusal as it is told, and what was passed over."""
    dataset, _, file = name.partition("/")
    told, passed_over = read(dataset, table(with_rows(name, *changes), file), **given)
    rows = [
        one if isinstance(one, str) else tuple(one[1].get(cell, "") for cell in of) for one in told
    ]
    return list(dict.fromkeys(rows)), passed_over


def _without_none(cells: Cells) -> Cells:
    return {name: cell for name, cell in cells.items() if cell is not None}
