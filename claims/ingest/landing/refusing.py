"""What cannot be taken, counted exactly and kept up to a limit."""

from __future__ import annotations

from claims.ingest.wanted import Refusal

MOST_KEPT = 10_000


class Refusals:
    """The refused cells of one import."""

    def __init__(self) -> None:
        self._kept: set[Refusal] = set()
        self.count = 0

    def add(self, row: int, column: str, reason: str) -> None:
        """Note a refusal; the same one is noted once."""
        refusal = Refusal(row, column, reason)
        if refusal in self._kept:
            return
        self.count += 1
        if len(self._kept) < MOST_KEPT:
            self._kept.add(refusal)

    @property
    def kept(self) -> list[Refusal]:
        """The first ones, in the order of the rows."""
        return sorted(self._kept)
