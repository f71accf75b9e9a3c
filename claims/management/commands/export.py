"""``manage.py export``: a public list, whole or narrowed, as a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from claims.exports import lists as tables
from claims.exports.claims import CLAIMS
from claims.exports.formats.format import FileRefused, Style
from claims.exports.selected import Selected
from claims.exports.tables import Table
from claims.exports.writing import FORMATS, write
from claims.queries import lists
from claims.queries.lists import Listing
from claims.queries.parameters import BadParameter

LISTS: dict[str, tuple[Listing, Table]] = {
    "events": (lists.EVENTS, tables.EVENTS),
    "comparisons": (lists.COMPARISONS, tables.COMPARISONS),
    "claims": (lists.CLAIMS, CLAIMS),
    "sources": (lists.SOURCES, tables.SOURCES),
    "documents": (lists.DOCUMENTS, tables.DOCUMENTS),
    "changes": (lists.CHANGES, tables.CHANGES),
}


class Command(BaseCommand):
    """Write what the API answers at the address of the same list and format."""

    help = "Write a public list to a file, narrowed by the parameters that the API takes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list, the file and how to narrow."""
        parser.add_argument("list", choices=LISTS)
        parser.add_argument("file", help="where to; - for standard output")
        parser.add_argument("narrowing", nargs="*", metavar="NAME=VALUE", help="as in the API")
        parser.add_argument("--format", choices=FORMATS, help="default: by the name of the file")
        parser.add_argument("--spreadsheet", action="store_true", help="guard CSV from formulas")
        parser.add_argument("--hxl", action="store_true", help="a row of HXL hashtags")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say how many rows it has."""
        listing, table = LISTS[options["list"]]
        format_name = options["format"] or _format_of(options["file"])
        if format_name == "geojson" and listing is not lists.EVENTS:
            raise CommandError("Only events have a place: GeoJSON is made of events.")
        style = Style(spreadsheet=options["spreadsheet"], hxl=options["hxl"])
        try:
            records = Selected(listing, listing.read(_params(options["narrowing"])))
            rows = _write(options["file"], table, format_name, records, style)
        except (BadParameter, FileRefused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"Wrote {rows:,} rows.")


def _write(name: str, table: Table, format_name: str, records: Selected, style: Style) -> int:
    """Write to a file that gets its name when it is whole, so that none is cut off unseen."""
    if name == "-":
        return write(table, format_name, records, sys.stdout.buffer, style=style)
    path = Path(name)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            rows = write(table, format_name, records, file, style=style)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _format_of(name: str) -> str:
    ending = Path(name).suffix.removeprefix(".")
    if ending in FORMATS:
        return ending
    if name == "-":
        return "csv"
    raise CommandError(f"“{name}” ends in no format. Say --format {', '.join(FORMATS)}.")


def _params(narrowing: list[str]) -> QueryDict:
    params = QueryDict(mutable=True)
    for given in narrowing:
        name, mark, value = given.partition("=")
        if not mark:
            raise CommandError(f"Expected NAME=VALUE, such as measure=killed; got “{given}”.")
        params.appendlist(name, value)
    return params
