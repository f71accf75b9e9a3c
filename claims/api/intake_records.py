"""A document taken in, as its script is told: names and shapes, no queries, no rules."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from claims.api.records import Json, document_record
from claims.models import Candidate, Document, StoredText


def arrived_record(
    document: Document, stored: StoredText, found: Iterable[Candidate], *, is_new: bool
) -> Json:
    """Return a document with its kept text and the figures read in it."""
    candidates = [candidate_record(candidate, stored.text) for candidate in found]
    return {
        "document": desk_document_record(document),
        "text": {
            "page": reverse("admin:intake_reading", args=[stored.pk]),
            "is_new": is_new,
            "language": stored.language,
            "extractor_version": stored.extractor_version,
            "figure_count": len(candidates),
        },
        "candidates": candidates,
    }


def desk_document_record(document: Document) -> Json:
    """Return a document as the desk knows it, with a publisher that is no more than a draft."""
    publisher = document.publisher
    return document_record(document) | {
        "page": reverse("admin:claims_document_change", args=[document.pk]),
        "state": document.state,
        "publisher": {"id": publisher.public_id, "name": publisher.name} if publisher else None,
    }


def candidate_record(candidate: Candidate, text: str) -> Json:
    """Return a figure that was read, with the sentence of the text that it stands in."""
    return {
        "id": candidate.pk,
        "start": candidate.figure_start,
        "end": candidate.figure_end,
        "quote": " ".join(text[candidate.sentence_start : candidate.sentence_end].split()),
        "wording": candidate.wording,
        "low": candidate.low,
        "best": candidate.best,
        "high": candidate.high,
        "qualifier": candidate.qualifier,
        "measure": candidate.measure,
        "victims": candidate.victims,
        "victims_wording": candidate.victims_wording,
        "victims_party": candidate.victims_party_words,
        "count_basis": candidate.count_basis,
        "claimant": candidate.claimant_words or None,
        "claimed_on": candidate.claimed.isoformat() if candidate.claimed else None,
        "period_start": candidate.period.isoformat() if candidate.period else None,
        "part_of": candidate.part_of_id,
        "revises": candidate.revises_id,
        "confidence": candidate.confidence,
        "rules": candidate.rules,
        "state": candidate.state,
        "claim": candidate.claim.public_id if candidate.claim else None,
    }
