"""Other writers made to wait, before an import compares or changes anything.

On PostgreSQL an import locks every event that shows what it changes, in one statement and in the
order of their ids, as editors lock them: who locks them in any other order, or one of them later,
can wait for an editor who waits for the import.
"""

from __future__ import annotations

from contextlib import suppress

from claims.ingest.landing import fates
from claims.ingest.landing.arriving import Arrival, documents_found
from claims.ingest.landing.naming import Ambiguous, KnownSources
from claims.ingest.landing.releases import of_dataset
from claims.ingest.landing.staging import Staging
from claims.models import Event

CARRIED = "JOIN claims_claim c ON c.id = k.claim_id"
SHOWN = {
    "claim": ("claims_claim c ON c.id = r.id",),
    "citation": (f"claims_citation k ON k.id = r.id {CARRIED}",),
    "document": (
        f"claims_citation k ON k.document_id = r.id {CARRIED}",
        f"claims_citation k ON k.via_id = r.id {CARRIED}",
    ),
    "source": (
        "claims_claim c ON c.claimant_id = r.id",
        *(
            "claims_document d ON d.publisher_id = r.id "
            f"JOIN claims_citation k ON k.{column} = d.id {CARRIED}"
            for column in ("document_id", "via_id")
        ),
    ),
}
"""By which way the events ``c.event_id`` show a record ``r`` of a kind."""

NAMED = (
    "SELECT coalesce(e.merged_into_id, e.id) FROM landing_event l "
    "JOIN claims_event e ON e.key = l.key UNION "
    "SELECT e.id FROM landing_event l JOIN claims_event e ON e.key = l.parent_key "
    "WHERE e.state <> 'published'"
)
DRAFTS_ABOVE = (
    "SELECT p.id FROM named n JOIN claims_event e ON e.id = n.id "
    "JOIN claims_event p ON p.id = e.parent_id WHERE p.state <> 'published'"
)
"""What becomes public with the events of a file."""


def showing(kind: str, records: str) -> str:
    """Return the question which events show records of a kind; ``records`` asks for their ids."""
    return " UNION ".join(
        f"SELECT c.event_id FROM ({records}) r(id) JOIN {shown}" for shown in SHOWN[kind]
    )


def lock(staging: Staging, *events: str, given: str = "") -> None:
    """Lock the events that any of the questions answers; ``given`` has what they ask of."""
    staging.run(
        f"{given} SELECT r.id FROM claims_event r WHERE r.id IN ({' UNION '.join(events)}) "
        "ORDER BY r.id FOR NO KEY UPDATE"
    )


def hold_events(arrival: Arrival) -> None:
    """Lock the events that a file tells of, and those that show what it tells otherwise.

    They may be more than the import turns out to change, never fewer.
    """
    staging, purpose = arrival.staging, arrival.purpose
    if not (staging.is_postgres and purpose.writes) or not Event.objects.exists():
        return
    _find_sources(arrival)
    of_claims = ["key IN (SELECT key FROM landing_claim)"]
    if purpose.revises:
        of_claims.append(of_dataset(staging, purpose))
    lock(
        staging,
        "SELECT id FROM named",
        *(f"SELECT event_id FROM claims_claim WHERE {which}" for which in of_claims),
        showing("source", "SELECT id FROM held_source WHERE differs"),
        showing("document", "SELECT id FROM told_document"),
        given=f"WITH RECURSIVE named(id) AS ({NAMED} UNION {DRAFTS_ABOVE}), "
        f"told_document(id) AS ({_differing_documents(staging)})",
    )


def _find_sources(arrival: Arrival) -> None:
    """Make a table of the sources that are here, by every name they go by in the file."""
    staging, names, known = arrival.staging, arrival.names, KnownSources()
    party_ids = dict(arrival.parties.pairs(names))
    found = {}
    for key, told in names.sources.items():
        with suppress(Ambiguous):
            if source := known.find(told.name):
                found[key] = (source.pk, fates.source_differs(source, told, party_ids))
    staging.create("held_source", {"name": "text", "id": "number", "differs": "truth"})
    for name, key in names.folded_of.items():
        if key in found:
            staging.add("held_source", (name, *found[key]))
    staging.flush()
    staging.learn("held_source")


def _differing_documents(staging: Staging) -> str:
    """Return the question which documents here a file may tell otherwise."""
    other = (
        "(l.publisher_name IS NOT NULL AND (s.id IS NULL OR r.publisher_id IS DISTINCT FROM s.id))"
    )
    differs = f"(r.merged_into_id IS NOT NULL OR {fates.documents_differ(staging, other)})"
    return " UNION ".join(
        f"SELECT coalesce(r.merged_into_id, r.id) FROM {found} AND {differs}"
        for found in documents_found(staging, "held_source")
    )
