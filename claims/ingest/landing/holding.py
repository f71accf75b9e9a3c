"""The events that an import holds while it works, so that other writers to them wait.

All in one statement and in the order of their ids, as editors lock them, before anything that
they show is locked or compared: whoever takes some first and others later can wait for somebody
who waits for the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.ingest.landing import fates, releases
from claims.ingest.landing.arriving import Arrival
from claims.ingest.landing.staging import Staging

CARRIED = "JOIN claims_claim c ON c.id = k.claim_id"
SHOWN_IN = {
    "event": ("SELECT r.id FROM claims_event r WHERE r.id IN ({ids})",),
    "claim": ("SELECT c.event_id FROM claims_claim c WHERE c.id IN ({ids})",),
    "citation": (f"SELECT c.event_id FROM claims_citation k {CARRIED} WHERE k.id IN ({{ids}})",),
    "document": (
        f"SELECT c.event_id FROM claims_citation k {CARRIED} WHERE k.document_id IN ({{ids}})",
        f"SELECT c.event_id FROM claims_citation k {CARRIED} WHERE k.via_id IN ({{ids}})",
    ),
    "source": (
        "SELECT c.event_id FROM claims_claim c WHERE c.claimant_id IN ({ids})",
        *(
            f"SELECT c.event_id FROM claims_document d JOIN claims_citation k ON k.{name} = d.id "
            f"{CARRIED} WHERE d.publisher_id IN ({{ids}})"
            for name in ("document_id", "via_id")
        ),
    ),
}
"""For each kind of record the events that show it; ``ids`` gives ids, by a question or a list."""

OF_FILE = (
    "SELECT coalesce(r.merged_into_id, r.id) FROM claims_event r JOIN landing_event USING (key)",
    "SELECT r.event_id FROM claims_claim r JOIN landing_claim USING (key)",
)
"""The events that a file tells of, and those that its claims were about so far."""
DRAFT_DOCUMENTS = "SELECT id FROM arrived_document WHERE state = 'draft'"
DRAFTS_ABOVE = (
    "SELECT id FROM (WITH RECURSIVE above(id) AS (SELECT r.id FROM claims_event r "
    "JOIN landing_event l ON l.parent_key = r.key WHERE r.state <> 'published' UNION "
    "SELECT p.id FROM above a JOIN claims_event e ON e.id = a.id JOIN claims_event p "
    "ON p.id = e.parent_id WHERE p.state <> 'published') SELECT id FROM above) a"
)
"""The drafts here that become public with what rests on them."""


def hold_what_changes(arrival: Arrival) -> None:
    """Hold the events of a file, and those that show what it changes besides.

    Its sources and documents have to have arrived, its events and claims not yet.
    """
    staging, purpose = arrival.staging, arrival.purpose
    if not (staging.is_postgres and purpose.writes):
        return
    questions = [*OF_FILE, *events_showing("document", fates.changing_documents(arrival))]
    if sources := ", ".join(str(found.record.pk) for found in fates.sources(arrival)):
        questions += events_showing("source", sources)
    if purpose.publishes:
        questions += [*events_showing("document", DRAFT_DOCUMENTS), DRAFTS_ABOVE]
    if purpose.revises:
        questions.append(releases.events_of_dataset(staging, purpose))
    hold_events(staging, questions)


def events_showing(kind: str, ids: str) -> list[str]:
    """Return the questions for the events that show the records of a kind with these ids."""
    return [question.format(ids=ids) for question in SHOWN_IN[kind]]


def hold_events(staging: Staging, questions: Iterable[str]) -> None:
    """Have other writers to the events that the questions give wait until the transaction ends."""
    if staging.is_postgres:
        staging.run(
            f"SELECT r.id FROM claims_event r WHERE r.id IN ({' UNION '.join(questions)}) "
            "ORDER BY r.id FOR NO KEY UPDATE"
        )
