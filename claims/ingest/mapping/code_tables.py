"""What other people's codes mean here: tables from their values to ours."""

from __future__ import annotations

from collections.abc import Mapping

from claims.domain.countries import COUNTRIES
from claims.ingest.cells import CellRefused, nearest, shown
from claims.ingest.mapping.decimals import without_decimals

OTHERS = "*"
_OTHER_NAMES = {
    "Bosnia-Herzegovina": "BA",
    "Burma": "MM",
    "Cape Verde": "CV",
    "Czech Republic": "CZ",
    "East Timor": "TL",
    "Great Britain": "GB",
    "Ivory Coast": "CI",
    "Macau": "MO",
    "Macedonia": "MK",
    "Russian Federation": "RU",
    "Slovak Republic": "SK",
    "Swaziland": "SZ",
    "Turkey": "TR",
    "United States of America": "US",
    "Vatican City": "VA",
}

BUILT_IN: dict[str, dict[str, str]] = {
    "countries": {name: code for code, name in COUNTRIES.items()} | _OTHER_NAMES
}
"""Code tables that every mapping has: English names of countries to ISO 3166-1 codes."""


def meaning(text: str, table: Mapping[str, str]) -> str:
    """Return what a value means by a table; raise ``CellRefused`` where it does not say."""
    found = table.get(text)
    if found is None:
        found = table.get(without_decimals(text), table.get(OTHERS))
    if found is None:
        raise CellRefused(
            f"The mapping does not know the value “{shown(text)}”.{nearest(text, table)} Add it "
            "to the code table, with what it means."
        )
    return found
