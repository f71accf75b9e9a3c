"""Documents: what carries claims, created, mended, withdrawn, made one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.models import Citation, Claim, Document
from claims.services import permissions, plain_records
from claims.services.records import Edit, apply, editable_fields, editing
from claims.services.refusals import WrongState


def create_document(*, by: User, reason: str = "", **fields: Any) -> Document:
    """Add a document as a draft; it becomes public with the first public claim it carries."""
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason) as edit:
        document = Document()
        apply(document, fields, editable_fields(Document))
        edit.save(document)
        return document


def edit_document(
    document: Document,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> Document:
    """Change a document wherever it is shown."""
    return plain_records.edit_record(
        document, by=by, changes=changes, expected_version=expected_version, reason=reason
    )


def publish_document(
    document: Document, *, by: User, reason: str = "", expected_version: int | None = None
) -> Document:
    """Make a document public before it carries a public claim."""
    return plain_records.publish(document, by=by, reason=reason, expected_version=expected_version)


def withdraw_document(document: Document, *, by: User, reason: str) -> Document:
    """Take a document back; one that alone carries a public claim cannot be."""
    permissions.check(by, permissions.WITHDRAWING)
    with editing(by=by, reason=reason) as edit:
        edit.require_reason()
        edit.lock_all(_events_carried(document))
        held = edit.lock(document)
        if alone := _claims_resting_on(held):
            raise WrongState(
                f"Public claims rest on this document alone: {', '.join(alone)}. Withdraw them "
                "or add another document first."
            )
        plain_records.withdraw_within(edit, held)
        return held


def merge_documents(document: Document, *, into: Document, by: User, reason: str) -> Document:
    """Make two records of one document one: its citations move, its address redirects."""
    with editing(by=by, reason=reason) as edit:
        edit.lock_all(_events_carried(document))
        gone, kept = plain_records.begin_merge(edit, document, into)
        plain_records.bury(edit, gone, kept)
        for citation in edit.lock_all(gone.citations.all()):
            _move_citation(edit, citation, kept)
        for citation in edit.lock_all(gone.relays.all()):
            citation.via = None if citation.document_id == kept.pk else kept
            edit.save(citation)
        for stored in edit.lock_all(gone.stored_texts.all()):
            stored.document = kept
            edit.save(stored)
        return kept


def _events_carried(document: Document) -> set[Any]:
    citations = Citation.objects.filter(Q(document=document) | Q(via=document)).select_related(
        "claim__event"
    )
    return {citation.claim.event for citation in citations}


def _claims_resting_on(document: Document) -> list[str]:
    """Return the public claims that no other public document carries."""
    public = Citation.objects.published().filter(document__state="published")
    others = public.exclude(document=document).values("claim")
    return list(
        Claim.objects.published()
        .filter(pk__in=public.filter(document=document).values("claim"))
        .exclude(pk__in=others)
        .order_by("pk")
        .values_list("public_id", flat=True)[:5]
    )


def _move_citation(edit: Edit, citation: Citation, kept: Document) -> None:
    same = Citation.objects.filter(
        claim=citation.claim_id,
        document=kept,
        wording=citation.wording,
        locator=citation.locator,
    ).exclude(state="withdrawn")
    if citation.state != "withdrawn" and same.exists():
        citation.state = "withdrawn"
    citation.document = kept
    if citation.via_id == kept.pk:
        citation.via = None
    edit.save(citation)
