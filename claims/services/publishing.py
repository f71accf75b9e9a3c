"""Making a claim public together with what it rests on.

A public claim is nothing without its event, its claimant and the documents that carry it, so
those that are still drafts are published with it, each with an entry of its own in the log.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from claims.models import Change, Citation, Claim, Document, Event
from claims.models.base import Record
from claims.services import changes
from claims.services.records import Edit
from claims.services.refusals import Incomplete, WrongState

WITHDRAWN_TO_PUBLIC = {"field": "state", "before": "withdrawn", "after": "published"}
"""How the log tells that what was withdrawn is public again."""


def make_public(edit: Edit, claim: Claim) -> None:
    """Publish a locked claim whose review columns are filled, with all that it rests on."""
    citations = list(
        claim.citations.exclude(state="withdrawn").select_related(
            "document__publisher", "via__publisher"
        )
    )
    if not citations:
        raise Incomplete({"citations": ["A public claim needs a document that carries it."]})
    publish_with_ancestors(edit, claim.event)
    publish_record(edit, claim.claimant)
    for citation in citations:
        publish_citation(edit, citation)
    is_first = claim.published_at is None
    claim.state = "published"
    claim.published_at = claim.published_at or timezone.now()
    edit.save(claim)
    if is_first:
        log_first_publication(edit, claim)
    else:
        log_return(edit, claim)


def drafts_below(claim: Claim) -> list[Record]:
    """Return what a claim rests on that is not public yet and would be published with it."""
    found: list[Record] = [*reversed(ancestry(claim.event)), claim.claimant]
    for citation in claim.citations.select_related("document__publisher", "via__publisher"):
        if citation.state != "withdrawn":
            found += [*drafts_of(citation.document), *drafts_of(citation.via), citation]
    return [one for one in found if one.state not in ("published", "withdrawn")]


def drafts_of(document: Document | None) -> list[Record]:
    """Return a document and its publisher, as far as they are not public yet."""
    found = filter(None, (document.publisher, document) if document else ())
    return [one for one in found if one.state not in ("published", "withdrawn")]


def publish_with_ancestors(edit: Edit, event: Event) -> None:
    """Publish an event and the drafts among the events that it is part of, outermost first."""
    for one in reversed(ancestry(event)):
        publish_record(edit, one)


def ancestry(event: Event) -> list[Event]:
    """Return the event and what it is part of, innermost first."""
    chain, seen = [event], {event.pk}
    while chain[-1].parent is not None and chain[-1].parent_id not in seen:
        chain.append(chain[-1].parent)
        seen.add(chain[-1].pk)
    return chain


def lock_ancestry(edit: Edit, event: Event) -> None:
    """Lock an event with the drafts above it, in the order of ids, before anything else."""
    edit.lock_all([one for one in ancestry(event) if one == event or one.state != "published"])


def publish_citation(edit: Edit, citation: Citation) -> None:
    """Publish a citation, its document, the document it was got from, and their publishers."""
    for document in (citation.document, citation.via):
        if document is not None:
            publish_record(edit, document)
    if citation.state != "published":
        held = edit.lock(citation)
        held.state = "published"
        edit.save(held)


def publish_record(edit: Edit, record: Record) -> bool:
    """Publish an event, source or document that is still a draft; tell whether it was one.

    A document brings its publisher along. Raises ``WrongState`` for one that was withdrawn.
    """
    if isinstance(record, Document) and record.publisher is not None:
        publish_record(edit, record.publisher)
    if record.state == "published":
        return False
    held = edit.lock(record)
    if held.state == "withdrawn":
        raise WrongState(
            f"The {held._meta.verbose_name} “{held}” was withdrawn; nothing public can rest on it."
        )
    if held.state == "published":
        record.state = "published"
        return False
    held.state = record.state = "published"
    edit.save(held)
    edit.log("added", held, reason="")
    return True


def log_first_publication(edit: Edit, claim: Claim) -> None:
    """Log a new claim: as a revision where it replaces a public one, else as added."""
    earlier = claim.revises
    if earlier is not None and earlier.state == "published":
        edit.log("revised", claim, target=earlier)
    else:
        edit.log("added", claim)


def log_return(edit: Edit, claim: Claim) -> None:
    """Log a claim that was public before: what was corrected since, with the reason given then."""
    versions = list(
        Claim.history.filter(
            id=claim.pk, history_id__gte=_last_public_version(claim).history_id
        ).order_by("history_id")
    )
    public, since = versions[0], versions[1:]
    differing = changes.public_changes(_values(public), changes.values_of(claim), Claim)
    if told_gone([claim.public_id]):
        differing.append(WITHDRAWN_TO_PUBLIC)
    if differing:
        reason = next((v.history_change_reason for v in since if v.history_change_reason), "")
        edit.log("corrected", claim, reason=reason, fields=differing)


def told_gone(public_ids: Collection[str]) -> set[str]:
    """Return the claims of which the log says last that they were withdrawn.

    One that leaves the public for another review goes without a word. One whose publication an
    undone import takes back was withdrawn as far as readers know, although it is a draft again.
    """
    told = Change.objects.told().filter(record_kind="claim", record_id__in=public_ids)
    last = dict(told.order_by("pk").values_list("record_id", "kind"))
    return {public_id for public_id, kind in last.items() if kind == "withdrawn"}


def _last_public_version(claim: Claim) -> Any:
    """Return the latest public version before the one that was just saved."""
    return (
        Claim.history.filter(id=claim.pk, state="published", version__lt=claim.version)
        .order_by("-history_id")
        .first()
    )


def _values(version: Any) -> dict[str, Any]:
    return changes.values_of(version.instance)
