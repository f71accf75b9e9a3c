"""How one claimant's figure went up and down: a step line over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.web.charts.dotplot import page_look
from claims.web.charts.svg import element, line, title

_HEIGHT = 84
_TOP, _BOTTOM = 26, 74
_LEFT, _RIGHT = 5.0, 88.0
_LABEL_ROOM = 11.0


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a claimant: from which day it counts, the number, its words."""

    day: date
    number: int
    words: str


def steps_svg(steps: Sequence[Step], description: str) -> str:
    """Return the step line of two or more figures, oldest first.

    The height of a step is to scale between the smallest and the largest figure. Days are to scale
    too, apart from a little room between any two steps; the exact days stand in the list below.
    """
    places = _places(steps)
    heights = [_height(step.number, steps) for step in steps]
    return element(
        "svg",
        title(description),
        *_lines(places, heights),
        *_points(steps, places, heights),
        role="img",
        width="100%",
        height=_HEIGHT,
        class_="plot steps",
    )


def _lines(places: Sequence[float], heights: Sequence[float]) -> list[str]:
    look = page_look("line-votes")
    drawn = []
    ends = [*places[1:], 100.0]
    for position, (start, end, y) in enumerate(zip(places, ends, heights, strict=True)):
        drawn.append(line(_pc(start), _pc(end), y, y, look))
        if position + 1 < len(heights):
            after = heights[position + 1]
            drawn.append(line(_pc(end), _pc(end), y, after, look))
    return drawn


def _points(steps: Sequence[Step], places: Sequence[float], heights: Sequence[float]) -> list[str]:
    drawn = []
    last = len(steps) - 1
    free_from = -100.0
    for position, (step, x, y) in enumerate(zip(steps, places, heights, strict=True)):
        look = page_look("shape-votes" if position == last else "shape-revised")
        drawn.append(f'<use href="#m-circle" x="{_pc(x)}" y="{y}"{look}>{title(step.words)}</use>')
        has_room = x - free_from >= _LABEL_ROOM and (
            position == last or places[last] - x >= _LABEL_ROOM
        )
        if has_room or position == last:
            label = page_look("step-label")
            drawn.append(f'<text x="{_pc(x)}" y="{y - 11:g}"{label}>{step.number:,}</text>')
            free_from = x
    return drawn


def _places(steps: Sequence[Step]) -> list[float]:
    """Return how far across each step lies: by its day, but never on top of the one before."""
    apart = min(_LABEL_ROOM, (_RIGHT - _LEFT) / max(1, len(steps) - 1))
    days = max(1, (steps[-1].day - steps[0].day).days)
    free = (_RIGHT - _LEFT) - apart * (len(steps) - 1)
    return [
        _LEFT + apart * position + free * (step.day - steps[0].day).days / days
        for position, step in enumerate(steps)
    ]


def _height(number: int, steps: Sequence[Step]) -> float:
    smallest = min(step.number for step in steps)
    largest = max(step.number for step in steps)
    if smallest == largest:
        return float(_BOTTOM)
    return round(_BOTTOM - (_BOTTOM - _TOP) * (number - smallest) / (largest - smallest), 1)


def _pc(share: float) -> str:
    return f"{share:.2f}%"
