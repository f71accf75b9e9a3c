"""How figures changed: every claimant that revised its own, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.domain.dates import PartialDate
from claims.domain.revisions import Move, move
from claims.queries.comparisons import ClaimInComparison
from claims.web import words
from claims.web.charts.marks import geometry
from claims.web.charts.steps import Step


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a figure: from which words to which, and on which day."""

    before: ClaimInComparison
    after: ClaimInComparison

    @property
    def move(self) -> Move:
        """What became of the figure."""
        return move(self.before.claim.figure, self.after.claim.figure)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """The figures of one claimant, oldest first."""

    claims: tuple[ClaimInComparison, ...]

    @property
    def claimant(self) -> str:
        """Who revised."""
        return self.claims[0].claim.claimant.name

    @property
    def revisions(self) -> list[Revision]:
        """The changes, oldest first."""
        return [
            Revision(before, after)
            for before, after in zip(self.claims, self.claims[1:], strict=False)
        ]

    @property
    def steps(self) -> list[Step]:
        """The points of the step line; none where fewer than two have a number and a day."""
        points = [step for shown in self.claims for step in _step(shown)]
        return points if len(points) > 1 else []

    @property
    def description(self) -> str:
        """The line in words."""
        figures = [words.figure(c.claim.figure) for c in self.claims]
        return f"{self.claimant}: {', then '.join(figures)}"


def _step(shown: ClaimInComparison) -> list[Step]:
    drawn = geometry(shown.claim.figure)
    day: date | None = shown.counts_from
    if day is None or drawn.dot is None:
        return []
    said = f"{words.figure(shown.claim.figure)}, {PartialDate(day).label()}"
    return [Step(day, drawn.dot, said)]


def revision_lines(claims: Sequence[ClaimInComparison]) -> list[RevisionLine]:
    """Return a line for every chain of revisions among the claims of one question."""
    by_id = {c.claim.public_id: c for c in claims}
    lines = []
    for newest in claims:
        if newest.revised_by is not None or newest.revises is None:
            continue
        chain = [newest]
        while (before := chain[0].revises) and before.public_id in by_id:
            chain.insert(0, by_id[before.public_id])
        if len(chain) > 1:
            lines.append(RevisionLine(tuple(chain)))
    return lines
