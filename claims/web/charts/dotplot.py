"""The chart of one comparison: a row for every claim on one number line.

On a page each row is a small SVG as wide as its column, beside the claimant's name as text, so
the chart reads at any width and font size; the same marks make the file that people download.
The stretches that most claims cover get a row of their own, never a shaded answer across the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from claims.web import words
from claims.web.charts.marks import Canvas, Geometry, Tone, mark
from claims.web.charts.scale import Scale, scale_for
from claims.web.charts.svg import element, line, title, use
from claims.web.escaping import recurring

ROW_HEIGHT = 30
_ROW_STARTS = f'<svg role="img" width="100%" height="{ROW_HEIGHT}" class="plot">'
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: who, in which words, what is drawn and how."""

    claimant: str
    words: str
    geometry: Geometry
    shape: str
    tone: Tone
    date: str = ""
    notes: tuple[str, ...] = ()
    address: str = ""

    @property
    def description(self) -> str:
        """The row in one line, for those who do not see it."""
        said = f"{words.isolated(self.claimant)}: {self.words}"
        return ", ".join(part for part in (said, self.date, *self.notes) if part)


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the number line that most claims cover."""

    low: int
    high: int | None
    numbers: str
    share: str

    @property
    def words(self) -> str:
        """The stretch with how many claimants allow it: "350 to 400: 4 of 5"."""
        return f"{self.numbers}: {self.share}"


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Everything a chart shows; ``left_out`` counts older claims beyond the most rows."""

    title: str
    description: str
    rows: tuple[Row, ...]
    bands: tuple[Band, ...]
    scale: Scale
    left_out: int = 0

    @property
    def rows_html(self) -> SafeString:
        """The rows as a page shows them."""
        return SafeString("".join([row_html(row, self.scale) for row in self.rows]))

    @property
    def has_marks(self) -> bool:
        """Whether there is anything to draw."""
        return any(row.geometry.numbers for row in self.rows)

    @property
    def shapes(self) -> frozenset[str]:
        """The shapes that occur."""
        return frozenset(row.shape for row in self.rows if row.geometry.dot is not None)

    @property
    def tones(self) -> frozenset[str]:
        """The tones that occur."""
        return frozenset(str(row.tone) for row in self.rows if row.geometry.numbers)

    @property
    def has_arrows(self) -> bool:
        """Whether a figure has an open end."""
        return any(row.geometry.opens_up or row.geometry.opens_down for row in self.rows)

    @property
    def has_hatching(self) -> bool:
        """Whether a figure is a word for an order of size."""
        return any(row.geometry.is_hatched for row in self.rows)

    @property
    def has_whiskers(self) -> bool:
        """Whether a figure has a range."""
        return any(
            row.geometry.low is not None and not row.geometry.is_hatched for row in self.rows
        )


def line_for(rows: Sequence[Row], *, is_log: bool) -> Scale:
    """Return the number line on which all rows have a place; one claim alone is seen from zero."""
    numbers = [n for row in rows for n in row.geometry.numbers]
    return scale_for(numbers, is_log=is_log, from_zero=len(rows) == 1)


def page_look(name: str) -> str:
    """Return the class that the stylesheet knows."""
    return f' class="{name}"'


def row_svg(row: Row, scale: Scale) -> str:
    """Return the plot of one row for a page."""
    drawn = mark(row.geometry, row.shape, row.tone, Canvas(scale, page_look), y=ROW_HEIGHT // 2)
    return f"{_ROW_STARTS}{title(row.description)}{drawn}</svg>"


def row_html(row: Row, scale: Scale) -> str:
    """Return one row for a page: who, when, the mark, and the figure in words."""
    claimant = recurring(row.claimant)
    notes = ", ".join([recurring(note) for note in (row.date, *row.notes)])
    return (
        f'<li class="chart-row chart-{row.tone}">\n<div class="chart-who">'
        f'<a href="{escape(row.address)}" title="{claimant}">{claimant}</a>'
        f'<span class="chart-notes">{notes}</span></div>\n'
        f'<div class="chart-mark">{row_svg(row, scale)}</div>\n'
        f'<div class="chart-words">{escape(row.words)}</div>\n</li>\n'
    )


def bands_svg(bands: Sequence[Band], scale: Scale) -> str:
    """Return the plot of the stretches that most claims cover."""
    canvas = Canvas(scale, page_look)
    return element(
        "svg",
        title("; ".join(band.words for band in bands)),
        *(band_mark(band, canvas, y=10) for band in bands),
        role="img",
        width="100%",
        height=20,
        class_="plot",
    )


def band_mark(band: Band, canvas: Canvas, *, y: int) -> str:
    """Return one stretch: a bracket from end to end, a single stroke where it is one number."""
    low = min(max(band.low, canvas.scale.low), canvas.scale.high)
    high = canvas.scale.high if band.high is None else min(band.high, canvas.scale.high)
    look, start, end = canvas.look("band"), canvas.x(low), canvas.x(high)
    parts = [use("cap", start, y, look)]
    if high > low:
        parts.append(line(start, end, y, y, look))
    if band.high is None or high > low:
        parts.append(use("up" if band.high is None else "cap", end, y, look))
    return "".join(parts)


def grid_svg(scale: Scale) -> str:
    """Return the lines behind all rows; decoration, the numbers stand on the axis."""
    return element(
        "svg",
        *grid_lines(Canvas(scale, page_look)),
        aria_hidden="true",
        width="100%",
        height="100%",
        class_="plot",
    )


def grid_lines(canvas: Canvas) -> list[str]:
    """Return one upright line per tick."""
    look, places = canvas.look("grid"), map(canvas.x, canvas.scale.ticks)
    return [line(x, x, 0, "100%", look) for x in places]


def axis_svg(scale: Scale) -> str:
    """Return the numbers under a chart."""
    return element(
        "svg",
        *axis_labels(Canvas(scale, page_look), y=14),
        aria_hidden="true",
        width="100%",
        height=20,
        class_="plot",
    )


def axis_labels(canvas: Canvas, *, y: int) -> list[str]:
    """Return the numbers of the ticks; every second one can be hidden where it is narrow."""
    looks = (canvas.look("tick"), canvas.look("tick-between"))
    return [
        f'<text x="{canvas.x(n)}" y="{y}" text-anchor="middle"{looks[position % 2]}>'
        f"{tick_label(n)}</text>"
        for position, n in enumerate(canvas.scale.ticks)
    ]


def tick_label(number: int) -> str:
    """Return 15,000 in full and 1,500,000 as "1.5 million"."""
    return f"{number / 1_000_000:g} million" if number >= 1_000_000 else f"{number:,}"
