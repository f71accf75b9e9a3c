"""The default comparisons of an event, ready made: one read by one statement of fixed text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connections, router

from claims.models import EventDigest

_SETTLED = timedelta(seconds=2)
_DOCUMENT = """
SELECT d.comparisons_json, d.etag, d.changed_at
FROM claims_event e
JOIN claims_eventdigest d ON d.event_id = e.id
WHERE e.state = 'published' AND e.public_id = %s
"""


@dataclass(slots=True)
class StoredComparisons:
    """The document as made, its entity tag, and since when it has been so.

    ``changed_at`` is ``None`` within the first seconds: a time of whole seconds could not tell two
    changes in one second apart.
    """

    body: str
    etag: str
    changed_at: datetime | None


def stored_comparisons(public_id: str) -> StoredComparisons | None:
    """Return the stored document of a public event; ``None`` where there is none."""
    connection = connections[router.db_for_read(EventDigest)]
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENT, [public_id])
        row = cursor.fetchone()
    if row is None:
        return None
    body, etag, at = row
    # SQLite keeps times as text, in UTC without saying so.
    changed_at = datetime.fromisoformat(at) if isinstance(at, str) else at
    changed_at = changed_at.replace(tzinfo=changed_at.tzinfo or UTC)
    is_settled = datetime.now(UTC) - changed_at > _SETTLED
    return StoredComparisons(body, etag, changed_at if is_settled else None)
