"""Everything that an import changes, written within one transaction."""

from __future__ import annotations

from django.db import connection

from claims.domain import import_steps
from claims.ingest.landing import bare_tables, drafts, moving, wording, writing
from claims.ingest.landing.arriving import Arrival
from claims.ingest.landing.landing import Landing
from claims.ingest.landing.mending import Mending
from claims.models import Citation, Claim, Document, Event, Source
from claims.services import comparisons, facets, publishing
from claims.services.new_comparisons import NewComparisons
from claims.services.records import Edit

ENOUGH_TO_COUNT = 1_000
"""From how many rows on the database counts its own tables again on the way."""


def write(landing: Landing, edit: Edit, *, is_alone: bool = False) -> None:
    """Write what is new and what changes; who ``is_alone`` may keep others out of empty tables.

    What the services refuse is refused at its cell; then nothing may be committed. What is not
    needed to find that out is left to ``finish``.
    """
    arrival = _arrival(landing)
    writes = arrival.purpose.writes
    landing.progress.step(import_steps.NEW if writes else import_steps.TRY_NEW, None)
    if is_alone:
        landing.bare.take_away(landing.rows)
    edit.also_count(writing.write_new(arrival))
    edit.also_log(lambda: _write_log(landing))
    changes = len(landing.differences) + len(landing.waiting)
    if writes and changes:
        writing.write_history_of_drafts(arrival)
        landing.has_history_of_drafts = True
    landing.progress.step(
        import_steps.CHANGES if writes else import_steps.TRY_CHANGES, changes or None
    )
    mending = Mending(
        edit, landing.refusals, arrival.purpose.batch_id, told=landing.progress.advance
    )
    mending.mend_all(landing.differences, arrival)
    _publish_what_they_rest_on(arrival, edit, mending)
    if landing.waiting:
        found = drafts.publish_drafts(
            arrival, edit, landing.waiting, landing.differences, mending.left
        )
        waiting = [(claim, row) for claim, row in landing.waiting if claim.pk not in found]
        review = dict(arrival.purpose.review or {})
        review.pop("published_at", None)  # each claim's own: some were public before
        mending.publish_claims(waiting, review)


def _write_log(landing: Landing) -> None:
    """Write the log once: at the very end, or sooner where nobody else could be waiting for it."""
    if not landing.is_logged:
        landing.progress.step(import_steps.LOG, None)
        writing.write_log(_arrival(landing))
        landing.bare.make_again(bare_tables.LOG, helpers=0)
        landing.is_logged = True


def _publish_what_they_rest_on(arrival: Arrival, edit: Edit, mending: Mending) -> None:
    events = list(Event.objects.filter(pk__in=writing.not_public_yet(arrival, "event")))
    for event in events:  # all before the first: one that is part of another publishes that, too
        mending.hold(event)
    for event in events:
        publishing.publish_with_ancestors(edit, event)
    sources = Source.objects.filter(pk__in=writing.not_public_yet(arrival, "source"))
    documents = Document.objects.filter(pk__in=writing.not_public_yet(arrival, "document"))
    mending.publish_records([*sources, *documents])


def withdraw_gone(landing: Landing, edit: Edit, reason: str) -> None:
    """Withdraw the claims that the file no longer has, with the figures they had before."""
    arrival, staging = _arrival(landing), landing.staging
    public = staging.number("SELECT count(*) FROM gone_chain WHERE state = 'published'")
    edit.also_count({"claim": -public})
    edit.also_log(lambda: _log_gone(arrival, reason))
    batch = arrival.purpose.batch_id
    staging.run(
        "INSERT INTO claims_importedit (batch_id, record_kind, record_id, version_before) "
        f"SELECT {batch}, 'claim', r.id, r.version FROM gone_chain g "
        "JOIN claims_claim r ON r.id = g.id WHERE NOT EXISTS (SELECT 1 FROM claims_importedit i "
        f"WHERE i.batch_id = {batch} AND i.record_kind = 'claim' AND i.record_id = r.id)"
    )
    ids = "SELECT id FROM gone_chain"
    moving.change_rows(staging, "claim", arrival.purpose, ids, {"state": "'withdrawn'"})


def _log_gone(arrival: Arrival, reason: str) -> None:
    staging, purpose = arrival.staging, arrival.purpose
    moving.log(
        staging,
        "'withdrawn'",
        purpose,
        "SELECT 'claim' AS record_kind, r.public_id AS record_id, '' AS target_id, r.event_id, "
        "r.id AS claim_id FROM gone_chain g JOIN claims_claim r ON r.id = g.id "
        f"WHERE {moving.IS_TOLD_PUBLIC.format(was='g')} ORDER BY r.id",
        reason=reason,
    )
    gone = "SELECT r.id, r.revises_id FROM claims_claim r JOIN gone_chain g ON g.id = r.id"
    moving.log_revised(staging, purpose, gone, "SELECT id FROM gone_chain")


def finish(landing: Landing, edit: Edit, *, with_gone: bool) -> None:
    """Write what nobody needs to go on, and bring what is derived up to date.

    The comparisons of new events are computed while the database writes the rest.
    """
    arrival, bare = _arrival(landing), landing.bare
    if landing.rows >= ENOUGH_TO_COUNT:
        landing.staging.learn(
            *(model._meta.db_table for model in (Event, Claim, Citation, Document))
        )
    landing.progress.step(import_steps.HISTORY, None)
    wording.find_words(arrival)
    with NewComparisons(writing.NEW_EVENTS, wording.MARKED) as computing:
        writing.write_beside(arrival, but_drafts=landing.has_history_of_drafts)
        if bare.are_bare:
            bare.make_again(bare_tables.RECORDS, helpers=0)
            _write_log(landing)
        events = landing.staging.number(f"SELECT count(*) FROM ({writing.NEW_EVENTS}) q")
        landing.progress.step(import_steps.COMPARE, events)
        computing.store(landing.progress.advance)
    landing.progress.step(import_steps.WORDS, None)
    wording.write_words(arrival)
    facets.add_new(writing.NEW_EVENTS)
    bare.make_again(bare_tables.DERIVED)
    if connection.vendor == "postgresql":
        landing.progress.step(import_steps.CHECK, None)
        connection.check_constraints()  # of all the new rows, here where it can be told
    edit.settle_words()
    # Those of the edit's own events are left to its end.
    own = edit.events_to_compare()
    older = _older_events(landing, with_gone=with_gone) - own
    landing.progress.step(import_steps.COMPARE_AGAIN, len(older) + len(own))
    comparisons.refresh_events(older, told=landing.progress.advance)
    edit.told = landing.progress.advance


def _older_events(landing: Landing, *, with_gone: bool) -> set[int]:
    """Return the events that were here before and whose comparisons the import changes."""
    touched = set(writing.touched_events(_arrival(landing)))
    if landing.waiting:
        touched.update(drafts.touched_events(_arrival(landing)))
    if with_gone:
        gone = landing.staging.all(
            "SELECT DISTINCT r.event_id FROM gone_chain g JOIN claims_claim r ON r.id = g.id"
        )
        touched.update(key for (key,) in gone)
    return touched


def id_ranges(landing: Landing) -> dict[str, list[int]]:
    """Return the first and last id of each kind of new record."""
    return writing.id_ranges(_arrival(landing))


def _arrival(landing: Landing) -> Arrival:
    if landing.arrival is None:
        raise RuntimeError("The file has not been compared with what is here yet.")
    return landing.arrival
