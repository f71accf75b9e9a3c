"""Claims in the interchange format, so that an export can be imported again.

One row per claim and citation; a claim without a public citation has one row. The editors' note
never leaves the desk, so the column ``note`` is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from claims.domain.dates import PartialDate
from claims.exports.claims_sql import claims_sql
from claims.exports.tables import Column, Table
from claims.models import Citation, Claim, Document, Event, Source


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim with one of its citations, or with none."""

    claim: Claim
    citation: Citation | None
    is_first: bool

    @property
    def event(self) -> Event:
        """The event that the claim is about."""
        return self.claim.event

    @property
    def claimant(self) -> Source:
        """The source that makes the claim."""
        return self.claim.claimant

    @property
    def document(self) -> Document | None:
        """The document that carries it."""
        return self.citation.document if self.citation else None


def cited(claim: Claim) -> Iterator[CitedClaim]:
    """Yield a claim once for each of its public citations, or once without any.

    The first row's wording is the claim's own in the interchange format, so a citation that
    prints other words comes after those that do not.
    """
    in_own_words = sorted(claim.published_citations, key=lambda citation: _drifts(claim, citation))
    for place, citation in enumerate(in_own_words or [None]):
        yield CitedClaim(claim, citation, is_first=place == 0)


def _drifts(claim: Claim, citation: Citation) -> bool:
    return citation.wording not in ("", claim.wording)


def key_of(record: Any) -> str:
    """Return the name of a claim or event in the interchange format."""
    return record.key or record.public_id


def _document(name: str) -> Any:
    return lambda row: getattr(row.document, name) if row.document else None


def _citation(name: str) -> Any:
    return lambda row: getattr(row.citation, name) if row.citation else None


def _wording(row: CitedClaim) -> str:
    printed = row.citation.wording if row.citation and not row.is_first else ""
    return printed or row.claim.wording


def _parent(row: CitedClaim) -> str | None:
    parent = row.event.parent
    return key_of(parent) if parent and parent.state == "published" else None


def _revises(row: CitedClaim) -> str | None:
    earlier = row.claim.revises
    return key_of(earlier) if earlier and earlier.state == "published" else None


def _of_publisher(name: str) -> Callable[[CitedClaim], str | None]:
    def cell(row: CitedClaim) -> str | None:
        publisher = row.document.publisher if row.document else None
        is_public = publisher is not None and publisher.state == "published"
        return getattr(publisher, name) if is_public else None

    return cell


def _published_on(row: CitedClaim) -> PartialDate | None:
    return row.document.published if row.document else None


def _via(row: CitedClaim) -> str | None:
    via = row.citation.via if row.citation else None
    return (via.title or via.url or None) if via and via.state == "published" else None


def _party(row: CitedClaim) -> str | None:
    return row.claim.victims_party.name if row.claim.victims_party else None


def _speaks_for(row: CitedClaim) -> str | None:
    return row.claimant.speaks_for.name if row.claimant.speaks_for else None


CLAIMS = Table(
    "claims",
    (
        Column("claim_key", "text", "The claim's key, or else its id.", lambda r: key_of(r.claim)),
        Column("event_key", "text", "The event's key, or else its id.", lambda r: key_of(r.event)),
        Column("event", "text", "The event's title.", lambda r: r.event.title),
        Column("event_aliases", "text", "Its other names.", lambda r: r.event.aliases),
        Column("event_identifiers", "text", "Its ids in datasets.", lambda r: r.event.identifiers),
        Column("event_kind", "code", "Code of event_kind.", lambda r: r.event.kind),
        Column("event_start", "date", "Its first day.", lambda r: r.event.started),
        Column("event_end", "date", "Its last day.", lambda r: r.event.ended),
        Column("country", "code", "ISO 3166-1 codes.", lambda r: r.event.countries),
        Column("place", "text", "Where it happened.", lambda r: r.event.place),
        Column("latitude", "number", "Degrees north.", lambda r: r.event.latitude),
        Column("longitude", "number", "Degrees east.", lambda r: r.event.longitude),
        Column(
            "place_precision", "code", "Code of place_precision.", lambda r: r.event.place_precision
        ),
        Column("parties", "text", "Its sides.", lambda r: [p.name for p in r.event.parties.all()]),
        Column("parent", "text", "The key of the event it is part of.", _parent),
        Column("claimant", "text", "Who makes the claim.", lambda r: r.claimant.name),
        Column("claimant_kind", "code", "Code of source_kind.", lambda r: r.claimant.kind),
        Column("speaks_for", "text", "The party the claimant speaks for.", _speaks_for),
        Column(
            "is_compilation",
            "boolean",
            "Whether the claimant puts others' reports together.",
            lambda r: r.claimant.is_compilation,
        ),
        Column("measure", "code", "Code of measure.", lambda r: r.claim.measure),
        Column("victims", "code", "Code of victims.", lambda r: r.claim.victims),
        Column("victims_wording", "text", "As worded.", lambda r: r.claim.victims_wording),
        Column("victims_party", "text", "The party the victims belong to.", _party),
        Column("wording", "text", "The number as this document prints it.", _wording),
        Column("qualifier", "code", "Code of qualifier.", lambda r: r.claim.qualifier),
        Column("low", "integer", "As stated.", lambda r: r.claim.low),
        Column("best", "integer", "As stated.", lambda r: r.claim.best),
        Column("high", "integer", "As stated.", lambda r: r.claim.high),
        Column(
            "disordered",
            "boolean",
            "The source printed low, best and high out of order.",
            lambda r: r.claim.disordered,
        ),
        Column("interval", "text", "What low to high is.", lambda r: r.claim.interval),
        Column("count_basis", "code", "Code of count_basis.", lambda r: r.claim.count_basis),
        Column("claimed_on", "date", "When it was claimed.", lambda r: r.claim.claimed),
        Column("as_of", "day", "The day the figure counts up to.", lambda r: r.claim.as_of),
        Column("period_start", "day", "Where not the event's own.", lambda r: r.claim.period_start),
        Column("period_end", "day", "Where not the event's own.", lambda r: r.claim.period_end),
        Column("area", "text", "Where not the event's own.", lambda r: r.claim.area),
        Column("revises", "text", "The key of the claim it replaces.", _revises),
        Column("credibility", "code", "Code of credibility.", lambda r: r.claim.credibility),
        Column("document", "text", "The title of the document.", _document("title")),
        Column("publisher", "text", "Who published it.", _of_publisher("name")),
        Column("author", "text", "Who wrote it.", _document("author")),
        Column("url", "text", "Its address on the web.", _document("url")),
        Column("archived_url", "text", "An archived copy.", _document("archived_url")),
        Column("published_on", "date", "When it was published.", _published_on),
        Column("language", "text", "Code such as en, uk, ar.", _document("language")),
        Column("quote", "text", "A sentence as printed.", _citation("quote")),
        Column("locator", "text", "Page, paragraph, table or row.", _citation("locator")),
        Column("via", "text", "Title or address of the document it got it from.", _via),
        Column(
            "publisher_kind", "code", "The publisher's code of source_kind.", _of_publisher("kind")
        ),
    ),
    cited,
    claims_sql,
)
