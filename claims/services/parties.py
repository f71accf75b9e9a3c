"""Parties: the short list of sides, kept by chiefs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.models import Party
from claims.services import permissions
from claims.services.records import apply, editable_fields, editing


def create_party(*, by: User, name: str) -> Party:
    """Add a side that events can have, sources can speak for and victims can belong to."""
    permissions.check(by, permissions.VOCABULARY)
    with editing(by=by) as edit:
        party = Party(name=name)
        edit.save(party)
        return party


def edit_party(
    party: Party,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> Party:
    """Rename a party everywhere it is shown."""
    permissions.check(by, permissions.VOCABULARY)
    with editing(by=by, reason=reason) as edit:
        held = edit.lock(party, expected_version)
        apply(held, changes, editable_fields(Party))
        if edit.changed(held):
            edit.save(held)
        return held
