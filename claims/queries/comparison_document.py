"""A comparison as JSON: the contract of the API, also kept ready made with the event.

Keys are added, never renamed. Addresses are paths on this site. Dates are ISO, no more precise
than they are known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import orjson

from claims.domain.agreement import Stretch
from claims.domain.comparison import Gap
from claims.domain.dates import PartialDate
from claims.domain.figures import Figure
from claims.models import Citation, Claim, Document, Party, Source
from claims.queries.compared import (
    ComparedCitation,
    ComparedDocument,
    ComparedParty,
    ComparedSource,
)
from claims.queries.comparisons import ClaimInComparison, ComparisonView


def comparisons_document(views: Iterable[ComparisonView]) -> dict[str, Any]:
    """Return the body of /api/v1/events/{id}/comparisons/."""
    return {"results": [comparison_document(view) for view in views]}


def as_body(document: dict[str, Any]) -> tuple[str, str]:
    """Return the JSON text of a document and its strong entity tag (without quotes)."""
    body = orjson.dumps(document)
    return body.decode(), hashlib.sha256(body).hexdigest()[:32]


def comparison_document(view: ComparisonView) -> dict[str, Any]:
    """Return one comparison with its claims and their citations."""
    result = view.result
    latest = result.latest_claimed_on
    return {
        "id": view.public_id,
        "event": {
            "id": view.event.public_id,
            "title": view.event.title,
            "url": view.event.get_absolute_url(),
        },
        "measure": view.question.measure,
        "victims": view.question.victims,
        "victims_party": named(view.question.victims_party),
        "claim_count": view.claim_count,
        "claimant_count": view.claimant_count,
        "citation_count": view.citation_count,
        "lowest": result.lowest,
        "highest": result.highest,
        "spread_ratio": number(result.spread_ratio),
        "verdict": str(result.verdict),
        "gap": gap_document(result.gap),
        "agreement": [stretch_document(stretch) for stretch in result.agreement],
        "groups": [list(group) for group in result.groups],
        "self_disagreements": [list(own) for own in result.electorate.self_disagreements],
        "rule": None,
        "latest_claimed_on": latest.isoformat() if latest else None,
        "claims": [claim_document(claim) for claim in view.claims],
    }


def gap_document(gap: Gap | None) -> dict[str, Any] | None:
    """Return low, high, absolute, ratio (null where infinite), or ``None``."""
    if gap is None:
        return None
    return {
        "low": gap.low,
        "high": gap.high,
        "absolute": gap.absolute,
        "ratio": number(gap.ratio),
    }


def stretch_document(stretch: Stretch) -> dict[str, Any]:
    """Return one stretch of the agreement set; high is null where it is open."""
    return {
        "low": stretch.low,
        "high": stretch.high,
        "claimants": stretch.claimants,
        "bounded_claimants": stretch.bounded_claimants,
        "of": stretch.of,
    }


def claim_document(shown: ClaimInComparison) -> dict[str, Any]:
    """Return one claim as a comparison shows it."""
    claim = shown.claim
    return {
        "id": claim.public_id,
        "url": claim.get_absolute_url(),
        "claimant": claimant_document(claim.claimant, str(shown.stance)),
        "figure": figure_document(claim.figure, claim.interval),
        "bounds": ({"low": shown.bounds.low, "high": shown.bounds.high} if shown.bounds else None),
        "votes": shown.votes,
        "victims_wording": claim.victims_wording,
        "count_basis": claim.count_basis,
        "claimed_on": iso(claim.claimed),
        "as_of": claim.as_of.isoformat() if claim.as_of else None,
        "period_start": claim.period_start.isoformat() if claim.period_start else None,
        "period_end": claim.period_end.isoformat() if claim.period_end else None,
        "area": claim.area,
        "revises": shown.revises.public_id if shown.revises else None,
        "revised_by": shown.revised_by.public_id if shown.revised_by else None,
        "state": claim.state,
        "credibility": claim.credibility or None,
        "citations": [citation_document(citation) for citation in claim.published_citations],
    }


def claimant_document(source: Source | ComparedSource, stance: str) -> dict[str, Any]:
    """Return who makes a claim and how they stand to the victims."""
    return {
        "id": source.public_id,
        "name": source.name,
        "kind": source.kind,
        "stance": stance,
        "is_compilation": source.is_compilation,
    }


def figure_document(figure: Figure | Claim, interval: str) -> dict[str, Any]:
    """Return a figure, or that of a claim, as stated; null means not stated, never zero."""
    return {
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "qualifier": str(figure.qualifier),
        "wording": figure.wording,
        "interval": interval,
        "disordered": figure.disordered,
    }


def citation_document(citation: Citation | ComparedCitation) -> dict[str, Any]:
    """Return where a document prints a claim."""
    via = citation.via
    if via is not None and via.state != "published":
        via = None
    return {
        "document": document_reference(citation.document),
        "wording": citation.wording,
        "quote": citation.quote,
        "locator": citation.locator,
        "via": document_reference(via) if via else None,
    }


def document_reference(document: Document | ComparedDocument) -> dict[str, Any]:
    """Return a document in short."""
    return {
        "id": document.public_id,
        "title": document.name,
        "publisher": document.publisher.name if document.publisher else None,
        "url": document.url or None,
        "archived_url": document.archived_url or None,
        "published_on": iso(document.published),
    }


def named(party: Party | ComparedParty | None) -> dict[str, str] | None:
    """Return id and name of a party."""
    return {"id": party.public_id, "name": party.name} if party else None


def iso(day: PartialDate | None) -> str | None:
    """Return an ISO date no more precise than it is known."""
    return day.isoformat() if day else None


def number(ratio: Decimal | None) -> float | None:
    """Return a ratio of four decimals as a JSON number."""
    return None if ratio is None else float(ratio)
