"""What the front page shows: how much is on record, what is most disputed, what changed last.

Four SQL queries; the records that the log names take up to three more. Counts come from counters
that are kept with every write, so they are true and cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from claims.models import Change, Comparison, Tally
from claims.queries.lists import public_changes

DISPUTED_SHOWN = 8
CHANGES_SHOWN = 6
TOLD_ON_FRONT = ("revised", "corrected")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Counters by kind of record, the widest contradictions of distinct events, the log's head."""

    tallies: dict[str, int]
    disputed: list[Comparison]
    changes: list[Change]


def front_page() -> FrontPage:
    """Return what the front page shows."""
    return FrontPage(
        tallies={"event": 0, "claim": 0, "source": 0, "document": 0}
        | dict(Tally.objects.values_list("name", "value")),
        disputed=most_disputed(DISPUTED_SHOWN),
        changes=latest_changes(TOLD_ON_FRONT, CHANGES_SHOWN),
    )


def latest_changes(kinds: Sequence[str], number: int) -> list[Change]:
    """Return the latest entries of some kinds, newest first; one query for each kind.

    The log is full of additions, and only within one kind an index leads to the latest entries.
    """
    found = [
        change
        for kind in kinds
        for change in public_changes().filter(kind=kind).order_by("-id")[:number]
    ]
    return sorted(found, key=lambda change: change.pk, reverse=True)[:number]


def most_disputed(number: int) -> list[Comparison]:
    """Return the comparisons with the widest contradictions by factor, one of each event."""
    wider = Comparison.objects.filter(event=OuterRef("event")).filter(
        Q(gap_order__gt=OuterRef("gap_order"))
        | Q(gap_order=OuterRef("gap_order"), id__gt=OuterRef("id"))
    )
    return list(
        Comparison.objects.published()
        .filter(~Exists(wider), gap_order__gt=0)
        .select_related("event", "victims_party")
        .order_by("-gap_order", "-id")[:number]
    )
