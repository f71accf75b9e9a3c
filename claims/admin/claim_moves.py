"""The moves of a claim as the desk offers them: those of the domain's table, each one service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import User

from claims.admin.moves import DeskMove
from claims.domain import review
from claims.services import reviews

_BUTTONS: dict[str, tuple[str, str, Callable[..., Any]]] = {
    "submit": ("Ask for review", "Waiting for review", reviews.submit_claim),
    "publish": ("Publish", "Published", reviews.publish_claim),
    "reject": ("Reject", "Rejected", reviews.reject_claim),
    "reopen": ("Take up again", "A draft again", reviews.reopen_claim),
    "withdraw": ("Withdraw", "Withdrawn", reviews.withdraw_claim),
    "reinstate": ("Reinstate", "Waiting for a new review", reviews.reinstate_claim),
}


def _is_open(name: str, claim: Any, by: User) -> bool:
    return reviews.can_move(name, claim, by=by)


def _desk_move(move: review.Move) -> DeskMove:
    label, done, make = _BUTTONS[move.name]
    return DeskMove(
        name=move.name,
        label=label,
        done=done,
        definition=move.definition,
        permission=move.permission,
        make=make,
        is_open=partial(_is_open, move.name),
        needs_reason=move.needs_reason,
    )


MOVES = tuple(_desk_move(move) for move in review.MOVES if move.name in _BUTTONS)
"""Correcting is not here: it is an edit, made in the claim's own form."""
