"""What readers can notice of an edit although no entry of the log tells it.

The public log tells people what was done. A mirror has to learn everything: that a claim left
the public for a new review, that a key was given, that the claims of a renamed source are now
shown under its new name. For each such record an edit writes an entry of the kind ``refreshed``,
which only the feed for mirrors shows. Numbers of comparisons need none of their own: the feed
brings the event of every entry about a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet

from claims.models import Change, Citation, Claim, Document, Event, Party, Source
from claims.models.change import REFRESHED
from claims.services import changes

HIDDEN = frozenset(
    {
        "version",
        "note",
        "mismatch_reason",
        "created_at",
        "created_by",
        "import_batch",
        "submitted_by",
        "reviewed_by",
        "reviewed_at",
        "review_waived",
        "waiver_reason",
        "published_at",
    }
)
"""Columns that no list and no export shows."""

SHOWN_ELSEWHERE: Mapping[type[Model], frozenset[str]] = {
    Event: frozenset({"title", "state"}),
    Source: frozenset({"name", "kind", "speaks_for", "is_compilation", "state"}),
    Document: frozenset(
        {
            "title",
            "publisher",
            "url",
            "archived_url",
            "published_on",
            "published_on_precision",
            "state",
        }
    ),
    Claim: frozenset({"state", "revises"}),
    Party: frozenset({"name"}),
}
"""Columns that other records are shown with."""

Ids = Collection[int]


class Noticed:
    """What one edit saved that readers see, and what else shows it."""

    def __init__(self) -> None:
        self._saved: dict[type[Model], set[int]] = defaultdict(set)
        self._elsewhere: dict[type[Model], set[int]] = defaultdict(set)
        self._beside: dict[type[Model], set[int]] = defaultdict(set)

    def note(self, record: Any, before: Mapping[str, Any]) -> None:
        """Remember a saved row, with its columns before; nothing where readers see none of it."""
        model = type(record)
        states = {before.get("state"), getattr(record, "state", None)}
        if "published" not in states and model is not Party:
            return
        changed = changes.changed_fields(before, changes.values_of(record), model)
        if changed and HIDDEN.issuperset(changed):
            return
        self._saved[model].add(record.pk)
        if not SHOWN_ELSEWHERE.get(model, HIDDEN).isdisjoint(changed):
            self.note_elsewhere(record)
        self._note_beside(record, before)

    def note_elsewhere(self, record: Model) -> None:
        """Remember that what other records show of a row changed: the parties of an event, say."""
        self._elsewhere[type(record)].add(record.pk or 0)

    def _note_beside(self, record: Any, before: Mapping[str, Any]) -> None:
        """Remember the claim of a citation, and where a claim stood and what it revises."""
        if isinstance(record, Citation):
            self._beside[Claim] |= {record.claim_id, before.get("claim_id", record.claim_id)}
        if isinstance(record, Claim):
            revised = (record.revises_id, before.get("revises_id"))
            self._beside[Claim].update(pk for pk in revised if pk)
            self._beside[Event].add(before.get("event_id", record.event_id))

    def entries(self, log: Iterable[Change], *, by: User | None, at: datetime) -> list[Change]:
        """Return an unsaved entry for each record that no entry of the log is about yet."""
        told = {_told(entry) for entry in log}
        found = [
            Change(kind=REFRESHED, at=at, by=by, **columns)
            for columns in (*self._claims(), *self._sources(), *self._documents())
            if (columns["record_kind"], columns["record_id"]) not in told
        ]
        carried = {entry.event_id for entry in (*log, *found) if entry.event_id}
        found += [
            Change(kind=REFRESHED, at=at, by=by, **columns)
            for columns in self._events()
            if columns["event_id"] not in carried
        ]
        return found

    def _claims(self) -> Iterator[dict[str, Any]]:
        shown = claims_showing(**self._changed())
        rows = _rows(Claim, self._saved[Claim], self._beside[Claim], shown, "event_id")
        for pk, public_id, event_id in rows:
            yield {
                "record_kind": "claim",
                "record_id": public_id,
                "claim_id": pk,
                "event_id": event_id,
            }

    def _events(self) -> Iterator[dict[str, Any]]:
        shown = Q(parties__in=self._elsewhere[Party]) | Q(parent__in=self._elsewhere[Event])
        is_asked = self._elsewhere[Party] or self._elsewhere[Event]
        rows = _rows(Event, self._saved[Event], self._beside[Event], [shown] if is_asked else [])
        for pk, public_id in rows:
            yield {"record_kind": "event", "record_id": public_id, "event_id": pk}

    def _sources(self) -> Iterator[dict[str, Any]]:
        parties = self._elsewhere[Party]
        shown = [Q(speaks_for__in=parties)] if parties else []
        for _pk, public_id in _rows(Source, self._saved[Source], (), shown):
            yield {"record_kind": "source", "record_id": public_id}

    def _documents(self) -> Iterator[dict[str, Any]]:
        sources = self._elsewhere[Source]
        shown = [Q(publisher__in=sources)] if sources else []
        for _pk, public_id in _rows(Document, self._saved[Document], (), shown):
            yield {"record_kind": "document", "record_id": public_id}

    def _changed(self) -> dict[str, Ids]:
        return {
            "events": self._elsewhere[Event],
            "sources": self._elsewhere[Source],
            "documents": self._elsewhere[Document],
            "parties": self._elsewhere[Party],
            "claims": self._elsewhere[Claim],
        }


def claims_showing(
    *,
    events: Ids = (),
    sources: Ids = (),
    documents: Ids = (),
    parties: Ids = (),
    claims: Ids = (),
) -> list[Q]:
    """Return the conditions under which a claim is shown with something of these records."""
    paths: tuple[tuple[str, Ids], ...] = (
        ("event__in", events),
        ("claimant__in", sources),
        ("citations__document__publisher__in", sources),
        ("citations__via__publisher__in", sources),
        ("citations__document__in", documents),
        ("citations__via__in", documents),
        ("victims_party__in", parties),
        ("revises__in", claims),
    )
    return [Q(**{path: ids}) for path, ids in paths if ids]


def _rows(
    model: type[Event | Source | Document | Claim],
    saved: Ids,
    beside: Ids,
    shown: Iterable[Q],
    *columns: str,
) -> set[tuple[Any, ...]]:
    """Return key and public id of saved rows, and of the public ones beside or showing them.

    One query for each condition, since one over all of them could use no index.
    """
    found: set[tuple[Any, ...]] = set()
    of_model: Callable[[], QuerySet[Any]] = model._default_manager.order_by
    if saved:
        found.update(of_model().filter(pk__in=saved).values_list("pk", "public_id", *columns))
    conditions = [
        *shown,
        *([Q(pk__in=set(beside) - set(saved))] if set(beside) - set(saved) else []),
    ]
    for condition in conditions:
        public = of_model().filter(condition, state="published")
        found.update(public.values_list("pk", "public_id", *columns))
    return found


def _told(entry: Change) -> tuple[str, str]:
    kind = "claim" if entry.record_kind == "citation" else entry.record_kind
    return kind, entry.record_id
