"""The way of a claim to the public and back: the moves of ``claims.domain.review``, made.

Each function makes one move: it checks state, permission, reason and the second pair of eyes,
saves, logs what readers can notice, and returns the claim as it stands.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.domain.review import REVIEWED_FIELDS, Move, MoveNotAllowed, move, moves_from
from claims.models import Claim
from claims.services import figures, permissions, publishing, revisions
from claims.services.records import Edit, editing
from claims.services.refusals import Incomplete, NotReviewed, Refused, WrongState


def submit_claim(
    claim: Claim, *, by: User, reason: str = "", expected_version: int | None = None
) -> Claim:
    """Ask for review of a draft."""
    with editing(by=by, reason=reason) as edit:
        held = _begin(edit, "submit", claim, expected_version)
        held.submitted_by = by
        return _settle(edit, held, "submitted")


def publish_claim(
    claim: Claim, *, by: User, reason: str = "", expected_version: int | None = None
) -> Claim:
    """Review a submitted claim and make it public with all that it rests on.

    Raises ``NotReviewed`` where the reviewer is among those who wrote what is to be reviewed,
    unless this is a desk of one person, which the claim then says; ``FigureNotInQuote`` where
    no quote prints the figure and no reason says why.
    """
    with editing(by=by, reason=reason) as edit:
        publishing.lock_ancestry(edit, claim.event)
        held = _begin(edit, "publish", claim, expected_version)
        figures.check_figure(held)
        revisions.check_revision(held)
        if not edit.reason:
            figures.check_quotes(held, _quotes(held))
        held.review_waived = _needs_waiver(held, by)
        held.waiver_reason = permissions.ONE_PERSON_DESK if held.review_waived else ""
        held.reviewed_by = by
        held.reviewed_at = timezone.now()
        publishing.make_public(edit, held)
        return held


def reject_claim(
    claim: Claim, *, by: User, reason: str = "", expected_version: int | None = None
) -> Claim:
    """Review a submitted claim and not accept it; the reason goes to its author."""
    with editing(by=by, reason=reason) as edit:
        return _settle(edit, _begin(edit, "reject", claim, expected_version), "rejected")


def reopen_claim(
    claim: Claim, *, by: User, reason: str = "", expected_version: int | None = None
) -> Claim:
    """Take a rejected or submitted claim back to draft."""
    with editing(by=by, reason=reason) as edit:
        return _settle(edit, _begin(edit, "reopen", claim, expected_version), "draft")


def withdraw_claim(
    claim: Claim, *, by: User, reason: str = "", expected_version: int | None = None
) -> Claim:
    """Take a public claim back; its address stays and says so."""
    with editing(by=by, reason=reason) as edit:
        return withdraw_within(edit, _begin(edit, "withdraw", claim, expected_version))


def reinstate_claim(
    claim: Claim, *, by: User, reason: str = "", expected_version: int | None = None
) -> Claim:
    """Take a withdrawal back; the claim is reviewed again before it returns."""
    with editing(by=by, reason=reason) as edit:
        held = _begin(edit, "reinstate", claim, expected_version)
        if held.merged_into_id is not None:
            raise WrongState("This claim was merged into another one and cannot return by itself.")
        return submit_again(edit, held)


def withdraw_within(edit: Edit, held: Claim) -> Claim:
    """Withdraw a locked claim as part of a larger edit, with its entry in the log."""
    held.state = "withdrawn"
    edit.save(held)
    edit.log("withdrawn", held)
    return held


def submit_again(edit: Edit, held: Claim) -> Claim:
    """Send a locked claim that was public to a new review; what was reviewed before is over."""
    begin_again(edit, held)
    return _settle(edit, held, "submitted")


def begin_again(edit: Edit, held: Claim) -> None:
    """Put into a claim what one has that waits for another review."""
    for name, value in columns_of_another(edit).items():
        setattr(held, name, value)
    held.submitted_by = edit.by  # in hand, so that nobody has to look it up


def columns_of_another(edit: Edit) -> dict[str, Any]:
    """Return the columns of a claim that waits for another review, which the edit asks for."""
    return {
        "state": "submitted",
        "submitted_by_id": edit.by.pk,
        "reviewed_by_id": None,
        "reviewed_at": None,
        "review_waived": False,
        "waiver_reason": "",
    }


def check_move(name: str, claim: Claim, *, by: User) -> Move:
    """Return the move a person may make with a claim now.

    Raises ``WrongState``, ``NotAllowed`` or ``NotReviewed`` in a sentence.
    """
    try:
        found = move(name, claim.state)
    except MoveNotAllowed as error:
        raise WrongState(str(error)) from error
    if name == "withdraw" and claim.published_at is None:
        raise WrongState("Only a claim that was public can be withdrawn; reject this one instead.")
    permissions.check(by, found.permission)
    if found.permission == permissions.DRAFTING:
        permissions.check_edit(claim, by)
    if found.by_another and not permissions.is_one_person_desk():
        check_reviewer(claim, by)
    return found


def can_move(name: str, claim: Claim, *, by: User) -> bool:
    """Tell whether a person may make a move with a claim now."""
    try:
        check_move(name, claim, by=by)
    except Refused:
        return False
    return True


def moves_open_to(claim: Claim, *, by: User) -> list[Move]:
    """Return the moves a person may make with a claim now, in the order of the table."""
    return [m for m in moves_from(claim.state) if can_move(m.name, claim, by=by)]


def check_reviewer(claim: Claim, by: User) -> None:
    """Raise ``NotReviewed`` where a person wrote what they would review."""
    if by.pk in authors(claim):
        raise NotReviewed(
            "You wrote this claim or changed what a review looks at; "
            "somebody else has to review it before it can be public."
        )


def authors(claim: Claim) -> set[int]:
    """Return who wrote what stands in a claim since it was last public, and who created it.

    Whoever sends a claim that was public to review again (a correction, a return) is one of
    them; whoever only passes on somebody else's first draft is not.
    """
    found = {claim.created_by_id}
    if claim.published_at is not None:
        found.add(claim.submitted_by_id)
    later = None
    for version in Claim.history.filter(id=claim.pk).order_by("-history_id"):
        if later is not None and _differ(version, later):
            found.add(later.history_user_id)
        if version.state == "published":
            break
        later = version
    return {pk for pk in found if pk is not None}


def _differ(earlier: object, later: object) -> bool:
    columns = [f.attname for f in Claim._meta.concrete_fields if f.name in REVIEWED_FIELDS]
    return any(getattr(earlier, column) != getattr(later, column) for column in columns)


def _needs_waiver(claim: Claim, by: User) -> bool:
    return permissions.is_one_person_desk() and by.pk in authors(claim)


def _begin(edit: Edit, name: str, claim: Claim, expected_version: int | None) -> Claim:
    """Lock a claim and check everything that a move asks for."""
    held = edit.lock(claim, expected_version)
    found = check_move(name, held, by=edit.by)
    if found.needs_reason:
        edit.require_reason()
    if found.needs_citation and not held.citations.exclude(state="withdrawn").exists():
        raise Incomplete({"citations": ["Name at least one document that carries this claim."]})
    return held


def _quotes(claim: Claim) -> list[str]:
    return list(claim.citations.exclude(state="withdrawn").values_list("quote", flat=True))


def _settle(edit: Edit, held: Claim, state: str) -> Claim:
    held.state = state
    edit.save(held)
    return held
