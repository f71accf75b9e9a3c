"""What the tables and the services would refuse of the new records, found for all of them at once.

Each rule of a table is put to the rows before they are in it, in the table's own words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CheckConstraint, Q
from django.db.models.sql import Query

from claims.ingest.columns import COLUMN_OF
from claims.ingest.landing import questions
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.landing.releases import MARK
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
REVISED_ALREADY = (
    "“{key}” would revise {earlier}, which the public claim {later} revises already; one public "
    "claim at most revises another. Let it revise {later}, or none."
)
REVISED_TWICE = (
    "“{key}” would revise {earlier}, as “{first}” in row {row} would; one public claim at most "
    "revises another. Let one of them revise none: leave `revises` empty."
)
MADE_ONE = (
    "“{key}” has another figure here than “{first}” in row {row}, and both were made one claim, "
    "{earlier}, which can have one new figure. Give both the same figure or, where they are two "
    "claims after all, give one of them a key of its own."
)


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
    shown = ", ".join(_shown(name, of) for name in QUESTION for of in (f"n.{name}", _asked(name)))
    for table, name in (("new_claim", "key"), ("claims_claim", "public_id")):
        for row, later, earlier, *values in staging.rows(
            f"SELECT n.landing_row, n.key, e.{name}, {flags}, {shown} "
            f"FROM new_claim n JOIN {table} e ON e.id = n.revises_id "
            f"LEFT JOIN asked_anew a ON a.id = e.id WHERE {' OR '.join(differing)}"
        ):
            told = values[len(QUESTION) :]
            pairs = zip(QUESTION, values, told[::2], told[1::2], strict=False)
            differs = {column: (here, there) for column, is_so, here, there in pairs if is_so}
            said = _not_same_question(later.removesuffix(_mark_of(arrival)), earlier, differs)
            arrival.refusals.add(row, COLUMN_OF["claim"]["__all__"], said)


def _asked(name: str) -> str:
    """Return what an earlier claim has in a column once the import has mended it."""
    if name not in questions.ASKED:
        return f"e.{name}"
    return f"CASE WHEN a.id IS NULL THEN e.{name} ELSE a.{name} END"


NONE = "'none'"
NAMED = {
    "event_id": ("title", "claims_event", "new_event"),
    "claimant_id": ("name", "claims_source", "new_source"),
    "victims_party_id": ("name", "claims_party"),
}
"""What people call the records that a question names, and the tables that have it."""


def _shown(column: str, value: str) -> str:
    """Return what people read in a column of a question, also where it names a new record."""
    if column not in NAMED:
        return value
    name, *tables = NAMED[column]
    found = (f"(SELECT s.{name} FROM {table} s WHERE s.id = {value})" for table in tables)
    return f"coalesce({', '.join([*found, NONE])})"


def _not_same_question(later: str, earlier: str, differs: Mapping[str, tuple[str, str]]) -> str:
    names = {name: name.removesuffix("_id").replace("_", " ") for name in differs}
    what = " and ".join(
        f"{names[name]} (“{told}” here, “{known}” there)" for name, (told, known) in differs.items()
    )
    said = (
        "A claim revises only an earlier claim of the same claimant on the same question; "
        f"“{later}” and the earlier {earlier} differ in {what}. Let it revise none: leave "
        "`revises` empty or, in a dataset that comes in releases, give the claim a key of its own."
    )
    if "claimant_id" in differs:
        told, known = differs["claimant_id"]
        said += OTHER_NAME.format(told=told, known=known)
    return said


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
    _check_revised_once(arrival)
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


def _mark_of(arrival: Arrival) -> str:
    """Return what keys of changed figures have after those that the file tells."""
    return f"{MARK}{arrival.purpose.release}" if arrival.purpose.revises else ""


def _check_revised_once(arrival: Arrival) -> None:
    """One public claim at most revises another one."""
    release = _mark_of(arrival)
    for row, key, first, first_row, earlier, later in arrival.staging.rows(
        "SELECT q.landing_row, q.key, q.first_key, q.first_row, "
        "coalesce(e.public_id, o.key), r.public_id FROM (SELECT landing_row, key, "
        "revises_id, row_number() OVER w AS place, first_value(key) OVER w AS first_key, "
        "first_value(landing_row) OVER w AS first_row FROM new_claim WHERE revises_id IS NOT NULL "
        "WINDOW w AS (PARTITION BY revises_id ORDER BY id)) q "
        "LEFT JOIN claims_claim e ON e.id = q.revises_id "
        "LEFT JOIN new_claim o ON o.id = q.revises_id "
        "LEFT JOIN claims_claim r ON r.revises_id = q.revises_id AND r.state = 'published' "
        "WHERE q.place > 1 OR r.id IS NOT NULL"
    ):
        said = REVISED_ALREADY if later else MADE_ONE if release else REVISED_TWICE
        sentence = said.format(
            key=key.removesuffix(release),
            first=first.removesuffix(release),
            row=first_row,
            earlier=earlier,
            later=later,
        )
        arrival.refusals.add(row, "claim_key", sentence)
