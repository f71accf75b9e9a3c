"""The figure that the rows of a claim tell, as columns of the claim.

Words alone bring their numbers. Numbers and qualifier given together stand as given, with a
note where the words say something else. Anything in between has to agree with the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.domain.figures import Figure, FigureError, Qualifier
from claims.domain.wording import UnknownWording, parse_wording
from claims.ingest.cells import CellRefused
from claims.ingest.columns import READERS
from claims.services.figures import implied_qualifier, mismatch_of

AS_GIVEN = "as given in the imported file"
NUMBERS = ("low", "best", "high")
FIGURE_CELLS = ("wording", "qualifier", *NUMBERS, "disordered")


def told_figure(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return wording, qualifier, low, best, high and mismatch reason of the cells of one row.

    Each is a text, empty where there is none; all but the wording are where the cells make no
    figure by themselves.
    """
    wording = cells.get("wording", "")
    taken = {name: READERS[name](cells[name]) for name in FIGURE_CELLS[1:] if cells.get(name)}
    try:
        found = figure_columns(taken, wording)
    except CellRefused:
        return (wording, "", "", "", "", "")
    return tuple(["" if value is None else str(value) for value in found.values()])


def figure_columns(cells: dict[str, Any], wording: str) -> dict[str, Any]:
    """Return wording, qualifier, low, best, high and mismatch_reason; raise ``CellRefused``."""
    numbers = {name: cells.get(name) for name in NUMBERS}
    qualifier = cells.get("qualifier")
    has_numbers = any(n is not None for n in numbers.values())
    if (has_numbers and qualifier) or qualifier == Qualifier.UNKNOWN:
        figure = _figure(qualifier, numbers, disordered=cells.get("disordered", False))
        mismatch = mismatch_of(wording, figure)
    else:
        figure = _completed(wording, qualifier, numbers, has_numbers=has_numbers)
        mismatch = ""
    return {
        "wording": wording,
        "qualifier": str(figure.qualifier),
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "mismatch_reason": AS_GIVEN if mismatch else "",
    }


def _completed(
    wording: str, qualifier: str | None, numbers: dict[str, int | None], *, has_numbers: bool
) -> Figure:
    if not wording:
        if not has_numbers:
            raise CellRefused("No figure; give its wording, or qualifier and numbers.")
        return _figure(implied_qualifier(*numbers.values()), numbers)
    try:
        read = parse_wording(wording)
    except UnknownWording as error:
        raise CellRefused(f"{error} Give qualifier and numbers.") from error
    differs = (qualifier is not None and qualifier != read.qualifier) or (
        has_numbers and any(getattr(read, name) != numbers[name] for name in NUMBERS)
    )
    if differs:
        raise CellRefused(
            f"“{wording}” says {read.qualifier} {', '.join(f'{n:,}' for n in read.stated)}, the "
            "row says something else; give qualifier and numbers together, or neither."
        )
    return read


def _figure(qualifier: Any, numbers: dict[str, int | None], *, disordered: bool = False) -> Figure:
    try:
        return Figure(
            Qualifier(qualifier),
            numbers["low"],
            numbers["best"],
            numbers["high"],
            disordered=disordered,
        )
    except FigureError as error:
        raise CellRefused(str(error)) from error
