"""What cannot be taken, counted exactly and kept up to a limit."""

from __future__ import annotations

from collections.abc import Mapping

from claims.ingest.wanted import Refusal

MOST_KEPT = 10_000


class Refusals:
    """The refused cells of one import; ``names`` are the file's own of the columns.

    ``count`` is how many there are, ``times`` how often any was noted: several rows of one
    number may have the same refused cell.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._kept: set[Refusal] = set()
        self._names = names or {}
        self.count = self.times = 0

    def add(self, row: int, column: str, reason: str) -> None:
        """Note a refusal of one of the project's columns under its name in the file."""
        self.note(Refusal(row, self._names.get(column, column), reason))

    def note(self, refusal: Refusal) -> None:
        """Note a refusal as it is; the same one is noted once."""
        self.times += 1
        if refusal in self._kept:
            return
        self.count += 1
        if len(self._kept) < MOST_KEPT:
            self._kept.add(refusal)

    @property
    def kept(self) -> list[Refusal]:
        """The first ones, in the order of the rows."""
        return sorted(self._kept)
