"""Claims written: drafted, edited before they are public, corrected and revised after.

A correction mends a mistake of ours in the same claim. A revision is a new claim in which the
same claimant gives a new figure; the old claim stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.domain.review import REVIEWED_FIELDS
from claims.models import Citation, Claim
from claims.services import changes as public_log
from claims.services import citations as citing
from claims.services import figures, permissions, publishing, reviews, revisions
from claims.services.records import Edit, apply, editable_fields, editing
from claims.services.refusals import WrongState

EDITABLE = editable_fields(Claim)
BEFORE_PUBLICATION = ("draft", "submitted", "rejected")
CARRIED_BY_A_REVISION = (
    "event",
    "claimant",
    "measure",
    "victims",
    "victims_wording",
    "victims_party",
    "count_basis",
    "period_start",
    "period_end",
    "area",
)
FIGURE = frozenset({"wording", "qualifier", "low", "best", "high"})


def draft_claim(
    *, by: User, citations: Iterable[Mapping[str, Any]] = (), reason: str = "", **fields: Any
) -> Claim:
    """Write a new claim, seen by editors only until it is reviewed and published.

    ``citations`` are the columns of a citation each: document, wording, quote, locator, via.
    A wording without numbers fills them in.
    """
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason) as edit:
        return draft_within(edit, fields, citations)


def edit_claim(
    claim: Claim,
    *,
    by: User,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
) -> Claim:
    """Change a claim that is not public: a draft, a submitted or a rejected one."""
    with editing(by=by, reason=reason) as edit:
        edit.lock_all({claim.event, changes.get("event", claim.event)})
        held = edit.lock(claim, expected_version)
        permissions.check_edit(held, by)
        if held.state not in BEFORE_PUBLICATION:
            raise WrongState(
                f"This claim is {held.state}; a published claim is corrected or revised, "
                "a withdrawn one reinstated first."
            )
        _take(held, changes)
        if edit.changed(held):
            check(held)
            edit.save(held)
        return held


def correct_claim(
    claim: Claim,
    *,
    by: User,
    changes: Mapping[str, Any],
    reason: str,
    expected_version: int | None = None,
) -> Claim:
    """Mend a mistake of ours in a published claim.

    Where what a review looks at changes (figure, claimant, measure, victims ...) the claim
    leaves the public until somebody else has reviewed it, and is logged as corrected when it
    returns; otherwise it is logged at once.
    """
    with editing(by=by, reason=reason) as edit:
        edit.lock_all({claim.event, changes.get("event", claim.event)})
        held = edit.lock(claim, expected_version)
        reviews.check_move("correct", held, by=by)
        edit.require_reason()
        _take(held, changes)
        return save_corrected(edit, held)


def revise_claim(
    claim: Claim,
    *,
    by: User,
    changes: Mapping[str, Any],
    citations: Iterable[Mapping[str, Any]] = (),
    reason: str = "",
) -> Claim:
    """Draft the claim in which the same claimant gives a new figure for the same question."""
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason) as edit:
        earlier = edit.lock(claim)
        if earlier.state in ("withdrawn", "rejected"):
            raise WrongState(f"A {earlier.state} claim cannot be revised.")
        carried = {name: getattr(earlier, name) for name in CARRIED_BY_A_REVISION}
        return draft_within(edit, carried | dict(changes) | {"revises": earlier}, citations)


def merge_claims(claim: Claim, *, into: Claim, by: User, reason: str) -> Claim:
    """Make two records of one claim one: citations and revisions move, the address redirects."""
    permissions.check(by, permissions.MERGING)
    with editing(by=by, reason=reason) as edit:
        edit.require_reason()
        edit.lock_all({claim.event, into.event})
        gone, kept = edit.lock_all([claim, into])
        if gone.pk != claim.pk:
            gone, kept = kept, gone
        _check_mergeable(gone, kept)
        was_public = gone.state == "published"
        _bury(edit, gone, kept)
        _move_citations(edit, gone, kept)
        _move_revisions(edit, gone, kept)
        _move_candidates(edit, gone, kept)
        revisions.check_revision(kept)
        if was_public:
            edit.log("merged", gone, target=kept)
        return kept


def draft_within(
    edit: Edit, fields: Mapping[str, Any], citations: Iterable[Mapping[str, Any]] = ()
) -> Claim:
    """Draft a claim with its citations as part of a larger edit."""
    claim = Claim()
    apply(claim, fields, EDITABLE)
    edit.lock(claim.event)
    figures.fill_from_wording(claim)
    check(claim)
    edit.save(claim)
    for columns in citations:
        citing.cite(edit, claim, **columns)
    return claim


def save_corrected(edit: Edit, held: Claim) -> Claim:
    """Save a changed published claim as part of a larger edit; see ``correct_claim``."""
    changed = edit.changed(held)
    if not changed:
        return held
    check(held)
    if not REVIEWED_FIELDS.isdisjoint(changed):
        return reviews.submit_again(edit, held)
    public = public_log.public_changes(edit.before(held), public_log.values_of(held), Claim)
    edit.save(held)
    if public:
        edit.log("corrected", held, fields=public)
    return held


def check(claim: Claim) -> None:
    """Hold a claim to the rules that reach beyond its row."""
    figures.check_figure(claim)
    revisions.check_revision(claim)


def _take(held: Claim, new: Mapping[str, Any]) -> None:
    """Set columns; a new wording alone brings its numbers with it."""
    apply(held, new, EDITABLE)
    if "wording" in new and FIGURE.isdisjoint(set(new) - {"wording"}):
        held.qualifier, held.low, held.best, held.high = "", None, None, None
        figures.fill_from_wording(held)


def _check_mergeable(gone: Claim, kept: Claim) -> None:
    if gone.pk == kept.pk:
        raise WrongState("A claim cannot be merged into itself.")
    if (gone.event_id, gone.claimant_id) != (kept.event_id, kept.claimant_id):
        raise WrongState("Only claims of one claimant on one event can be merged.")
    if kept.state in ("withdrawn", "rejected") or gone.merged_into_id is not None:
        raise WrongState("A claim is merged into one that stands, and only once.")
    if gone.state == "published" and kept.state != "published":
        raise WrongState("A public claim is merged into a public one; publish that one first.")


def _bury(edit: Edit, gone: Claim, kept: Claim) -> None:
    if kept.revises_id == gone.pk:
        kept.revises = gone.revises
    gone.state, gone.merged_into, gone.revises = "withdrawn", kept, None
    edit.save(gone)
    if edit.changed(kept):
        edit.save(kept)
    for earlier in edit.lock_all(Claim.objects.filter(merged_into=gone)):
        earlier.merged_into = kept
        edit.save(earlier)


def _move_citations(edit: Edit, gone: Claim, kept: Claim) -> None:
    there = {_place(c) for c in kept.citations.exclude(state="withdrawn")}
    for citation in edit.lock_all(gone.citations.exclude(state="withdrawn")):
        if _place(citation) in there:
            citation.state = "withdrawn"
            edit.save(citation)
            continue
        citation.claim = kept
        citation.state = "draft" if kept.state != "published" else citation.state
        edit.save(citation)
        if kept.state == "published":
            publishing.publish_citation(edit, citation)


def _place(citation: Citation) -> tuple[int, str, str]:
    return citation.document_id, citation.wording, citation.locator


def _move_revisions(edit: Edit, gone: Claim, kept: Claim) -> None:
    for later in edit.lock_all(gone.revisions.exclude(pk=kept.pk)):
        later.revises = kept
        edit.save(later)


def _move_candidates(edit: Edit, gone: Claim, kept: Claim) -> None:
    for candidate in edit.lock_all(gone.candidates.all()):
        candidate.claim = kept
        edit.save(candidate)
