"""Entries of the public log in words: what happened to which record, what stood there before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from claims.domain.dates import NotADate, parse_iso
from claims.domain.vocabularies import CHANGE_KIND
from claims.models import Change, Citation, Claim, Document, Event, Source
from claims.queries.change_log import LoggedChange, public_reason, with_records
from claims.queries.compared import ComparedClaim, ComparedDocument
from claims.queries.event_log import EventChange, EventLog
from claims.web.answers import address_of
from claims.web.claim_sentence import claim_sentence

_MODELS: dict[str, type[Model]] = {
    "event": Event,
    "source": Source,
    "document": Document,
    "claim": Claim,
    "citation": Citation,
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a correction: its name, what stood there and what stands there now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry as pages show it; ``subject`` is empty where the record is not public now."""

    at: datetime
    kind: str
    kind_words: str
    record_kind: str
    record_id: str
    address: str
    subject: str
    document: Document | ComparedDocument | None
    event: Event | None
    target_id: str
    target_address: str
    replaced: Claim | ComparedClaim | None
    fields: tuple[FieldChange, ...]
    reason: str


def log_entries(changes: Iterable[Change]) -> list[LogEntry]:
    """Return entries from ``public_changes`` in words; three queries."""
    return [_entry(logged) for logged in with_records(changes)]


def event_entries(log: EventLog) -> list[LogEntry]:
    """Return the log of an event in words, for its own page, which need not name the event."""
    return [replace(_entry(one), event=None) for one in with_records(log.changes, log.known)]


def by_day(entries: Iterable[LogEntry]) -> list[tuple[date, list[LogEntry]]]:
    """Return entries in their order, parted by day (UTC)."""
    return [(day, list(own)) for day, own in groupby(entries, key=lambda e: e.at.date())]


def _entry(logged: LoggedChange) -> LogEntry:
    change = logged.change
    is_public = logged.record is not None
    is_about_claim = change.record_kind in ("claim", "citation")
    leads_on = change.target_id and change.kind in ("revised", "merged", "split")
    return LogEntry(
        at=change.at,
        kind=change.kind,
        kind_words=CHANGE_KIND.label(change.kind),
        record_kind=change.record_kind,
        record_id=change.record_id,
        address=address_of(change.record_id),
        subject=subject(logged.record) if logged.record is not None else "",
        document=logged.document,
        event=change.event if is_about_claim and is_public else None,
        target_id=change.target_id if leads_on else "",
        target_address=address_of(change.target_id) if leads_on else "",
        replaced=logged.replaced,
        fields=field_changes(change) if is_public else (),
        reason=public_reason(change),
    )


def subject(record: Event | Source | Document | Claim | ComparedClaim) -> str:
    """Return a public record in words: its name, or for a claim what it says."""
    return claim_sentence(record) if isinstance(record, Claim | ComparedClaim) else str(record)


def field_changes(change: Change | EventChange) -> tuple[FieldChange, ...]:
    """Return the fields of a correction in words, where they may be told."""
    if not getattr(change, "fields_are_public", False):
        return ()
    model = _MODELS[change.record_kind]
    return tuple(
        FieldChange(
            _field_name(model, one["field"]),
            _value(model, one["field"], one["before"]),
            _value(model, one["field"], one["after"]),
        )
        for one in change.fields
        if {"field", "before", "after"} <= set(one)
    )


def _field_name(model: type[Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name.replace("_", " ")


def _value(model: type[Model], name: str, value: Any) -> str:
    """Return a logged value as people read it; what was not given says so."""
    if value in (None, "", []):
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and model is Claim:
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _label(model, name, str(value))


def _label(model: type[Model], name: str, text: str) -> str:
    try:
        choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    except FieldDoesNotExist:
        choices = {}
    if text in choices:
        return str(choices[text])
    try:
        return parse_iso(text).label() if len(text) == len("2023-01-02") else text
    except NotADate:
        return text
