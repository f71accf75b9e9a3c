"""The cells of all lists but claims as SQL, for one chunk named by keys.

``claims.exports.lists`` says what each cell is; this says the same to the database, and a test
holds the two equal, byte for byte, on both databases. Only what is public comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.exports.dialects import (
    NOTHING,
    Cell,
    Dialect,
    Query,
    address,
    date_in_words,
    day,
    degrees,
    flag,
    listed,
    moment,
    partial_date,
    parties,
    plain,
    ratio,
    text,
)


def _texts(record: str, *names: str) -> dict[str, Cell]:
    return {name: text(f"{record}.{name}") for name in names}


def _numbers(comparison: str, party: str, prefix: str = "") -> dict[str, Cell]:
    """Return the cells of a comparison's question and numbers."""
    counted = (
        "claim_count", "claimant_count", "citation_count", "lowest", "highest",
    )  # fmt: skip
    gap = f"CASE WHEN {comparison}.gap_high <> 0 THEN {comparison}.{{0}} END"
    cells = {
        **_texts(comparison, "measure", "victims", "verdict"),
        "victims_party": text(f"{party}.name"),
        **{name: plain(f"{comparison}.{name}") for name in counted},
        "spread_ratio": ratio(f"{comparison}.spread_ratio"),
        **{n: plain(gap.format(n)) for n in ("gap_low", "gap_high", "gap_absolute")},
        "gap_ratio": ratio(gap.format("gap_ratio")),
        "latest_claimed_on": day(f"{comparison}.latest_claimed_on"),
    }
    return {f"{prefix}{name}": cell for name, cell in cells.items()}


_EVENTS: dict[str, Cell] = {
    "id": plain("e.public_id"),
    "url": address("event", "e", named="e.title"),
    **_texts("e", "title", "kind", "place", "place_precision"),
    **{name: listed(f"e.{name}") for name in ("aliases", "identifiers", "countries")},
    **{name: partial_date(f"e.{name}") for name in ("date_start", "date_end")},
    **{name: degrees(f"e.{name}") for name in ("latitude", "longitude")},
    "parties": parties("e"),
    "parent": plain("pe.public_id"),
    "claim_count": plain("COALESCE(g.claim_count, 0)"),
    **_numbers("h", "hp", prefix="headline_"),
    "checked_on": day("e.checked_on"),
}
_FROM_EVENTS = """
JOIN claims_event e ON e.id = k.id AND e.state = 'published'
LEFT JOIN claims_event pe ON pe.id = e.parent_id AND pe.state = 'published'
LEFT JOIN claims_eventdigest g ON g.event_id = e.id
LEFT JOIN claims_comparison h ON h.id = g.headline_id
LEFT JOIN claims_party hp ON hp.id = h.victims_party_id
"""

_COMPARISONS: dict[str, Cell] = {
    "id": plain("c.public_id"),
    "event_id": plain("e.public_id"),
    "event_title": text("e.title"),
    "event_url": address("event", "e", named="e.title"),
    **_numbers("c", "vp"),
}
_FROM_COMPARISONS = """
JOIN claims_comparison c ON c.id = k.id
JOIN claims_event e ON e.id = c.event_id AND e.state = 'published'
LEFT JOIN claims_party vp ON vp.id = c.victims_party_id
"""

_SOURCES: dict[str, Cell] = {
    "id": plain("s.public_id"),
    "page": address("source", "s", named="s.name"),
    "aliases": listed("s.aliases"),
    "speaks_for": text("sp.name"),
    "is_compilation": flag("s.is_compilation"),
    **_texts("s", "name", "kind", "url"),
}
_FROM_SOURCES = """
JOIN claims_source s ON s.id = k.id AND s.state = 'published'
LEFT JOIN claims_party sp ON sp.id = s.speaks_for_id
"""


def name_of_document(dialect: Dialect) -> str:
    """Return what ``Document.name`` does: the title, or publisher and date."""
    published = date_in_words("d.published_on")(dialect)
    return f"""COALESCE(NULLIF(d.title, ''), COALESCE(pb.name, 'Untitled document')
        || COALESCE(', ' || {published}, ''))"""


_DOCUMENTS: dict[str, Cell] = {
    "id": plain("d.public_id"),
    "title": name_of_document,
    "page": address("document", "d"),
    "publisher_id": plain("CASE WHEN pb.state = 'published' THEN pb.public_id END"),
    "publisher": plain("CASE WHEN pb.state = 'published' THEN pb.name END"),
    "published_on": partial_date("d.published_on"),
    **_texts("d", "author", "url", "archived_url", "language"),
}
_FROM_DOCUMENTS = """
JOIN claims_document d ON d.id = k.id AND d.state = 'published'
LEFT JOIN claims_source pb ON pb.id = d.publisher_id
"""

# What ``public_changes`` and ``public_reason`` say.
_MAY_TELL = """c.kind IN ('withdrawn', 'merged') OR CASE c.record_kind
    WHEN 'event' THEN e.state = 'published'
    WHEN 'claim' THEN cl.state = 'published' AND e.state = 'published'
    WHEN 'citation' THEN cl.state = 'published' AND e.state = 'published' AND EXISTS (
        SELECT 1 FROM claims_citation ci JOIN claims_document d ON d.id = ci.document_id
        WHERE ci.claim_id = c.claim_id AND ci.state = 'published' AND d.public_id = c.target_id)
    WHEN 'source' THEN EXISTS (
        SELECT 1 FROM claims_source s WHERE s.public_id = c.record_id AND s.state = 'published')
    WHEN 'document' THEN EXISTS (
        SELECT 1 FROM claims_document d WHERE d.public_id = c.record_id AND d.state = 'published')
END"""
_CHANGES: dict[str, Cell] = {
    "at": moment("c.at"),
    "event_id": plain("CASE WHEN e.state <> 'draft' THEN e.public_id END"),
    "reason": text(f"CASE WHEN {_MAY_TELL} THEN c.reason END"),
    **_texts("c", "kind", "record_kind", "record_id", "target_id"),
}
_FROM_CHANGES = """
JOIN claims_change c ON c.id = k.id AND c.kind <> 'refreshed'
LEFT JOIN claims_event e ON e.id = c.event_id
LEFT JOIN claims_claim cl ON cl.id = c.claim_id
"""

_QUERY = "SELECT {cells} FROM {keys} {joined} ORDER BY k.place"


def _query(cells: Mapping[str, Cell], joined: str) -> Query:
    def query(dialect: Dialect, header: Sequence[str], more: Mapping[str, Cell] = NOTHING) -> str:
        known = {**cells, **more}
        shown = ", ".join(known[name](dialect) for name in header)
        return _QUERY.format(cells=shown, keys=dialect.keys, joined=joined)

    return query


events_sql = _query(_EVENTS, _FROM_EVENTS)
comparisons_sql = _query(_COMPARISONS, _FROM_COMPARISONS)
sources_sql = _query(_SOURCES, _FROM_SOURCES)
documents_sql = _query(_DOCUMENTS, _FROM_DOCUMENTS)
changes_sql = _query(_CHANGES, _FROM_CHANGES)
