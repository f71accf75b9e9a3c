"""Lists that stay quick however many rows there are: nothing is counted beyond a bound."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST_COUNTED = 5_000


class BoundedPaginator(Paginator):
    """Counts up to a bound; whoever needs rows beyond it narrows the list first."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, or the bound where there are more."""
        rows = cast("QuerySet", self.object_list)
        return rows[:MOST_COUNTED].count()

    @property
    def is_bounded(self) -> bool:
        """Whether there may be more rows than were counted."""
        return self.count >= MOST_COUNTED
