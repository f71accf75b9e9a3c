"""The comparisons of one event: every question with its claims, computed live.

Two SQL queries whatever the number of claims, and one for the parties of an event that does not
bring them along (``claims.queries.compared_rows``). The domain does the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings

from claims.domain import comparison as domain
from claims.domain.consistency import Counted, Excess, excesses
from claims.domain.figures import Bounds
from claims.domain.public_ids import derived_public_id
from claims.domain.scope import WHOLE, Scope, Statement, Voter, floor_of, scope_within
from claims.domain.stance import Stance, stance
from claims.domain.vocabularies import MEASURE, VICTIMS
from claims.models import Event
from claims.queries.compared import (
    ComparedCitation,
    ComparedClaim,
    ComparedEvent,
    ComparedParty,
)
from claims.queries.compared_rows import compared_claims
from claims.queries.parameters import ComparisonOptions

DEFAULT = ComparisonOptions()


class Question(NamedTuple):
    """What a comparison is about, within its event."""

    measure: str
    victims: str
    victims_party: ComparedParty | None

    @property
    def order(self) -> tuple[int, int, str]:
        """The place among an event's questions: by vocabulary, then by party."""
        party = self.victims_party.name if self.victims_party else ""
        return MEASURE.position(self.measure), VICTIMS.position(self.victims), party


@dataclass(slots=True)
class ClaimInComparison:
    """One claim as a comparison shows it.

    ``bounds`` are those it votes with on the reading asked (a partial count may be a floor),
    ``None`` where the words set none. ``revised_by`` is the claim that replaced it.
    """

    claim: ComparedClaim
    statement: Statement
    stance: Stance
    bounds: Bounds | None
    votes: bool
    revises: ComparedClaim | None
    revised_by: ComparedClaim | None

    @property
    def citations(self) -> Sequence[ComparedCitation]:
        """The documents that carry it, the earliest first."""
        return self.claim.published_citations

    @property
    def counts_from(self) -> date | None:
        """The day from which the claim counts."""
        return self.statement.counts_from


@dataclass(slots=True)
class ComparisonView:
    """One question with its numbers and its claims.

    ``public_id`` is its address, always the same for the same question. ``compared`` are its
    claims by public id, those not yet made on the day asked included.
    """

    public_id: str
    event: ComparedEvent
    question: Question
    result: domain.Comparison
    compared: dict[str, ComparedClaim]
    _claims: tuple[ClaimInComparison, ...] | None = None
    _citation_count: int | None = None

    @property
    def claims(self) -> tuple[ClaimInComparison, ...]:
        """Its claims as the comparison shows them, oldest first; many a question needs none."""
        if self._claims is None:
            shown = _claims_shown(self.compared, self.result, self.event.parties)
            self._claims = tuple(sorted(shown, key=_age) if len(self.compared) > 1 else shown)
        return self._claims

    @property
    def claim_count(self) -> int:
        """All published claims of the question."""
        return len(self.result.statements)

    @property
    def claimant_count(self) -> int:
        """Those that vote."""
        return len(self.result.voters)

    @property
    def citation_count(self) -> int:
        """The documents carrying them, each counted once per claim it carries."""
        if self._citation_count is None:
            said = [self.compared[s.key] for s in self.result.statements]
            self._citation_count = sum([len(claim.published_citations) for claim in said])
        return self._citation_count

    def claim(self, public_id: str) -> ClaimInComparison:
        """Return one of its claims by public id."""
        return next(c for c in self.claims if c.claim.public_id == public_id)


def _age(shown: ClaimInComparison) -> tuple[date, int]:
    return shown.statement.counts_from or date.min, shown.claim.pk


def headline(views: Iterable[ComparisonView]) -> ComparisonView | None:
    """Return the comparison that stands for an event in lists and opens its page.

    One that several claimants speak about comes before one with a single voice, the killed
    before other measures, then the one with most voters, then the widest gap.
    """
    return max(views, key=_prominence, default=None)


def weightiest(views: Iterable[ComparisonView], most: int) -> list[ComparisonView]:
    """Return so many comparisons of an event: its headline, then those with most voters.

    Where as many vote, the order is that of ``headline``.
    """
    by_prominence = sorted(views, key=_prominence, reverse=True)
    further = sorted(by_prominence[1:], key=lambda view: -view.claimant_count)
    return [*by_prominence[:1], *further][:most]


def _prominence(view: ComparisonView) -> tuple[bool, int, int, float]:
    gap = view.result.gap
    ratio = 0.0 if gap is None else float("inf") if gap.ratio is None else float(gap.ratio)
    measure = -MEASURE.position(view.question.measure)
    return view.claimant_count > 1, measure, view.claimant_count, ratio


def parts_above_wholes(views: Iterable[ComparisonView]) -> list[Excess]:
    """Return where one comparison of an event says more of a part than another of the whole.

    Only voters about one period and area are set against each other. A number given in the first
    days, or while the event went on, is no ceiling of what came later.
    """
    by_scope: dict[Scope, list[Counted]] = defaultdict(list)
    for view in views:
        by_scope[view.result.electorate.scope] += [
            _counted(view, voter) for voter in view.result.voters
        ]
    return [excess for counted in by_scope.values() for excess in excesses(counted)]


def _counted(view: ComparisonView, voter: Voter) -> Counted:
    said = voter.statement
    span, day = view.event.span, said.counts_from
    # What was said while it went on, or in the first days, is no ceiling.
    is_open = (
        span.end is None
        or (day is not None and day < span.end)
        or domain.is_early_count(said, span, first_days=settings.FIRST_DAYS)
    )
    party = view.question.victims_party
    return Counted(
        key=said.key,
        claimant=said.claimant,
        measure=view.question.measure,
        victims=view.question.victims,
        party=party.public_id if party else None,
        bounds=floor_of(voter.bounds) if is_open else voter.bounds,
    )


def event_comparisons(
    event: Event | ComparedEvent, options: ComparisonOptions | None = None
) -> list[ComparisonView]:
    """Return every comparison of an event that has a published claim by the day asked."""
    compared = event if isinstance(event, ComparedEvent) else ComparedEvent.of(event)
    return compare_claims(compared, compared_claims([event.pk]).get(event.pk, []), options)


def compare_claims(
    event: ComparedEvent,
    claims: Iterable[ComparedClaim],
    options: ComparisonOptions | None = None,
) -> list[ComparisonView]:
    """Group claims by question and compare each group; no SQL."""
    options = options or DEFAULT
    by_question: dict[tuple[str, str, int | None], list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        by_question[claim.measure, claim.victims, claim.victims_party_id].append(claim)
    made = [_view(event, own, options) for own in by_question.values()]
    views = [view for view in made if view.result.statements]
    return sorted(views, key=_place) if len(views) > 1 else views


def _place(view: ComparisonView) -> tuple[int, int, str]:
    return view.question.order


def statement(
    event: ComparedEvent, claim: ComparedClaim, *, revises: str | None = None
) -> Statement:
    """Return a claim as the domain compares it; ``revises`` is the id of the claim it replaces."""
    start, end, area, claimed = claim.period_start, claim.period_end, claim.area, claim.claimed
    is_whole = start is None and end is None and not area  # as most are
    return Statement(
        claim.public_id,
        claim.claimant.public_id,
        claim.figure,
        WHOLE if is_whole else scope_within(event.span, start=start, end=end, area=area),
        claimed,
        None if claimed else claim.cited_on,
        claim.count_basis,
        claim.claimant.is_compilation,
        revises,
        claim.pk,
    )


def _view(
    event: ComparedEvent, claims: Sequence[ComparedClaim], options: ComparisonOptions
) -> ComparisonView:
    public_ids = {claim.pk: claim.public_id for claim in claims}
    statements = [
        statement(
            event, claim, revises=public_ids.get(claim.revises_id) if claim.revises_id else None
        )
        for claim in claims
    ]
    result = domain.compare(
        statements,
        span=event.span,
        as_of=options.as_of,
        reading=options.reading,
        compilations=options.compilations,
        first_days=settings.FIRST_DAYS,
    )
    first = claims[0]
    party = first.victims_party.public_id if first.victims_party else ""
    return ComparisonView(
        derived_public_id("comparison", event.public_id, first.measure, first.victims, party),
        event,
        Question(first.measure, first.victims, first.victims_party),
        result,
        {claim.public_id: claim for claim in claims},
    )


def _claims_shown(
    compared: dict[str, ComparedClaim], result: domain.Comparison, parties: frozenset[int]
) -> Iterator[ClaimInComparison]:
    bounds = result.electorate.bounds
    voting = {voter.statement.key for voter in result.voters}
    revised_by = {s.revises: compared[s.key] for s in result.statements if s.revises}
    for said in result.statements:
        claim = compared[said.key]
        yield ClaimInComparison(
            claim,
            said,
            stance(
                speaks_for=claim.claimant.speaks_for_id,
                victims_party=claim.victims_party_id,
                parties=parties,
            ),
            bounds[said.key],
            said.key in voting,
            compared.get(said.revises) if said.revises else None,
            revised_by.get(said.key),
        )
