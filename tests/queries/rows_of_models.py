"""The claims of an event as the rows of ``claims.models`` give them: what the quick path must say.

Slow, and written the plain way on purpose; it shares nothing with ``compared_rows`` but the domain.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch

from claims.models import Citation, Claim, Event

CLAIM = (
    "pk public_id measure victims victims_wording victims_party_id wording qualifier low best high"
    " disordered interval count_basis claimed as_of period_start period_end area revises_id"
    " credibility state figure figure_words cited_on"
).split()
SOURCE = "pk public_id name kind speaks_for_id is_compilation".split()
DOCUMENT = "public_id title name url archived_url published state".split()


def claims_of(event: Event) -> list[Claim]:
    """Return the event's published claims with everything that comparisons show of them."""
    citations = (
        Citation.objects.published()
        .filter(document__state="published")
        .select_related("document__publisher", "via__publisher")
        .order_by(F("document__published_on").asc(nulls_last=True), "id")
    )
    claims = list(
        Claim.objects.published()
        .filter(event=event)
        .select_related("claimant", "victims_party")
        .prefetch_related(Prefetch("citations", citations, to_attr="published_citations"))
        .order_by("id")
    )
    for claim in claims:
        days = [citation.document.published for citation in claim.published_citations]
        claim.cited_on = min((d for d in days if d), key=lambda d: d.last, default=None)
    return claims


def facts(claim: Any) -> dict[str, Any]:
    """Return every value that a claim shows, of a row or of a light value alike."""
    party = claim.victims_party
    return {
        **{name: getattr(claim, name) for name in CLAIM},
        "address": claim.get_absolute_url(),
        "claimant": {name: getattr(claim.claimant, name) for name in SOURCE},
        "claimant_address": claim.claimant.get_absolute_url(),
        "party": (party.pk, party.public_id, party.name) if party else None,
        "citations": [
            {
                "document": _document(citation.document),
                "via": _document(citation.via),
                "said": (citation.wording, citation.quote, citation.locator),
            }
            for citation in claim.published_citations
        ],
    }


def _document(document: Any) -> dict[str, Any] | None:
    if document is None or document.state != "published":
        return None
    return {
        **{name: getattr(document, name) for name in DOCUMENT},
        "publisher": document.publisher.name if document.publisher else None,
        "address": document.get_absolute_url(),
    }
