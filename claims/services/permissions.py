"""Who may do what at the desk: permissions of groups, and the desk of one person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User

from claims.models import Claim
from claims.models.base import Record
from claims.services.refusals import NotAllowed

DRAFTING = "submit_claim"
PUBLISHING = "publish_claim"
WITHDRAWING = "withdraw_claim"
MERGING = "merge_records"
VOCABULARY = "manage_vocabulary"

ONE_PERSON_DESK = "one-person desk"

_WHAT = {
    DRAFTING: "draft records and ask for review",
    PUBLISHING: "review, publish and change published records",
    WITHDRAWING: "withdraw published records",
    MERGING: "merge records",
    VOCABULARY: "change parties",
}


def check(by: User, permission: str) -> None:
    """Raise ``NotAllowed`` unless the person's role includes the permission."""
    if not has(by, permission):
        raise NotAllowed(f"Your role does not allow you to {_WHAT[permission]}.")


def has(by: User, permission: str) -> bool:
    """Tell whether the person's role includes one of the desk's permissions."""
    return by.has_perm(f"claims.{permission}")


def check_edit(record: Record, by: User) -> None:
    """Raise ``NotAllowed`` unless the person may edit this record.

    Contributors edit their own drafts; what is public or somebody else's takes an editor.
    """
    if has(by, PUBLISHING):
        return
    check(by, DRAFTING)
    was_public = record.state in ("published", "withdrawn") or (
        isinstance(record, Claim) and record.published_at is not None
    )
    if was_public or record.created_by_id != by.pk:
        raise NotAllowed(
            f"Contributors edit {record._meta.verbose_name_plural} that they have drafted "
            "themselves and that are not public; ask an editor."
        )


def is_one_person_desk() -> bool:
    """Whether this desk may review its own drafts, saying so in the record."""
    return bool(settings.ONE_PERSON_DESK)
