"""Texts that are kept already, found by what they say or by where they come from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from claims.domain.intake import fingerprint, kept_text
from claims.models import StoredText


def text_kept(text: str) -> StoredText | None:
    """Return the kept text that says the same, whatever its white space."""
    return _with_document().filter(sha256=fingerprint(kept_text(text))).first()


def text_kept_from(address: str) -> StoredText | None:
    """Return the latest text kept from a web address, asked for under it or ended at it."""
    plain = address.strip().partition("#")[0]
    if not plain:
        return None
    asked = Q(address__in=(plain, address.strip())) | Q(final_address=plain)
    here = asked | Q(document__url=plain) | Q(document__archived_url=plain)
    return _with_document().filter(here).exclude(document__state="withdrawn").first()


def _with_document() -> QuerySet[StoredText]:
    return StoredText.objects.select_related("document").defer("text", "warc").order_by("-pk")
