"""Documents that carry a claim: added, mended, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.models import Citation, Claim, Document
from claims.services import changes, permissions, publishing
from claims.services.records import Edit, apply, editable_fields, editing
from claims.services.refusals import NotAllowed, WrongState

EDITABLE = editable_fields(Citation) - {"claim"}


def add_citation(
    claim: Claim,
    *,
    by: User,
    document: Document,
    wording: str = "",
    quote: str = "",
    locator: str = "",
    via: Document | None = None,
    note: str = "",
    reason: str = "",
) -> Citation:
    """Record that a document carries a claim; public at once where the claim is public."""
    with editing(by=by, reason=reason) as edit:
        held = edit.lock(claim)
        permissions.check_edit(held, by)
        return cite(
            edit,
            held,
            document=document,
            wording=wording,
            quote=quote,
            locator=locator,
            via=via,
            note=note,
        )


def can_cite(claim: Claim, *, by: User) -> bool:
    """Tell whether a person may add a document to a claim as it stands."""
    try:
        permissions.check_edit(claim, by)
    except NotAllowed:
        return False
    return True


def edit_citation(
    citation: Citation,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> Citation:
    """Mend a citation; a mistake mended in public is logged as corrected."""
    with editing(by=by, reason=reason) as edit:
        held = edit.lock(citation, expected_version)
        permissions.check_edit(held.claim, by)
        if held.state == "withdrawn":
            raise WrongState("This citation was withdrawn.")
        apply(held, changes, EDITABLE)
        return save_edited(edit, held)


def withdraw_citation(citation: Citation, *, by: User, reason: str) -> Citation:
    """Take a citation back; a public claim keeps at least one."""
    with editing(by=by, reason=reason) as edit:
        return withdraw_within(edit, edit.lock(citation))


def cite(edit: Edit, claim: Claim, **fields: Any) -> Citation:
    """Add a citation to a locked claim as part of a larger edit."""
    citation = Citation(claim=claim, **fields)
    edit.save(citation)
    if claim.state == "published":
        publishing.publish_citation(edit, citation)
        edit.log("added", citation)
    return citation


def withdraw_within(edit: Edit, held: Citation) -> Citation:
    """Take a locked citation back as part of a larger edit; see ``withdraw_citation``."""
    if held.claim.state == "published":
        permissions.check(edit.by, permissions.PUBLISHING)
        edit.require_reason()
    permissions.check_edit(held.claim, edit.by)
    if held.state == "withdrawn":
        raise WrongState("This citation was withdrawn already.")
    others = held.claim.citations.exclude(pk=held.pk).exclude(state="withdrawn")
    if held.claim.state == "published" and not others.exists():
        raise WrongState(
            "This is the only document that carries a public claim; add another one or "
            "withdraw the claim."
        )
    was_public = held.state == "published"
    held.state = "withdrawn"
    edit.save(held)
    if was_public and held.claim.state == "published":
        edit.log("withdrawn", held)
    return held


def save_edited(edit: Edit, held: Citation) -> Citation:
    """Save a changed citation as part of a larger edit, logging what readers can notice."""
    if not edit.changed(held):
        return held
    public = changes.public_changes(edit.before(held), changes.values_of(held), Citation)
    edit.save(held)
    if held.state == "published" and held.claim.state == "published":
        publishing.publish_citation(edit, held)
        if public:
            edit.log("corrected", held, fields=public)
    return held
