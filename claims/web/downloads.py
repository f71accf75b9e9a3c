"""The files that a page offers: its list or its claims, narrowed and ordered alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from claims.exports.writing import FORMATS, TABLE_FORMATS
from claims.web.addresses import page_address
from claims.web.pager import asked_of_list

_OFFERED = (
    ("xlsx", "", "Spreadsheet (XLSX)", "for Excel, LibreOffice or Numbers"),
    ("csv", "spreadsheet", "CSV for spreadsheets", "nothing in it is taken for a formula"),
    ("csv", "", "CSV for programs", "pandas, R, a database"),
    ("json", "", "JSON", "one object"),
    ("jsonl", "", "JSON Lines", "one record a line"),
    ("parquet", "", "Parquet", "typed columns"),
)

WHOLE_LISTS = {
    "claims": "who said which figure of which event, when, in which words; a row for each document",
    "events": "what happened, when, where, between whom, and the comparison that stands for it",
    "comparisons": "for each question its verdict, widest contradiction, range and agreement",
    "sources": "who is on record with a figure or published one",
    "documents": "what carries the claims, with its publisher, day and address",
    "changes": "what was added, revised, corrected, withdrawn and merged, newest first",
}


@dataclass(frozen=True, slots=True)
class Download:
    """One file: where it is, what it is called and what it is good for."""

    address: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class WholeList:
    """A list with all that is public, what it holds and its files."""

    name: str
    holds: str
    files: list[Download]


def whole_lists() -> list[WholeList]:
    """Return the public lists as they are now, named by format; asks the database nothing."""
    return [WholeList(name, holds, _plainly_named(name)) for name, holds in WHOLE_LISTS.items()]


def _plainly_named(name: str) -> list[Download]:
    """Return the files of a whole list for readers who know the formats by name."""
    files = [
        Download(_address(name, made.name), made.title, "")
        for made in TABLE_FORMATS
        if made.is_installed()
    ]
    return [*files, *_map_of(name)]


def list_downloads(request: HttpRequest, name: str) -> dict[str, object]:
    """Return the addresses of the same list, narrowed and ordered alike, as files and as JSON."""
    params = asked_of_list(request)
    query = f"?{params.urlencode()}" if params else ""
    return {
        "downloads": files_of(name, params),
        "json_address": page_address(f"api:{name}") + query,
    }


def files_of(name: str, params: QueryDict) -> list[Download]:
    """Return the files of a list in every format that this installation makes."""
    query = params.urlencode()
    offered = [
        Download(_address(name, ending, query, use), title, note)
        for ending, use, title, note in _OFFERED
        if FORMATS[ending].is_installed()
    ]
    return [*offered, *_map_of(name, query)]


def _map_of(name: str, query: str = "") -> list[Download]:
    if name != "events":
        return []
    address = page_address("api:events_map") + (f"?{query}" if query else "")
    return [Download(address, "GeoJSON", "for a map; a point is as good as its source")]


def _address(name: str, ending: str, query: str = "", use: str = "") -> str:
    asked = "&".join(part for part in (query, f"for={use}" if use else "") if part)
    address = page_address(f"api:{name}_file", ending)
    return f"{address}?{asked}" if asked else address
