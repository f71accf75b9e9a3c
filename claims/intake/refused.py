"""Why a document does not arrive, in sentences for the person who sent for it."""

from __future__ import annotations

from claims.services.refusals import Refused


class NotFetched(Refused):
    """A page that is not, or cannot be, fetched; nothing of it was kept."""


class NotReadable(Refused):
    """A page or file from which no text can be read."""
