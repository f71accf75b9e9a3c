"""A mapping tried on the first rows of a file: what it makes of them, and what it cannot take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from claims.domain.folding import folded
from claims.ingest.cells import CellRefused, shown
from claims.ingest.columns import CLAIM, EVENT, READERS
from claims.ingest.csv_table import Row
from claims.ingest.landing.shape import COLUMNS
from claims.ingest.mapping.mapping import Mapping
from claims.ingest.mapping.reading import MappedReading
from claims.ingest.wanted import Refusal

_READ = {told.cell: told.read for some in COLUMNS.values() for told in some}
"""How the cells of most columns are read and held to the rules of their field."""

MOST_TRIED = 1_000
MOST_TOLD = 20


@dataclass(slots=True)
class Trial:
    """What came of the first rows of a file."""

    rows: int = 0
    claims: set[str] = field(default_factory=set)
    documents: int = 0
    told: dict[tuple[str, str], tuple[int, dict[str, str]]] = field(default_factory=dict)
    passed_over: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        of = "row makes" if self.rows == 1 else f"{self.rows:,} rows make"
        claims, documents = (
            _counted(len(self.claims), "claim"),
            _counted(self.documents, "citation"),
        )
        told = f"The first {of} {claims} with {documents}."
        passed = "; ".join(f"{times:,} {why}" for why, times in self.passed_over.items())
        return f"{told} Passed over: {passed}." if passed else told


def try_mapping(mapping: Mapping, file: Path, *, release: str = "") -> Trial:
    """Return what a mapping makes of the first rows of a file, as far as cells tell.

    Raises ``NoTable`` where the file is no table that the mapping describes.
    """
    reading = MappedReading(mapping, file, release=release)
    trial = Trial()
    trial.problems += _constants_like_columns(reading)
    whole = reading.table

    def first() -> Iterator[Row]:
        for row in islice(whole.rows(), MOST_TRIED):
            trial.rows += 1
            yield row

    reading.table = replace(whole, rows=first, blocks=None)
    names = reading.names()
    for found in reading.rows():
        _note(trial, found, names, file.name)
        if len(trial.problems) >= MOST_TOLD:
            break
    trial.passed_over = dict(reading.passed_over)
    if not trial.rows:
        trial.problems.append(f"{file.name}: the file has no rows under its header.")
    elif not trial.claims and not trial.problems:
        trial.problems.append(f"{file.name}: no claim. {trial} Look at when, unless and the names.")
    return trial


def _note(trial: Trial, found: Row | Refusal, names: dict[str, str], file: str) -> None:
    if isinstance(found, Refusal):
        refusals = [found]
    else:
        refusals = [*_refused(found, names), *_otherwise(trial.told, found, names)]
        trial.claims.add(found.cells.get("claim_key", ""))
        trial.documents += any(cell in found.cells for cell in ("document", "url", "publisher"))
    for told in (f"{file}, {refusal}" for refusal in refusals):
        if told not in trial.problems:
            trial.problems.append(told)


def _refused(row: Row, names: dict[str, str]) -> Iterator[Refusal]:
    for column, cell in row.cells.items():
        try:
            _READ.get(column, READERS[column])(cell)
        except CellRefused as error:
            yield Refusal(row.number, names.get(column, column), str(error))


def _otherwise(
    told: dict[tuple[str, str], tuple[int, dict[str, str]]], row: Row, names: dict[str, str]
) -> Iterator[Refusal]:
    """Yield the first thing that a row tells of an event or claim otherwise than another did."""
    for kind, columns in (("event", EVENT), ("claim", CLAIM)):
        key = row.cells.get(f"{kind}_key", "")
        cells = {name: row.cells[name] for name in columns if name in row.cells}
        number, known = told.setdefault((kind, key), (row.number, cells))
        both = [name for name in columns if name in cells and name in known]
        others = [name for name in both if folded(cells[name]) != folded(known[name])]
        if others:
            name = others[0]
            yield Refusal(
                row.number,
                names.get(name, name),
                f"“{shown(cells[name])}” here, but “{shown(known[name])}” in row {number}, of "
                f"the {kind} {key}. Make its key of what tells the rows apart.",
            )
        known |= cells


def _constants_like_columns(reading: MappedReading) -> Iterator[str]:
    """Yield what names a column of the file without the braces that make it that column."""
    for place, text in reading.mapping.constants.items():
        if text in reading.header:
            yield (
                f"{place}: “{text}” is the same text in every row here, and the name of a column "
                f'of the file. Write "{{{text}}}" for the cells of that column.'
            )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
