"""What events, sources and documents have in common: created, edited, published, withdrawn.

They have no review of their own; whoever publishes a claim vouches for what it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import User

from claims.models import Change, Document, Source
from claims.models.base import Record
from claims.services import changes as public_log
from claims.services import comparisons, permissions, publishing
from claims.services.records import Edit, apply, editable_fields, editing
from claims.services.refusals import WrongState

T = TypeVar("T", bound=Record)


def save_edited(edit: Edit, held: Record) -> None:
    """Save a changed record; what readers can notice of a public one is logged as corrected."""
    if not edit.changed(held):
        return
    if held.state == "published":
        publishing.publish_record(edit, held)  # a document's new publisher becomes public too
    public = public_changes(edit, held)
    edit.save(held)
    if held.state == "published" and public:
        edit.log("corrected", held, fields=public)


def public_changes(edit: Edit, held: Record) -> list[dict[str, Any]]:
    """Return field, before and after for what readers can notice in a changed row."""
    return public_log.public_changes(edit.before(held), public_log.values_of(held), type(held))


def edit_record(
    record: T,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None,
    reason: str,
) -> T:
    """Change columns of a record that stands."""
    with editing(by=by, reason=reason) as edit:
        _hold_what_shows(edit, record)
        held = edit.lock(record, expected_version)
        check_editable(held, by)
        apply(held, changes, editable_fields(type(held)))
        save_edited(edit, held)
        return held


def _hold_what_shows(edit: Edit, record: Record) -> None:
    """Have the events that show a source or a document wait, before it is locked itself."""
    if isinstance(record, Source):
        edit.hold_events(comparisons.events_showing(sources=[record.pk]))
    if isinstance(record, Document):
        edit.hold_events(comparisons.events_showing(documents=[record.pk]))


def check_editable(held: Record, by: User) -> None:
    """Raise ``NotAllowed`` or ``WrongState`` where a person cannot edit this record now."""
    permissions.check_edit(held, by)
    if held.state == "withdrawn":
        raise WrongState(f"This {held._meta.verbose_name} was withdrawn and is kept as it was.")


def publish(record: T, *, by: User, reason: str, expected_version: int | None = None) -> T:
    """Make a record public; one that was withdrawn returns, by a chief and with a reason."""
    permissions.check(by, permissions.PUBLISHING)
    with editing(by=by, reason=reason) as edit:
        _hold_what_shows(edit, record)
        held = edit.lock(record, expected_version)
        if held.state == "withdrawn":
            _bring_back(edit, held)
        elif not publishing.publish_record(edit, held):
            raise WrongState(f"This {held._meta.verbose_name} is public already.")
        return held


def _bring_back(edit: Edit, held: Any) -> None:
    permissions.check(edit.by, permissions.WITHDRAWING)
    edit.require_reason()
    if getattr(held, "merged_into_id", None) is not None:
        raise WrongState(f"This {held._meta.verbose_name} was merged into another one.")
    if isinstance(held, Document) and held.publisher is not None:
        publishing.publish_record(edit, held.publisher)  # withdrawn since, it is named nowhere
    held.state = "published"
    edit.save(held)
    if Change.objects.told().filter(record_id=held.public_id).exists():
        edit.log("corrected", held, fields=[publishing.WITHDRAWN_TO_PUBLIC])
    else:  # withdrawn as a draft, of which nobody was told
        edit.log("added", held)


def withdraw_within(edit: Edit, held: Record) -> None:
    """Withdraw a locked record as part of a larger edit, with its entry in the log."""
    if held.state == "withdrawn":
        raise WrongState(f"This {held._meta.verbose_name} was withdrawn already.")
    was_public = held.state == "published"
    held.state = "withdrawn"
    edit.save(held)
    if was_public:
        edit.log("withdrawn", held)


def begin_merge(edit: Edit, gone: T, kept: T) -> tuple[T, T]:
    """Lock two records to be made one; raise ``WrongState`` where they cannot be."""
    permissions.check(edit.by, permissions.MERGING)
    edit.require_reason()
    what = gone._meta.verbose_name
    if gone.pk == kept.pk:
        raise WrongState(f"A {what} cannot be merged into itself.")
    held = {record.pk: record for record in edit.lock_all([gone, kept])}
    gone, kept = held[gone.pk], held[kept.pk]
    if kept.state == "withdrawn" or getattr(gone, "merged_into_id", None) is not None:
        raise WrongState(f"A {what} is merged into one that stands, and only once.")
    if gone.state == "published" and kept.state != "published":
        raise WrongState(f"A public {what} is merged into a public one; publish that one first.")
    return gone, kept


def bury(edit: Edit, gone: Any, kept: Any) -> None:
    """Leave a tombstone that points to the record that remains, as do earlier tombstones."""
    was_public = gone.state == "published"
    gone.state, gone.merged_into = "withdrawn", kept
    edit.save(gone)
    for earlier in edit.lock_all(type(gone)._default_manager.filter(merged_into=gone)):
        earlier.merged_into = kept
        edit.save(earlier)
    if was_public:
        edit.log("merged", gone, target=kept)


def other_names(kept_name: str, *names: list[str]) -> list[str]:
    """Return names, each once, without the one that is the record's own."""
    every = dict.fromkeys(name for some in names for name in some)
    return [name for name in every if name != kept_name]
