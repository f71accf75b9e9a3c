"""The documents that one row names: one, or as many as its lists have items."""

from __future__ import annotations

from collections.abc import Iterator

from claims.ingest.cells import CellRefused
from claims.ingest.mapping.conditions import Cells
from claims.ingest.mapping.mapping import Documents

_NAMED_BY = ("document", "url", "publisher")


def documents_of(block: Documents, cells: Cells) -> tuple[list[dict[str, str]], str]:
    """Return the cells of each document, and a note of what could not be told apart.

    Raises ``CellRefused`` for lists of different lengths where the mapping does not say that
    they go into the note.
    """
    if not block.condition(cells):
        return [], ""
    items, note = _items(block, cells)
    found = []
    for item in items:
        overlaid = {**cells, **item} if item else cells
        made = {name: text for name, value in block.fields.items() if (text := value(overlaid))}
        if any(name in made for name in _NAMED_BY) and made not in found:
            found.append(made)
    return found, note


def _items(block: Documents, cells: Cells) -> tuple[list[dict[str, str]], str]:
    if not block.lists:
        return [{}], ""
    lists = {name: _split(cells.get(name, ""), block.split) for name in block.lists}
    lengths = {len(items) for items in lists.values() if items}
    if len(lengths) > 1:
        if block.uneven == "note":
            return [], _as_listed(block, cells)
        counts = ", ".join(f"{name} {len(items)}" for name, items in lists.items())
        raise CellRefused(f"Expected lists of one length, got {counts}.", block.lists[0])
    length = max(lengths, default=0)
    loose = {name: _split(cells.get(name, ""), block.split) for name in block.loose}
    odd = [name for name, items in loose.items() if items and len(items) != length]
    lists |= {name: items for name, items in loose.items() if name not in odd}
    return list(_zipped(lists, [*block.lists, *block.loose], length)), _as_listed(
        block, cells
    ) if odd else ""


def _split(text: str, separator: str) -> list[str]:
    return [_unquoted(item.strip()) for item in text.split(separator)] if text else []


def _unquoted(item: str) -> str:
    """Return an item of a list without the quotation marks around the whole of it."""
    is_quoted = len(item) > 1 and item[0] == item[-1] == '"'
    return item[1:-1].strip() if is_quoted else item


def _zipped(lists: dict[str, list[str]], names: list[str], length: int) -> Iterator[dict[str, str]]:
    """Yield the items that stand at one place; an empty list gives empty items."""
    for at in range(length):
        yield {name: (lists.get(name) or [""] * length)[at] for name in names}


def _as_listed(block: Documents, cells: Cells) -> str:
    """Return the lists as they stand in the row, for the editors' note."""
    told = [f"{name}: {cells[name]}" for name in (*block.lists, *block.loose) if cells.get(name)]
    return f"As listed by the dataset: {' / '.join(told)}"
