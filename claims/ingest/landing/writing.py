"""The new records written: rows, history, public log, and what is derived from them.

A new claim that is published at once is written once, as public: one version, one row of history.
Whatever it rests on is public with it.
"""

from __future__ import annotations

from collections import Counter

from claims.ingest.landing import moving
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.landing.columns_sql import column_names

KINDS = ("source", "document", "event", "claim", "citation")
LOGGED = ("event", "source", "document")
COUNTED = (*LOGGED, "claim")
RESTED_ON = (*LOGGED, "citation")
"""What is public where a public claim, new or older, needs it."""

PUBLIC = "state = 'published'"


def write_new(arrival: Arrival) -> Counter[str]:
    """Write every new record; return how many of each kind are public from now on.

    Their history, which nobody needs to go on, is left to ``write_beside`` (but see
    ``write_history_of_drafts``), and their words to ``claims.ingest.landing.wording``.
    """
    _make_public(arrival)
    for kind in KINDS:
        names = ", ".join(f'"{name}"' for name in column_names(MODELS[kind]))
        arrival.staging.run(
            f"INSERT INTO {MODELS[kind]._meta.db_table} ({names}) "
            f"SELECT {names} FROM new_{kind} ORDER BY id"
        )
    _write_parties(arrival)
    return Counter(
        {
            kind: arrival.staging.number(f"SELECT count(*) FROM new_{kind} WHERE {PUBLIC}")
            for kind in COUNTED
        }
    )


def write_history_of_drafts(arrival: Arrival) -> None:
    """Write the history of the new records that are no public ones, before some become public.

    What else an import changes can publish them, and that version comes after the first.
    """
    _write_history(arrival, f"NOT {PUBLIC}")


def write_beside(arrival: Arrival, *, but_drafts: bool) -> None:
    """Write the history of every new record, or of the public ones alone."""
    _write_history(arrival, PUBLIC if but_drafts else "TRUE")


def _write_history(arrival: Arrival, which: str) -> None:
    for kind in KINDS:
        rows = f"SELECT * FROM new_{kind} WHERE {which}"
        moving.write_history(arrival.staging, kind, arrival.purpose, "+", rows)
    moving.write_party_history(arrival.staging, f"SELECT id FROM new_event WHERE {which}")


def _make_public(arrival: Arrival) -> None:
    """Make tables of the ids, new or not, that have to be public when the import is written.

    The new rows, which are public or drafts as the import publishes or not, get the others' state.
    """
    staging, publishes = arrival.staging, arrival.purpose.publishes
    staging.make(
        "public_citation",
        "SELECT id, document_id, via_id FROM new_citation WHERE (claim_state = 'new' "
        f"AND {'TRUE' if publishes else 'FALSE'}) OR (claim_state = 'published' "
        "AND claim_id NOT IN (SELECT id FROM leaving_claim))",
    )
    staging.make(
        "public_document",
        "SELECT document_id AS id FROM public_citation UNION "
        "SELECT via_id FROM public_citation WHERE via_id IS NOT NULL",
    )
    staging.make(
        "public_source",
        f"SELECT claimant_id AS id FROM new_claim WHERE {PUBLIC} UNION "
        "SELECT n.publisher_id FROM new_document n JOIN public_document p ON p.id = n.id "
        "WHERE n.publisher_id IS NOT NULL",
    )
    staging.make(
        "public_event",
        f"WITH RECURSIVE above(id) AS (SELECT event_id FROM new_claim WHERE {PUBLIC} UNION "
        "SELECT tree.parent_id FROM above JOIN (SELECT id, parent_id FROM new_event UNION ALL "
        "SELECT id, parent_id FROM claims_event) tree ON tree.id = above.id "
        "WHERE tree.parent_id IS NOT NULL) SELECT id FROM above",
    )
    for kind in RESTED_ON:
        if not staging.is_postgres:
            staging.index(f"public_{kind}", "id")
        staging.learn(f"public_{kind}")
        state, among = ("draft", "NOT IN") if publishes else ("published", "IN")
        staging.run(
            f"UPDATE new_{kind} SET state = '{state}' "
            f"WHERE id {among} (SELECT id FROM public_{kind})"
        )


def not_public_yet(arrival: Arrival, kind: str) -> list[int]:
    """Return the ids of older records that the new public ones rest on and that are no public."""
    table = MODELS[kind]._meta.db_table
    return [
        key
        for (key,) in arrival.staging.all(
            f"SELECT r.id FROM {table} r JOIN public_{kind} p ON p.id = r.id "
            "WHERE r.state <> 'published' ORDER BY r.id"
        )
    ]


def _write_parties(arrival: Arrival) -> None:
    staging = arrival.staging
    staging.run(
        "INSERT INTO claims_event_parties (event_id, party_id) SELECT DISTINCT n.id, p.id "
        f"FROM new_event n CROSS JOIN {'LATERAL ' if staging.is_postgres else ''}"
        f"{staging.elements('n.parties')} JOIN arrived_party p ON p.name = listed.value "
        "WHERE n.parties IS NOT NULL ORDER BY n.id, p.id"
    )
    staging.run(
        "INSERT INTO claims_eventcountry (event_id, code) SELECT DISTINCT n.id, listed.value "
        f"FROM new_event n CROSS JOIN {'LATERAL ' if staging.is_postgres else ''}"
        f"{staging.elements('n.countries')} ORDER BY n.id, listed.value"
    )


def write_log(arrival: Arrival) -> None:
    """Log what is public from now on, claims after the ones they revise."""
    _log_named(arrival)
    _log_claims(arrival)
    _log_citations(arrival)
    moving.log_revised(
        arrival.staging,
        arrival.purpose,
        f"SELECT revises_id FROM new_claim WHERE {PUBLIC}",
        f"SELECT id FROM new_claim WHERE {PUBLIC}",
    )


def _log_named(arrival: Arrival) -> None:
    none = "CAST(NULL AS bigint)"
    for kind in LOGGED:
        event = "id" if kind == "event" else none
        moving.log(
            arrival.staging,
            "'added'",
            arrival.purpose,
            f"SELECT '{kind}' AS record_kind, public_id AS record_id, '' AS target_id, "
            f"{event} AS event_id, {none} AS claim_id FROM new_{kind} WHERE {PUBLIC} ORDER BY id",
        )


def _log_claims(arrival: Arrival) -> None:
    moving.log(
        arrival.staging,
        "CASE WHEN target_id = '' THEN 'added' ELSE 'revised' END",
        arrival.purpose,
        "SELECT 'claim' AS record_kind, n.public_id AS record_id, coalesce(o.public_id, '') "
        "AS target_id, n.event_id, n.id AS claim_id FROM new_claim n "
        "LEFT JOIN claims_claim o ON o.id = n.revises_id AND o.state = 'published' "
        "LEFT JOIN depth_claim d ON d.id = n.id WHERE n.state = 'published' "
        "ORDER BY coalesce(d.depth, 0), n.id",
        reason=arrival.purpose.reason,
    )


def _log_citations(arrival: Arrival) -> None:
    moving.log(
        arrival.staging,
        "'added'",
        arrival.purpose,
        "SELECT 'citation' AS record_kind, c.public_id AS record_id, d.public_id AS target_id, "
        "c.event_id, c.id AS claim_id FROM new_citation n JOIN claims_claim c ON c.id = n.claim_id "
        "JOIN claims_document d ON d.id = n.document_id "
        "WHERE n.claim_state <> 'new' AND n.state = 'published' ORDER BY n.id",
        reason=arrival.purpose.reason,
    )


NEW_EVENTS = f"SELECT id FROM new_event WHERE {PUBLIC}"
"""The new events that are public."""


def touched_events(arrival: Arrival) -> list[int]:
    """Return the older events whose comparisons the new records change, in the order of ids."""
    return [
        key
        for (key,) in arrival.staging.rows(
            f"SELECT event_id FROM (SELECT event_id FROM new_claim WHERE {PUBLIC} UNION "
            "SELECT c.event_id FROM new_citation n JOIN claims_claim c ON c.id = n.claim_id "
            "WHERE n.claim_state <> 'new' AND n.state = 'published') touched "
            "WHERE NOT EXISTS (SELECT 1 FROM new_event e WHERE e.id = event_id) ORDER BY event_id"
        )
    ]


def id_ranges(arrival: Arrival) -> dict[str, list[int]]:
    """Return the first and last id of each kind of new record."""
    found = {}
    for kind in KINDS:
        first, last = arrival.staging.all(f"SELECT min(id), max(id) FROM new_{kind}")[0]
        if first is not None:
            found[kind] = [first, last]
    return found
