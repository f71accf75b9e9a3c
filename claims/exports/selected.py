"""What a reader asks of a list, read when it is written and not before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claims.queries.lists import Listing, Selection


@dataclass(frozen=True, slots=True)
class Selected:
    """A list narrowed and ordered; iterating it reads the records chunk by chunk."""

    listing: Listing
    selection: Selection

    def __iter__(self) -> Iterator[Any]:
        return self.listing.every(self.selection)

    def has_more_than(self, count: int) -> bool:
        """Tell whether there are more records, reading no further than that."""
        rows = self.listing.selected(self.selection)
        return rows.order_by()[count : count + 1].exists()
