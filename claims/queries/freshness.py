"""When anything was last edited: one cheap read that says whether an answer can have changed.

Every edit of an event, source, document, claim or citation adds a row to its history, so the
newest row of each history table together stand for the state of everything. Parties have no
history; the sum of their versions grows with every edit. Of two people who save at once the one
with the older row may be the last to commit, which no newest row shows; the newest entry of the
log does, since those have their ids in the order of the commits.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Subquery, Sum, Value
from django.utils import timezone

from claims.models import Change, Citation, Claim, Document, Event, Party, Source

_RECORDS = (Event, Source, Document, Claim, Citation)
_SETTLED = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state of everything: a version that grows with every edit, and the time of the last.

    ``modified`` is ``None`` where nothing is known, and within the first seconds after an edit:
    a time of whole seconds could not tell two edits in one second apart. It is ``None`` as well
    while the last to commit had begun before another one: its own time would be in the past.
    """

    version: str
    modified: datetime | None


def with_freshness(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add what ``freshness_of`` needs to a query that is made anyway."""
    stamps: dict[str, Any] = {}
    for model in _RECORDS:
        newest = model.history.model.objects.order_by("-history_id")
        name = model._meta.model_name
        stamps[f"{name}_edit"] = Subquery(newest.values("history_id")[:1])
        stamps[f"{name}_edited_at"] = Subquery(newest.values("history_date")[:1])
    versions = Party.objects.order_by().values(all=Value(1)).annotate(sum=Sum("version"))
    stamps["party_edit"] = Subquery(versions.values("sum"))
    last = Change.objects.order_by("-pk")
    stamps["log_edit"] = Subquery(last.values("pk")[:1])
    stamps["log_last_at"] = Subquery(last.values("at")[:1])
    stamps["log_latest_at"] = Subquery(Change.objects.order_by("-at").values("at")[:1])
    stamped: QuerySet[Any] = rows.annotate(**stamps)
    return stamped


def freshness_of(row: Any) -> Freshness:
    """Return the freshness from a row of a query made ``with_freshness``."""
    names = [model._meta.model_name for model in _RECORDS]
    edits = "-".join(str(getattr(row, f"{name}_edit")) for name in (*names, "party", "log"))
    times = [at for name in names if (at := getattr(row, f"{name}_edited_at"))]
    newest = max(times, default=None)
    is_in_order = row.log_last_at == row.log_latest_at
    is_settled = is_in_order and newest is not None and timezone.now() - newest > _SETTLED
    version = hashlib.sha256(edits.encode()).hexdigest()[:16]
    return Freshness(version, newest if is_settled else None)


def freshness() -> Freshness | None:
    """Return the state of everything in one query; ``None`` where there are no events at all."""
    row = with_freshness(Event.objects.only("pk")).order_by("pk").first()
    return freshness_of(row) if row else None
