"""How one claim is drawn: a dot, a whisker, arrows for open ends, hatching for words of size.

The shape says how the claimant stands to the victims, the tone whether the claim votes. Both are
shapes and outlines, not colours, so that print and every reader's eyes get the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from claims.domain.figures import Figure, Qualifier, Reading
from claims.domain.stance import Stance
from claims.web.charts.scale import Scale
from claims.web.charts.svg import line, use


class Tone(StrEnum):
    """How strongly a claim is drawn: it votes, was revised by its claimant, or does not vote."""

    VOTES = "votes"
    REVISED = "revised"
    SILENT = "silent"


SHAPES = {
    Stance.OWN_LOSSES: "circle",
    Stance.ENEMY_LOSSES: "diamond",
    Stance.THIRD_PARTY: "square",
}

DEFINITIONS = (
    '<circle id="m-circle" r="6"/>'
    '<path id="m-diamond" d="M0-7.8 7.8 0 0 7.8-7.8 0z"/>'
    '<rect id="m-square" x="-5.4" y="-5.4" width="10.8" height="10.8"/>'
    '<path id="m-up" d="M0 0h26M20-4.5 26 0 20 4.5"/>'
    '<path id="m-down" d="M0 0h-26M-20-4.5-26 0-20 4.5"/>'
    '<path id="m-cap" d="M0-5V5"/>'
)
"""Shapes that marks refer to by id; once per page and once per file."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """What of a figure is drawn; empty where only the claimant's name can be shown."""

    dot: int | None = None
    low: int | None = None
    high: int | None = None
    opens_up: bool = False
    opens_down: bool = False
    is_hatched: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that need a place on the line."""
        return tuple(n for n in (self.dot, self.low, self.high) if n is not None)

    @property
    def order(self) -> float:
        """The number to sort by: the dot, else the middle of the range; nothing comes last.

        The middle is for the order of rows only and is shown nowhere.
        """
        if self.dot is not None:
            return self.dot
        return sum(self.numbers) / len(self.numbers) if self.numbers else float("inf")


def geometry(figure: Figure, reading: Reading = Reading.PLAIN) -> Geometry:
    """Return what of a figure is drawn on a reading."""
    match figure.qualifier:
        case Qualifier.UNKNOWN:
            return Geometry()
        case Qualifier.EXACTLY:
            return Geometry(dot=figure.best)
        case Qualifier.ABOUT | Qualifier.NEARLY:
            dot, bounds = figure.stated[0], figure.bounds(reading)
            return Geometry(dot, bounds.low, bounds.high) if bounds else Geometry(dot)
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return Geometry(dot=figure.low, opens_up=True)
        case Qualifier.AT_MOST | Qualifier.FEWER_THAN:
            return Geometry(dot=figure.high, opens_down=True)
        case _:
            ends = figure.stated
            is_order = figure.qualifier is Qualifier.ORDER
            return Geometry(figure.best, min(ends), max(ends), is_hatched=is_order)


Look = Callable[[str], str]
"""From the name of a look to attributes as text: a class on a page, paint in a file."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A number line as wide as what holds it; places are per cent of that width."""

    scale: Scale
    look: Look
    inset: float = 3.0

    def x(self, number: int) -> str:
        """Return where a number lies; a little room is kept at both ends for shapes."""
        return f"{self.inset + self.scale.share(number) * (100 - 2.4 * self.inset):.2f}%"

    def width(self, low: int, high: int) -> str:
        """Return how wide the stretch between two numbers is."""
        share = self.scale.share(high) - self.scale.share(low)
        return f"{share * (100 - 2.4 * self.inset):.2f}%"


def mark(shown: Geometry, shape: str, tone: Tone, canvas: Canvas, *, y: int) -> str:
    """Return the SVG of one claim at a height ``y``."""
    parts: list[str] = []
    if shown.low is not None and shown.high is not None:
        draw = _bar if shown.is_hatched else _whisker
        parts += draw(shown.low, shown.high, tone, canvas, y)
    if shown.dot is not None:
        x = canvas.x(shown.dot)
        if shown.opens_up or shown.opens_down:
            arrow = "up" if shown.opens_up else "down"
            parts.append(use(arrow, x, y, canvas.look(f"line-{tone}")))
        parts.append(use(shape, x, y, canvas.look(f"shape-{tone}")))
    return "".join(parts)


def _whisker(low: int, high: int, tone: Tone, canvas: Canvas, y: int) -> list[str]:
    look, start, end = canvas.look(f"line-{tone}"), canvas.x(low), canvas.x(high)
    return [line(start, end, y, y, look), use("cap", start, y, look), use("cap", end, y, look)]


def _bar(low: int, high: int, tone: Tone, canvas: Canvas, y: int) -> list[str]:
    look, start, width = canvas.look(f"hatched-{tone}"), canvas.x(low), canvas.width(low, high)
    return [f'<rect x="{start}" y="{y - 6}" width="{width}" height="12" fill="url(#hatch)"{look}/>']


_LEGEND = {
    "circle": '<use href="#m-circle" x="14" y="9" class="shape-votes"/>',
    "diamond": '<use href="#m-diamond" x="14" y="9" class="shape-votes"/>',
    "square": '<use href="#m-square" x="14" y="9" class="shape-votes"/>',
    "revised": '<use href="#m-circle" x="14" y="9" class="shape-revised"/>',
    "silent": '<use href="#m-square" x="14" y="9" class="shape-silent"/>',
    "open": '<use href="#m-up" x="1" y="9" class="line-votes"/>',
    "range": '<path d="M3 9H25M3 4V14M25 4V14" class="line-votes"/>',
    "order": '<rect x="2" y="4" width="24" height="10" fill="url(#hatch)" class="hatched-votes"/>',
}


def legend_svg(kind: str) -> str:
    """Return one mark of the legend, which stands beside its meaning in words."""
    return f'<svg width="28" height="18" aria-hidden="true" class="plot">{_LEGEND[kind]}</svg>'
