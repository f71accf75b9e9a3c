"""What can be done with events, sources and documents: published, withdrawn, brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from claims.admin.moves import DeskMove
from claims.services import permissions


def plain_moves(publish: Callable[..., Any], withdraw: Callable[..., Any]) -> tuple[DeskMove, ...]:
    """Return the moves of a record that has no review of its own."""

    def take_back(record: Any, *, by: User, reason: str, expected_version: int) -> Any:
        return withdraw(record, by=by, reason=reason)

    return (
        DeskMove(
            name="publish",
            label="Publish",
            done="Published",
            definition="Make public. What public claims rest on becomes public with them anyway.",
            permission=permissions.PUBLISHING,
            make=publish,
            is_open=_may_be_published,
        ),
        DeskMove(
            name="withdraw",
            label="Withdraw",
            done="Withdrawn",
            definition="Take back; the address stays and says so.",
            permission=permissions.WITHDRAWING,
            make=take_back,
            is_open=_may_be_withdrawn,
            needs_reason=True,
        ),
        DeskMove(
            name="bring-back",
            label="Bring back",
            done="Public again",
            definition="Take a withdrawal back.",
            permission=permissions.WITHDRAWING,
            make=publish,
            is_open=_may_be_brought_back,
            needs_reason=True,
            in_lists=False,
        ),
    )


def _may_be_published(record: Any, by: User) -> bool:
    return record.state == "draft" and permissions.has(by, permissions.PUBLISHING)


def _may_be_withdrawn(record: Any, by: User) -> bool:
    return record.state != "withdrawn" and permissions.has(by, permissions.WITHDRAWING)


def _may_be_brought_back(record: Any, by: User) -> bool:
    return (
        record.state == "withdrawn"
        and record.merged_into_id is None
        and permissions.has(by, permissions.WITHDRAWING)
    )
