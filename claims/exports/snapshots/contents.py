"""What a snapshot holds: which tables, each row with its licence and how to cite it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings

from claims.exports import claims, lists
from claims.exports.dialects import Cell, Dialect, address, plain, quoted
from claims.exports.lists_sql import name_of_document
from claims.exports.selected import Selected
from claims.exports.tables import Column, Table
from claims.queries.lists import (
    CHANGES,
    CLAIMS,
    COMPARISONS,
    DOCUMENTS,
    EVENTS,
    SOURCES,
    Listing,
    Selection,
)

LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Content:
    """One table of a snapshot, what it is, and the list that fills it."""

    table: Table
    description: str
    listing: Listing

    @property
    def records(self) -> Selected:
        """Everything public, in the list's own order."""
        return Selected(self.listing, Selection({}, self.listing.orders[0]))


def cited(name: str, public_id: str, address: str) -> str:
    """Return how to cite one record, the same in every snapshot."""
    return f"{settings.SITE_NAME}. “{name}”, record {public_id}. {settings.SITE_URL}{address}"


def _record(record: Any) -> str:
    return cited(str(record), record.public_id, record.get_absolute_url())


def _claim(row: claims.CitedClaim) -> str:
    return cited(row.event.title, row.claim.public_id, row.claim.get_absolute_url())


def _comparison(row: Any) -> str:
    return cited(row.event.title, row.public_id, row.event.get_absolute_url())


def _change(row: Any) -> str:
    return (
        f"{settings.SITE_NAME}. Public log, entry on {row.record_id}. {settings.SITE_URL}/changes/"
    )


def _cited_sql(name: Cell, record: str, page: Cell) -> Cell:
    """Return the cell of what ``cited`` says."""

    def cell(dialect: Dialect) -> str:
        begins, ends = f"{settings.SITE_NAME}. “", f". {settings.SITE_URL}"
        named = f"{quoted(begins)} || {name(dialect)} || '”, record ' || {record}.public_id"
        return f"{named} || {quoted(ends)} || {page(dialect)}"

    return cell


def _change_sql(dialect: Dialect) -> str:
    begins, ends = f"{settings.SITE_NAME}. Public log, entry on ", f". {settings.SITE_URL}/changes/"
    return f"{quoted(begins)} || c.record_id || {quoted(ends)}"


_EVENT_PAGE = address("event", "e", named="e.title")


def with_licence(table: Table, citation: Callable[[Any], str], citation_sql: Cell) -> Table:
    """Return a table whose rows say under which licence they are and how to cite them."""
    more = {"licence": plain(quoted(LICENCE)), "citation": citation_sql}
    return replace(
        table,
        sql=table.sql and partial(table.sql, more=more),
        columns=(
            *table.columns,
            Column("licence", "text", "The licence of the row, an SPDX name.", lambda row: LICENCE),
            Column("citation", "text", "How to cite the record.", citation),
        ),
    )


CONTENTS = (
    Content(
        with_licence(lists.EVENTS, _record, _cited_sql(plain("e.title"), "e", _EVENT_PAGE)),
        "What happened, where and when.",
        EVENTS,
    ),
    Content(
        with_licence(
            claims.CLAIMS, _claim, _cited_sql(plain("e.event"), "c", address("claim", "c"))
        ),
        "Who claimed which figure: one row per claim and document that carries it.",
        CLAIMS,
    ),
    Content(
        with_licence(
            lists.COMPARISONS, _comparison, _cited_sql(plain("e.title"), "c", _EVENT_PAGE)
        ),
        "What the claims on one question say taken together.",
        COMPARISONS,
    ),
    Content(
        with_licence(
            lists.SOURCES,
            _record,
            _cited_sql(plain("s.name"), "s", address("source", "s", named="s.name")),
        ),
        "Who asserts or publishes.",
        SOURCES,
    ),
    Content(
        with_licence(
            lists.DOCUMENTS, _record, _cited_sql(name_of_document, "d", address("document", "d"))
        ),
        "What carries the claims.",
        DOCUMENTS,
    ),
    Content(
        with_licence(lists.CHANGES, _change, _change_sql),
        "The public log: added, revised, corrected, withdrawn, merged.",
        CHANGES,
    ),
)
