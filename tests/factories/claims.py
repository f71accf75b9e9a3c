"""Who said which number."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Document
from claims.services import claims, publishing, reviews
from claims.services.records import editing
from tests.factories.documents import document as new_document
from tests.factories.events import event
from tests.factories.sources import source
from tests.factories.users import author, reviewer
from tests.factories.writing import writing_together


def claim(
    *,
    wording: str = "",
    state: str = "published",
    documents: list[Document] | None = None,
    by: User | None = None,
    reviewed_by: User | None = None,
    **fields: object,
) -> Claim:
    """Return a new claim in any state, carried by one new document unless some are given.

    The figure follows from the wording; without either it is "at least 25". A published claim
    was written by one person and reviewed by another, and stands in the log.
    """
    writer, of_all = author(), "published" if state == "published" else "draft"
    with writing_together(by=writer):
        if "event" not in fields:
            fields["event"] = event(state=of_all)
        if "claimant" not in fields:
            fields["claimant"] = source(state=of_all)
        if documents is None:
            documents = [new_document(state=of_all)]
    if not wording and not {"low", "best", "high", "qualifier"} & set(fields):
        wording = "at least 25"
    defaults = {"measure": "killed", "victims": "people", "claimed_on": date(2023, 1, 5)}
    with editing(by=by or writer) as edit:
        made = claims.draft_within(
            edit, defaults | fields | {"wording": wording}, [{"document": d} for d in documents]
        )
        _bring_to(edit, made, state, reviewed_by or reviewer())
    return made


def publish(claim: Claim, *, by: User | None = None, reason: str = "") -> Claim:
    """Submit a draft where it was not yet, and publish it by a reviewer, through the services."""
    fresh = Claim.objects.get(pk=claim.pk)
    if fresh.state == "draft":
        reviews.submit_claim(fresh, by=fresh.created_by or author())
    return reviews.publish_claim(fresh, by=by or reviewer(), reason=reason)


def _bring_to(edit: object, made: Claim, state: str, reviewed_by: User) -> None:
    if state in ("published", "withdrawn"):
        made.submitted_by = made.created_by
        made.reviewed_by, made.reviewed_at = reviewed_by, timezone.now()
        publishing.make_public(edit, made)
    if state == "withdrawn":
        reviews.withdraw_within(edit, made)
    if state in ("submitted", "rejected"):
        made.state, made.submitted_by = state, made.created_by
        edit.save(made)
