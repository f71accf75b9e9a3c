"""A kept text with the figures read in it, and what each of them may be: for the editors' desk.

At most 11 SQL queries whatever the number of figures, beyond those of the text itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from claims.domain.folding import folded
from claims.domain.intake import TAKEN_AS_CLAIM, CandidateState
from claims.models import Candidate, Claim, Event, Party, Source, StoredText
from claims.queries.event_suggestions import EventSuggestion, event_suggestions
from claims.queries.matching_claims import matching_claims
from claims.queries.party_names import party_suggestions
from claims.queries.source_names import (
    chosen_before,
    fits_several,
    source_meant,
    source_suggestions,
)

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class SuggestedCandidate:
    """A candidate with whom its words may mean and the claim that says the same, if there is one.

    ``claimant`` is whom the words mean beyond doubt, ``None`` where a person has to choose; where
    the text speaks in its own voice that is the publisher. ``claimants`` are all worth offering;
    ``is_unclear`` where the words fit several of them.
    """

    candidate: Candidate
    claimant: Source | None
    claimants: list[Source]
    is_unclear: bool
    party: Party | None
    match: Claim | None


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """One page of the figures of a text.

    ``counts`` by state are of all of its figures, ``drafts`` of their claims that nobody has
    asked to review yet.
    """

    stored: StoredText
    candidates: list[SuggestedCandidate]
    events: list[EventSuggestion]
    counts: dict[str, int]
    drafts: int
    number: int
    page_count: int

    @property
    def total(self) -> int:
        """How many figures were read in the text."""
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        """How many of them somebody has decided about."""
        return self.total - self.counts[CandidateState.OPEN]


def stored_text(key: int) -> StoredText | None:
    """Return a kept text with its document, without the kept copy of the page; one SQL query."""
    found = StoredText.objects.select_related("document__publisher", "event", "stored_by")
    return found.defer("warc").filter(pk=key).first()


def reading_page(stored: StoredText, *, number: int = 1) -> ReadingPage:
    """Return a page of the figures of a text in reading order; a page too far is the last one."""
    counts, drafts = _counts(stored)
    page_count = max(1, -(-sum(counts.values()) // PAGE_SIZE))
    number = min(max(1, number), page_count)
    candidates = _candidates(stored, (number - 1) * PAGE_SIZE)
    events = event_suggestions(stored, candidates)
    return ReadingPage(
        stored=stored,
        candidates=suggested(stored, candidates, [found.event for found in events]),
        events=events,
        counts=counts,
        drafts=drafts,
        number=number,
        page_count=page_count,
    )


def suggested(
    stored: StoredText, candidates: Collection[Candidate], events: Collection[Event]
) -> list[SuggestedCandidate]:
    """Return candidates of one text with what they may be, matched within the events named."""
    likely = _likely_claimants(stored, candidates)
    publisher = stored.document.publisher
    offered = {
        c: list(dict.fromkeys(filter(None, [*likely[c].sources, publisher]))) for c in candidates
    }
    parties = party_suggestions({c: c.victims_party_words or c.victims_wording for c in candidates})
    matches = matching_claims(
        {c: likely[c].sources for c in candidates if c.is_open},
        parties,
        event_ids=_events_spoken_of(stored, candidates, events),
    )
    return [
        SuggestedCandidate(
            candidate=candidate,
            claimant=likely[candidate].meant,
            claimants=offered[candidate],
            is_unclear=likely[candidate].is_unclear,
            party=parties[candidate],
            match=matches.get(candidate.pk),
        )
        for candidate in candidates
    ]


def _events_spoken_of(
    stored: StoredText, candidates: Iterable[Candidate], events: Iterable[Event]
) -> set[int]:
    """Return the events chosen for the text and for figures of it, or else those suggested.

    Once somebody has chosen, the same figure of another event is no likely match but a trap.
    """
    chosen = {c.claim.event_id for c in candidates if c.claim is not None and not c.is_open}
    if stored.event_id is not None:
        return chosen | {stored.event_id}
    return chosen | {event.pk for event in events}


def candidate_in(stored: StoredText, key: int) -> Candidate | None:
    """Return one candidate of a text with what it shows; one SQL query."""
    found = _with_relations(stored).filter(pk=key).first()
    if found is not None:
        found.stored_text = stored
    return found


def next_open(stored: StoredText, after: Candidate) -> Candidate | None:
    """Return the next figure in reading order that nobody has decided about, or the first one."""
    waiting = Candidate.objects.filter(stored_text=stored, state=CandidateState.OPEN)
    in_order = waiting.order_by("figure_start", "pk")
    return in_order.filter(_stands_after(after)).first() or in_order.first()


def page_number_of(stored: StoredText, candidate: Candidate) -> int:
    """Return the page on which a figure of a text is shown; one SQL query."""
    others = Candidate.objects.filter(stored_text=stored).exclude(pk=candidate.pk)
    before = others.exclude(_stands_after(candidate)).count()
    return before // PAGE_SIZE + 1


def _stands_after(candidate: Candidate) -> Q:
    return Q(figure_start__gt=candidate.figure_start) | Q(
        figure_start=candidate.figure_start, pk__gt=candidate.pk
    )


def _candidates(stored: StoredText, first: int) -> list[Candidate]:
    in_order = _with_relations(stored).order_by("figure_start", "pk")
    found = list(in_order[first : first + PAGE_SIZE])
    for candidate in found:
        candidate.stored_text = stored
    return found


def _with_relations(stored: StoredText) -> QuerySet[Candidate]:
    return Candidate.objects.filter(stored_text=stored).select_related(
        "claim__claimant",
        "claim__event",
        "decided_by",
        "part_of__claim__claimant",
        "revises",
    )


def _counts(stored: StoredText) -> tuple[dict[str, int], int]:
    """Return how many figures are in each state, and how many of their claims are drafts."""
    counts = {str(state): 0 for state in CandidateState}
    drafts = 0
    by_states = (
        Candidate.objects.filter(stored_text=stored)
        .order_by()
        .values_list("state", "claim__state")
        .annotate(number=Count("pk"))
    )
    for state, of_claim, number in by_states:
        counts[state] += number
        drafts += number if state in TAKEN_AS_CLAIM and of_claim == "draft" else 0
    return counts, drafts


class _Likely(NamedTuple):
    """Whom words may mean, the likeliest first, and the one they mean where that is beyond doubt.

    ``is_unclear`` where they fit several.
    """

    sources: list[Source]
    meant: Source | None
    is_unclear: bool = False


def _likely_claimants(
    stored: StoredText, candidates: Collection[Candidate]
) -> dict[Candidate, _Likely]:
    """Return whom each candidate's words may mean.

    As somebody chose for the same words before, then by likeness of the name. A figure without
    words for its claimant is that of the whole it belongs to, or else the text's own.
    """
    said = {candidate: candidate.claimant_words for candidate in candidates}
    before = chosen_before(list(said.values()), event_id=stored.event_id)
    alike = source_suggestions(said)
    found: dict[Candidate, _Likely] = {}
    for candidate, text in said.items():
        if text:
            found[candidate] = _meant(text, before.get(folded(text), []), alike[candidate])
        else:
            likely = [_of_the_whole(candidate), stored.document.publisher]
            sources = list(dict.fromkeys(filter(None, likely)))
            found[candidate] = _Likely(sources, next(iter(sources), None))
    return found


def _meant(text: str, chosen: list[Source], alike: list[Source]) -> _Likely:
    """The form never starts with a claimant that was one of several, or looks a little alike."""
    sources = list(dict.fromkeys([*chosen, *alike]))
    if chosen:
        meant = chosen[0] if len(chosen) == 1 else None
        return _Likely(sources, meant, is_unclear=meant is None)
    return _Likely(sources, source_meant(text, alike), fits_several(text, alike))


def _of_the_whole(candidate: Candidate) -> Source | None:
    """Return who claimed the figure that a part belongs to, once that is a claim."""
    whole = candidate.part_of
    return whole.claim.claimant if whole is not None and whole.claim is not None else None
