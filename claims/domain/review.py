"""The way of a claim to the public, as one table of moves.

Nothing is published that a second person has not seen, unless the record says why (a desk of one
person, an import of an already edited dataset). Each move says who may make it, what must hold
and what the claim becomes; services act on the table and pages print it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Codes of the vocabulary ``state``."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Role(StrEnum):
    """The roles of the desk; each includes the ones before it."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    CHIEF = "chief"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move of a claim.

    ``permission`` is what the actor needs; ``by_another`` asks for somebody who is not the
    claim's author; ``needs_reason`` for words; ``needs_citation`` for a document to rest on.
    """

    name: str
    before: frozenset[State]
    after: State
    permission: str
    definition: str
    by_another: bool = False
    needs_reason: bool = False
    needs_citation: bool = False


MOVES: tuple[Move, ...] = (
    Move(
        "submit",
        frozenset({State.DRAFT}),
        State.SUBMITTED,
        "submit_claim",
        "Ask for review.",
        needs_citation=True,
    ),
    Move(
        "publish",
        frozenset({State.SUBMITTED}),
        State.PUBLISHED,
        "publish_claim",
        "Review and make public.",
        by_another=True,
        needs_citation=True,
    ),
    Move(
        "reject",
        frozenset({State.SUBMITTED}),
        State.REJECTED,
        "publish_claim",
        "Review and not accept.",
        needs_reason=True,
    ),
    Move(
        "reopen",
        frozenset({State.REJECTED, State.SUBMITTED}),
        State.DRAFT,
        "submit_claim",
        "Take up again for editing.",
    ),
    Move(
        "withdraw",
        frozenset({State.PUBLISHED, State.SUBMITTED, State.REJECTED}),
        State.WITHDRAWN,
        "withdraw_claim",
        "Take back what is public, or was until its correction; the address stays and says so.",
        needs_reason=True,
    ),
    Move(
        "correct",
        frozenset({State.PUBLISHED}),
        State.SUBMITTED,
        "publish_claim",
        "Mend a mistake of ours in figure, claimant, measure or victims; reviewed again before "
        "it returns.",
        needs_reason=True,
    ),
    Move(
        "reinstate",
        frozenset({State.WITHDRAWN}),
        State.SUBMITTED,
        "withdraw_claim",
        "Take a withdrawal back; reviewed again before it returns.",
        needs_reason=True,
    ),
)

REVIEWED_FIELDS: frozenset[str] = frozenset(
    {
        "event",
        "claimant",
        "measure",
        "victims",
        "victims_party",
        "wording",
        "qualifier",
        "low",
        "best",
        "high",
        "disordered",
        "count_basis",
    }
)
"""Fields of a published claim whose correction needs a new review."""

PERMISSIONS_OF: dict[Role, frozenset[str]] = {
    Role.CONTRIBUTOR: frozenset({"submit_claim"}),
    Role.EDITOR: frozenset({"submit_claim", "publish_claim"}),
    Role.CHIEF: frozenset(
        {"submit_claim", "publish_claim", "withdraw_claim", "merge_records", "manage_vocabulary"}
    ),
}
"""The permissions that the groups of the desk are given, by role."""


class MoveNotAllowed(ValueError):
    """A move that the table does not have from the state the claim is in."""


def move(name: str, state: str) -> Move:
    """Return the move of that name from a state, or raise ``MoveNotAllowed`` in a sentence."""
    found = next(m for m in MOVES if m.name == name)
    if State(state) not in found.before:
        allowed = " or ".join(sorted(found.before))
        raise MoveNotAllowed(f"Only a {allowed} claim can do this ({name}); this one is {state}.")
    return found


def moves_from(state: str) -> tuple[Move, ...]:
    """Return the moves a claim in a state can make."""
    return tuple(m for m in MOVES if State(state) in m.before)
