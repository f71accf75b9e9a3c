"""Which public records there are, in stretches of keys, for the map that search engines read.

A stretch is a range of the primary key, so that no list of everything is ever loaded, counted or
skipped through; a stretch may hold fewer records than its length.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from claims.models import Claim, Document, Event, Source

STRETCH = 10_000
"""Keys in one file of the map; search engines take up to 50,000 addresses in one."""

SECTIONS: dict[str, Any] = {
    "events": Event,
    "sources": Source,
    "documents": Document,
    "claims": Claim,
}


def stretches() -> list[tuple[str, int]]:
    """Return section and number of every file of the map; one query for each section."""
    return [
        (name, number)
        for name, model in SECTIONS.items()
        for number in range(1, _last_stretch(model) + 1)
    ]


def _last_stretch(model: Any) -> int:
    highest = model.objects.aggregate(highest=Max("pk"))["highest"]
    return 0 if highest is None else highest // STRETCH + 1


def records_in(section: str, number: int) -> list[Any]:
    """Return the public records of one stretch, in the order of their keys."""
    rows = SECTIONS[section].objects.published()
    if section == "claims":
        rows = rows.filter(event__state="published")
    columns = {"events": ("public_id", "title"), "sources": ("public_id", "name")}
    return list(
        rows.filter(pk__gte=(number - 1) * STRETCH, pk__lt=number * STRETCH)
        .only(*columns.get(section, ("public_id",)))
        .order_by("pk")
    )
