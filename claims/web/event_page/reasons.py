"""Why figures may differ, as far as the claims themselves show it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import combinations

from django.conf import settings
from django.utils.safestring import SafeString

from claims.domain.comparison import Relation, relation
from claims.domain.vocabularies import COUNT_BASIS
from claims.queries.comparisons import ClaimInComparison, ComparisonView
from claims.web import words

MOST_VOTERS = 12
"""With more voters only the widest pair is spelt out; the rest would drown it."""


@dataclass(frozen=True, slots=True)
class PairReason:
    """Two claims that cannot both stand as they are, why, and in what else they differ."""

    smaller: ClaimInComparison
    larger: ClaimInComparison
    reason: str
    differences: tuple[str, ...]

    @property
    def html(self) -> SafeString:
        """The pair as an item of a list: who and how many, why, and in what else they differ."""
        sides = " and ".join([_side(shown) for shown in (self.smaller, self.larger)])
        more = [f' <span class="soft">{escape(note)}</span>' for note in self.differences]
        reason = escape(self.reason[:1].lower() + self.reason[1:])
        return SafeString(f"<li>{sides}: {reason}{''.join(more)}</li>\n")


def _side(shown: ClaimInComparison) -> str:
    name = escape(shown.claim.claimant.name)
    return f"<bdi>{name}</bdi> ({escape(words.figure(shown.claim.figure))})"


def pair_reasons(view: ComparisonView) -> list[PairReason]:
    """Return the pairs that contradict each other or come from the first days, widest first."""
    voters = sorted(view.result.voters, key=lambda v: (v.bounds.low, v.statement.key))
    gap = view.result.gap
    if len(voters) > MOST_VOTERS:
        widest = {gap.smaller, gap.larger} if gap else set()
        voters = [v for v in voters if v.statement.key in widest]
    shown = {one.claim.public_id: one for one in view.claims}
    found = []
    for a, b in combinations(voters, 2):
        pair = relation(a, b, view.event.span, first_days=settings.FIRST_DAYS)
        if pair.relation in (Relation.CONTRADICTORY, Relation.FIRST_DAYS):
            smaller, larger = shown[a.statement.key], shown[b.statement.key]
            apart = b.bounds.low - (a.bounds.high or 0)
            found.append(
                (apart, PairReason(smaller, larger, pair.reason, _differ(smaller, larger)))
            )
    return [pair for _, pair in sorted(found, key=lambda item: -item[0])]


def _differ(a: ClaimInComparison, b: ClaimInComparison) -> tuple[str, ...]:
    """Say in what two claims differ besides the number."""
    found = []
    if a.claim.count_basis != b.claim.count_basis:
        bases = [COUNT_BASIS.label(c.claim.count_basis) for c in (a, b)]
        found.append(f"How they count: {bases[0]} against {bases[1]}.")
    wordings = [c.claim.victims_wording.strip() for c in (a, b)]
    if all(wordings) and wordings[0].casefold() != wordings[1].casefold():
        found.append(f"Whom they count: “{wordings[0]}” against “{wordings[1]}”.")
    days = [c.counts_from for c in (a, b)]
    if days[0] and days[1] and days[0] != days[1]:
        apart = abs((days[1] - days[0]).days)
        found.append(f"When they speak: {apart:,} {'day' if apart == 1 else 'days'} apart.")
    return tuple(found)
