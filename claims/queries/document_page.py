"""One document with the claims it carries and the documents that got a figure from it.

At most five SQL queries. Long tables of a dataset's release come page by page.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Citation, Document
from claims.queries.addresses import record_at
from claims.queries.lists import public_documents
from claims.queries.paging import Order, Page, page_of

PAGE_SIZE = 50
MOST_RELAYS = 50
IN_ORDER_OF_ENTRY = Order("added", "pk", int, "in the order of entry")


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A public document; ``citations`` is a page of the public claims that it carries."""

    document: Document
    citations: Page
    relays: list[Document]


def document_page(public_id: str, *, cursor: str = "") -> DocumentPage:
    """Return what the page of a document shows.

    Raises ``Moved``, ``Withdrawn``, ``NothingThere``, or ``BadParameter`` for the cursor.
    """
    document: Document = record_at(public_documents(), public_id)
    citations = (
        Citation.objects.published()
        .filter(document=document, claim__state="published", claim__event__state="published")
        .select_related("claim__claimant", "claim__event", "claim__victims_party", "via__publisher")
    )
    return DocumentPage(
        document,
        page_of(citations, IN_ORDER_OF_ENTRY, size=PAGE_SIZE, cursor=cursor),
        _relays(document),
    )


def _relays(document: Document) -> list[Document]:
    """Return the public documents that got a figure from this one."""
    got_from_it = Citation.objects.published().filter(
        via=document, claim__state="published", claim__event__state="published"
    )
    return list(
        public_documents()
        .filter(pk__in=got_from_it.values("document"))
        .order_by("-id")[:MOST_RELAYS]
    )
