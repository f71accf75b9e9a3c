"""A claim's numbers against its words: filled in from them, and held to them."""

from __future__ import annotations

from collections.abc import Iterable

from claims.domain.figures import Figure, FigureError, Qualifier
from claims.domain.quotes import prints_figure
from claims.domain.wording import UnknownWording, parse_wording
from claims.models import Claim
from claims.services.refusals import FigureMismatch, FigureNotInQuote, Incomplete


def fill_from_wording(claim: Claim) -> None:
    """Give a claim without numbers and qualifier those that its wording says.

    Numbers without words and qualifier are taken as their columns are meant. Raises
    ``Incomplete`` where a person has to read the wording.
    """
    numbers = (claim.low, claim.best, claim.high)
    if claim.qualifier:
        return
    if all(n is None for n in numbers):
        if claim.wording:
            _fill(claim)
        return
    read = _read(claim.wording)
    agrees = read is not None and _numbers(read) == numbers
    claim.qualifier = str(read.qualifier if read and agrees else implied_qualifier(*numbers))


def check_figure(claim: Claim) -> None:
    """Hold a claim's numbers to its wording.

    Raises ``Incomplete`` for numbers that are no figure, ``FigureMismatch`` for a figure that
    the wording does not say, or a wording nobody can read by table, unless ``mismatch_reason``
    says why. A reason without a mismatch is taken off.
    """
    try:
        stated = claim.figure
    except ValueError as error:
        raise Incomplete({"qualifier": [str(error)]}) from error
    if mismatch := mismatch_of(claim.wording, stated):
        if not claim.mismatch_reason:
            raise FigureMismatch(mismatch)
    else:
        claim.mismatch_reason = ""


def mismatch_of(wording: str, stated: Figure) -> str:
    """Return in a sentence how a figure differs from its wording; empty where it does not."""
    if not wording:
        return ""
    try:
        read = parse_wording(wording)
    except UnknownWording as error:
        return f"{error} Say where the figure comes from."
    if read.qualifier == stated.qualifier and _agree(read, stated):
        return ""
    return (
        f"“{wording}” reads as {_described(read)}, but the figure is {_described(stated)}. "
        "Correct one of them or say why they differ."
    )


def check_quotes(claim: Claim, quotes: Iterable[str]) -> None:
    """Hold a claim's figure to the quotes of its documents, where there are any.

    One quote that prints it is enough. Raises ``FigureNotInQuote`` where none does.
    """
    printed = [quote for quote in quotes if quote.strip()]
    if printed and not any(prints_figure(quote, claim.figure) for quote in printed):
        raise FigureNotInQuote(
            f"No quote of this claim prints “{claim.figure_words}”. Correct the quote or the "
            "figure, or publish with a reason that says where the figure is."
        )


def implied_qualifier(low: int | None, best: int | None, high: int | None) -> Qualifier:
    """Return how numbers without words bound the truth, by the columns they stand in."""
    match (low is not None, best is not None, high is not None):
        case (False, True, False):
            return Qualifier.EXACTLY
        case (True, False, False):
            return Qualifier.AT_LEAST
        case (False, False, True):
            return Qualifier.AT_MOST
        case _:
            return Qualifier.BETWEEN


def _fill(claim: Claim) -> None:
    try:
        read = parse_wording(claim.wording)
    except UnknownWording as error:
        raise Incomplete({"wording": [str(error)]}) from error
    claim.qualifier = str(read.qualifier)
    claim.low, claim.best, claim.high = _numbers(read)


def _read(wording: str) -> Figure | None:
    try:
        return parse_wording(wording)
    except FigureError:
        return None


def _agree(read: Figure, stated: Figure) -> bool:
    """Tell whether the numbers are those read; a range may have the source's own best within."""
    if read.qualifier is Qualifier.BETWEEN and read.best is None:
        return (read.low, read.high) == (stated.low, stated.high)
    return _numbers(read) == _numbers(stated)


def _numbers(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return figure.low, figure.best, figure.high


def _described(figure: Figure) -> str:
    named = zip(("low", "best", "high"), _numbers(figure), strict=True)
    numbers = ", ".join(f"{name} {n:,}" for name, n in named if n is not None)
    return f"{figure.qualifier} ({numbers or 'no number'})"
