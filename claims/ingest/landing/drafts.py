"""Drafts of earlier imports made public as sets, with all that they rest on.

Only the plain ones: never public, revising nothing, changed by nothing else of the import, resting
on nothing withdrawn. Public claims that the import corrected, which left the public by that, return
with them. The others go one by one through the services, which say what stands in the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from claims.ingest.landing import moving
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.landing.columns_sql import literal
from claims.ingest.landing.fates import Difference
from claims.models import Claim
from claims.models.change import REFRESHED
from claims.services import changes, permissions
from claims.services.records import Edit

KINDS = ("event", "source", "document", "citation", "claim")
LOGGED = {"event": "r.id", "source": "CAST(NULL AS bigint)", "document": "CAST(NULL AS bigint)"}
NEEDED = {
    "event": "SELECT above_id FROM draft_above",
    "source": "SELECT claimant_id FROM draft_claim UNION SELECT publisher_id FROM draft_document",
    "document": "SELECT document_id FROM draft_document",
    "citation": "SELECT id FROM draft_citation",
    "claim": "SELECT id FROM draft_claim",
}
"""Which records have to be public with the drafts."""


Left = Mapping[int, tuple[Claim, Mapping[str, Any]]]


def publish_drafts(
    arrival: Arrival,
    edit: Edit,
    waiting: list[tuple[Claim, int]],
    differing: list[Difference],
    left: Left,
) -> set[int]:
    """Publish the plain ones of the claims that wait; return their ids.

    ``left`` has the claims that the import took from the public, with their columns before.
    """
    arrival.staging.create("draft_waiting", {"id": "number", "returns": "truth"})
    if not edit.by.is_active or permissions.has(edit.by, permissions.PUBLISHING):
        others = {d.record.pk for d in differing if d.kind == "claim"} | edit.held(Claim)
        for claim, _ in waiting:
            if claim.pk in left or (claim.pk not in others and _is_plain(claim)):
                arrival.staging.add("draft_waiting", (claim.pk, claim.pk in left))
    arrival.staging.flush()
    _find(arrival, edit)
    public: Counter[str] = Counter()
    for kind in KINDS:
        public[kind] = _publish(arrival, kind)
    found = {key for (key,) in arrival.staging.all("SELECT id FROM draft_claim")}
    returned = [left[key] for key in sorted(found & left.keys())]
    named: changes.Named = {}
    for held, before in returned:
        _note_returned(edit, held, before, arrival.purpose.review or {}, named)
    del public["citation"]
    public["claim"] -= len(returned)  # the edit has counted them
    edit.also_count(public)
    edit.also_log(lambda: _write_log(arrival))
    return found


def _is_plain(claim: Claim) -> bool:
    return claim.published_at is None and claim.revises_id is None


def _note_returned(
    edit: Edit,
    held: Claim,
    before: Mapping[str, Any],
    review: dict[str, Any],
    named: changes.Named,
) -> None:
    """Note that a corrected claim is public again, and tell what was corrected."""
    held.state = "published"
    for name, value in review.items():
        if name != "published_at":  # its own: it was public before
            setattr(held, name, value)
    public = changes.public_changes(before, changes.values_of(held), Claim, named)
    edit.note_written(held)
    if public:
        edit.log("corrected", held, fields=public)


def _find(arrival: Arrival, edit: Edit) -> None:
    """Make tables of the claims and of what they rest on; leave out those that are not plain."""
    staging = arrival.staging
    _find_stuck(arrival, edit)
    staging.make(
        "draft_claim",
        "SELECT r.id, r.event_id, r.claimant_id, w.returns FROM claims_claim r "
        "JOIN draft_waiting w ON w.id = r.id",
    )
    staging.make(
        "draft_citation",
        "SELECT r.id, r.claim_id, r.document_id, r.via_id FROM claims_citation r "
        "JOIN draft_claim c ON c.id = r.claim_id WHERE r.state <> 'withdrawn'",
    )
    staging.make(
        "draft_document",
        "SELECT c.claim_id, c.id AS citation_id, d.id AS document_id, d.publisher_id "
        "FROM (SELECT claim_id, id, document_id FROM draft_citation UNION "
        "SELECT claim_id, id, via_id FROM draft_citation WHERE via_id IS NOT NULL) c "
        "JOIN claims_document d ON d.id = c.document_id",
    )
    staging.make(
        "draft_above",
        "WITH RECURSIVE above(event_id, above_id) AS (SELECT event_id, event_id FROM draft_claim "
        "UNION SELECT a.event_id, e.parent_id FROM above a JOIN claims_event e "
        "ON e.id = a.above_id WHERE e.parent_id IS NOT NULL) SELECT * FROM above",
    )
    _leave_out(arrival)


def _find_stuck(arrival: Arrival, edit: Edit) -> None:
    """Note what cannot be published as a set: withdrawn, or in the hands of the edit."""
    staging = arrival.staging
    for kind in KINDS:
        model = MODELS[kind]
        staging.create(f"held_{kind}", {"id": "number"})
        for key in sorted(edit.held(model)):
            staging.add(f"held_{kind}", (key,))
        staging.flush()
        staging.make(
            f"stuck_{kind}",
            f"SELECT r.id FROM {model._meta.db_table} r WHERE r.state = 'withdrawn' OR "
            f"(r.state <> 'published' AND r.id IN (SELECT id FROM held_{kind}))",
        )


def _leave_out(arrival: Arrival) -> None:
    staging = arrival.staging
    staging.make(
        "draft_left_out",
        "SELECT id FROM draft_claim WHERE id NOT IN (SELECT claim_id FROM draft_citation) "
        "OR claimant_id IN (SELECT id FROM stuck_source) OR event_id IN "
        "(SELECT event_id FROM draft_above WHERE above_id IN (SELECT id FROM stuck_event)) "
        "UNION SELECT revises_id FROM claims_claim WHERE state = 'published' "
        "AND revises_id IN (SELECT id FROM draft_claim WHERE NOT returns) "
        "UNION SELECT claim_id FROM draft_document WHERE "
        "document_id IN (SELECT id FROM stuck_document) "
        "OR publisher_id IN (SELECT id FROM stuck_source) "
        "OR citation_id IN (SELECT id FROM stuck_citation)",
    )
    for table, column in (("claim", "id"), ("citation", "claim_id"), ("document", "claim_id")):
        staging.run(f"DELETE FROM draft_{table} WHERE {column} IN (SELECT id FROM draft_left_out)")
    staging.run("DELETE FROM draft_above WHERE event_id NOT IN (SELECT event_id FROM draft_claim)")


def _publish(arrival: Arrival, kind: str) -> int:
    """Publish the records of a kind that are not; return how many there were."""
    staging, purpose = arrival.staging, arrival.purpose
    staging.make(
        f"rising_{kind}",
        f"SELECT r.id, r.version, r.import_batch_id FROM {MODELS[kind]._meta.db_table} r "
        f"WHERE r.state <> 'published' AND r.id IN ({NEEDED[kind]})",
    )
    if not staging.is_postgres:
        staging.index(f"rising_{kind}", "id")
    staging.learn(f"rising_{kind}")
    staging.run(
        "INSERT INTO claims_importedit (batch_id, record_kind, record_id, version_before) "
        f"SELECT {purpose.batch_id}, '{kind}', r.id, r.version FROM rising_{kind} r "
        f"WHERE coalesce(r.import_batch_id, 0) <> {purpose.batch_id} AND NOT EXISTS "
        f"(SELECT 1 FROM claims_importedit i WHERE i.batch_id = {purpose.batch_id} "
        f"AND i.record_kind = '{kind}' AND i.record_id = r.id)"
    )
    columns: dict[str, Any] = {"state": "'published'"}
    if kind == "claim":
        columns |= {name: literal(value) for name, value in (purpose.review or {}).items()}
        if "published_at" in columns:  # that of the first time stays
            columns["published_at"] = f"coalesce(published_at, {columns['published_at']})"
    return moving.change_rows(staging, kind, purpose, f"SELECT id FROM rising_{kind}", columns)


def _write_log(arrival: Arrival) -> None:
    staging, purpose = arrival.staging, arrival.purpose
    for kind, event in LOGGED.items():
        moving.log(
            staging,
            "'added'",
            purpose,
            f"SELECT '{kind}' AS record_kind, r.public_id AS record_id, '' AS target_id, "
            f"{event} AS event_id, CAST(NULL AS bigint) AS claim_id "
            f"FROM {MODELS[kind]._meta.db_table} r JOIN rising_{kind} n ON n.id = r.id "
            "ORDER BY r.id",
        )
    moving.log(
        staging,
        f"'{REFRESHED}'",  # what is part of an event names it from now on
        purpose,
        "SELECT 'event' AS record_kind, r.public_id AS record_id, '' AS target_id, "
        "r.id AS event_id, CAST(NULL AS bigint) AS claim_id FROM claims_event r "
        "JOIN rising_event n ON n.id = r.parent_id WHERE r.state = 'published' "
        "AND r.id NOT IN (SELECT id FROM rising_event) ORDER BY r.id",
    )
    moving.log(
        staging,
        "'added'",
        purpose,
        "SELECT 'claim' AS record_kind, r.public_id AS record_id, '' AS target_id, "
        "r.event_id, r.id AS claim_id FROM claims_claim r JOIN rising_claim n ON n.id = r.id "
        "JOIN draft_claim d ON d.id = r.id WHERE NOT d.returns ORDER BY r.id",
        reason=purpose.reason,
    )


def touched_events(arrival: Arrival) -> list[int]:
    """Return the events whose comparisons the published drafts change."""
    return [
        key
        for (key,) in arrival.staging.all(
            "SELECT event_id FROM draft_claim WHERE NOT returns UNION "
            "SELECT above_id FROM draft_above UNION SELECT id FROM rising_event"
        )
    ]
