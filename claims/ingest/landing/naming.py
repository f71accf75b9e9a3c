"""Sources and parties of a file, by name: few enough to be held, however long the file is.

Names are compared folded; a source is also known by its other names, and one that was merged
away is no longer known by its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from claims.domain.folding import folded
from claims.ingest import columns
from claims.ingest.blocks import Block
from claims.ingest.cells import CellRefused, shown
from claims.ingest.csv_table import Row
from claims.ingest.landing.refusing import Refusals
from claims.ingest.wanted import printed
from claims.models import Party, Source
from claims.services.records import Edit
from claims.services.tidying import tidy_text

LONGEST_SOURCE, LONGEST_PARTY = 250, 200
TOLD = tuple(columns.CLAIMANT)
CLAIMANT = ("claimant", *TOLD)
PUBLISHER = ("publisher", "publisher_kind")
KIND = {"publisher_kind": "claimant_kind"}
"""What is told of a publisher, and as what: a source has one kind, whoever tells it."""


class ToldSource:
    """Everything the rows tell about one source, and who told each first."""

    __slots__ = ("cells", "name", "row", "rows")

    def __init__(self, name: str, row: int) -> None:
        self.name, self.row = name, row
        self.cells: dict[str, Any] = {}
        self.rows: dict[str, int] = {}


class Names:
    """The names that the rows tell."""

    def __init__(self, refusals: Refusals) -> None:
        self.refusals = refusals
        self.sources: dict[str, ToldSource] = {}
        self.folded_of: dict[str, str] = {}
        self.parties: dict[str, tuple[int, str]] = {}
        self._told: set[tuple[str, ...]] = set()
        self._publishers_told: set[tuple[str, ...]] = set()
        # Apart, since a bar parts several parties of an event, and is part of a victims' name.
        self._parties_told: dict[str, set[str]] = {"parties": set(), "victims_party": set()}

    def untold(self, block: Block) -> set[int]:
        """Return the rows that name somebody, or say something of them, for the first time.

        Of a publisher it is every such row of the block, since the first may be refused.
        """
        claimants = list(zip(*map(block.cells, CLAIMANT), strict=True))
        rows = _first_having(claimants, set(claimants).difference(self._told))
        for column, told in self._parties_told.items():
            cells = block.cells(column)
            rows |= _first_having(cells, set(cells).difference(told, ("",)))
        publishers = list(zip(*map(block.cells, PUBLISHER), strict=True))
        new = {told for told in set(publishers) - self._publishers_told if told[0]}
        return rows | {at for at, told in enumerate(publishers) if told in new} if new else rows

    def tell_claimant(self, row: Row) -> None:
        """Take a row's claimant with what the row tells of it, and the parties it names."""
        get = row.cells.get
        told = tuple([get(name, "") for name in CLAIMANT])
        if told not in self._told:
            self._told.add(told)
            if told[0]:
                self._tell(row, told[0])
        for column, parties_told in self._parties_told.items():
            cell = get(column)
            if cell and cell not in parties_told:
                parties_told.add(cell)
                for name in columns.READERS[column](cell) if column == "parties" else [cell]:
                    self._tell_party(row, column, name)

    def tell_publisher(self, row: Row) -> None:
        """Take the publisher of a row's document, with what the row tells of it."""
        told = tuple([row.cells.get(name, "") for name in PUBLISHER])
        if told[0] and told not in self._publishers_told:
            self._publishers_told.add(told)
            self._add_told(row, self._named(row, "publisher", told[0]), PUBLISHER[1:])

    def _tell(self, row: Row, name: str) -> None:
        self._add_told(row, self._named(row, "claimant", name), TOLD)
        if party := row.cells.get("speaks_for"):
            self._tell_party(row, "speaks_for", party)

    def _add_told(self, row: Row, told: ToldSource, names: Sequence[str]) -> None:
        for column in names:
            if (cell := row.cells.get(column)) is None:
                continue
            try:
                value = columns.READERS[column](cell)
            except CellRefused as error:
                self.refusals.add(row.number, column, str(error))
                continue
            self._add(row, told, column, value)

    def _named(self, row: Row, column: str, name: str) -> ToldSource:
        if len(name) > LONGEST_SOURCE:
            said = (
                f"Ensure this value has at most {LONGEST_SOURCE} characters (it has {len(name)})."
            )
            self.refusals.add(row.number, column, said)
        key = self.folded_of.setdefault(name, folded(name))
        return self.sources.setdefault(key, ToldSource(name, row.number))

    def _add(self, row: Row, told: ToldSource, column: str, value: Any) -> None:
        name = KIND.get(column, column)
        known = told.cells.setdefault(name, value)
        told.rows.setdefault(name, row.number)
        if known == value or (column == "speaks_for" and folded(known) == folded(value)):
            return
        self.refusals.add(
            row.number,
            column,
            f"“{printed(value)}” here, but “{printed(known)}” in row {told.rows[name]}, of the "
            f"source {shown(told.name)}.",
        )

    def _tell_party(self, row: Row, column: str, name: str) -> None:
        if len(name) > LONGEST_PARTY:
            said = f"Ensure this value has at most {LONGEST_PARTY} characters (it has {len(name)})."
            self.refusals.add(row.number, column, said)
            return
        self.parties.setdefault(name, (row.number, column))


def _first_having(found: Sequence[Any], new: set[Any]) -> set[int]:
    if not new:
        return set()
    first = dict(zip(reversed(found), reversed(range(len(found))), strict=True))
    return {first[one] for one in new}


class Ambiguous(ValueError):
    """A name that several sources go by."""


class KnownSources:
    """The sources that stand, by name and other name."""

    def __init__(self) -> None:
        self._by_name: dict[str, Source] = {}
        self._by_alias: dict[str, list[Source]] = defaultdict(list)
        for source in Source.objects.not_withdrawn().order_by("pk"):
            self._by_name.setdefault(folded(source.name), source)
            for alias in source.aliases:
                self._by_alias[folded(alias)].append(source)

    def find(self, name: str) -> Source | None:
        """Return the source of that name; raise ``Ambiguous`` where an other name is shared."""
        if source := self._by_name.get(folded(name)):
            return source
        others = self._by_alias.get(folded(name), [])
        if len(others) > 1:
            names = " or ".join(f"“{source}”" for source in others[:3])
            raise Ambiguous(f"“{name}” may be {names}; use the name itself.")
        return others[0] if others else None


class KnownParties:
    """The parties by folded name, and the new ones that a file names."""

    def __init__(self, names: Names) -> None:
        self.known = {folded(party.name): party for party in Party.objects.all()}
        self.new: dict[str, str] = {}
        for name in names.parties:
            if (key := folded(name)) not in self.known:
                self.new.setdefault(key, tidy_text(name))

    def save_new(self, edit: Edit) -> None:
        """Add the parties that are not here yet."""
        for key, name in self.new.items():
            party = Party(name=name)
            edit.save(party)
            self.known[key] = party

    def pairs(self, names: Names) -> Iterator[tuple[str, int]]:
        """Yield every name that was told with the id of its party."""
        for name in names.parties:
            if (party := self.known.get(folded(name))) is not None:
                yield name, party.pk
