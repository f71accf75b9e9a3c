"""Events: what happened, created, mended, placed in the tree, withdrawn, made one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from claims.domain.countries import COUNTRIES
from claims.domain.identifiers import expected, not_identifiers
from claims.models import Claim, Event, Party, StoredText
from claims.services import permissions, plain_records, publishing, reviews, tidying
from claims.services.records import Edit, apply, editable_fields, editing
from claims.services.refusals import EventCycle, Incomplete


def create_event(
    *, by: User, parties: Iterable[Party] = (), reason: str = "", **fields: Any
) -> Event:
    """Add an event as a draft; it becomes public with its first public claim."""
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason) as edit:
        return create_within(edit, fields, parties)


def edit_event(
    event: Event,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> Event:
    """Change an event; ``parties`` among the changes is the whole new list of them."""
    with editing(by=by, reason=reason) as edit:
        parent = changes.get("parent")
        if parent is not None:
            edit.lock_all({event, *publishing.ancestry(parent)})
        held = edit.lock(event, expected_version)
        plain_records.check_editable(held, by)
        columns = {name: value for name, value in changes.items() if name != "parties"}
        apply(held, columns, editable_fields(Event))
        save_within(edit, held, changes.get("parties"))
        return held


def mark_checked(event: Event, *, by: User, on: date) -> Event:
    """Note the day an editor last looked for new figures."""
    with editing(by=by, reason="Looked for new figures.") as edit:
        held = edit.lock(event)
        plain_records.check_editable(held, by)
        held.checked_on = on
        save_within(edit, held)
        return held


def publish_event(
    event: Event, *, by: User, reason: str = "", expected_version: int | None = None
) -> Event:
    """Make an event public before it has a public claim, or bring back a withdrawn one."""
    return plain_records.publish(event, by=by, reason=reason, expected_version=expected_version)


def withdraw_event(event: Event, *, by: User, reason: str) -> Event:
    """Take an event back with all its public claims; the addresses stay and say so."""
    permissions.check(by, permissions.WITHDRAWING)
    with editing(by=by, reason=reason) as edit:
        edit.require_reason()
        held = edit.lock(event)
        for claim in edit.lock_all(held.claims.published()):
            reviews.withdraw_within(edit, claim)
        plain_records.withdraw_within(edit, held)
        return held


def merge_events(event: Event, *, into: Event, by: User, reason: str) -> Event:
    """Make two records of one event one: claims, parts, parties and names move."""
    with editing(by=by, reason=reason) as edit:
        gone, kept = plain_records.begin_merge(edit, event, into)
        _lift_out(edit, gone, kept)
        plain_records.bury(edit, gone, kept)
        kept.aliases = plain_records.other_names(
            kept.title, kept.aliases, [gone.title], gone.aliases
        )
        kept.identifiers = list(dict.fromkeys([*kept.identifiers, *gone.identifiers]))
        save_with_parties(edit, kept, {*kept.parties.all(), *gone.parties.all()})
        for claim in edit.lock_all(Claim.objects.filter(event=gone)):
            claim.event = kept
            edit.save(claim)
        for child in edit.lock_all(gone.children.exclude(pk=kept.pk)):
            child.parent = kept
            edit.save(child)
        for stored in edit.lock_all(StoredText.objects.filter(event=gone)):
            stored.event = kept
            edit.save(stored)
        return kept


def create_within(edit: Edit, fields: Mapping[str, Any], parties: Iterable[Party] = ()) -> Event:
    """Create an event as part of a larger edit."""
    event = Event()
    apply(event, fields, editable_fields(Event))
    check_countries(event)
    check_identifiers(event)
    save_with_parties(edit, event, list(parties))
    return event


def save_within(edit: Edit, held: Event, parties: Collection[Party] | None = None) -> None:
    """Save a changed event as part of a larger edit, logging what readers can notice."""
    check_countries(held)
    check_identifiers(held)
    check_no_cycle(held)
    if parties is None or set(parties) == set(held.parties.all()):
        plain_records.save_edited(edit, held)
        return
    before = sorted(party.name for party in held.parties.all())
    entry = {"field": "parties", "before": before, "after": sorted(p.name for p in parties)}
    public = plain_records.public_changes(edit, held)
    save_with_parties(edit, held, parties)
    if held.state == "published":
        edit.log("corrected", held, fields=[*public, entry])


def save_with_parties(edit: Edit, event: Event, parties: Collection[Party]) -> None:
    """Save an event and its parties as one version with one row of history."""
    if event.pk is not None:
        with _without_history(event):
            event.parties.set(parties)
        edit.noticed.note_elsewhere(event)  # claims show how the claimant stands to the parties
        edit.save(event)
        return
    with _without_history(event):
        edit.save(event)
        event.parties.set(parties)
    event.save()  # writes the first row of history, now that the parties are there
    first = event.history.latest()
    first.history_type = "+"
    first.save(update_fields=["history_type"])


@contextmanager
def _without_history(event: Event) -> Iterator[None]:
    event.skip_history_when_saving = True  # type: ignore[attr-defined]
    yield
    del event.skip_history_when_saving  # type: ignore[attr-defined]


def check_no_cycle(event: Event) -> None:
    """Raise ``EventCycle`` where an event would be part of itself by way of others."""
    above, seen = event.parent, {event.pk}
    while above is not None:
        if above.pk in seen:
            raise EventCycle(f"“{event}” would be part of itself by way of “{above}”.")
        seen.add(above.pk)
        above = above.parent


def check_countries(event: Event) -> None:
    """Raise ``Incomplete`` for a country that is no ISO 3166-1 code; codes become upper case."""
    event.countries = [code.upper() for code in tidying.tidy_lines(event.countries)]
    unknown = [code for code in event.countries if code not in COUNTRIES]
    if unknown:
        raise Incomplete(
            {"countries": [f"“{', '.join(unknown)}” is no ISO 3166-1 code of a country."]}
        )


def check_identifiers(event: Event) -> None:
    """Raise ``Incomplete`` for an identifier that is no dataset with an id; each is kept once."""
    event.identifiers = list(dict.fromkeys(tidying.tidy_lines(event.identifiers)))
    if wrong := not_identifiers(event.identifiers):
        raise Incomplete({"identifiers": [expected(text) for text in wrong]})


def _lift_out(edit: Edit, gone: Event, kept: Event) -> None:
    """Take the event that remains out from under the one that goes."""
    if kept.parent_id == gone.pk:
        kept.parent = gone.parent
    elif any(one.pk == gone.pk for one in publishing.ancestry(kept)[1:]):
        raise EventCycle(
            f"“{kept}” is part of a part of “{gone}”; merge the part in between first."
        )
    edit.save(kept)
