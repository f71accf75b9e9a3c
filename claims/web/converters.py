"""Parts of addresses: public ids, and the slugs that decorate them."""

from __future__ import annotations

from claims.domain.public_ids import ALPHABET, LENGTH
from claims.queries.site_map import SECTIONS


class Slug:
    """The decoration after a public id; empty for a title that has no Latin letters."""

    regex = "[-a-zA-Z0-9_]*"

    def to_python(self, value: str) -> str:
        """Return the slug as written."""
        return value

    def to_url(self, value: str) -> str:
        """Return the slug as written."""
        return value


class _PublicId(Slug):
    prefix = ""

    def __init_subclass__(cls) -> None:
        cls.regex = rf"{cls.prefix}_[{ALPHABET}]{{{LENGTH}}}"


class EventId(_PublicId):
    """The public id of an event."""

    prefix = "ev"


class SourceId(_PublicId):
    """The public id of a source."""

    prefix = "so"


class ClaimId(_PublicId):
    """The public id of a claim."""

    prefix = "cl"


class DocumentId(_PublicId):
    """The public id of a document."""

    prefix = "do"


class MapSection(Slug):
    """One kind of record in the map of the site."""

    regex = "|".join(SECTIONS)


class SnapshotName(Slug):
    """The date and number of a snapshot."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.[1-9][0-9]{0,2}"
