"""The cells of the claims table as SQL, for one chunk of claims named by their keys.

``claims.exports.claims`` says what each cell is; this says the same to the database, which is many
times quicker. A test holds the two equal, byte for byte, on both databases. Whatever is asked,
only what is public comes out: the states are asked for again here.

An event has many claims and a quarter of their cells: its own are made once for each chunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.exports.dialects import (
    NOTHING,
    Cell,
    Dialect,
    day,
    degrees,
    flag,
    key,
    listed,
    partial_date,
    parties,
    plain,
    text,
)

_OF_THE_EVENT: dict[str, Cell] = {
    "event_key": key("e"),
    "event": text("e.title"),
    "event_aliases": listed("e.aliases"),
    "event_identifiers": listed("e.identifiers"),
    "event_kind": text("e.kind"),
    "event_start": partial_date("e.date_start"),
    "event_end": partial_date("e.date_end"),
    "country": listed("e.countries"),
    "place": text("e.place"),
    "latitude": degrees("e.latitude"),
    "longitude": degrees("e.longitude"),
    "place_precision": text("e.place_precision"),
    "parties": parties("e"),
    "parent": key("pe"),
}

# Other words than the claim's own stand in a row only where it is not the claim's first.
_DRIFTS = "({0}.wording <> '' AND {0}.wording <> c.wording)"
_WORDING = """CASE WHEN {drifts} AND EXISTS (
    SELECT 1 FROM claims_citation oc
    JOIN claims_document od ON od.id = oc.document_id AND od.state = 'published'
    WHERE oc.claim_id = c.id AND oc.state = 'published'
    AND ({other_drifts}, COALESCE(od.published_on, 'infinity'), oc.id)
        < (true, COALESCE(d.published_on, 'infinity'), ci.id)
) THEN ci.wording ELSE c.wording END"""


def _wording(dialect: Dialect) -> str:
    words = _WORDING.format(drifts=_DRIFTS.format("ci"), other_drifts=_DRIFTS.format("oc"))
    return text(words)(dialect)


_OF_THE_CLAIM: dict[str, Cell] = {
    "claim_key": key("c"),
    # Nothing below that is plain is ever empty where there is a record.
    "claimant": plain("s.name"),
    "claimant_kind": plain("s.kind"),
    "speaks_for": plain("sp.name"),
    "is_compilation": flag("s.is_compilation"),
    "victims_party": plain("vp.name"),
    **{name: plain(f"c.{name}") for name in ("measure", "victims", "qualifier", "count_basis")},
    "wording": _wording,
    **{name: plain(f"c.{name}") for name in ("low", "best", "high")},
    "disordered": flag("c.disordered"),
    "claimed_on": partial_date("c.claimed_on"),
    **{name: day(f"c.{name}") for name in ("as_of", "period_start", "period_end")},
    "revises": key("rc"),
    "document": text("d.title"),
    "publisher": plain("pb.name"),
    "publisher_kind": plain("pb.kind"),
    "published_on": partial_date("d.published_on"),
    **{name: text(f"d.{name}") for name in ("author", "url", "archived_url", "language")},
    "quote": text("ci.quote"),
    "locator": text("ci.locator"),
    "via": text("COALESCE(NULLIF(via.title, ''), via.url)"),
}

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


def claims_sql(dialect: Dialect, header: Sequence[str], more: Mapping[str, Cell] = NOTHING) -> str:
    """Return the query of these cells of a chunk; it takes the ids in order as its parameter.

    ``more`` are cells of columns that the table of claims does not have.
    """
    cells = {**{name: text(f"c.{name}") for name in header}, **_OF_THE_CLAIM, **more}
    once = {name: cell(dialect) for name, cell in _OF_THE_EVENT.items()}
    return _QUERY.format(
        keys=dialect.keys,
        is_found=dialect.among.format("e.id", "SELECT DISTINCT event_id FROM found"),
        of_the_event=", ".join(f"{cell} AS {name}" for name, cell in once.items()),
        cells=", ".join(f"e.{n}" if n in once else cells[n](dialect) for n in header),
        drifts=_DRIFTS.format("ci"),
    )
