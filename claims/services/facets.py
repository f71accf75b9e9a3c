"""The lists of events kept true: under which facets each published event stands, and with what.

One statement for any number of events, the same on both databases. It reads the events, their
countries, words, published claims and comparisons, so it comes after those are up to date.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from claims.domain.vocabularies import MEASURE, VERDICT, Vocabulary
from claims.models import Event, EventWord
from claims.models.event_facet import LONG_DAYS, UNLISTED_MEASURE


def _bits(column: str, vocabulary: Vocabulary) -> str:
    """Return SQL that sets one bit for each code; distinct powers of two add up like bits."""
    cases = " ".join(f"WHEN '{code}' THEN {vocabulary.bit(code)}" for code in vocabulary.codes)
    return f"SUM(DISTINCT CASE {column} {cases} ELSE 0 END)"


_COLUMNS = (
    "event_id, facet, began, ended, kind, gap_order, measures, verdicts, lasts, "
    "marks_low, marks_high"
)
_DAYS = {
    "postgresql": "e.date_end - e.date_start",
    "sqlite": "julianday(e.date_end) - julianday(e.date_start)",
}[connection.vendor]

# {id} and {event_id} narrow each part to the events in question, by the column of that name.
_FRESH = f"""
SELECT e.id, f.facet, e.date_start, e.date_end, e.kind,
       COALESCE(c.gap_order, 0), COALESCE(c.measures, 0), COALESCE(c.verdicts, 0),
       COALESCE({_DAYS} > {LONG_DAYS}, TRUE),
       COALESCE(w.marks_low, 0), COALESCE(w.marks_high, 0)
FROM claims_event e
JOIN (
    SELECT id AS event_id, '' AS facet FROM claims_event {{id}}
    UNION ALL SELECT id, 'kind:' || kind FROM claims_event {{id}}
    UNION ALL SELECT id, 'parent:' || parent_id FROM claims_event {{id}}
    UNION ALL SELECT event_id, 'country:' || code FROM claims_eventcountry {{event_id}}
    UNION ALL SELECT event_id, 'measure:' || measure FROM
        (SELECT event_id, measure FROM claims_comparison
         WHERE measure <> '{UNLISTED_MEASURE}') measured
        {{event_id}} GROUP BY event_id, measure
    UNION ALL SELECT event_id, 'source:' || claimant_id FROM
        (SELECT event_id, claimant_id FROM claims_claim WHERE state = 'published') claimed
        {{event_id}} GROUP BY event_id, claimant_id
) f ON f.event_id = e.id AND f.facet IS NOT NULL
LEFT JOIN (
    SELECT event_id, MAX(gap_order) AS gap_order,
           {_bits("measure", MEASURE)} AS measures, {_bits("verdict", VERDICT)} AS verdicts
    FROM claims_comparison {{event_id}} GROUP BY event_id
) c ON c.event_id = e.id
LEFT JOIN (
    SELECT event_id, marks_low, marks_high FROM
        (SELECT * FROM claims_eventword WHERE word = '{EventWord.EVERY}') every {{event_id}}
) w ON w.event_id = e.id
WHERE e.state = 'published'
"""  # noqa: S608  # made of constants and of codes of the vocabularies
_EVERY = _FRESH.format(id="", event_id="")
_INSERT = f"INSERT INTO claims_eventfacet ({_COLUMNS}) "
_DELETE = "DELETE FROM claims_eventfacet WHERE event_id "
_STORED = f"SELECT {_COLUMNS} FROM claims_eventfacet"  # noqa: S608

CHUNK = 50_000
"""Events at a time: few enough to name, so many that whole tables are read for them gladly."""
FEW = 20


def refresh(event_ids: Collection[int]) -> None:
    """Bring the facets of these events up to date; events that are not public have none."""
    ids = sorted(set(event_ids))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        _allow_nested_loops(cursor, len(ids), to="off")
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            cursor.execute(_DELETE + _among(), {"ids": _given(some)})
            cursor.execute(_INSERT + _fresh(), {"ids": _given(some)})
        _allow_nested_loops(cursor, len(ids), to="on")


def add_new(events: str) -> None:
    """Write the facets of events that have none yet; ``events`` is SQL that gives their ids."""
    fresh = _FRESH.format(id=f"WHERE id IN ({events})", event_id=f"WHERE event_id IN ({events})")
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        _allow_nested_loops(cursor, CHUNK, to="off")
        cursor.execute(_INSERT + fresh)
        _allow_nested_loops(cursor, CHUNK, to="on")


def rebuild() -> None:
    """Bring the facets of every event up to date."""
    refresh(Event.objects.values_list("pk", flat=True))


def differences() -> list[str]:
    """Return a sentence for each event whose facets are out of date."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for one, other in ((_EVERY, _STORED), (_STORED, _EVERY)):
            cursor.execute(f"SELECT * FROM ({one} EXCEPT {other}) AS differing")  # noqa: S608
            found.update(row[0] for row in cursor)
    return [f"The facets of event {event_id} are out of date." for event_id in sorted(found)]


def _allow_nested_loops(cursor: Any, events: int, *, to: str) -> None:
    """Keep PostgreSQL from a plan that is ruinous for tables whose rows it has not counted yet."""
    if events > FEW and connection.vendor == "postgresql":
        cursor.execute(f"SET LOCAL enable_nestloop = {to}")


def _among() -> str:
    if connection.vendor == "postgresql":
        return "= ANY(%(ids)s)"
    return "IN (SELECT value FROM json_each(%(ids)s))"


def _fresh() -> str:
    among = _among()
    return _FRESH.format(id=f"WHERE id {among}", event_id=f"WHERE event_id {among}")


def _given(ids: list[int]) -> Any:
    return ids if connection.vendor == "postgresql" else json.dumps(ids)
