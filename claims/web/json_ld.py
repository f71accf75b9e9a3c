"""What a page holds in the words of schema.org (JSON-LD), for search engines and reference tools.

A data block is not run by browsers, so the page's strict Content-Security-Policy stays as it is.
Only what the page shows anyway; a figure is told as a claim of its claimant, never as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.conf import settings
from django.utils.safestring import SafeString

from claims.domain.dates import PartialDate
from claims.domain.vocabularies import MEASURE
from claims.exports.snapshots.contents import LICENCE_ADDRESS
from claims.exports.snapshots.publishing import DESCRIPTION
from claims.exports.snapshots.reading import Snapshot
from claims.models import Citation, Claim, Document, Event, Source
from claims.queries.compared import (
    ComparedCitation,
    ComparedClaim,
    ComparedDocument,
    ComparedSource,
)
from claims.web import words
from claims.web.addresses import page_address
from claims.web.templatetags.figure_tags import is_web_address

MOST_CLAIMS = 20
KEYWORDS = ["casualty figures", "deaths", "armed conflict", "disasters"]
INDIVIDUALS = {"journalist", "witness"}
LISTS = ("events", "claims", "comparisons", "sources", "documents")
Node = dict[str, Any]

# So that no text can end the block or be taken for markup in it.
_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def block(*nodes: Node) -> SafeString:
    """Return nodes as the text of a ``script`` of the type ``application/ld+json``."""
    graph = {"@context": "https://schema.org", "@graph": [_without_gaps(n) for n in nodes]}
    text = orjson.dumps(graph).decode()
    for sign, written in _ESCAPES:
        text = text.replace(sign, written)
    return SafeString(text)


def site_dataset() -> Node:
    """Return everything public as a dataset, list by list."""
    return {
        **_dataset(settings.SITE_NAME, "/", DESCRIPTION),
        "distribution": [
            _download(page_address(f"api:{name}_file", "csv"), "text/csv", name) for name in LISTS
        ],
    }


def snapshot_dataset(snapshot: Snapshot, address: str) -> Node:
    """Return a snapshot as a version of that dataset, file by file."""
    return {
        **_dataset(f"{settings.SITE_NAME}, version {snapshot.name}", address, DESCRIPTION),
        "version": snapshot.name,
        "datePublished": snapshot.created.date().isoformat(),
        "isBasedOn": f"{settings.SITE_URL}/#dataset",
        "distribution": [
            {
                **_download(f"{address}{file.name}", file.media_type, file.name),
                "contentSize": f"{file.bytes} B",
                "sha256": file.sha256,
            }
            for file in snapshot.files
        ],
    }


def event_nodes(event: Event, claims: list[ComparedClaim]) -> list[Node]:
    """Return the claims on an event as a dataset, and the first of them one by one."""
    address = event.get_absolute_url()
    dataset = {
        **_dataset(
            f"Casualty figures claimed: {event.title}",
            address,
            f"Who said which number about {event.title}, when, in which words and documents, and "
            "which of the numbers can be true together.",
        ),
        "alternateName": event.aliases,
        "variableMeasured": [MEASURE.label(code) for code in _measures(claims)],
        "temporalCoverage": _covered(event),
        "spatialCoverage": _place(event),
        "isPartOf": f"{settings.SITE_URL}/#dataset",
        "distribution": [
            _download(
                f"{page_address('api:claims_file', 'csv')}?event={event.public_id}",
                "text/csv",
                "claims",
            )
        ],
    }
    return [dataset, *(claim_node(c, c.published_citations) for c in claims[:MOST_CLAIMS])]


def _measures(claims: list[ComparedClaim]) -> list[str]:
    """Return the measures of claims in the order of the vocabulary."""
    return [term.code for term in MEASURE if any(c.measure == term.code for c in claims)]


def claim_node(
    claim: Claim | ComparedClaim, citations: Iterable[Citation | ComparedCitation]
) -> Node:
    """Return a claim with who makes it and the documents that it appears in."""
    figure = f"{words.figure(claim.figure)} ({MEASURE.label(claim.measure)})"
    return {
        "@type": "Claim",
        "@id": f"{settings.SITE_URL}{claim.get_absolute_url()}",
        "url": f"{settings.SITE_URL}{claim.get_absolute_url()}",
        "name": f"{claim.claimant.name}: {figure}",
        "author": _claimant(claim.claimant),
        "datePublished": _day(claim.claimed),
        "appearance": [_document(c.document) for c in citations],
    }


def _dataset(name: str, address: str, description: str) -> Node:
    site = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL}
    return {
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}{address}#dataset",
        "identifier": f"{settings.SITE_URL}{address}",
        "name": name,
        "description": description,
        "url": f"{settings.SITE_URL}{address}",
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "keywords": KEYWORDS,
        "creator": site,
        "publisher": site,
    }


def _download(address: str, media_type: str, name: str) -> Node:
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": media_type,
        "contentUrl": f"{settings.SITE_URL}{address}",
    }


def _claimant(source: Source | ComparedSource) -> Node:
    kind = "Person" if source.kind in INDIVIDUALS else "Organization"
    address = f"{settings.SITE_URL}{source.get_absolute_url()}"
    return {"@type": kind, "name": source.name, "url": address}


def _document(document: Document | ComparedDocument) -> Node:
    publisher = document.publisher
    return {
        "@type": "CreativeWork",
        "name": document.name,
        "url": _web(document.url),
        "archivedAt": _web(document.archived_url),
        "datePublished": _day(document.published),
        "publisher": {"@type": "Organization", "name": publisher.name} if publisher else None,
    }


def _web(address: str) -> str | None:
    """Return an address of the web; others are told on no page."""
    return address if is_web_address(address) else None


def _covered(event: Event) -> str | None:
    """Return when an event took place as an ISO 8601 interval, open where it goes on."""
    start, end = _day(event.started), _day(event.ended)
    return f"{start}/{end or '..'}" if start else None


def _place(event: Event) -> Node | None:
    name = ", ".join(filter(None, (event.place, *event.country_names)))
    if not name and event.latitude is None:
        return None
    point = (
        {
            "@type": "GeoCoordinates",
            "latitude": float(event.latitude),
            "longitude": float(event.longitude),
        }
        if event.latitude is not None and event.longitude is not None
        else None
    )
    return _without_gaps({"@type": "Place", "name": name, "geo": point})


def _day(day: PartialDate | None) -> str | None:
    """Return a date as ISO 8601, no more precise than it is known."""
    return day.isoformat().rstrip("~") if day else None


def _without_gaps(node: Node) -> Node:
    """Return a node without what is not known, which is not the same as empty."""
    found: Node = {}
    for name, value in node.items():
        kept = _without_gaps(value) if isinstance(value, dict) else value
        if isinstance(kept, list):
            kept = [_without_gaps(one) if isinstance(one, dict) else one for one in kept]
        if kept not in (None, "", [], {}):
            found[name] = kept
    return found
