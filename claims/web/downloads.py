"""The files that a page offers: its list or its claims, narrowed and ordered alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from claims.exports.writing import FORMATS
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


@dataclass(frozen=True, slots=True)
class Download:
    """One file: where it is, what it is called and what it is good for."""

    address: str
    title: str
    note: str


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
    if name == "events":
        address = page_address("api:events_map") + (f"?{query}" if query else "")
        offered.append(Download(address, "GeoJSON", "for a map; a point is as good as its source"))
    return offered


def _address(name: str, ending: str, query: str, use: str) -> str:
    asked = "&".join(part for part in (query, f"for={use}" if use else "") if part)
    address = page_address(f"api:{name}_file", ending)
    return f"{address}?{asked}" if asked else address
