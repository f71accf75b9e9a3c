"""An import taken back: what it added withdrawn, what it changed as it was before.

Addresses stay and say so; the keys become free, so that the file can come again.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.auth.models import User

from claims.domain import import_steps
from claims.ingest.landing import holding, moving
from claims.ingest.landing.arriving import MODELS, Purpose
from claims.ingest.landing.releases import GONE_BEFORE
from claims.ingest.landing.reverting import Reverting
from claims.ingest.landing.staging import Staging
from claims.ingest.progress import Progress
from claims.models import Citation, Claim, Document, ImportBatch
from claims.services import comparisons
from claims.services.records import editing
from claims.services.refusals import WrongState
from claims.services.revisions import QUESTION

RESTS = {
    "event": "SELECT r.public_id FROM claims_claim r JOIN mine_event m ON m.id = r.event_id "
    "WHERE r.state = 'published' AND r.id NOT IN (SELECT id FROM mine_claim) UNION "
    "SELECT r.public_id FROM claims_event r JOIN mine_event m ON m.id = r.parent_id "
    "WHERE r.state = 'published' AND r.id NOT IN (SELECT id FROM mine_event)",
    "source": "SELECT r.public_id FROM claims_claim r JOIN mine_source m ON m.id = r.claimant_id "
    "WHERE r.state = 'published' AND r.id NOT IN (SELECT id FROM mine_claim) UNION "
    "SELECT r.public_id FROM claims_document r JOIN mine_source m ON m.id = r.publisher_id "
    "WHERE r.state = 'published' AND r.id NOT IN (SELECT id FROM mine_document)",
    "document": "SELECT c.public_id FROM claims_citation r "
    "JOIN mine_document m ON m.id = r.document_id OR m.id = r.via_id "
    "JOIN claims_claim c ON c.id = r.claim_id WHERE r.state = 'published' "
    "AND c.state = 'published' AND r.id NOT IN (SELECT id FROM mine_citation) "
    "AND c.id NOT IN (SELECT id FROM mine_claim)",
    "claim": "SELECT r.public_id FROM claims_claim r JOIN mine_claim m ON m.id = r.revises_id "
    "WHERE r.state NOT IN ('withdrawn', 'rejected') AND r.id NOT IN (SELECT id FROM mine_claim)",
}
MADE_DRAFTS_AGAIN: tuple[tuple[str, Any, str, str], ...] = (
    ("event", Claim, "event", "public_id"),
    ("source", Claim, "claimant", "public_id"),
    ("source", Document, "publisher", "public_id"),
    ("document", Citation, "document", "claim__public_id"),
    ("document", Citation, "via", "claim__public_id"),
)
"""What can rest on a draft that the import published: by which column, and its public id."""

NO_EVENT = "CAST(NULL AS bigint) AS event_id, CAST(NULL AS bigint) AS claim_id"
LOGGED = {
    "claim": "r.event_id AS event_id, r.id AS claim_id",
    "event": "r.id AS event_id, CAST(NULL AS bigint) AS claim_id",
    "document": NO_EVENT,
    "source": NO_EVENT,
}


def undo(batch: ImportBatch, *, by: User, reason: str, progress: Progress) -> None:
    """Withdraw what a batch added and put back what it changed, within a transaction.

    Raises ``WrongState`` naming published records of others that rest on it.
    """
    staging = Staging()
    staging.make_room()
    with editing(by=by, reason=reason) as edit:
        edit.require_reason()
        purpose = Purpose(batch.pk, by.pk, edit.at, edit.reason, writes=True)
        _find_mine(staging, batch)
        _hold_events(staging, batch)
        progress.step(import_steps.PUT_BACK, batch.edits.count() or None)
        left_alone = Reverting(batch, edit, staging, purpose, progress.advance).put_back()
        # Only now: what the import pointed to its own records points elsewhere again.
        _check_nothing_rests_on_it(staging)
        _check_questions(staging, batch)
        progress.step(import_steps.WITHDRAW, None)
        touched = {
            key
            for (key,) in staging.all(
                "SELECT event_id FROM claims_claim WHERE id IN (SELECT id FROM mine_claim) UNION "
                "SELECT id FROM mine_event UNION SELECT c.event_id FROM claims_citation r "
                "JOIN mine_citation m ON m.id = r.id JOIN claims_claim c ON c.id = r.claim_id"
            )
        }
        edit.also_count({kind: -count for kind, count in _withdraw(staging, purpose).items()})
        _check_nothing_rests_on_drafts(batch)
        edit.also_log(lambda: _write_log(staging, purpose, progress))
        edit.settle_words()
        own = edit.events_to_compare()  # left to the edit's end
        progress.step(import_steps.COMPARE_AGAIN, len(touched | own))
        comparisons.refresh_events(touched - own, told=progress.advance)
        edit.told = progress.advance
    batch.problem = _said(left_alone)
    staging.drop()


def _find_mine(staging: Staging, batch: ImportBatch) -> None:
    for kind, model in MODELS.items():
        first, last = batch.id_ranges.get(kind, (0, -1))
        staging.make(
            f"mine_{kind}",
            f"SELECT id, state FROM {model._meta.db_table} WHERE id BETWEEN {first} AND {last} "
            f"AND import_batch_id = {batch.pk} AND state <> 'withdrawn'",
        )
        if not staging.is_postgres:
            staging.index(f"mine_{kind}", "id")
        staging.learn(f"mine_{kind}")
    first, last = batch.id_ranges.get("claim", (0, -1))
    staging.make(
        "mine_gone",
        f"SELECT id FROM claims_claim WHERE id BETWEEN {first} AND {last} "
        f"AND import_batch_id = {batch.pk} AND id IN ({GONE_BEFORE})",
    )


def _hold_events(staging: Staging, batch: ImportBatch) -> None:
    """Have other writers to the events wait before anything that they show is locked.

    In one statement and in the order of their ids, as editors lock them.
    """
    if not staging.is_postgres:
        return
    edits = f"SELECT record_id FROM claims_importedit WHERE batch_id = {batch.pk}"
    changed = {kind: f"{edits} AND record_kind = '{kind}'" for kind in MODELS}
    holding.lock(
        staging,
        "SELECT id FROM mine_event",
        changed.pop("event"),
        *(holding.showing(kind, f"SELECT id FROM mine_{kind}") for kind in ("claim", "citation")),
        holding.showing("claim", "SELECT id FROM mine_gone"),
        *(holding.showing(kind, records) for kind, records in changed.items()),
    )


def _check_nothing_rests_on_it(staging: Staging) -> None:
    for kind, question in RESTS.items():
        found = [public_id for (public_id,) in staging.all(f"{question} LIMIT 5")]
        if found:
            raise _rests_on(kind, found)


def _check_questions(staging: Staging, batch: ImportBatch) -> None:
    """Raise ``WrongState`` where a claim that stays would revise one of another question now."""
    differ = " OR ".join(staging.differ(f"r.{name}", f"e.{name}") for name in QUESTION)
    changed = (
        "(SELECT record_id FROM claims_importedit "
        f"WHERE record_kind = 'claim' AND batch_id = {batch.pk})"
    )
    found = staging.all(
        "SELECT r.public_id, e.public_id FROM claims_claim r "
        "JOIN claims_claim e ON e.id = r.revises_id "
        f"WHERE (r.id IN {changed} OR e.id IN {changed}) AND ({differ}) "
        "AND r.state NOT IN ('withdrawn', 'rejected') "
        "AND r.id NOT IN (SELECT id FROM mine_claim) ORDER BY r.id LIMIT 1"
    )
    for later, earlier in found:
        raise WrongState(
            f"Claim {later} revises {earlier}, and the import changed what both are about. One of "
            "them was changed or added since: have it again as the import left it, or withdraw "
            "it, and undo then."
        )


def _check_nothing_rests_on_drafts(batch: ImportBatch) -> None:
    """Raise ``WrongState`` where a public record rests on one that is a draft again."""
    for kind, model, path, public_id in MADE_DRAFTS_AGAIN:
        ids = batch.edits.filter(record_kind=kind).values("record_id")
        resting = model.objects.published().filter(**{f"{path}__in": ids})
        if model is Citation:
            resting = resting.filter(claim__state="published")
        resting = resting.exclude(**{f"{path}__state": "published"})
        if found := list(resting.order_by("pk").values_list(public_id, flat=True)[:5]):
            raise _rests_on(kind, found)


def _rests_on(kind: str, found: list[str]) -> WrongState:
    if kind == "claim":
        return WrongState(
            f"Later figures revise claims of this import: {', '.join(found)}. Undo the import "
            "that added them first, or withdraw or change them."
        )
    article = "an" if kind[0] in "aeiou" else "a"
    return WrongState(
        f"Published records rest on {article} {kind} of this import: {', '.join(found)}. Withdraw "
        "or change those first."
    )


def _withdraw(staging: Staging, purpose: Purpose) -> Counter[str]:
    """Withdraw what is left of what the batch added; return how much of it was public.

    What a later import withdrew as gone stays so when that one is undone, too: without its key it
    is no longer what that import left.
    """
    public: Counter[str] = Counter()
    moving.change_rows(staging, "claim", purpose, "SELECT id FROM mine_gone", {"key": "NULL"})
    for kind in ("citation", *LOGGED):
        columns: dict[str, Any] = {"state": "'withdrawn'"}
        if kind in ("claim", "event"):
            columns["key"] = "NULL"
        if kind in LOGGED:
            public[kind] = staging.number(
                f"SELECT count(*) FROM mine_{kind} WHERE state = 'published'"
            )
        moving.change_rows(staging, kind, purpose, f"SELECT id FROM mine_{kind}", columns)
    return public


def _write_log(staging: Staging, purpose: Purpose, progress: Progress) -> None:
    progress.step(import_steps.LOG, None)
    _log_citations(staging, purpose)
    for kind in LOGGED:
        _log(staging, kind, purpose)
    mine = "SELECT r.id, r.revises_id FROM claims_claim r JOIN mine_claim m ON m.id = r.id"
    moving.log_revised(staging, purpose, mine, "SELECT id FROM mine_claim")


def _log(staging: Staging, kind: str, purpose: Purpose) -> None:
    is_told = moving.IS_TOLD_PUBLIC.format(was="m") if kind == "claim" else "m.state = 'published'"
    moving.log(
        staging,
        "'withdrawn'",
        purpose,
        f"SELECT '{kind}' AS record_kind, r.public_id AS record_id, '' AS target_id, "
        f"{LOGGED[kind]} FROM {MODELS[kind]._meta.db_table} r JOIN mine_{kind} m ON m.id = r.id "
        f"WHERE {is_told} ORDER BY r.id DESC",
        reason=purpose.reason,
    )


def _log_citations(staging: Staging, purpose: Purpose) -> None:
    """Log the citations whose claim stays public."""
    moving.log(
        staging,
        "'withdrawn'",
        purpose,
        "SELECT 'citation' AS record_kind, c.public_id AS record_id, d.public_id AS target_id, "
        "c.event_id, c.id AS claim_id FROM claims_citation r JOIN mine_citation m ON m.id = r.id "
        "JOIN claims_claim c ON c.id = r.claim_id JOIN claims_document d ON d.id = r.document_id "
        "WHERE m.state = 'published' AND c.state = 'published' "
        "AND c.id NOT IN (SELECT id FROM mine_claim) ORDER BY r.id",
        reason=purpose.reason,
    )


def _said(left_alone: list[str]) -> str:
    if not left_alone:
        return ""
    names = ", ".join(left_alone[:10])
    more = f" and {len(left_alone) - 10:,} more" if len(left_alone) > 10 else ""
    return f"Changed by somebody since, and left as they are: {names}{more}."
