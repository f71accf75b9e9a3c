"""Decisions about figures that a machine read: accepted, mended, rejected, merged, taken up again.

A candidate becomes a claim, or a citation of one, only by a person's decision; the draft goes
the way of every claim to the public. What the person changed is kept beside what was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from claims.domain.figures import FigureError
from claims.domain.intake import TAKEN_AS_CLAIM, CandidateState
from claims.domain.wording import UnknownWording, parse_wording
from claims.models import Candidate, Citation, Claim, Document, Event, Party, Source, StoredText
from claims.services import candidate_columns as columns_of
from claims.services import citations as citing
from claims.services import claims, events, figures, permissions, reviews, sources
from claims.services.records import Edit, apply, editing
from claims.services.refusals import NotAllowed, Refused, WrongState
from claims.services.revisions import QUESTION

UNDONE = "The decision about a figure read in the document was undone."
NEVER_PUBLIC = ("draft", "submitted", "rejected")


def accept_candidate(
    candidate: Candidate,
    *,
    by: User,
    event: Event | Mapping[str, Any],
    claimant: Source | Mapping[str, Any],
    victims_party: Party | None = None,
    changes: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Claim:
    """Make a draft claim of an open candidate, cited with its sentence.

    ``event`` and ``claimant`` may be the columns of new ones; they and ``victims_party`` are whom
    the words mean, and choosing them mends nothing. ``changes`` are fields of the claim, ``quote``
    or ``locator`` that the person entered otherwise than read; a wording alone brings its
    numbers. Raises ``WrongState`` where the candidate was decided meanwhile.
    """
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by) as edit:
        if isinstance(event, Event):
            edit.lock(event)
        held = _lock_open(edit, candidate, expected_version)
        about = event if isinstance(event, Event) else events.create_within(edit, event)
        said_by = (
            claimant if isinstance(claimant, Source) else sources.create_within(edit, claimant)
        )
        entered = dict(changes or {})
        mended = columns_of.mended_fields(held, entered)
        fields, citation = columns_of.split(held, entered, about)
        _explain_reading(held, fields, mended)
        chosen = {"event": about, "claimant": said_by, "victims_party": victims_party}
        claim = _write_claim(edit, held, chosen | fields, citation)
        held.mended_fields = mended
        _decide(edit, held, CandidateState.MENDED if mended else CandidateState.ACCEPTED)
        _link_later_revisions(edit, held, claim)
        return claim


def reject_candidate(
    candidate: Candidate, *, by: User, reason: str = "", expected_version: int | None = None
) -> Candidate:
    """Say that a candidate is no figure to enter; a later reading does not offer it again."""
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason) as edit:
        held = _lock_open(edit, candidate, expected_version)
        held.reason = edit.reason[:500]
        return _decide(edit, held, CandidateState.REJECTED)


def merge_candidate(
    candidate: Candidate,
    *,
    into: Claim,
    by: User,
    via: Document | None = None,
    changes: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Citation:
    """Record that the document carries a claim that is there already: a citation, not a claim.

    ``changes`` may have ``quote``, ``locator`` and ``wording`` of the citation.
    """
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by) as edit:
        claim = edit.lock(into)
        held = _lock_open(edit, candidate, expected_version)
        permissions.check_edit(claim, by)
        if claim.state in ("withdrawn", "rejected"):
            raise WrongState(f"A {claim.state} claim takes no citation; accept this as a claim.")
        if claim.measure != held.measure:
            raise WrongState(
                f"This figure counts {held.get_measure_display()}, that claim "
                f"{claim.get_measure_display()}; different measures are different claims."
            )
        citation = columns_of.citation_columns(held, dict(changes or {}))
        held.claim = claim
        held.citation = citing.cite(edit, claim, via=via, **citation)
        _decide(edit, held, CandidateState.MERGED)
        return held.citation


def reopen_candidate(
    candidate: Candidate, *, by: User, reason: str = "", expected_version: int | None = None
) -> Candidate:
    """Undo a decision: the draft claim is put aside, a merged citation taken back.

    The draft is kept as rejected and taken up again when the candidate is accepted again.
    Raises ``WrongState`` where the claim is or was public or something else rests on it.
    """
    permissions.check(by, permissions.DRAFTING)
    with editing(by=by, reason=reason or UNDONE) as edit:
        held = _lock(edit, candidate, expected_version)
        if held.is_open:
            raise WrongState("Nobody has decided about this figure yet.")
        if held.state == CandidateState.MERGED:
            _take_citation_back(edit, held)
        elif held.state in TAKEN_AS_CLAIM:
            _put_claim_aside(edit, held)
        held.state, held.mended_fields, held.reason = CandidateState.OPEN.value, {}, ""
        held.decided_by, held.decided_at = None, None
        edit.save(held)
        return held


class Submitted(NamedTuple):
    """The claims that now wait for review, and those refused, each with the reason."""

    done: list[Claim]
    refused: list[tuple[Claim, str]]


def submit_drafts(stored: StoredText, *, by: User) -> Submitted:
    """Ask for review of every draft made from a text; each is submitted on its own."""
    permissions.check(by, permissions.DRAFTING)
    result = Submitted([], [])
    drafts = Claim.objects.filter(
        candidates__stored_text=stored, candidates__state__in=TAKEN_AS_CLAIM, state="draft"
    )
    for draft in drafts.select_related("event", "claimant").order_by("pk").distinct():
        try:
            result.done.append(reviews.submit_claim(draft, by=by))
        except Refused as refusal:
            result.refused.append((draft, str(refusal)))
    return result


def _lock(edit: Edit, candidate: Candidate, expected_version: int | None) -> Candidate:
    """Lock a candidate, after its event and claim as every other action locks them."""
    if candidate.claim is not None:
        edit.lock(candidate.claim)
    try:
        return edit.lock(candidate, expected_version)
    except Candidate.DoesNotExist as error:
        raise WrongState(
            f"“{candidate}” is not read in the text any more: somebody had it read again."
        ) from error


def _lock_open(edit: Edit, candidate: Candidate, expected_version: int | None) -> Candidate:
    held = _lock(edit, candidate, expected_version)
    if not held.is_open:
        raise WrongState(
            f"“{held}” was decided meanwhile by {held.decided_by}: {held.get_state_display()}. "
            "Undo that first."
        )
    return held


def _decide(edit: Edit, held: Candidate, state: CandidateState) -> Candidate:
    held.state = state.value
    held.decided_by, held.decided_at = edit.by, edit.at
    edit.save(held)
    return held


def _write_claim(
    edit: Edit, held: Candidate, fields: dict[str, Any], citation: dict[str, Any]
) -> Claim:
    """Draft the claim with its citation, or take up again the one that was put aside."""
    fields["revises"] = fields.get("revises") or _revised_by(held, fields)
    aside, cited = held.claim, held.citation
    if aside is None or not _can_take_up(edit, aside):
        claim = claims.draft_within(edit, fields)
        held.claim, held.citation = claim, citing.cite(edit, claim, **citation)
        return claim
    edit.lock_all({aside.event, fields["event"]})
    held.claim = claim = edit.lock(aside)
    _set_anew(claim, fields)
    edit.save(claim)
    if cited is None or cited.claim_id != claim.pk or cited.state == "withdrawn":
        held.citation = citing.cite(edit, claim, **citation)
    else:
        held.citation = edit.lock(cited)
        apply(held.citation, citation, citing.EDITABLE)
        edit.save(held.citation)
    return claim


def _set_anew(claim: Claim, fields: dict[str, Any]) -> None:
    """Make a claim that was put aside the draft that it would be if it were new."""
    empty = Claim()
    untouched = {
        name: getattr(empty, name) for name in claims.EDITABLE - fields.keys() - {"key", "note"}
    }
    apply(claim, untouched | fields, claims.EDITABLE)
    claim.state = "draft"
    figures.fill_from_wording(claim)
    claims.check(claim)


def _can_take_up(edit: Edit, aside: Claim) -> bool:
    """Tell whether a draft that was put aside is still nobody else's."""
    try:
        permissions.check_edit(aside, edit.by)
    except NotAllowed:
        return False
    return (
        aside.state in ("draft", "rejected")
        and aside.published_at is None
        and aside.merged_into_id is None
        and not aside.candidates.exclude(state=CandidateState.OPEN.value).exists()
    )


def _revised_by(held: Candidate, fields: Mapping[str, Any]) -> Claim | None:
    """Return the claim made of the candidate that this one revises, if it is on its question."""
    earlier = held.revises.claim if held.revises else None
    if earlier is None or held.revises is None or held.revises.is_open:
        return None
    said = Claim(**{name: fields.get(name) for name in _QUESTION_FIELDS})
    if earlier.state in ("withdrawn", "rejected") or not _same_question(said, earlier):
        return None
    return earlier


_QUESTION_FIELDS = tuple(name.removesuffix("_id") for name in QUESTION)


def _same_question(one: Claim, other: Claim) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in QUESTION)


def _link_later_revisions(edit: Edit, held: Candidate, claim: Claim) -> None:
    """Let drafts revise this claim whose figure revises this one, and was accepted before."""
    later = held.revisions.filter(state__in=TAKEN_AS_CLAIM, claim__revises=None)
    for other in later.select_related("claim"):
        revision = other.claim
        if revision is not None and revision.state == "draft" and _same_question(revision, claim):
            draft = edit.lock(revision)
            draft.revises = claim
            claims.check(draft)
            edit.save(draft)


def _take_citation_back(edit: Edit, held: Candidate) -> None:
    if held.citation is not None and held.citation.state != "withdrawn":
        citing.withdraw_within(edit, edit.lock(held.citation))
    held.claim, held.citation = None, None


def _put_claim_aside(edit: Edit, held: Candidate) -> None:
    assert held.claim is not None  # a rule of the table  # noqa: S101
    claim = edit.lock(held.claim)
    permissions.check_edit(claim, edit.by)
    if claim.state not in NEVER_PUBLIC or claim.published_at is not None:
        raise WrongState(
            f"The claim made of this figure is or was public ({claim.public_id}); correct or "
            "withdraw it on its own page."
        )
    others = claim.citations.exclude(state="withdrawn").exclude(pk=held.citation_id or 0)
    if others.exists() or claim.revisions.exclude(state__in=("withdrawn", "rejected")).exists():
        raise WrongState(
            f"Other documents, figures or revisions rest on the claim {claim.public_id}; undo "
            "those first."
        )
    claim.state, claim.revises = "rejected", None
    edit.save(claim)


def _explain_reading(held: Candidate, fields: dict[str, Any], mended: Mapping[str, Any]) -> None:
    """Say where numbers come from that the English table of wordings cannot read.

    Only for numbers and words exactly as the extraction read them, by its table of the language.
    """
    if fields.get("mismatch_reason") or not mended.keys().isdisjoint(claims.FIGURE):
        return
    try:
        parse_wording(fields["wording"])
    except UnknownWording:
        language = held.stored_text.language or "an unknown language"
        fields["mismatch_reason"] = (
            f"Read in {language} by the extraction, version {held.extractor_version}; "
            "accepted by a person."
        )
    except FigureError:
        return
