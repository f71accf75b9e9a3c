"""GeoJSON after RFC 7946: events as features with their place, as far as it is known.

An event without coordinates is a feature without geometry: a map leaves it out, a reader still
sees that it is there. A point is no better than ``place_precision`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import orjson

from claims.exports.formats.format import Format, Rows, Style, gathered
from claims.exports.formats.json import parted, record
from claims.exports.tables import Table


def feature(cells: dict[str, Any]) -> dict[str, Any]:
    """Return a record with ``latitude`` and ``longitude`` as a feature."""
    place = (cells.pop("longitude"), cells.pop("latitude"))
    return {
        "type": "Feature",
        "id": cells["id"],
        "geometry": None if None in place else {"type": "Point", "coordinates": place},
        "properties": cells,
    }


def pieces(table: Table, rows: Rows, style: Style) -> Iterator[bytes]:
    """Yield a table of events as one collection of features, one a line."""
    texts = parted(orjson.dumps(feature(record(table, row))) for row in rows)
    head = b'{"type":"FeatureCollection","features":['
    yield from gathered(chain([head], texts, [b"\n]}\n"]))


GEOJSON = Format("geojson", "GeoJSON", "application/geo+json", pieces)
