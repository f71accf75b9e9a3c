"""Reverting: an earlier version's values, saved again through the rules of today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from claims.models import Citation, Claim, Document, Event, Source
from claims.services import citations, claims, documents, events, sources
from claims.services.records import editable_fields
from claims.services.refusals import ReasonNeeded, WrongState

EDIT: dict[type[Any], Callable[..., Any]] = {
    Event: events.edit_event,
    Source: sources.edit_source,
    Document: documents.edit_document,
    Citation: citations.edit_citation,
    Claim: claims.edit_claim,
}


def revert(
    record: Any, *, history_id: int, by: User, reason: str, expected_version: int | None = None
) -> Any:
    """Give a record the values it had in an earlier version, like any other edit.

    State and review are not reverted; those are moves. A published claim goes back by way of a
    correction, with a new review where one is needed.
    """
    if not reason.strip():
        raise ReasonNeeded("Say why the earlier version is right.")
    version = type(record).history.filter(history_id=history_id, id=record.pk).first()
    if version is None:
        raise WrongState("There is no such version of this record.")
    changes = values_then(version, type(record))
    edit = EDIT[type(record)]
    if isinstance(record, Claim) and Claim.objects.get(pk=record.pk).state == "published":
        edit = claims.correct_claim
    return edit(record, by=by, changes=changes, expected_version=expected_version, reason=reason)


def values_then(version: Any, model: type[Any]) -> dict[str, Any]:
    """Return the editable values of a version by field name, parties included."""
    then = version.instance
    names = editable_fields(model) - ({"claim"} if model is Citation else set())
    found = {name: getattr(then, name) for name in names}
    if model is Event:
        found["parties"] = [row.party for row in version.parties.select_related("party")]
    return found
