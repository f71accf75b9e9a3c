"""Many rows at once, with everything that a row written alone has: version, history, public log."""

from __future__ import annotations

from claims.ingest.landing.arriving import MODELS, Purpose
from claims.ingest.landing.columns_sql import column_names, literal
from claims.ingest.landing.staging import Staging
from claims.models.change import REFRESHED

CHANGE_COLUMNS = (
    "kind, at, record_kind, record_id, target_id, event_id, claim_id, by_id, reason, fields"
)

IS_TOLD_PUBLIC = (
    "({was}.state = 'published' OR (r.published_at IS NOT NULL AND coalesce((SELECT x.kind "
    "FROM claims_change x WHERE x.claim_id = r.id AND x.record_kind = 'claim' "
    f"AND x.kind <> '{REFRESHED}' ORDER BY x.id DESC LIMIT 1), '') <> 'withdrawn'))"
)
"""Whether a claim ``r``, whose state before ``was`` has, is public as far as the log has told.

One that left the public to be reviewed again went without a word.
"""


def write_history(staging: Staging, kind: str, purpose: Purpose, how: str, rows: str) -> None:
    """Write a row of history for each of the rows of a question that gives a table's columns."""
    model = MODELS[kind]
    names = ", ".join(f'"{name}"' for name in column_names(model))
    reason = literal(purpose.reason) if purpose.reason else "NULL"
    staging.run(
        f"INSERT INTO {model.history.model._meta.db_table} ({names}, history_date, history_type, "  # type: ignore[attr-defined]
        f"history_user_id, history_change_reason) SELECT {names}, {literal(purpose.at)}, '{how}', "
        f"{purpose.by_id}, {reason} FROM ({rows}) h"
    )


def change_rows(
    staging: Staging, kind: str, purpose: Purpose, ids: str, columns: dict[str, str]
) -> int:
    """Set columns of the rows with the ids of a question; return how many there were."""
    model = MODELS[kind]
    table = model._meta.db_table
    columns = {**columns, "version": "version + 1"}
    spelt = ", ".join(f"{name} = {value}" for name, value in columns.items())
    count = staging.run(f"UPDATE {table} SET {spelt} WHERE id IN ({ids})")
    if count:
        write_history(
            staging, kind, purpose, "~", f"SELECT * FROM {table} WHERE id IN ({ids}) ORDER BY id"
        )
        if kind == "event":
            write_party_history(staging, ids)
    return count


def write_party_history(staging: Staging, ids: str) -> None:
    """Name its parties with the latest row of history of each event of a question."""
    staging.run(
        "INSERT INTO claims_historicalevent_parties (id, event_id, party_id, history_id) "
        "SELECT p.id, p.event_id, p.party_id, h.history_id FROM claims_event_parties p "
        "JOIN (SELECT id, max(history_id) AS history_id FROM claims_historicalevent "
        f"WHERE id IN ({ids}) GROUP BY id) h ON h.id = p.event_id"
    )


def log_revised(staging: Staging, purpose: Purpose, later: str, told: str) -> None:
    """Tell mirrors of the public claims that others of a question revise, or do no longer.

    ``told`` gives the ids of claims that have an entry of their own.
    """
    log(
        staging,
        f"'{REFRESHED}'",
        purpose,
        "SELECT 'claim' AS record_kind, r.public_id AS record_id, '' AS target_id, r.event_id, "
        f"r.id AS claim_id FROM claims_claim r WHERE r.id IN (SELECT revises_id FROM ({later}) l "
        f"WHERE revises_id IS NOT NULL) AND r.state = 'published' AND r.id NOT IN ({told}) "
        "ORDER BY r.id",
    )


def log(staging: Staging, kind: str, purpose: Purpose, rows: str, *, reason: str = "") -> None:
    """Write entries of the public log.

    ``rows`` gives record_kind, record_id, target_id, event_id, claim_id, in the order wanted.
    """
    nothing = "CAST('[]' AS jsonb)" if staging.is_postgres else "'[]'"
    staging.run(
        f"INSERT INTO claims_change ({CHANGE_COLUMNS}) SELECT {kind}, {literal(purpose.at)}, "
        "record_kind, record_id, target_id, event_id, claim_id, "
        f"{purpose.by_id}, {literal(reason)}, {nothing} FROM ({rows}) c"
    )
