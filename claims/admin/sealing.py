"""Something carried from one step of the desk to the next in the page itself.

It is signed for the person it was shown to and for an hour, so that what is kept is what was
shown, and no server keeps anything in between.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest

from claims.admin.actor import actor

VALID_SECONDS = 60 * 60


def sealed(request: HttpRequest, value: dict[str, Any], *, salt: str) -> str:
    """Return a value as a text that nobody else can make, or use."""
    return signing.dumps({"by": actor(request).pk, "value": value}, salt=salt, compress=True)


def unsealed(request: HttpRequest, text: str, *, salt: str) -> dict[str, Any]:
    """Return what was sealed; raise ``BadSignature`` for anything else."""
    found = signing.loads(text, salt=salt, max_age=VALID_SECONDS)
    if found["by"] != actor(request).pk:
        raise signing.BadSignature("Sealed for somebody else.")
    value: dict[str, Any] = found["value"]
    return value
