"""Decisions about a figure as the reading page sends them: each one service call.

Each returns ``None`` where it was made, or the form that comes back with what stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from claims.admin.actor import actor
from claims.admin.candidate_form import MERGE_CHANGES, CandidateForm
from claims.admin.selects import is_key
from claims.models import Candidate, Claim, Source, StoredText
from claims.queries import reading_page as queries
from claims.queries.duplicates import likely_duplicate_sources
from claims.services import candidates
from claims.services.refusals import Incomplete, Refused

NO_EVENT = "Choose the event first: for the whole text at the top, or here."
NO_CITATION_COLUMN = (
    "A citation keeps the wording, the quote and where it stands, not what you changed: {}. Accept "
    "the figure as a claim of its own, or take that change back and add it again."
)
NO_CLAIMANT = "Choose who claims this, or name somebody new below."


@dataclass(frozen=True, slots=True)
class Returned:
    """What comes back: of which candidate, its form as it was sent if it was, and why."""

    candidate: Candidate
    form_data: Any = None
    refusal: str = ""
    why: str = ""
    errors: Mapping[str, list[str]] = field(default_factory=dict)


def _form(stored: StoredText, candidate: Candidate, data: Any) -> CandidateForm:
    (row,) = queries.suggested(stored, [candidate], [])
    return CandidateForm(data, shown=row, event=stored.event)


def _said(form: CandidateForm) -> dict[str, list[str]]:
    found = form.errors.get_json_data()
    return {name: [one["message"] for one in said] for name, said in found.items()}


def _accept(request: HttpRequest, stored: StoredText, candidate: Candidate) -> Returned | None:
    form = _form(stored, candidate, request.POST)
    if not candidate.is_open:
        return Returned(candidate, request.POST, _decided_meanwhile(candidate))
    if not form.is_valid() or _is_incomplete(form):
        return Returned(candidate, request.POST, errors=_said(form))
    claimant = form.claimant_chosen or {}
    try:
        claim = candidates.accept_candidate(
            candidate,
            by=actor(request),
            event=form.cleaned_data["event"],
            claimant=claimant,
            victims_party=form.cleaned_data["victims_party"],
            changes=form.changes,
            expected_version=_version(request),
        )
    except Incomplete as refusal:
        return Returned(candidate, request.POST, errors=refusal.errors)
    except Refused as refusal:
        return _refused(stored, candidate, request, refusal)
    messages.success(request, f"Drafted: {claim}.")
    if not isinstance(claimant, Source):
        _warn_of_likeness(request, claim.claimant)
    return None


def _warn_of_likeness(request: HttpRequest, source: Source) -> None:
    """Say where a new claimant looks like one that was there."""
    alike = likely_duplicate_sources(source.name, source.aliases, exclude_id=source.pk)
    if alike:
        names = ", ".join(map(str, alike))
        said = f"“{source}” is new, but may be there already: {names}. If so, undo and choose it."
        messages.warning(request, said)


def _reject(request: HttpRequest, stored: StoredText, candidate: Candidate) -> Returned | None:
    try:
        candidates.reject_candidate(
            candidate,
            by=actor(request),
            reason=request.POST.get("why", ""),
            expected_version=_version(request),
        )
    except Refused as refusal:
        return _refused(stored, candidate, request, refusal, has_form=False)
    messages.success(request, f"Rejected: {candidate}.")
    return None


def _merge(request: HttpRequest, stored: StoredText, candidate: Candidate) -> Returned | None:
    form = _form(stored, candidate, request.POST)
    into = request.POST.get("into", "")
    claim = Claim.objects.filter(pk=int(into)).first() if is_key(into) else None
    if claim is None:
        return Returned(candidate, request.POST, "The claim to add this to is not there any more.")
    if not form.is_valid():
        return Returned(candidate, request.POST, errors=_said(form))
    entered = form.changes
    changes = {n: value for n, value in entered.items() if n in MERGE_CHANGES}
    lost = [n for n in form.changed_data if n in entered and n not in MERGE_CHANGES]
    if lost:
        labels = ", ".join(str(form.fields[name].label) for name in lost)
        return Returned(candidate, request.POST, NO_CITATION_COLUMN.format(labels))
    try:
        candidates.merge_candidate(
            candidate,
            into=claim,
            by=actor(request),
            changes=changes,
            expected_version=_version(request),
        )
    except Refused as refusal:
        return _refused(stored, candidate, request, refusal)
    messages.success(request, f"Added as a citation of: {claim}.")
    return None


def _reopen(request: HttpRequest, stored: StoredText, candidate: Candidate) -> Returned | None:
    try:
        candidates.reopen_candidate(
            candidate,
            by=actor(request),
            reason=request.POST.get("why", ""),
            expected_version=_version(request),
        )
    except Refused as refusal:
        return _refused(stored, candidate, request, refusal, has_form=False)
    messages.success(request, f"Open again: {candidate}.")
    return None


DECISIONS: dict[str, Callable[[HttpRequest, StoredText, Candidate], Returned | None]] = {
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "reopen": _reopen,
}


def _is_incomplete(form: CandidateForm) -> bool:
    """Say what is missing to make a claim."""
    if form.cleaned_data["event"] is None:
        form.add_error("event", NO_EVENT)
    if form.claimant_chosen is None:
        form.add_error("claimant", NO_CLAIMANT)
    return bool(form.errors)


def _refused(
    stored: StoredText,
    candidate: Candidate,
    request: HttpRequest,
    refusal: Refused,
    *,
    has_form: bool = True,
) -> Returned:
    """Return what was sent with the candidate as it stands now."""
    now = queries.candidate_in(stored, candidate.pk) or candidate
    was_open = request.POST["decision"] != "reopen"
    said = str(refusal) if now.is_open == was_open else _decided_meanwhile(now)
    data = request.POST if has_form else None
    return Returned(now, data, said, why=request.POST.get("why", ""))


def _decided_meanwhile(candidate: Candidate) -> str:
    if candidate.is_open:
        return "Somebody has undone this decision meanwhile. Look at it as it stands now."
    return (
        f"{candidate.decided_by} has decided about this figure meanwhile: "
        f"{candidate.get_state_display()}. Nothing of yours was saved; undo that decision first "
        "if yours should stand."
    )


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if is_key(text) else None
