"""A wording read back to the person who typed it, in the form and while typing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from claims.domain.figures import Bounds, Figure, Reading
from claims.domain.wording import UnknownWording, parse_wording

LONGEST_ASKED = 250


def read_back(figure: Figure) -> str:
    """Return what a figure says on both readings: "350 to 450; strictly: nothing"."""
    plain, strict = figure.bounds(Reading.PLAIN), figure.bounds(Reading.STRICT)
    said = bounds_in_words(plain)
    return said if plain == strict else f"{said}; strictly: {bounds_in_words(strict)}"


def bounds_in_words(bounds: Bounds | None) -> str:
    """Return "350 to 450", "63", "400 or more" or "nothing"."""
    if bounds is None:
        return "nothing"
    if bounds.high is None:
        return f"{bounds.low:,} or more"
    return f"{bounds.low:,}" if bounds.low == bounds.high else f"{bounds.low:,} to {bounds.high:,}"


def reading_of(wording: str) -> dict[str, Any]:
    """Return the figure that a wording says, and the sentence that reads it back or refuses."""
    try:
        figure = parse_wording(wording)
    except UnknownWording as error:
        return {"known": False, "sentence": str(error)}
    return {
        "known": True,
        "qualifier": str(figure.qualifier),
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "sentence": f"{figure.wording}: {read_back(figure)}.",
    }


def reading_view(request: HttpRequest) -> JsonResponse:
    """Answer what the wording in ``?wording=`` says; asks no database."""
    return JsonResponse(reading_of(request.GET.get("wording", "")[:LONGEST_ASKED]))
