"""The claims that comparisons are made of, read the shortest way: three fixed statements.

The text of each statement is made when the module is loaded, its rows become light values
(``claims.queries.compared``) with nothing in between. What is not published is left out by the
statements themselves, as ``published()`` leaves it out everywhere else. A test holds every value
read here equal to what the rows of ``claims.models`` say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from django.db import connections, router

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.figures import Figure, Qualifier
from claims.domain.scope import Span
from claims.models import Event, EventWord
from claims.queries.compared import (
    ComparedCitation,
    ComparedClaim,
    ComparedDocument,
    ComparedEvent,
    ComparedParty,
    ComparedPublisher,
    ComparedSource,
)

Claims = dict[int, list[ComparedClaim]]

# PostgreSQL takes its indexes for keys that it cannot count beforehand; with a long list before
# its eyes it reads the whole table, however large that is.
_AMONG = {
    "postgresql": "= ANY(ARRAY(SELECT unnest(%s::bigint[])))",
    "sqlite": "IN (SELECT value FROM json_each(%s))",
}
_KEYS = "KEYS(p.party_id)"
"""What stands in the statements for the way in which a database lists the keys of parties."""
_LISTED = {"postgresql": "string_agg(p.party_id::text, ',')", "sqlite": "group_concat(p.party_id)"}
_OWN_PARTIES = f"(SELECT {_KEYS} FROM claims_event_parties p WHERE p.event_id = e.id)"  # noqa: S608

_EVENTS = """
SELECT e.id, e.public_id, e.title, e.kind, e.countries,
    {raw}e.date_start, {raw}e.date_end, e.date_start_precision,
    {parties}, {marks}
FROM claims_event e {beside} {marked}
WHERE e.state = 'published' AND {which}
ORDER BY e.id
"""
_CLAIMS = """
SELECT c.id, c.event_id, c.public_id, c.measure, c.victims, c.victims_wording, c.victims_party_id,
    p.public_id, p.name,
    c.claimant_id, s.public_id, s.name, s.kind, s.speaks_for_id, {raw}s.is_compilation,
    c.qualifier, c.low, c.best, c.high, c.wording, {raw}c.disordered, c.interval, c.count_basis,
    {raw}c.claimed_on, c.claimed_on_precision, {raw}c.as_of, {raw}c.period_start, {raw}c.period_end,
    c.area, c.revises_id, c.credibility
FROM claims_claim c
JOIN claims_source s ON s.id = c.claimant_id
LEFT JOIN claims_party p ON p.id = c.victims_party_id
WHERE c.state = 'published' AND {which}
ORDER BY {first}c.id
"""
_CITATIONS = """
SELECT x.claim_id, x.wording, x.quote, x.locator,
    d.id, d.public_id, d.title, d_of.name, d.url, d.archived_url,
    {raw}d.published_on, d.published_on_precision,
    via.id, via.public_id, via.title, via_of.name, via.url, via.archived_url,
    {raw}via.published_on, via.published_on_precision{last}
FROM claims_citation x {beside}
JOIN claims_document d ON d.id = x.document_id
LEFT JOIN claims_source d_of ON d_of.id = d.publisher_id
LEFT JOIN claims_document via ON via.id = x.via_id AND via.state = 'published'
LEFT JOIN claims_source via_of ON via_of.id = via.publisher_id
WHERE x.state = 'published' AND d.state = 'published' AND {which}
ORDER BY {first}d.published_on IS NULL, d.published_on, x.id
"""


def _for_each(text: str, column: str = "", **places: str) -> dict[str, str]:
    """Return a statement for each database; ``column`` is one of the keys that are asked for."""
    left_out = dict.fromkeys(("first", "last", "beside", "raw", "marked"), "")
    left_out |= {"marks": "0, 0", "parties": _OWN_PARTIES}
    return {
        vendor: text.format(**left_out | {"which": f"{column} {among}"} | places).replace(
            _KEYS, _LISTED[vendor]
        )
        for vendor, among in _AMONG.items()
    }


STORED_MARKS = f"""
SELECT event_id, marks_low, marks_high FROM claims_eventword WHERE word = '{EventWord.EVERY}'
"""  # noqa: S608  # a constant
"""SQL that gives the marks of every event, as its words have them."""
_WITH_MARKS = {
    "marks": "COALESCE(w.marks_low, 0), COALESCE(w.marks_high, 0)",
    "marked": "LEFT JOIN ({marked}) w ON w.event_id = e.id",
}

EVENTS = _for_each(
    _EVENTS, "e.id", **_WITH_MARKS | {"marked": _WITH_MARKS["marked"].format(marked=STORED_MARKS)}
)
EVENT = _for_each(_EVENTS, which="e.public_id = %s")
CLAIMS = _for_each(_CLAIMS, "c.event_id")
CITATIONS = _for_each(_CITATIONS, "x.claim_id")

# For the events of any question, one after the other; a citation's row ends with its event. Its
# days and truths are as the database keeps them: the plus takes the type away by which SQLite's
# driver makes values of them, one by one.
EVENTS_OF = _for_each(
    _EVENTS,
    which="e.id IN ({events})",
    raw="{raw}",
    parties="parties.listed",
    beside=f"LEFT JOIN (SELECT p.event_id, {_KEYS} AS listed FROM claims_event_parties p "  # noqa: S608
    "WHERE p.event_id IN ({events}) GROUP BY p.event_id) parties ON parties.event_id = e.id",
    **_WITH_MARKS,
)
CLAIMS_OF = _for_each(_CLAIMS, which="c.event_id IN ({events})", first="c.event_id, ", raw="{raw}")
CITATIONS_OF = _for_each(
    _CITATIONS,
    which="c.event_id IN ({events}) AND c.state = 'published'",
    first="c.event_id, ",
    last=", c.event_id",
    beside="JOIN claims_claim c ON c.id = x.claim_id",
    raw="{raw}",
)
RAW = {"postgresql": "", "sqlite": "+"}

_QUALIFIERS = {str(code): code for code in Qualifier}
_PRECISIONS = {"": DatePrecision.DAY} | {str(code): code for code in DatePrecision}


def compared_event(public_id: str) -> ComparedEvent | None:
    """Return the published event with this id, if there is one."""
    rows = _rows(EVENT, public_id)
    return event_of(rows[0]) if rows else None


def compared_events(event_ids: Collection[int]) -> list[ComparedEvent]:
    """Return the published ones among these events, with the marks of their words."""
    return [event_of(row) for row in _rows(EVENTS, _listed(event_ids))]


def compared_claims(event_ids: Collection[int]) -> Claims:
    """Return the published claims by event, oldest record first, each with its citations."""
    claims: Claims = defaultdict(list)
    shared, printed = Shared(), Printed()
    rows = _rows(CLAIMS, _listed(event_ids))
    for row in rows:
        claims[row[1]].append(claim_of(row, shared, printed.of))
    if rows:
        printed.add(_rows(CITATIONS, _listed([row[0] for row in rows])))
    return claims


@dataclass(slots=True)
class Shared:
    """The claimants and parties that recur among claims, made once."""

    sources: dict[int, ComparedSource] = field(default_factory=dict)
    parties: dict[int | None, ComparedParty | None] = field(default_factory=lambda: {None: None})


def _rows(statement: dict[str, str], asked: Any) -> Sequence[tuple[Any, ...]]:
    connection = _connection()
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor], [asked])
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _listed(keys: Collection[int]) -> list[int] | str:
    """Return keys as the statements take them."""
    listed = list(keys)
    return listed if _connection().vendor == "postgresql" else orjson.dumps(listed).decode()


def _connection() -> Any:
    return connections[router.db_for_read(Event)]


def event_of(row: Sequence[Any]) -> ComparedEvent:
    """Return an event from its row."""
    pk, public_id, title, kind, countries, start, end, precision, parties, *marks = row
    span = Span(start, end, precision == "day")
    codes = orjson.loads(countries)
    return ComparedEvent(
        pk, public_id, title, kind, codes, span, _keys_listed(parties), (marks[0], marks[1])
    )


def claim_of(
    row: Sequence[Any], shared: Shared, cited: Callable[[int], list[ComparedCitation]]
) -> ComparedClaim:
    """Return a claim from its row; ``cited`` gives its citations when they are asked for."""
    (key, _, public_id, measure, victims, victims_wording, party, party_id, party_name) = row[:9]
    (day, precision, as_of, period_start, period_end, area, revises, credibility) = row[23:]
    sources, parties = shared.sources, shared.parties
    if party not in parties:
        parties[party] = ComparedParty(party, party_id, party_name)
    if (source := row[9]) not in sources:
        sources[source] = ComparedSource(*(*row[9:14], bool(row[14])))
    return ComparedClaim(
        key,
        public_id,
        measure,
        victims,
        victims_wording,
        parties[party],
        sources[source],
        _figure(tuple(row[15:21])),
        row[21],
        row[22],
        _partial(day, precision),
        as_of,
        period_start,
        period_end,
        area,
        revises,
        credibility,
        cited,
    )


class Printed:
    """Where claims are printed: rows, of which citations are made when they are asked for.

    A page shows the documents of a few claims out of hundreds. Documents that recur are made once.
    """

    def __init__(self) -> None:
        self._rows: dict[int, list[Sequence[Any]]] = defaultdict(list)
        self._documents: dict[int | None, ComparedDocument | None] = {None: None}

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Keep rows of the statement of citations."""
        for row in rows:
            self._rows[row[0]].append(row)

    def of(self, claim: int) -> list[ComparedCitation]:
        """Return the citations of a claim, in the order of the rows."""
        return [self._citation(row) for row in self._rows.get(claim, ())]

    def _citation(self, row: Sequence[Any]) -> ComparedCitation:
        documents, key, via = self._documents, row[4], row[12]
        if key not in documents:
            documents[key] = _document(row[4:12])
        if via not in documents:
            documents[via] = _document(row[12:20])
        document = documents[key]
        assert document is not None  # noqa: S101 - the statement joins it
        return ComparedCitation(document, row[1], row[2], row[3], documents[via])


def _document(row: Sequence[Any]) -> ComparedDocument:
    _, public_id, title, publisher, url, archived_url, day, precision = row
    named = None if publisher is None else ComparedPublisher(publisher)
    return ComparedDocument(public_id, title, named, url, archived_url, _partial(day, precision))


@lru_cache(maxsize=4096)
def _figure(told: tuple[Any, ...]) -> Figure:
    """Return a figure from its columns; the same ones recur among the claims of many events."""
    qualifier, low, best, high, wording, disordered = told
    return Figure(_QUALIFIERS[qualifier], low, best, high, wording, bool(disordered))


@lru_cache(maxsize=4096)
def _partial(day: date | None, precision: str) -> PartialDate | None:
    return None if day is None else PartialDate(day, _PRECISIONS[precision])


def _keys_listed(keys: str | int | None) -> frozenset[int]:
    return frozenset(map(int, str(keys).split(","))) if keys else frozenset()
