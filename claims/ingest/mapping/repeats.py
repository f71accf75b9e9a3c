"""Rows that say exactly what an earlier row said: what a mapping wants done with them."""

from __future__ import annotations

import hashlib
from collections import Counter

from claims.ingest.cells import CellRefused

MOST_COMPARED = 2_000_000
"""Rows; each takes about a hundred bytes of memory, and the rest of reading takes none."""

REPEAT = "an exact repeat of an earlier row, counted once"


class Repeats:
    """Tells for each row which copy of the same row it is; the first is copy 1."""

    def __init__(self, policy: str) -> None:
        self.policy = policy
        self._seen: dict[int, int] = {}

    def copy_of(self, cells: dict[str, str], passed_over: Counter[str]) -> int:
        """Return the number of the copy, 0 for one that is not to be counted.

        Raises ``CellRefused`` where the mapping refuses repeats.
        """
        if self.policy == "same":
            return 1
        told = "\x1f".join(f"{name}\x1e{cells[name]}" for name in sorted(cells) if name[0] != "@")
        key = int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest())
        if len(self._seen) >= MOST_COMPARED:
            raise CellRefused(f"More than {MOST_COMPARED:,} rows to hold against each other.")
        copy = self._seen[key] = self._seen.get(key, 0) + 1
        if copy == 1 or self.policy == "each_is_a_claim":
            return copy
        if self.policy == "count_once":
            passed_over[REPEAT] += 1
            return 0
        raise CellRefused("The row repeats an earlier one cell by cell; take one of them out.")
