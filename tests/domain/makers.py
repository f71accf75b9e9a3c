"""Short ways to say claims in tests of the domain."""

from __future__ import annotations

from datetime import date

from claims.domain.dates import parse_iso
from claims.domain.figures import Bounds, Figure, Qualifier
from claims.domain.scope import WHOLE, Scope, Span, Statement, Voter

NEW_YEAR = Span(date(2023, 1, 1), date(2023, 1, 1), start_is_exact=True)


def exactly(n: int) -> Figure:
    """n."""
    return Figure(Qualifier.EXACTLY, best=n)


def about(n: int) -> Figure:
    """About n."""
    return Figure(Qualifier.ABOUT, best=n)


def at_least(n: int) -> Figure:
    """At least n."""
    return Figure(Qualifier.AT_LEAST, low=n)


def up_to(n: int) -> Figure:
    """Up to n."""
    return Figure(Qualifier.AT_MOST, high=n)


def between(low: int, high: int) -> Figure:
    """Between low and high."""
    return Figure(Qualifier.BETWEEN, low=low, high=high)


def hundreds() -> Figure:
    """Hundreds."""
    return Figure(Qualifier.ORDER, low=200, high=999)


UNKNOWN = Figure(Qualifier.UNKNOWN)


def statement(
    claimant: str,
    figure: Figure,
    claimed_on: str | None = None,
    *,
    key: str | None = None,
    cited_on: str | None = None,
    revises: str | None = None,
    basis: str = "all_reported",
    scope: Scope = WHOLE,
    recorded: int = 0,
    is_compilation: bool = False,
) -> Statement:
    """One claim; its key is the claimant's name unless another is given."""
    return Statement(
        key=key or claimant,
        claimant=claimant,
        figure=figure,
        scope=scope,
        claimed_on=parse_iso(claimed_on) if claimed_on else None,
        cited_on=parse_iso(cited_on) if cited_on else None,
        count_basis=basis,
        revises=revises,
        recorded=recorded,
        is_compilation=is_compilation,
    )


def voter(claimant: str, figure: Figure, claimed_on: str | None = None, **more: object) -> Voter:
    """One claim with the bounds of its plain reading."""
    said = statement(claimant, figure, claimed_on, **more)  # type: ignore[arg-type]
    bounds = figure.bounds()
    assert isinstance(bounds, Bounds)
    return Voter(said, bounds)
