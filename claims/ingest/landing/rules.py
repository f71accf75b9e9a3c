"""What the tables and the services would refuse of the new records, found for all of them at once.

Each rule of a table is put to the rows before they are in it, in the table's own words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CheckConstraint, Q
from django.db.models.sql import Query

from claims.ingest.columns import COLUMN_OF
from claims.ingest.landing import questions
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.ordering import in_order
from claims.services import permissions
from claims.services.revisions import QUESTION

SAID_OTHERWISE = {
    "event_has_a_title",
    "event_is_not_its_own_parent",
    "claim_does_not_revise_itself",
}
BLANK = "This field cannot be blank."
NO_DOCUMENT = "A public claim needs a document that carries it."
CITED_ALREADY = "This document is already cited for this claim there."
NOT_AN_EDITOR = "The claim is public; only an editor may add a document to it."
OTHER_NAME = (
    " If “{told}” is another name of “{known}”, add it to the other names of that source at the "
    "desk and import the file again."
)
REVISED_ALREADY = "Another published claim already revises that one."


def check(arrival: Arrival) -> None:
    """Refuse, each at its cell, what cannot be written."""
    _check_tables(arrival)
    for row, told_in in arrival.staging.rows(
        "SELECT landing_row, told_in FROM new_event WHERE title = ''"
    ):
        _refuse(arrival, row, told_in, "event", BLANK)
    _check_circles(arrival, "event", "parent", "would be part of itself")
    _check_circles(arrival, "claim", "revises", "would revise itself")
    _check_questions(arrival)
    _check_places(arrival)
    if arrival.purpose.publishes:
        _check_public(arrival)


def _check_tables(arrival: Arrival) -> None:
    """Put all rules of a table to its new rows in one look at them."""
    for kind in MODELS:
        rules = _rules_of(kind)
        broken = [f"NOT ({rule})" for _, rule, _ in rules]
        params = [param for *_, some in rules for param in some]
        told_in = "told_in" if kind in ("event", "claim") else "NULL"
        for row, its_told_in, *flags in arrival.staging.rows(
            f"SELECT landing_row, {told_in}, {', '.join(broken)} FROM new_{kind} "
            f"WHERE {' OR '.join(broken)}",
            params * 2,
        ):
            for (said, *_), is_broken in zip(rules, flags, strict=True):
                if is_broken:
                    _refuse(arrival, row, its_told_in, COLUMN_OF[kind]["__all__"], said)


def _rules_of(kind: str) -> list[tuple[str, str, Sequence[Any]]]:
    """Return the rules of a table as sentences and as SQL with its parameters."""
    model = MODELS[kind]
    found: list[tuple[str, str, Sequence[Any]]] = []
    for constraint in model._meta.constraints:
        if not isinstance(constraint, CheckConstraint) or constraint.name in SAID_OTHERWISE:
            continue
        query = Query(model, alias_cols=False)
        rule, params = query.build_where(cast("Q", constraint.condition)).as_sql(
            query.get_compiler(connection=connection), connection
        )
        found.append((str(constraint.violation_error_message), rule, params))
    return found


def _refuse(arrival: Arrival, row: int, told_in: str | None, column: str, said: str) -> None:
    rows = json.loads(told_in) if told_in else {}
    arrival.refusals.add(rows.get(column, row), column, said)


def _check_circles(arrival: Arrival, kind: str, column: str, sentence: str) -> None:
    """Count how many others each new record rests on; who is never reached goes in a circle."""
    staging = arrival.staging
    if not staging.is_postgres:  # which joins without an index
        staging.index(f"pointing_{kind}", "target_id")
    staging.make(
        f"depth_{kind}",
        "WITH RECURSIVE reached(id, depth) AS (SELECT p.id, 1 FROM "
        f"pointing_{kind} p WHERE NOT EXISTS (SELECT 1 FROM pointing_{kind} q "
        "WHERE q.id = p.target_id AND q.target_id IS NOT NULL) UNION ALL "
        f"SELECT p.id, r.depth + 1 FROM reached r JOIN pointing_{kind} p ON p.target_id = r.id) "
        "SELECT id, depth FROM reached",
    )
    if not staging.is_postgres:
        staging.index(f"depth_{kind}", "id")
    left = staging.all(
        f"SELECT p.id, p.target_id, n.key, n.landing_row FROM pointing_{kind} p "
        f"JOIN new_{kind} n ON n.id = p.id WHERE p.id NOT IN (SELECT id FROM depth_{kind})"
    )
    _, circular = in_order({str(row[0]): str(row[1]) for row in left})
    for key, _, name, row in left:
        if str(key) in circular:
            arrival.refusals.add(row, column, f"“{name}” {sentence} by way of others.")


def _check_questions(arrival: Arrival) -> None:
    """A claim revises only one of the same claimant on the same question."""
    staging = arrival.staging
    differing = [staging.differ(f"n.{name}", _asked(name)) for name in QUESTION]
    flags = ", ".join(differing)
    for table in ("new_claim", "claims_claim"):
        for row, later, earlier, told, known, *differ in staging.rows(
            "SELECT n.landing_row, n.public_id, e.public_id, "
            f"{_claimant('n')}, {_claimant('e')}, {flags} FROM new_claim n "
            f"JOIN {table} e ON e.id = n.revises_id LEFT JOIN asked_anew a ON a.id = e.id "
            f"WHERE {' OR '.join(differing)}"
        ):
            said = _not_same_question(later, earlier, differ)
            if told != known:
                said += OTHER_NAME.format(told=told, known=known)
            arrival.refusals.add(row, COLUMN_OF["claim"]["__all__"], said)


def _asked(name: str) -> str:
    """Return what an earlier claim has in a column once the import has mended it."""
    if name not in questions.ASKED:
        return f"e.{name}"
    return f"CASE WHEN a.id IS NULL THEN e.{name} ELSE a.{name} END"


def _claimant(claim: str) -> str:
    """Return the name of a claim's claimant, who may be new, too."""
    here, new = (
        f"(SELECT s.name FROM {table} s WHERE s.id = {claim}.claimant_id)"
        for table in ("claims_source", "new_source")
    )
    return f"coalesce({here}, {new})"


def _not_same_question(later: str, earlier: str, differ: list[Any]) -> str:
    names = [name for name, differs in zip(QUESTION, differ, strict=True) if differs]
    what = " and ".join(name.removesuffix("_id").replace("_", " ") for name in names)
    return (
        "A claim revises only an earlier claim of the same claimant on the same question; "
        f"{later} and {earlier} differ in {what}. Let it revise none: leave `revises` empty or, "
        "in a dataset that comes in releases, give the claim a key of its own."
    )


def _check_places(arrival: Arrival) -> None:
    """Two documents of the file may be one here; it is cited once per place all the same."""
    staging = arrival.staging
    if not staging.number("SELECT count(*) - count(DISTINCT id) FROM arrived_document"):
        return
    for (row,) in staging.rows(
        "SELECT landing_row FROM (SELECT landing_row, row_number() OVER (PARTITION BY claim_id, "
        "document_id, wording, locator ORDER BY id) AS place FROM new_citation) q WHERE place > 1"
    ):
        arrival.refusals.add(row, "document", CITED_ALREADY)


def check_may_cite(arrival: Arrival, by: User) -> None:
    """Refuse documents for public claims, public at once, by somebody who may not publish."""
    if not by.is_active or permissions.has(by, permissions.PUBLISHING):
        return
    for (row,) in arrival.staging.rows(
        "SELECT landing_row FROM new_citation WHERE claim_state = 'published'"
    ):
        arrival.refusals.add(row, "document", NOT_AN_EDITOR)


def _check_public(arrival: Arrival) -> None:
    staging, add = arrival.staging, arrival.refusals.add
    for (row,) in staging.rows(
        "SELECT n.landing_row FROM new_claim n LEFT JOIN new_citation c ON c.claim_id = n.id "
        "WHERE c.claim_id IS NULL"
    ):
        add(row, "document", NO_DOCUMENT)
    for (row,) in staging.rows(
        "SELECT landing_row FROM (SELECT landing_row, revises_id, row_number() OVER "
        "(PARTITION BY revises_id ORDER BY id) AS place FROM new_claim "
        "WHERE revises_id IS NOT NULL) q WHERE place > 1 OR EXISTS (SELECT 1 FROM claims_claim r "
        "WHERE r.revises_id = q.revises_id AND r.state = 'published')"
    ):
        add(row, "claim_key", REVISED_ALREADY)
    for what, name, join in (
        ("event", "title", "claims_event r ON r.id = n.event_id"),
        ("source", "name", "claims_source r ON r.id = n.claimant_id"),
        (
            "document",
            "title",
            "new_citation c ON c.claim_id = n.id JOIN claims_document r ON r.id = c.document_id",
        ),
    ):
        for row, label in staging.rows(
            f"SELECT n.landing_row, r.{name} FROM new_claim n JOIN {join} "
            "WHERE r.state = 'withdrawn'"
        ):
            add(
                row,
                "claim_key",
                f"The {what} “{label}” was withdrawn; nothing public can rest on it.",
            )
