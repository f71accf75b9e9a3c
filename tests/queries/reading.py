"""Lists read as a reader does: page by page, forwards and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from django.http import QueryDict

from claims.queries.lists import Listing
from claims.queries.paging import Page, every_row


@contextmanager
def going(way: Mapping[str, int]) -> Iterator[None]:
    """Have a search go one of its ways; records are made once for all of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in way.items():
            patch.setattr(f"claims.queries.listed_words.{name}", value)
        yield


def keys_by_pages(listing: Listing, query: str, size: int) -> list[int]:
    """Return the keys of a list, read page by page forwards; each page is read back, too."""

    def page(cursor: str) -> Page:
        return listing.page(QueryDict(f"{query}&page_size={size}&cursor={cursor}"))

    found: list[list[int]] = []
    current = page("")
    while True:
        if found:
            before = page(current.previous_cursor or "")
            assert [row.pk for row in before.rows] == found[-1]
        found.append([row.pk for row in current.rows])
        if current.next_cursor is None:
            return [key for rows in found for key in rows]
        current = page(current.next_cursor)


def keys_narrowed(listing: Listing, query: str) -> list[int]:
    """Return the keys of the records that the plain narrowing leaves, in order."""
    selection = listing.read(QueryDict(query))
    return [row.pk for row in every_row(listing.selected(selection), selection.order)]
