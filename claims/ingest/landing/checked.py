"""A block of rows whose cells have been read: the values, and what could not be taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.ingest.blocks import Block, Cells
from claims.ingest.landing.remembering import Remembered, first_told

Values = dict[str, Cells]
"""By column of a temporary table, the value of each row as text; empty for none."""


def digests_of(columns: Sequence[Cells]) -> list[int]:
    """Return for each row what tells it from rows with other cells."""
    return list(map(hash, zip(*columns, strict=True)))


@dataclass(frozen=True, slots=True)
class Once:
    """What rows tell of events or documents, read once for all rows that tell the same.

    ``rows`` are the first that tell something that was not put down before, ``values`` theirs.
    """

    digests: list[int]
    rows: list[int]
    values: Values

    def first_among(self, rows: Sequence[int], told: Remembered) -> list[int]:
        """Return the rows to put down when only some rows are taken."""
        is_all = len(rows) == len(self.digests)
        return self.rows if is_all else first_told(self.digests, rows, told)

    def values_of(self, rows: Sequence[int]) -> Values:
        """Return the values of rows that ``first_among`` returned."""
        if rows is self.rows:
            return self.values
        place = {self.digests[at]: place for place, at in enumerate(self.rows)}
        places = [place[self.digests[at]] for at in rows]
        return {name: [column[at] for at in places] for name, column in self.values.items()}


@dataclass(slots=True)
class Checked:
    """A block with the values of its cells; keys that the rows do not give are empty at first."""

    block: Block
    refused: defaultdict[int, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    event_keys: list[str] = field(default_factory=list)
    claim_keys: list[str] = field(default_factory=list)
    document_keys: list[str] = field(default_factory=list)
    events: Once = field(default_factory=lambda: Once([], [], {}))
    documents: Once = field(default_factory=lambda: Once([], [], {}))
    claims: Values = field(default_factory=dict)
    citations: Values = field(default_factory=dict)
