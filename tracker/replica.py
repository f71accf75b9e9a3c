"""Reads of the public from a copy of the database, where DATABASE_REPLICA_URL names one.

Only what anybody may read and nobody writes comes from the copy, which may be moments behind:
pages and API answers. The desk reads and writes the database itself, so that an editor always
sees what they have just saved.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponseBase

REPLICA = "replica"
_is_public_read: ContextVar[bool] = ContextVar("is_public_read", default=False)


class ReplicaMiddleware:
    """Marks requests that only read what is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the mark set, and take it away again."""
        reads = request.method in ("GET", "HEAD") and not request.path.startswith("/admin/")
        token = _is_public_read.set(reads)
        try:
            return self.get_response(request)
        finally:
            _is_public_read.reset(token)


class ReplicaRouter:
    """Sends the reads of marked requests to the copy; writes and migrations never go there."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Return the copy for a marked request, nothing in particular otherwise."""
        return REPLICA if _is_public_read.get() else None

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of the copy are rows of the database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Tables reach the copy by replication only."""
        return False if db == REPLICA else None
