"""Events, comparisons, sources, documents and the public log: one row per record."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from claims.exports.lists_sql import (
    changes_sql,
    comparisons_sql,
    documents_sql,
    events_sql,
    sources_sql,
)
from claims.exports.tables import Column, Table
from claims.models import Comparison, Event
from claims.queries.change_log import public_reason

ID = Column("id", "text", "The public id.", attrgetter("public_id"))
URL = Column("url", "text", "The path of its page.", lambda r: r.get_absolute_url())


def _numbers(of: Any, prefix: str = "") -> tuple[Column, ...]:
    """Return the columns of a comparison's question and numbers; ``of`` finds it in the row."""

    def cell(name: str) -> Any:
        return lambda row: getattr(of(row), name) if of(row) else None

    def gap(name: str) -> Any:
        return lambda row: getattr(of(row), name) if of(row) and of(row).gap_high else None

    columns = (
        Column("measure", "code", "Code of measure.", cell("measure")),
        Column("victims", "code", "Code of victims.", cell("victims")),
        Column("victims_party", "text", "The party they belong to.", cell("victims_party")),
        Column("claim_count", "integer", "Claims of the question.", cell("claim_count")),
        Column("claimant_count", "integer", "Claimants that vote.", cell("claimant_count")),
        Column("citation_count", "integer", "Citations of the claims.", cell("citation_count")),
        Column("lowest", "integer", "Smallest number stated.", cell("lowest")),
        Column("highest", "integer", "Largest number stated.", cell("highest")),
        Column("spread_ratio", "number", "highest / lowest.", cell("spread_ratio")),
        Column("verdict", "code", "Code of verdict.", cell("verdict")),
        Column("gap_low", "integer", "The most the smaller claim allows.", gap("gap_low")),
        Column("gap_high", "integer", "The least the larger allows.", gap("gap_high")),
        Column("gap_absolute", "integer", "gap_high - gap_low.", gap("gap_absolute")),
        Column("gap_ratio", "number", "gap_high / gap_low; empty at 0.", gap("gap_ratio")),
        Column("latest_claimed_on", "day", "The latest claim.", cell("latest_claimed_on")),
    )
    return tuple(Column(f"{prefix}{c.name}", c.kind, c.description, c.cell) for c in columns)


def _headline(event: Event) -> Comparison | None:
    digest = getattr(event, "digest", None)
    return digest.headline if digest else None


def _claim_count(event: Event) -> int:
    digest = getattr(event, "digest", None)
    return digest.claim_count if digest else 0


def _parent(event: Event) -> str | None:
    parent = event.parent
    return parent.public_id if parent and parent.state == "published" else None


def _event_of_change(change: Any) -> str | None:
    """Return the id of an event that is or was public; a claim may have been moved to a draft."""
    event = change.event
    return event.public_id if event and event.state != "draft" else None


def _publisher(name: str) -> Any:
    def cell(document: Any) -> str | None:
        publisher = document.publisher
        return getattr(publisher, name) if publisher and publisher.state == "published" else None

    return cell


EVENTS = Table(
    "events",
    (
        ID,
        Column("title", "text", "The title.", attrgetter("title")),
        URL,
        Column("aliases", "text", "Other names.", attrgetter("aliases")),
        Column("identifiers", "text", "Its ids in datasets.", attrgetter("identifiers")),
        Column("kind", "code", "Code of event_kind.", attrgetter("kind")),
        Column("date_start", "date", "The first day.", lambda e: e.started),
        Column("date_end", "date", "The last day.", lambda e: e.ended),
        Column("countries", "code", "ISO 3166-1 codes.", attrgetter("countries")),
        Column("place", "text", "Where it happened.", attrgetter("place")),
        Column("latitude", "number", "Degrees north.", attrgetter("latitude")),
        Column("longitude", "number", "Degrees east.", attrgetter("longitude")),
        Column(
            "place_precision", "code", "Code of place_precision.", attrgetter("place_precision")
        ),
        Column("parties", "text", "Its sides.", lambda e: [p.name for p in e.parties.all()]),
        Column("parent", "text", "The id of the event it is part of.", _parent),
        Column("claim_count", "integer", "Published claims.", _claim_count),
        *_numbers(_headline, "headline_"),
        Column("checked_on", "day", "When an editor last looked.", attrgetter("checked_on")),
    ),
    sql=events_sql,
)
COMPARISONS = Table(
    "comparisons",
    (
        ID,
        Column("event_id", "text", "The event's id.", attrgetter("event.public_id")),
        Column("event_title", "text", "The event's title.", attrgetter("event.title")),
        Column("event_url", "text", "The path of its page.", lambda c: c.event.get_absolute_url()),
        *_numbers(lambda comparison: comparison),
    ),
    sql=comparisons_sql,
)
SOURCES = Table(
    "sources",
    (
        ID,
        Column("name", "text", "The name.", attrgetter("name")),
        Column("page", "text", "The path of its page.", lambda s: s.get_absolute_url()),
        Column("aliases", "text", "Other names.", attrgetter("aliases")),
        Column("kind", "code", "Code of source_kind.", attrgetter("kind")),
        Column("speaks_for", "text", "The party it speaks for.", attrgetter("speaks_for")),
        Column(
            "is_compilation",
            "boolean",
            "Puts others' reports together.",
            attrgetter("is_compilation"),
        ),
        Column("url", "text", "Its own address on the web.", attrgetter("url")),
    ),
    sql=sources_sql,
)
DOCUMENTS = Table(
    "documents",
    (
        ID,
        Column("title", "text", "The title.", attrgetter("name")),
        Column("page", "text", "The path of its page.", lambda d: d.get_absolute_url()),
        Column("publisher_id", "text", "The publisher's id.", _publisher("public_id")),
        Column("publisher", "text", "The publisher's name.", _publisher("name")),
        Column("author", "text", "Who wrote it.", attrgetter("author")),
        Column("url", "text", "Its own address on the web.", attrgetter("url")),
        Column("archived_url", "text", "An archived copy.", attrgetter("archived_url")),
        Column("published_on", "date", "When it was published.", lambda d: d.published),
        Column("language", "text", "Code such as en, uk, ar.", attrgetter("language")),
    ),
    sql=documents_sql,
)
CHANGES = Table(
    "changes",
    (
        Column("at", "time", "When, in UTC.", attrgetter("at")),
        Column("kind", "code", "Code of change_kind.", attrgetter("kind")),
        Column("record_kind", "text", "What kind of record.", attrgetter("record_kind")),
        Column("record_id", "text", "Its public id.", attrgetter("record_id")),
        Column("target_id", "text", "The other record's id.", attrgetter("target_id")),
        Column("event_id", "text", "The event's id.", _event_of_change),
        Column("reason", "text", "Why; of what is gone, why it went.", public_reason),
    ),
    sql=changes_sql,
)


def _terms(vocabulary: Any) -> Iterator[tuple[str, str, str, str]]:
    for term in vocabulary:
        yield vocabulary.name, term.code, term.label, term.definition


VOCABULARIES = Table(
    "vocabularies",
    (
        Column("vocabulary", "text", "The name of the list.", lambda row: row[0]),
        Column("code", "code", "The code.", lambda row: row[1]),
        Column("label", "text", "What people read.", lambda row: row[2]),
        Column("definition", "text", "What it means.", lambda row: row[3]),
    ),
    _terms,
)
