"""The reading page: an article beside the figures read in it, each decided by a person.

Plain forms: every decision is a POST that leads back to the page at the next open figure. The
script of the page sends the same forms without leaving it. What is refused comes back in its own
form with everything typed still there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims.admin import candidate_decisions
from claims.admin.actor import actor
from claims.admin.candidate_decisions import Returned
from claims.admin.candidate_form import CandidateForm
from claims.admin.marked_text import marked_text
from claims.admin.read_figures import changes_of
from claims.admin.selects import is_key
from claims.admin.text_event import EventForm, found_events
from claims.admin.texts import texts_view
from claims.domain.intake import REMARKS
from claims.extraction import EXTRACTOR_VERSION
from claims.models import Candidate, Claim, Event, Party, StoredText
from claims.queries import reading_page as queries
from claims.queries.reading_page import ReadingPage, SuggestedCandidate
from claims.services import candidates, citations, intake, permissions, readings
from claims.services.events import create_event
from claims.services.refusals import Incomplete, Refused

MOST_PARTIES = 300
FOLDED = frozenset(CandidateForm.base_fields) - {
    "claimant", "claimant_name", "claimant_kind", "claimed_on", "event", "victims_party",
}  # fmt: skip
"""Fields of the part of a form that is folded until somebody edits."""


@dataclass(slots=True)
class Card:
    """One candidate with its form, and what was refused, if anything was."""

    shown: SuggestedCandidate
    form: CandidateForm
    can_merge: bool = False
    refusal: str = ""
    why: str = ""
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.remarks = [REMARKS[code] for code in self.shown.candidate.remarks if code in REMARKS]

    @property
    def candidate(self) -> Candidate:
        """The candidate itself."""
        return self.shown.candidate

    @property
    def is_mending(self) -> bool:
        """Whether something was changed, or is wrong, in the part that is usually folded."""
        if not self.form.is_bound:
            return False
        return not FOLDED.isdisjoint({*self.form.errors, *self.form.changed_data})

    @property
    def mended(self) -> list[tuple[str, Any, Any]]:
        """What the person changed: the field, what was read, what was entered."""
        return changes_of(self.candidate)


def urls(admin_view: Callable[..., Any]) -> list[URLPattern]:
    """Return the addresses of the page and of what is done on it."""
    pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
        ("intake/", "intake_texts", texts_view),
        ("intake/<int:key>/", "intake_reading", reading_view),
        ("intake/<int:key>/event/", "intake_event", event_view),
        ("intake/<int:key>/figures/<int:candidate_key>/", "intake_decide", decide_view),
        ("intake/<int:key>/submit/", "intake_submit", submit_view),
        ("intake/<int:key>/again/", "intake_again", again_view),
    ]
    return [path(route, admin_view(view), name=name) for route, name, view in pages]


def reading_view(request: HttpRequest, key: int) -> HttpResponse:
    """Show a kept text with the figures read in it."""
    number = request.GET.get("page", "")
    return _page(request, _text(request, key), int(number) if is_key(number) else 1)


def decide_view(request: HttpRequest, key: int, candidate_key: int) -> HttpResponse:
    """Decide about one figure and go on to the next, or show why not."""
    stored = _text(request, key)
    candidate = queries.candidate_in(stored, candidate_key)
    if candidate is None:
        messages.error(request, "This figure is not read in the text any more.")
        return HttpResponseRedirect(_address(stored))
    if request.method != "POST":
        return HttpResponseRedirect(_address_of(stored, candidate))
    make = candidate_decisions.DECISIONS.get(request.POST.get("decision", ""))
    if make is None:
        raise Http404("There is no such decision.")
    returned = make(request, stored, candidate)
    if returned is not None:
        status = 409 if returned.refusal else 400
        number = queries.page_number_of(stored, candidate)
        return _page(request, stored, number, returned=returned, status=status)
    is_undone = request.POST["decision"] == "reopen"
    following = candidate if is_undone else queries.next_open(stored, candidate)
    return HttpResponseRedirect(_address_of(stored, following or candidate))


def event_view(request: HttpRequest, key: int) -> HttpResponse:
    """Choose the event that the text is about, or add a new one."""
    stored = _text(request, key)
    if request.method != "POST":
        return HttpResponseRedirect(_address(stored))
    form = EventForm(request.POST)
    if not form.is_valid():
        return _page(request, stored, 1, event_form=form, status=400)
    try:
        event = form.chosen or create_event(by=actor(request), **form.columns)
        version = form.cleaned_data["version"]
        intake.choose_event(stored, by=actor(request), event=event, expected_version=version)
    except Incomplete as refusal:
        for name, said in refusal.errors.items():
            form.add_error(name if name in form.fields else None, said)
        return _page(request, stored, 1, event_form=form, status=400)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _text(request, key), 1, event_form=form, status=409)
    messages.success(request, f"The figures of this text are about: {event}.")
    return HttpResponseRedirect(f"{_address(stored)}#figures")


def submit_view(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for review of every draft made from the text."""
    stored = _text(request, key)
    if request.method == "POST":
        result = candidates.submit_drafts(stored, by=actor(request))
        if result.done:
            messages.success(request, f"Waiting for review: {_listed(result.done)}.")
        for claim, refusal in result.refused:
            messages.error(request, f"{claim}: {refusal}")
        if not result.done and not result.refused:
            messages.info(request, "There is no draft of this text to submit.")
    return HttpResponseRedirect(f"{_address(stored)}#reading-end")


def again_view(request: HttpRequest, key: int) -> HttpResponse:
    """Read the text again by the extraction of today; what is decided stays."""
    stored = _text(request, key)
    if request.method == "POST":
        found = readings.read_stored(stored, by=actor(request))
        messages.success(
            request,
            f"Read by version {EXTRACTOR_VERSION}: {found.new} new, {found.known} as before, "
            f"{found.gone} no longer read; {found.decided} decided earlier stay as they are.",
        )
    return HttpResponseRedirect(_address(stored))


# --- The page ------------------------------------------------------------------------------------
def _text(request: HttpRequest, key: int) -> StoredText:
    if not permissions.has(actor(request), permissions.DRAFTING):
        raise PermissionDenied
    stored = queries.stored_text(key)
    if stored is None:
        raise Http404("There is no such text.")
    return stored


def _page(
    request: HttpRequest,
    stored: StoredText,
    number: int,
    *,
    returned: Returned | None = None,
    event_form: EventForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = queries.reading_page(stored, number=number)
    searched = found_events(request.GET.get("event", ""))
    context = {
        **admin.site.each_context(request),
        "title": f"Figures in: {stored.document}",
        "stored": stored,
        "shown": shown,
        "cards": _cards(shown, searched, returned, actor(request)),
        "article": marked_text(stored.text, [row.candidate for row in shown.candidates]),
        "event_form": event_form or EventForm(initial={"version": stored.version}),
        "event_words": request.GET.get("event", ""),
        "searched": searched,
        "is_read_by_older": stored.extractor_version != EXTRACTOR_VERSION,
        "extractor_version": EXTRACTOR_VERSION,
    }
    return TemplateResponse(request, "admin/intake/reading.html", context, status=status)


def _can_merge(row: SuggestedCandidate, by: User) -> bool:
    """Tell whether the person may add a citation to the claim that says the same."""
    return row.match is not None and citations.can_cite(row.match, by=by)


def _cards(
    shown: ReadingPage, searched: list[Event], returned: Returned | None, by: User
) -> list[Card]:
    events = [*(found.event for found in shown.events), *searched]
    parties = list(Party.objects.order_by("name")[:MOST_PARTIES])
    cards = []
    for row in shown.candidates:
        is_returned = returned is not None and row.candidate.pk == returned.candidate.pk
        form = CandidateForm(
            returned.form_data if is_returned and returned else None,
            shown=row,
            events=events,
            event=shown.stored.event,
            parties=parties,
        )
        card = Card(row, form, can_merge=_can_merge(row, by))
        if is_returned and returned:
            card.refusal, card.why = returned.refusal, returned.why
            _show_errors(form, returned.errors)
        cards.append(card)
    return cards


def _show_errors(form: CandidateForm, errors: Mapping[str, list[str]]) -> None:
    form.is_valid()
    for name, said in errors.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, said)


def _address(stored: StoredText, **query: Any) -> str:
    page = reverse("admin:intake_reading", args=[stored.pk])
    return f"{page}?{urlencode(query)}" if query else page


def _address_of(stored: StoredText, candidate: Candidate) -> str:
    number = queries.page_number_of(stored, candidate)
    query = {"page": number} if number > 1 else {}
    return f"{_address(stored, **query)}#candidate-{candidate.pk}"


def _listed(claims: list[Claim]) -> str:
    more = f" and {len(claims) - 5} more" if len(claims) > 5 else ""
    return "; ".join(map(str, claims[:5])) + more
