"""The synthetic dataset written to a file, event by event, with memory that does not grow."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import IO

from claims.ingest.synthetic.chance import Chance
from claims.ingest.synthetic.happenings import happenings
from claims.ingest.synthetic.sayings import Sayings
from claims.ingest.synthetic.sizes import sizes

HEADER = (
    *("claim_key", "event_key", "event", "event_aliases", "event_kind", "event_start"),
    *("event_end", "country", "place", "latitude", "longitude", "place_precision", "parties"),
    *("parent", "claimant", "claimant_kind", "speaks_for", "is_compilation", "measure", "victims"),
    *("victims_party", "wording", "qualifier", "low", "best", "high", "count_basis", "claimed_on"),
    *("area", "revises", "credibility", "document", "publisher", "url", "published_on"),
    *("language", "quote", "via"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    events: int
    claims: int
    rows: int


def write_synthetic(file: IO[str], *, events: int, claims: int, seed: int) -> Written:
    """Write a synthetic dataset of exactly so many events and claims; raise ``ValueError``.

    A claim has one row and, one in five, more: the documents that relay it.
    """
    size = sizes(events=events, claims=claims)
    chance = Chance(seed)
    writer = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    rows = 0
    for place, happening in enumerate(happenings(chance, seed=seed, events=events)):
        for cells in Sayings(chance, happening, seed=seed).rows(size.of(place)):
            writer.writerow(cells)
            rows += 1
    return Written(events, claims, rows)
