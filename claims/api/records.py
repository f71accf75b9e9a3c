"""Records as JSON: names and shapes, no queries, no rules.

The rows come from ``claims.queries`` with everything they show. Keys are contract: added, never
renamed. ``url`` of events and claims is their page on this site; sources and documents have
addresses of their own, so their page here is ``page``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from claims.domain.figures import bounds_of
from claims.domain.stance import stance
from claims.domain.vocabularies import Vocabulary
from claims.models import Change, Citation, Claim, Comparison, Document, Event, Source
from claims.queries.change_log import public_reason
from claims.queries.comparison_document import (
    citation_document,
    claimant_document,
    figure_document,
    iso,
    named,
    number,
)
from claims.queries.feed import EventNow, FeedEntry, FeedPage

Json = dict[str, Any]

PAGES = {
    "event": "web:event_moved",
    "claim": "web:claim",
    "citation": "web:claim",
    "source": "web:source_moved",
    "document": "web:document",
}


def event_reference(event: Event) -> Json:
    """Return an event in short."""
    return {"id": event.public_id, "title": event.title, "url": event.get_absolute_url()}


def event_record(event: Event) -> Json:
    """Return an event as lists show it."""
    digest = getattr(event, "digest", None)
    parent = event.parent if event.parent and event.parent.state == "published" else None
    return {
        **event_reference(event),
        "aliases": event.aliases,
        "kind": event.kind,
        "date_start": iso(event.started),
        "date_start_precision": event.date_start_precision if event.date_start else None,
        "date_end": iso(event.ended),
        "date_end_precision": event.date_end_precision if event.date_end else None,
        "countries": event.countries,
        "place": event.place,
        "latitude": number(event.latitude),
        "longitude": number(event.longitude),
        "place_precision": event.place_precision,
        "parties": [named(party) for party in event.parties.all()],
        "parent": event_reference(parent) if parent else None,
        "claim_count": digest.claim_count if digest else 0,
        "headline": numbers(digest.headline) if digest and digest.headline else None,
        "checked_on": day(event.checked_on),
    }


def event_detail(
    event: Event, children: Iterable[Event], comparisons: Iterable[Comparison]
) -> Json:
    """Return an event with its parts and the numbers of its comparisons."""
    return {
        **event_record(event),
        "explanation": event.explanation,
        "children": [event_reference(child) for child in children],
        "comparisons": [numbers(comparison) for comparison in comparisons],
    }


def numbers(comparison: Comparison) -> Json:
    """Return the question and the numbers of a comparison, without its event."""
    has_gap = comparison.gap_high is not None
    return {
        "id": comparison.public_id,
        "measure": comparison.measure,
        "victims": comparison.victims,
        "victims_party": named(comparison.victims_party),
        "claim_count": comparison.claim_count,
        "claimant_count": comparison.claimant_count,
        "citation_count": comparison.citation_count,
        "lowest": comparison.lowest,
        "highest": comparison.highest,
        "spread_ratio": number(comparison.spread_ratio),
        "verdict": comparison.verdict,
        "gap": {
            "low": comparison.gap_low,
            "high": comparison.gap_high,
            "absolute": comparison.gap_absolute,
            "ratio": number(comparison.gap_ratio),
        }
        if has_gap
        else None,
        "latest_claimed_on": day(comparison.latest_claimed_on),
    }


def comparison_record(comparison: Comparison) -> Json:
    """Return a comparison as the list across events shows it."""
    own = numbers(comparison)
    return {"id": own.pop("id"), "event": event_reference(comparison.event), **own}


def claim_record(claim: Claim) -> Json:
    """Return a claim with its citations and what its words say on the plain reading."""
    bounds = bounds_of(claim.figure)
    revises = claim.revises if claim.revises and claim.revises.state == "published" else None
    return {
        "id": claim.public_id,
        "url": claim.get_absolute_url(),
        "event": event_reference(claim.event),
        "measure": claim.measure,
        "victims": claim.victims,
        "victims_party": named(claim.victims_party),
        "victims_wording": claim.victims_wording,
        "claimant": claimant_document(claim.claimant, stance_of(claim)),
        "figure": figure_document(claim, claim.interval),
        "bounds": {"low": bounds.low, "high": bounds.high} if bounds else None,
        "count_basis": claim.count_basis,
        "claimed_on": iso(claim.claimed),
        "as_of": day(claim.as_of),
        "period_start": day(claim.period_start),
        "period_end": day(claim.period_end),
        "area": claim.area,
        "revises": revises.public_id if revises else None,
        "revised_by": claim.revised_by_id,
        "state": claim.state,
        "credibility": claim.credibility or None,
        "citations": [citation_document(citation) for citation in claim.published_citations],
    }


def claim_detail(claim: Claim, chain: Iterable[Claim]) -> Json:
    """Return a claim with the chain of revisions it stands in, oldest first, itself included."""
    return {**claim_record(claim), "chain": [link(other) for other in chain]}


def link(claim: Claim) -> Json:
    """Return a claim as a link of its chain of revisions."""
    return {
        "id": claim.public_id,
        "url": claim.get_absolute_url(),
        "figure": figure_document(claim, claim.interval),
        "claimed_on": iso(claim.claimed),
    }


def stance_of(claim: Claim) -> str:
    """Return how the claimant stands to the people it counts."""
    return str(
        stance(
            speaks_for=claim.claimant.speaks_for_id,
            victims_party=claim.victims_party_id,
            parties={party.pk for party in claim.event.parties.all()},
        )
    )


def source_record(source: Source) -> Json:
    """Return a source."""
    return {
        "id": source.public_id,
        "page": source.get_absolute_url(),
        "name": source.name,
        "aliases": source.aliases,
        "kind": source.kind,
        "speaks_for": named(source.speaks_for),
        "is_compilation": source.is_compilation,
        "url": source.url or None,
    }


def document_record(document: Document) -> Json:
    """Return a document."""
    publisher = document.publisher
    return {
        "id": document.public_id,
        "page": document.get_absolute_url(),
        "title": document.name,
        "publisher": {"id": publisher.public_id, "name": publisher.name}
        if publisher and publisher.state == "published"
        else None,
        "author": document.author,
        "url": document.url or None,
        "archived_url": document.archived_url or None,
        "published_on": iso(document.published),
        "published_on_precision": document.published_on_precision
        if document.published_on
        else None,
        "language": document.language or None,
    }


def document_detail(document: Document, citations: Iterable[Citation]) -> Json:
    """Return a document with the claims it carries."""
    carried = [
        {
            "claim": claim_record(citation.claim),
            "wording": citation.wording,
            "quote": citation.quote,
            "locator": citation.locator,
        }
        for citation in citations
    ]
    return {**document_record(document), "citations": carried}


def change_record(change: Change) -> Json:
    """Return an entry of the public log; never who made it."""
    event = change.event if change.event and change.event.state == "published" else None
    return {
        "at": change.at.isoformat().replace("+00:00", "Z"),
        "kind": change.kind,
        "record": {
            "kind": change.record_kind,
            "id": change.record_id,
            "url": reverse(PAGES[change.record_kind], args=[change.record_id]),
        },
        "target": change.target_id or None,
        "event": event_reference(event) if event else None,
        "reason": public_reason(change),
        "fields": change.fields if change.fields_are_public else [],
    }


def feed_document(page: FeedPage, address: str) -> Json:
    """Return a page of the feed for mirrors; ``address`` is where to go on."""
    return {
        "results": [feed_entry(entry) for entry in page.entries],
        "also": [
            {"record_id": public_id, "record": mirrored(record)}
            for public_id, record in page.also.items()
        ],
        "next": address,
    }


def feed_entry(entry: FeedEntry) -> Json:
    """Return an entry of the feed for mirrors; never who made it."""
    change = entry.change
    return {
        "cursor": str(change.pk),
        "at": change.at.isoformat().replace("+00:00", "Z"),
        "kind": change.kind,
        "record_kind": change.record_kind,
        "record_id": change.record_id,
        "target_id": change.target_id or None,
        "reason": public_reason(change),
        "fields": change.fields if change.fields_are_public else [],
        "record": mirrored(entry.record),
    }


def mirrored(record: Any) -> Json | None:
    """Return a record as its list shows it, with what exports show beyond that."""
    match record:
        case EventNow():
            event = record.event
            return {
                **event_record(event),
                "key": event.key,
                "identifiers": event.identifiers,
                "explanation": event.explanation,
                "comparisons": [numbers(comparison) for comparison in record.comparisons],
            }
        case Claim():
            return {**claim_record(record), "key": record.key}
        case Source():
            return source_record(record)
        case Document():
            return {**document_record(record), "is_untitled": not record.title}
        case _:
            return None


def vocabulary_record(vocabulary: Vocabulary) -> Json:
    """Return a closed list of codes with what they mean."""
    return {
        "name": vocabulary.name,
        "definition": vocabulary.definition,
        "terms": [
            {"code": term.code, "label": term.label, "definition": term.definition}
            for term in vocabulary
        ],
    }


def day(value: date | None) -> str | None:
    """Return a whole date in ISO form."""
    return value.isoformat() if value else None
