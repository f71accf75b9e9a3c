"""The rows of the read model, as computed and as the database takes them.

A row is a tuple in the order of ``COLUMNS`` or ``DIGEST_COLUMNS``. One statement adds or renews
them; those of events that are new come all at once (``claims.services.new_comparisons``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from claims.models import Comparison, EventDigest
from claims.models.search import MARKS
from claims.queries.compared import ComparedEvent
from claims.queries.comparison_document import as_body, comparisons_document
from claims.queries.comparisons import ComparisonView, headline

COLUMNS = (
    "public_id",
    "event_id",
    "measure",
    "victims",
    "victims_party_id",
    "claim_count",
    "claimant_count",
    "citation_count",
    "lowest",
    "highest",
    "spread_ratio",
    "spread_order",
    "verdict",
    "gap_low",
    "gap_high",
    "gap_absolute",
    "gap_ratio",
    "gap_order",
    "latest_claimed_on",
    "event_kind",
    "event_start",
    "event_end",
    "country",
    "second_country",
    "in_several_countries",
    *MARKS,
)
DIGEST_COLUMNS = (
    "event_id",
    "headline_id",
    "claim_count",
    "gap_order",
    "latest_claimed_on",
    "comparisons_json",
    "etag",
)
CHANGED_AT = """
    CASE WHEN claims_eventdigest.etag = excluded.etag
    THEN claims_eventdigest.changed_at ELSE excluded.changed_at END
"""

Row = tuple[Any, ...]
Views = Mapping[int, Sequence[ComparisonView]]


def comparison_row(view: ComparisonView) -> Row:
    """Return a question's row."""
    result, gap, party = view.result, view.result.gap, view.question.victims_party
    lowest, highest, spread = result.lowest, result.highest, result.spread_ratio
    ratio = gap.ratio if gap else None
    return (
        view.public_id,
        view.event.pk,
        view.question.measure,
        view.question.victims,
        party.pk if party else None,
        view.claim_count,
        view.claimant_count,
        view.citation_count,
        lowest,
        highest,
        spread,
        ratio_order(lowest, highest, spread),
        str(result.verdict),
        gap.low if gap else None,
        gap.high if gap else None,
        gap.absolute if gap else 0,
        ratio,
        ratio_order(gap.low, gap.high, ratio) if gap else 0,
        result.latest_claimed_on,
        *_listed_by(view.event),
        *view.event.marks,
    )


def _listed_by(event: ComparedEvent) -> Row:
    """Return what lists are narrowed by."""
    first, second, *more = [*event.countries, "", ""]
    return (event.kind, event.span.start, event.span.end, first, second, len(more) > 2)


def ratio_order(low: int | None, high: int | None, ratio: Decimal | None) -> int:
    """Return a ratio in ten-thousandths for sorting: 0 for none, ``INFINITE`` for high / 0."""
    if ratio is not None:
        return int(ratio * 10_000)
    return Comparison.INFINITE if low == 0 and high else 0


def digest_row(
    event_id: int, rows: Sequence[Row], views: Sequence[ComparisonView], keys: Mapping[str, int]
) -> Row:
    """Return an event's row; ``keys`` has the key of each comparison by its public id."""
    first = headline(views)
    days: list[date] = [row[18] for row in rows if row[18]]
    return (
        event_id,
        keys.get(first.public_id) if first else None,
        sum(row[5] for row in rows),
        max((row[17] for row in rows), default=0),
        max(days, default=None),
        *as_body(comparisons_document(views)),
    )


def store(event_ids: Collection[int], views: Views) -> None:
    """Make the rows of these events equal to what was computed; needs their lock."""
    rows = {event: [comparison_row(view) for view in own] for event, own in views.items()}
    every = [row for own in rows.values() for row in own]
    stored = keys_stored(event_ids)
    if gone := stored.keys() - {row[0] for row in every}:
        Comparison.objects.filter(pk__in=[stored.pop(public_id) for public_id in gone]).delete()
    EventDigest.objects.filter(event__in=event_ids).exclude(event__in=list(views)).delete()
    _put(Comparison, COLUMNS, every)
    keys = stored if len(stored) == len(every) else keys_stored(event_ids)
    digests = [digest_row(event, rows[event], own, keys) for event, own in views.items()]
    at = connection.ops.adapt_datetimefield_value(timezone.now())
    _put(
        EventDigest,
        (*DIGEST_COLUMNS, "changed_at"),
        [(*row, at) for row in digests],
        renewed={"changed_at": CHANGED_AT},
    )


def keys_stored(event_ids: Collection[int]) -> dict[str, int]:
    """Return the keys of the stored comparisons of these events by public id."""
    own = Comparison.objects.filter(event__in=event_ids)
    return dict(own.order_by().values_list("public_id", "pk"))


def _put(
    model: Any,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    renewed: Mapping[str, str] | None = None,
) -> None:
    """Add or renew rows, told apart by the first of the columns.

    ``renewed`` says how a column is renewed where it does not just take the new value.
    """
    table, key = model._meta.db_table, columns[0]
    if not rows:
        return
    with connection.cursor() as cursor:
        new = {name: f"excluded.{name}" for name in columns[1:]} | dict(renewed or {})
        changes = ", ".join(f"{name} = {value}" for name, value in new.items())
        place = f"({', '.join(['%s'] * len(columns))})"
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES"
        conflict = f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
        if connection.vendor == "postgresql":
            values = ", ".join([place] * len(rows))
            cursor.execute(f"{insert} {values} {conflict}", [n for row in rows for n in row])
        else:
            cursor.executemany(f"{insert} {place} {conflict}", [bound(row) for row in rows])


def bound(row: Row) -> list[Any]:
    """Return a row as SQLite takes it."""
    return [str(n) if isinstance(n, (Decimal, date)) else n for n in row]
