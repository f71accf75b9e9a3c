"""Records that an import changes, changed as sets.

Each has what it has from a service that changes it alone: its rules are held to, and it gets its
version, its row of history and its entry in the log. What moves a record to another one, an event
to a parent, a claim to another event, a document to another publisher, goes one by one through the
services.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Field, Q

from claims.domain.review import REVIEWED_FIELDS
from claims.ingest.landing import moving
from claims.ingest.landing.arriving import MODELS, Arrival, Purpose
from claims.ingest.landing.columns_sql import literal
from claims.ingest.landing.fates import Difference
from claims.ingest.landing.staging import Staging
from claims.models import Claim, Event, Party
from claims.services import events, figures, plain_records, reviews
from claims.services.records import Edit

AT_ONCE = 500
Columns = Mapping[str, Any]
MOVES = {
    "event": frozenset({"parent_id"}),
    "document": frozenset({"publisher_id"}),
    "claim": frozenset({"event_id", "claimant_id", "revises_id"}),
    "citation": frozenset({"via_id"}),
}
"""Columns that name another record which has to be looked at, too."""

QUESTION = frozenset({"measure", "victims", "victims_party_id"})
"""What a claim has in common with those that it revises or that revise it."""

TYPES = {
    "JSONField": "json",
    "DateField": "date",
    "DecimalField": "decimal",
    "BooleanField": "truth",
    "ForeignKey": "number",
    "BigIntegerField": "number",
}
"""The types of the columns, text but for these."""


@dataclass(frozen=True, slots=True)
class Changing:
    """A locked record with its new values in it, and the parties that an event gains and loses."""

    held: Any
    parties: Mapping[int, str] = field(default_factory=dict)
    had: frozenset[str] = frozenset()
    """The names of the parties that the event had."""
    lost: frozenset[int] = frozenset()

    @property
    def kind(self) -> str:
        """What kind of record it is."""
        return str(self.held._meta.model_name)

    @property
    def parties_entry(self) -> list[dict[str, Any]]:
        """The field of the log that tells of the parties."""
        if not self.parties:
            return []
        after = sorted(self.had | set(self.parties.values()))
        return [{"field": "parties", "before": sorted(self.had), "after": after}]


def is_plain(difference: Difference) -> bool:
    """Tell whether a difference moves a record nowhere else."""
    return difference.kind in MOVES and MOVES[difference.kind].isdisjoint(difference.values)


def leaves(difference: Difference) -> bool:
    """Tell whether a public claim changes in what a review looks at."""
    return (
        difference.kind == "claim"
        and difference.record.state == "published"
        and not REVIEWED_FIELDS.isdisjoint(difference.fields)
    )


def bound_claims(differences: Iterable[Difference]) -> set[int]:
    """Return the claims whose question changes, but not that of all they revise or revise them."""
    asking = {
        int(d.record.pk): {name: d.values[name] for name in QUESTION & d.values.keys()}
        for d in differences
        if d.kind == "claim" and not QUESTION.isdisjoint(d.values)
    }
    keys = sorted(asking)
    bound: set[int] = set()
    for some in (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)):
        for later, earlier, was_later, was_earlier in _revisions_of(some):
            if was_later | asking.get(later, {}) != was_earlier | asking.get(earlier, {}):
                bound |= {later, earlier}
    return bound


def _revisions_of(ids: list[int]) -> Iterator[tuple[int, int, dict[str, Any], dict[str, Any]]]:
    """Yield the revisions by and of some claims: both ids, and what both ask."""
    told = sorted(QUESTION)
    before = [f"revises__{name}" for name in told]
    rows = (
        Claim.objects.filter(Q(revises__in=ids) | Q(pk__in=ids), revises__isnull=False)
        .exclude(~Q(pk__in=ids), state__in=("withdrawn", "rejected"))
        .order_by("pk")
    )
    for later, earlier, *asked in rows.values_list("pk", "revises", *told, *before):
        half = len(told)
        yield (
            later,
            earlier,
            dict(zip(told, asked[:half], strict=True)),
            dict(zip(told, asked[half:], strict=True)),
        )


def victims_parties(differences: Iterable[Difference]) -> dict[int, Party]:
    """Return the parties that victims of the claims belong to from now on."""
    ids = {d.values.get("victims_party_id") for d in differences} - {None}
    return Party.objects.in_bulk(ids) if ids else {}


def put_into(edit: Edit, held: Any, difference: Difference, parties: Mapping[int, Party]) -> bool:
    """Put the values into a locked record and hold it to its rules; tell whether any changes."""
    for name, value in difference.values.items():
        setattr(held, name, value)
        if name == "victims_party_id" and value in parties:
            held.victims_party = parties[value]  # in hand, so that nobody has to look it up
    if difference.kind == "event":
        events.check_countries(held)
        events.check_identifiers(held)
    if difference.kind == "claim":
        figures.check_figure(held)
    edit.check(held)
    return bool(edit.changed(held) or difference.parties)


def with_parties(differences: Sequence[Difference], rows: Mapping[int, Any]) -> list[Changing]:
    """Return the changes of some records, with the parties that events among them gain."""
    gained = {d.record.pk: d.parties for d in differences if d.parties}
    names = {
        party.pk: party.name
        for party in Party.objects.filter(pk__in={pk for some in gained.values() for pk in some})
    }
    had: dict[int, set[str]] = {}
    there = Event.parties.through._default_manager.filter(event__in=gained)
    for event_id, name in there.values_list("event", "party__name") if gained else ():
        had.setdefault(event_id, set()).add(name)
    return [
        Changing(
            rows[d.record.pk],
            {pk: names[pk] for pk in gained.get(d.record.pk, ())},
            frozenset(had.get(d.record.pk, ())),
        )
        for d in differences
    ]


def write_together(
    staging: Staging, purpose: Purpose, edit: Edit, changing: Sequence[Changing], more: Columns
) -> bool:
    """Write records of one kind whose values were put in; tell whether the table took them all.

    ``more`` has what other columns are set to in every one of them. Where the table did not take
    them, nothing was written.
    """
    fields = _changed_fields(edit, changing)
    _stage(staging, changing, fields)  # before what may be taken back
    try:
        with transaction.atomic():
            _write(staging, purpose, changing, fields, more)
    except IntegrityError:
        return False
    return True


def correct_together(
    arrival: Arrival, edit: Edit, changing: Sequence[Changing], *, leaving: bool
) -> bool:
    """Write corrected records and tell of them; tell whether the table took them all.

    ``leaving`` says that they are public claims that leave the public until they are reviewed
    again.
    """
    more = reviews.columns_of_another(edit) if leaving else {}
    if not write_together(arrival.staging, arrival.purpose, edit, changing, more):
        return False
    for one in changing:
        _note(edit, one, leaving=leaving)
    return True


def _note(edit: Edit, one: Changing, *, leaving: bool) -> None:
    held = one.held
    if leaving:
        reviews.begin_again(edit, held)  # what was corrected is told once it is public again
    if one.parties:
        edit.noticed.note_elsewhere(held)  # claims show how the claimant stands to the parties
    is_public = held.state == getattr(held, "claim", held).state == "published"
    public = [*plain_records.public_changes(edit, held), *one.parties_entry] if is_public else []
    edit.note_written(held)
    if public:
        edit.log("corrected", held, fields=public)


def _write(
    staging: Staging,
    purpose: Purpose,
    changing: Sequence[Changing],
    fields: Sequence[Field[Any, Any]],
    more: Columns,
) -> None:
    kind = changing[0].kind
    table, mended = MODELS[kind]._meta.db_table, f"mended_{kind}"
    values = {f.attname: _value(f, table, mended) for f in fields}
    values |= {name: literal(value) for name, value in more.items()}
    if kind == "event":
        _write_parties(staging, changing)
    moving.change_rows(staging, kind, purpose, f"SELECT id FROM {mended}", values)


def _write_parties(staging: Staging, changing: Sequence[Changing]) -> None:
    """Give events the parties they gain and take from them those they lose."""
    gained = [(one.held.pk, party) for one in changing for party in sorted(one.parties)]
    staging.fill("claims_event_parties", ("event_id", "party_id"), gained)
    lost = [(one.held.pk, party) for one in changing for party in sorted(one.lost)]
    if lost:
        _emptied(staging, "lost_party", {"event_id": "number", "party_id": "number"})
        staging.fill("lost_party", ("event_id", "party_id"), lost)
        staging.run(
            "DELETE FROM claims_event_parties WHERE (event_id, party_id) IN "
            "(SELECT event_id, party_id FROM lost_party)"
        )


def _value(field: Field[Any, Any], table: str, mended: str) -> str:
    """Return what a column is set to; an empty text comes as NULL out of a file that is copied."""
    value = f"(SELECT m.{field.attname} FROM {mended} m WHERE m.id = {table}.id)"
    if field.get_internal_type() == "DateTimeField":
        return f"CAST({value} AS {field.db_type(connection)})" if is_postgres() else value
    is_text = not field.null and field.get_internal_type() not in TYPES
    return f"coalesce({value}, '')" if is_text else value


def is_postgres() -> bool:
    """Tell which of the two databases this is."""
    return connection.vendor == "postgresql"


def _changed_fields(edit: Edit, changing: Sequence[Changing]) -> list[Any]:
    names = {name for one in changing for name in edit.changed(one.held)}
    return [f for f in MODELS[changing[0].kind]._meta.concrete_fields if f.name in names]


def _stage(
    staging: Staging, changing: Sequence[Changing], fields: Sequence[Field[Any, Any]]
) -> None:
    """Put into a table what the columns that change in any of the records hold from now on."""
    kind = changing[0].kind
    mended, every = f"mended_{kind}", MODELS[kind]._meta.concrete_fields
    types = {f.attname: TYPES.get(f.get_internal_type(), "text") for f in every}
    if _emptied(staging, mended, types | {"id": "number"}):
        staging.index(mended, "id")
    names = [f.attname for f in fields]
    staging.fill(
        mended,
        ["id", *names],
        (
            [one.held.pk, *(_told(types[name], getattr(one.held, name)) for name in names)]
            for one in changing
        ),
    )
    staging.learn(mended)


def _emptied(staging: Staging, table: str, columns: dict[str, str]) -> bool:
    """Make a table for a set, or empty the one of the set before; tell whether it was made.

    One table for all sets of a kind: PostgreSQL remembers each until the transaction ends, and
    has no room for thousands.
    """
    if staging.has(table):
        staging.clear(table)
        return False
    staging.create(table, columns)
    return True


def _told(type_: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    if value is None or type_ in ("text", "truth", "number"):
        return value
    if type_ == "json":
        return json.dumps(value)
    return value.isoformat() if type_ == "date" else str(value)
