"""Sources: who asserts and publishes, created, mended, withdrawn, made one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.models import Claim, Source
from claims.services import comparisons, permissions, plain_records
from claims.services.records import Edit, apply, editable_fields, editing
from claims.services.refusals import WrongState


def create_source(*, by: User, reason: str = "", **fields: Any) -> Source:
    """Add a source as a draft; it becomes public with the first claim it makes or carries."""
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason) as edit:
        return create_within(edit, fields)


def edit_source(
    source: Source,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> Source:
    """Change a source wherever it is shown."""
    return plain_records.edit_record(
        source, by=by, changes=changes, expected_version=expected_version, reason=reason
    )


def publish_source(
    source: Source, *, by: User, reason: str = "", expected_version: int | None = None
) -> Source:
    """Make a source public before it has said anything."""
    return plain_records.publish(source, by=by, reason=reason, expected_version=expected_version)


def withdraw_source(source: Source, *, by: User, reason: str) -> Source:
    """Take a source back; one that public records rest on cannot be."""
    permissions.check(by, permissions.WITHDRAWING)
    with editing(by=by, reason=reason) as edit:
        edit.require_reason()
        held = edit.lock(source)
        if held.claims.published().exists() or held.documents.published().exists():
            raise WrongState(
                f"Public claims or documents rest on “{held}”. Withdraw those first, or merge "
                "this source into the right one."
            )
        plain_records.withdraw_within(edit, held)
        return held


def merge_sources(source: Source, *, into: Source, by: User, reason: str) -> Source:
    """Make two records of one source one: its claims and documents move, its names are kept."""
    with editing(by=by, reason=reason) as edit:
        shown = comparisons.events_showing(sources=[source.pk, into.pk])
        edit.hold_events(shown | set(source.claims.values_list("event", flat=True)))
        edit.lock_all({claim.event for claim in source.claims.select_related("event")})
        gone, kept = plain_records.begin_merge(edit, source, into)
        plain_records.bury(edit, gone, kept)
        kept.aliases = plain_records.other_names(kept.name, kept.aliases, [gone.name], gone.aliases)
        edit.save(kept)
        _move_claims(edit, gone, kept)
        for document in edit.lock_all(gone.documents.all()):
            document.publisher = kept
            edit.save(document)
        return kept


def create_within(edit: Edit, fields: Mapping[str, Any]) -> Source:
    """Create a source as part of a larger edit."""
    source = Source()
    apply(source, fields, editable_fields(Source))
    edit.save(source)
    return source


def _move_claims(edit: Edit, gone: Source, kept: Source) -> None:
    for claim in edit.lock_all(Claim.objects.filter(claimant=gone)):
        claim.claimant = kept
        edit.save(claim)
