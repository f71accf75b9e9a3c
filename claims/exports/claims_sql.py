"""The cells of the claims table as SQL, for one chunk of claims named by their keys.

``claims.exports.claims`` says what each cell is; this says the same to the database, which is many
times quicker. A test holds the two equal, byte for byte, on both databases. Whatever is asked,
only what is public comes out: the states are asked for again here.

An event has many claims and a quarter of their cells: its own are made once for each chunk.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.exports.claims import CLAIMS
from claims.exports.formats.csv import DANGEROUS, is_guarded
from claims.exports.tables import Column

_KEY = "COALESCE(NULLIF({0}.key, ''), {0}.public_id)"
_FLAG = "CASE WHEN {0} THEN 'true' ELSE 'false' END"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the databases say differently; each is a text with ``{0}`` for a column.

    ``keys`` is the source of ``k``: the ids of the chunk with their places. ``is_found`` says that
    an event has claims among them.
    """

    keys: str
    is_found: str
    day: str
    degrees: str
    listed: str
    parties: str


POSTGRESQL = Dialect(
    keys="unnest(%s::bigint[]) WITH ORDINALITY AS k(id, place)",
    # An array, since its events are then looked up by their keys whatever the planner expects.
    is_found="e.id = ANY(ARRAY(SELECT DISTINCT event_id FROM found))",
    day="{0}::text",
    degrees="{0}",
    listed="CASE WHEN {0} <> '[]' THEN array_to_string(ARRAY(SELECT one FROM "
    "jsonb_array_elements_text({0}) WITH ORDINALITY AS list(one, place) ORDER BY place), ' | ') "
    "END",
    parties="NULLIF(array_to_string(ARRAY(SELECT p.name FROM claims_event_parties ep "
    "JOIN claims_party p ON p.id = ep.party_id WHERE ep.event_id = {0}.id ORDER BY p.name), "
    "' | '), '')",
)
SQLITE = Dialect(
    keys="(SELECT value AS id, key AS place FROM json_each(%s)) AS k",
    is_found="e.id IN (SELECT event_id FROM found)",
    day="{0}",
    degrees="CASE WHEN {0} IS NOT NULL THEN printf('%%.5f', {0}) END",
    listed="(SELECT group_concat(value, ' | ') FROM json_each({0}))",
    parties="(SELECT group_concat(name, ' | ') FROM (SELECT p.name FROM "
    "claims_event_parties ep JOIN claims_party p ON p.id = ep.party_id "
    "WHERE ep.event_id = {0}.id ORDER BY p.name))",
)

_OF_THE_EVENT = {
    "event_key": _KEY.format("e"),
    "event": "e.title",
    "event_kind": "e.kind",
    "place": "e.place",
    "place_precision": "e.place_precision",
    "parent": _KEY.format("pe"),
}
_OF_THE_CLAIM = {
    "claim_key": _KEY.format("c"),
    "claimant": "s.name",
    "claimant_kind": "s.kind",
    "speaks_for": "sp.name",
    "is_compilation": _FLAG.format("s.is_compilation"),
    "victims_party": "vp.name",
    "low": "c.low",
    "best": "c.best",
    "high": "c.high",
    "disordered": _FLAG.format("c.disordered"),
    "revises": _KEY.format("rc"),
    "document": "d.title",
    "publisher": "pb.name",
    "author": "d.author",
    "url": "d.url",
    "archived_url": "d.archived_url",
    "language": "d.language",
    "quote": "ci.quote",
    "locator": "ci.locator",
    "via": "COALESCE(NULLIF(via.title, ''), via.url)",
}
_PARTIAL_DATES = {
    "event_start": "e.date_start",
    "event_end": "e.date_end",
    "claimed_on": "c.claimed_on",
    "published_on": "d.published_on",
}
_LISTS = {
    "event_aliases": "e.aliases",
    "event_identifiers": "e.identifiers",
    "country": "e.countries",
}
_DEGREES = {"latitude": "e.latitude", "longitude": "e.longitude"}
_DAYS = {"as_of", "period_start", "period_end"}
_MADE_ONCE_FOR_AN_EVENT = (
    *_OF_THE_EVENT, *_LISTS, *_DEGREES, "event_start", "event_end", "parties",
)  # fmt: skip

# Other words than the claim's own stand in a row only where it is not the claim's first.
_DRIFTS = "({0}.wording <> '' AND {0}.wording <> c.wording)"
_WORDING = """CASE WHEN {drifts} AND EXISTS (
    SELECT 1 FROM claims_citation oc
    JOIN claims_document od ON od.id = oc.document_id AND od.state = 'published'
    WHERE oc.claim_id = c.id AND oc.state = 'published'
    AND ({other_drifts}, COALESCE(od.published_on, 'infinity'), oc.id)
        < (true, COALESCE(d.published_on, 'infinity'), ci.id)
) THEN ci.wording ELSE c.wording END"""

_QUERY = """
WITH found AS MATERIALIZED (
    SELECT k.place AS nth, c.*
    FROM {keys} JOIN claims_claim c ON c.id = k.id AND c.state = 'published'
), about AS MATERIALIZED (
    SELECT e.id, {of_the_event}
    FROM claims_event e
    LEFT JOIN claims_event pe ON pe.id = e.parent_id AND pe.state = 'published'
    WHERE e.state = 'published' AND {is_found}
)
SELECT {cells}
FROM found c
JOIN about e ON e.id = c.event_id
JOIN claims_source s ON s.id = c.claimant_id
LEFT JOIN claims_party sp ON sp.id = s.speaks_for_id
LEFT JOIN claims_party vp ON vp.id = c.victims_party_id
LEFT JOIN claims_claim rc ON rc.id = c.revises_id AND rc.state = 'published'
LEFT JOIN (
    claims_citation ci JOIN claims_document d ON d.id = ci.document_id AND d.state = 'published'
) ON ci.claim_id = c.id AND ci.state = 'published'
LEFT JOIN claims_source pb ON pb.id = d.publisher_id AND pb.state = 'published'
LEFT JOIN claims_document via ON via.id = ci.via_id AND via.state = 'published'
ORDER BY c.nth, {drifts}, d.published_on NULLS LAST, ci.id
"""
_GUARDED = "SELECT {cells} FROM ({plain}) AS made({names})"


def cells_sql(dialect: Dialect) -> str:
    """Return the query of all cells of a chunk; it takes the ids in order as its parameter."""
    once = {name: _cell(dialect, name) for name in _MADE_ONCE_FOR_AN_EVENT}
    return _QUERY.format(
        keys=dialect.keys,
        is_found=dialect.is_found,
        of_the_event=", ".join(f"{cell} AS {name}" for name, cell in once.items()),
        cells=", ".join(
            f"e.{name}" if name in once else _cell(dialect, name) for name in CLAIMS.header
        ),
        drifts=_DRIFTS.format("ci"),
    )


def guarded_sql() -> str:
    """Return the same query for PostgreSQL with the cells of a CSV for spreadsheets."""
    cells, names = ", ".join(map(_guarded, CLAIMS.columns)), ", ".join(CLAIMS.header)
    return _GUARDED.format(cells=cells, plain=cells_sql(POSTGRESQL), names=names)


def _guarded(column: Column) -> str:
    if not is_guarded(column):
        return column.name
    signs = ", ".join(str(ord(sign)) for sign in DANGEROUS)
    name, guarded = column.name, f"chr(39) || {column.name}"  # an apostrophe
    return f"CASE WHEN ascii({name}) IN ({signs}) THEN {guarded} ELSE {name} END"


def _cell(dialect: Dialect, name: str) -> str:
    if name in {"low", "best", "high"}:
        return _OF_THE_CLAIM[name]
    if name in _PARTIAL_DATES:
        return _partial(dialect, _PARTIAL_DATES[name])
    if name in _LISTS:
        return dialect.listed.format(_LISTS[name])
    if name in _DEGREES:
        return dialect.degrees.format(_DEGREES[name])
    if name == "parties":
        return dialect.parties.format("e")
    if name in _DAYS:
        return dialect.day.format(f"c.{name}")
    if name == "wording":
        words = _WORDING.format(drifts=_DRIFTS.format("ci"), other_drifts=_DRIFTS.format("oc"))
        return f"NULLIF({words}, '')"
    return f"NULLIF({_OF_THE_EVENT.get(name) or _OF_THE_CLAIM.get(name, f'c.{name}')}, '')"


def _partial(dialect: Dialect, column: str) -> str:
    """Return a date no more precise than it is known, as ``PartialDate.isoformat`` does."""
    day = dialect.day.format(column)
    return (
        f"CASE {column}_precision WHEN 'year' THEN substr({day}, 1, 4) "
        f"WHEN 'month' THEN substr({day}, 1, 7) WHEN 'approximate' THEN {day} || '~' ELSE {day} END"
    )
