"""Requests answered once: the same key with the same body gets the same answer, for a day.

A script that lost the connection sends its request again without asking whether it arrived. The
key and what is done under it are written in one transaction, so that neither is without the other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import KeptAnswer
from claims.services.refusals import Refused

KEPT_FOR = timedelta(hours=24)


class KeyUsedAlready(Refused):
    """The key stands for another request."""


class Answered(NamedTuple):
    """A status and a body, and whether they are those of an earlier request."""

    status: int
    body: dict[str, Any]
    is_repeated: bool


@transaction.atomic
def answer_once(
    *, by: User, key: str, digest: str, answer: Callable[[], tuple[int, dict[str, Any]]]
) -> Answered:
    """Return what ``answer`` does and says, or what it said under the same key before.

    Whatever ``answer`` raises leaves the key free. Raises ``KeyUsedAlready`` where the key stands
    for a request with another body.
    """
    KeptAnswer.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            kept = KeptAnswer.objects.create(user=by, key=key, digest=digest)
    except IntegrityError:
        return _earlier(by, key, digest)
    kept.status, kept.answer = answer()
    kept.save()
    return Answered(kept.status, kept.answer, is_repeated=False)


def _earlier(by: User, key: str, digest: str) -> Answered:
    kept = KeptAnswer.objects.get(user=by, key=key)
    if kept.digest != digest:
        raise KeyUsedAlready(
            f"The key “{key}” was used within a day for a request with another body. Give each "
            "request a key of its own."
        )
    return Answered(kept.status, kept.answer, is_repeated=True)
