"""The records of a file made one by one through the services, and everything there is, to compare.

An import writes a new public claim once, where the desk drafts it and then publishes it. So the
versions differ, and of each record's history only the last row is compared. A party's address is
random, and that of a comparison follows from it.
"""

import csv
from collections import Counter
from pathlib import Path

from django.db.models import ForeignKey, Model
from django.utils import timezone

from claims.domain.folding import folded
from claims.domain.public_ids import derived_public_id
from claims.ingest.columns import READERS
from claims.ingest.system_users import import_user, review_user
from claims.ingest.told_figure import figure_columns
from claims.ingest.wanted import document_key
from claims.models import (
    Change,
    Citation,
    Claim,
    Comparison,
    Document,
    Event,
    EventCountry,
    EventDigest,
    EventWord,
    Party,
    Source,
    SourceWord,
    Tally,
)
from claims.services import citations, events, publishing
from claims.services.records import Edit, editing

RECORDS = (Event, Source, Document, Claim, Citation)
NOT_COMPARED = {
    "id", "version", "created_at", "reviewed_at", "published_at", "import_batch",
    "history_id", "history_date", "history_type",
}  # fmt: skip
PLAIN = (
    "measure", "victims", "victims_wording", "interval", "count_basis", "as_of", "period_start",
    "period_end", "area", "credibility",
)  # fmt: skip


def make_by_hand(path: Path, *, publish: bool, waiver_reason: str) -> None:
    """Make the records that a good file tells, each with a call of its own."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: READERS[name](cell.strip()) for name, cell in row.items() if cell.strip()}
            for row in csv.DictReader(file)
        ]
    with editing(by=import_user(), reason=f"Imported from {path.name}") as edit:
        Hand(edit, rows).make(publish=publish, waiver_reason=waiver_reason)


class Hand:
    """Who makes the records, in the order in which they rest on each other."""

    def __init__(self, edit: Edit, rows: list[dict]) -> None:
        self.edit, self.rows = edit, rows
        self.parties: dict[str, Party] = {}
        self.sources: dict[str, Source] = {}
        self.documents: dict[tuple, Document] = {}
        self.events: dict[str, Event] = {}
        self.claims: dict[str, Claim] = {}

    def make(self, *, publish: bool, waiver_reason: str) -> None:
        for row in self.rows:
            self._source(row["claimant"])
            if "publisher" in row:
                self._source(row["publisher"])
        for row in self.rows:
            self._event(row)
        while len(self.claims) < len({row["claim_key"] for row in self.rows}):
            for row in self.rows:
                self._claim(row)
        for row in self.rows:
            self._citation(row)
        if publish:
            for claim in self.claims.values():
                self._publish(claim, waiver_reason)

    def _party(self, name: str) -> Party:
        if folded(name) not in self.parties:
            self.edit.save(party := Party(name=name))
            self.parties[folded(name)] = party
        return self.parties[folded(name)]

    def _source(self, name: str) -> Source:
        key = folded(name)
        if key in self.sources:
            return self.sources[key]
        told = next((r for r in self.rows if folded(r["claimant"]) == key), {})
        source = Source(name=name, public_id=derived_public_id("source", key))
        kinds = [r["publisher_kind"] for r in self.rows if self._is_published_by(r, key)]
        source.kind = told.get("claimant_kind", kinds[0] if kinds else "other")
        source.is_compilation = told.get("is_compilation", False)
        source.speaks_for = self._party(told["speaks_for"]) if "speaks_for" in told else None
        self.edit.save(source)
        self.sources[key] = source
        return source

    def _is_published_by(self, row: dict, key: str) -> bool:
        return "publisher_kind" in row and folded(row["publisher"]) == key

    def _event(self, row: dict) -> Event:
        key = row["event_key"]
        if key in self.events:
            return self.events[key]
        event = Event(key=key, public_id=derived_public_id("event", key), title=row["event"])
        if "parent" in row:
            above = next(r for r in self.rows if r["event_key"] == row["parent"])
            event.parent = self._event(above)
        for name, column in (("kind", "event_kind"), ("countries", "country")):
            setattr(event, name, row.get(column, getattr(event, name)))
        for name in ("place", "latitude", "longitude", "place_precision"):
            setattr(event, name, row.get(name, getattr(event, name)))
        event.aliases = row.get("event_aliases", [])
        if "event_start" in row:
            event.date_start = row["event_start"].first
            event.date_start_precision = str(row["event_start"].precision)
        if "event_end" in row:
            event.date_end = row["event_end"].last
            event.date_end_precision = str(row["event_end"].precision)
        events.save_with_parties(self.edit, event, [self._party(n) for n in row.get("parties", ())])
        self.events[key] = event
        return event

    def _claim(self, row: dict) -> None:
        key = row["claim_key"]
        if key in self.claims or ("revises" in row and row["revises"] not in self.claims):
            return
        claim = Claim(key=key, public_id=derived_public_id("claim", key))
        claim.event, claim.claimant = self._event(row), self._source(row["claimant"])
        values = {name: row[name] for name in PLAIN if name in row}
        values |= figure_columns(row, row.get("wording", ""))
        if "victims_party" in row:
            values["victims_party"] = self._party(row["victims_party"])
        if "claimed_on" in row:
            values["claimed_on"] = row["claimed_on"].last
            values["claimed_on_precision"] = str(row["claimed_on"].precision)
        if "revises" in row:
            values["revises"] = self.claims[row["revises"]]
        notes = [r["note"] for r in self.rows if r["claim_key"] == key and "note" in r]
        values["note"] = "\n".join(dict.fromkeys(notes))
        for name, value in values.items():
            setattr(claim, name, value)
        self.edit.save(claim)
        self.claims[key] = claim

    def _document(self, row: dict) -> Document | None:
        key = document_key(row)
        if key is None or key in self.documents:
            return self.documents.get(key)
        document = Document(public_id=derived_public_id("document", *key))
        document.title, document.url = row.get("document", ""), row.get("url", "")
        document.archived_url = row.get("archived_url", "")
        document.language = row.get("language", "")
        document.publisher = self._source(row["publisher"]) if "publisher" in row else None
        if "published_on" in row:
            document.published_on = row["published_on"].last
            document.published_on_precision = str(row["published_on"].precision)
        self.edit.save(document)
        self.documents[key] = document
        return document

    def _citation(self, row: dict) -> None:
        document, claim = self._document(row), self.claims[row["claim_key"]]
        wording, locator = row.get("wording", ""), row.get("locator", "")
        if claim.citations.filter(document=document, wording=wording, locator=locator).exists():
            return
        via = None
        if "via" in row:
            above = next(r for r in self.rows if row["via"] in (r.get("url"), r.get("document")))
            via = self._document(above)
        citations.cite(
            self.edit, claim, document=document, wording=wording, locator=locator,
            quote=row.get("quote", ""), via=via,
        )  # fmt: skip

    def _publish(self, claim: Claim, waiver_reason: str) -> None:
        held = self.edit.lock(claim)
        held.reviewed_by, held.reviewed_at = review_user(), timezone.now()
        held.review_waived, held.waiver_reason = True, waiver_reason
        held.submitted_by = self.edit.by
        publishing.make_public(self.edit, held)


def everything() -> dict[str, Counter]:
    """Return every table with ids as names, without times and versions."""
    found = {model.__name__: _rows(model.objects.all()) for model in (*RECORDS, Party, Change)}
    for model in RECORDS:
        latest = {row.id: row for row in model.history.order_by("history_id")}
        found[f"history of {model.__name__}"] = _rows(latest.values())
    for model in (EventWord, EventCountry, SourceWord, Comparison, Tally):
        found[model.__name__] = _rows(model.objects.all())
    found["digests"] = Counter(EventDigest.objects.values_list("event__public_id", "claim_count"))
    found["parties"] = Counter(
        Event.parties.through.objects.values_list("event__key", "party__name")
    )
    return found


def _rows(rows: object) -> Counter:
    return Counter(
        tuple(
            (field.name, _named(row, field))
            for field in sorted(row._meta.concrete_fields, key=lambda f: f.name)
            if field.name not in NOT_COMPARED | {"public_id", "at"}
            or (field.name == "public_id" and not isinstance(row, Party | Comparison))
        )
        for row in rows
    )


def _named(row: Model, field: object) -> str:
    value = getattr(row, field.attname)
    if value is None or not isinstance(field, ForeignKey):
        return str(value)
    related = field.related_model._default_manager.get(pk=value)
    if isinstance(related, Citation | Party):
        return str(related)
    return str(getattr(related, "public_id", related))
