"""Records of a CSV file side by side, checked a column at a time: too many cells, too long, NUL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, zip_longest

from claims.ingest.blocks import Block, Cells
from claims.ingest.csv_table import NoTable
from claims.ingest.tables import limits

Records = Sequence[list[str]]


def block_of(number: int, names: tuple[str, ...], records: Records) -> Iterator[Block]:
    """Yield the rows that records make, the first of them of that number; empty ones are none.

    Raises ``NoTable`` at the first record that is no row, after those before it.
    """
    found: dict[str, Cells] = {}
    is_wide = max(map(len, records), default=0) > len(names)
    if not is_wide:
        found = _columns(names, zip_longest(*records, fillvalue=""))
    if is_wide or not all(map(_is_sound, found.values())):
        yield from _up_to_a_fault(number, names, records)
    elif found:
        yield _without_empty_rows(range(number, number + len(records)), found)


def _without_empty_rows(numbers: Sequence[int], found: dict[str, Cells]) -> Block:
    has_cells = list(map(any, zip(*found.values(), strict=True)))
    if not all(has_cells):
        numbers = list(compress(numbers, has_cells))
        found = {name: list(compress(cells, has_cells)) for name, cells in found.items()}
    return Block(numbers, found)


def _columns(names: tuple[str, ...], columns: Iterable[Cells]) -> dict[str, Cells]:
    """Return the columns that hold something, without outer space; of two of one name the later.

    A cell that the later one leaves empty is taken from the earlier one.
    """
    found: dict[str, Cells] = {}
    for name, cells in zip(names, columns, strict=False):
        if not any(cells):
            continue
        stripped: Cells = list(map(str.strip, cells))
        if name in found:
            stripped = [two or one for one, two in zip(found[name], stripped, strict=True)]
        if any(stripped):
            found[name] = stripped
    return found


def _is_sound(cells: Cells) -> bool:
    """Tell whether no cell of a column is too long or holds a NUL byte."""
    text = "".join(cells)
    if "\x00" in text:
        return False
    return len(text) <= limits.LONGEST_CELL or max(map(len, cells)) <= limits.LONGEST_CELL


def _up_to_a_fault(number: int, names: tuple[str, ...], records: Records) -> Iterator[Block]:
    """Yield the rows before the first record at fault and raise what is wrong with it.

    Where a record only has empty cells behind those that are named, there is no fault.
    """
    for at, record in enumerate(records):
        try:
            _check(number + at, names, record)
        except NoTable:
            if at:
                yield from block_of(number, names, [r[: len(names)] for r in records[:at]])
            raise
    yield from block_of(number, names, [record[: len(names)] for record in records])


def _check(number: int, names: tuple[str, ...], record: list[str]) -> None:
    if any(cell.strip() for cell in record[len(names) :]):
        raise NoTable(
            number,
            "",
            f"The row has {len(record)} cells, the header {len(names)}; is a cell with the "
            "separator in it not quoted?",
        )
    cells = {n: text for n, cell in zip(names, record, strict=False) if (text := cell.strip())}
    for name, cell in cells.items():
        if "\x00" in cell:
            raise NoTable(number, name, "The cell holds a NUL byte.")
        if len(cell) > limits.LONGEST_CELL:
            reason = f"The cell is longer than {limits.LONGEST_CELL:,} characters."
            raise NoTable(number, name, reason)
