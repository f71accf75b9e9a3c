"""The figures read in a text, as a script is told of them."""

from __future__ import annotations

from claims.models import Candidate, StoredText

MOST_TOLD = 1000


def read_candidates(stored: StoredText) -> list[Candidate]:
    """Return the figures of a text in reading order, at most ``MOST_TOLD``; one SQL query."""
    found = Candidate.objects.filter(stored_text=stored).select_related("claim")
    return list(found.order_by("figure_start", "pk")[:MOST_TOLD])
