"""The chart of one comparison as a file: complete in itself, painted by attributes alone."""

from __future__ import annotations

from html import escape
from textwrap import shorten, wrap

from claims.web.charts.dotplot import (
    Band,
    DotPlot,
    Row,
    axis_labels,
    band_mark,
    grid_lines,
)
from claims.web.charts.marks import DEFINITIONS, Canvas, mark
from claims.web.charts.svg import element, line, text, title, use

_INK, _SOFT, _RULE, _PAPER = "#1c1f23", "#565b62", "#dcd8cf", "#ffffff"
_MARK, _MARK_SOFT = "#24415c", "#7f8790"
_WIDTH, _MARGIN = 960, 24
_PLOT_X, _PLOT_WIDTH = 296, 420
_WORDS_X = _PLOT_X + _PLOT_WIDTH + 16
_ROW, _BAND, _LEADING = 38, 26, 17
_LINE = 124  # characters of small print that fit across

_STANCES = {
    "circle": "own losses",
    "diamond": "other side’s losses",
    "square": "third party",
}

_LOOKS: dict[str, dict[str, str]] = {
    "shape-votes": {"fill": _MARK, "stroke": _MARK, "stroke-width": "1.5"},
    "shape-revised": {"fill": _PAPER, "stroke": _MARK, "stroke-width": "1.5"},
    "shape-silent": {"fill": _MARK_SOFT, "stroke": _MARK_SOFT, "stroke-width": "1.5"},
    "line-votes": {"fill": "none", "stroke": _MARK, "stroke-width": "1.8"},
    "line-revised": {
        "fill": "none",
        "stroke": _MARK,
        "stroke-width": "1.4",
        "stroke-dasharray": "3 2",
    },
    "line-silent": {"fill": "none", "stroke": _MARK_SOFT, "stroke-width": "1.4"},
    "hatched-votes": {"stroke": _MARK, "stroke-width": "1"},
    "hatched-revised": {"stroke": _MARK, "stroke-width": "1", "stroke-dasharray": "3 2"},
    "hatched-silent": {"stroke": _MARK_SOFT, "stroke-width": "1"},
    "band": {"fill": "none", "stroke": _INK, "stroke-width": "2"},
    "grid": {"stroke": _RULE, "stroke-width": "1"},
    "tick": {"fill": _SOFT, "font-size": "12"},
    "tick-between": {"fill": _SOFT, "font-size": "12"},
}


def file_look(name: str) -> str:
    """Return paint for a look."""
    return "".join([f' {key}="{value}"' for key, value in _LOOKS[name].items()])


def chart_file(chart: DotPlot, *, event: str, source: str) -> str:
    """Return a whole SVG file; ``source`` is the line at its foot: where and when it was read."""
    heading = f"{event}: {chart.title[:1].lower()}{chart.title[1:]}"
    said, foot = wrap(chart.description, _LINE), [*_notes(chart), *wrap(source, _LINE)]
    top = 64 + _LEADING * len(said)
    bottom = top + _ROW * len(chart.rows)
    under = bottom + 46 + _BAND * len(chart.bands)
    canvas = Canvas(chart.scale, file_look)
    legend, ends = _legend(chart, under)
    height = ends + 40 + _LEADING * len(foot)
    return element(
        "svg",
        title(heading),
        element("desc", escape(chart.description, quote=False)),
        element("defs", DEFINITIONS, hatch(_MARK_SOFT)),
        element("rect", width=_WIDTH, height=height, fill=_PAPER),
        text(shorten(heading, 88, placeholder=" …"), x=_MARGIN, y=36, font_size=20, fill=_INK),
        *_lines(said, 60),
        _plot(chart, canvas, top, bottom),
        *(_row_words(row, top + _ROW * i) for i, row in enumerate(chart.rows)),
        *(_band(band, canvas, bottom + 46 + _BAND * i) for i, band in enumerate(chart.bands)),
        legend,
        *_lines(foot, ends + 40),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=_WIDTH,
        height=height,
        role="img",
        font_family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif",
        font_size=13,
    )


def _lines(written: list[str], y: int) -> list[str]:
    return [text(one, x=_MARGIN, y=y + _LEADING * i, **_small()) for i, one in enumerate(written)]


def _notes(chart: DotPlot) -> list[str]:
    """Return what a reader must know of the line and of what is not drawn."""
    found = []
    if not chart.scale.starts_at_zero:
        found.append(f"The line starts at {chart.scale.low:,}, not at zero.")
    if chart.scale.is_log:
        found.append("Logarithmic line.")
    if chart.left_out:
        found.append(f"The {len(chart.rows)} newest claims; {chart.left_out:,} older left out.")
    return found


def _legend(chart: DotPlot, y: int) -> tuple[str, int]:
    """Return the meaning of what the chart shows, and of nothing else, and where it ends."""
    drawn, x = [], _MARGIN
    for marks, width, words in _meanings(chart):
        start = x + width + 8
        end = start + 7 * len(words)
        if end > _WIDTH - _MARGIN:
            x, y, start, end = _MARGIN, y + 20, start - x + _MARGIN, end - x + _MARGIN
        drawn.append(element("g", marks, transform=f"translate({x} {y + 6})"))
        drawn.append(text(words, x=start, y=y + 10, **_small()))
        x = end + 22
    return "".join(drawn), y


def _meanings(chart: DotPlot) -> list[tuple[str, int, str]]:
    """Return marks with their width and what they mean in words."""
    found = [
        (use(shape, "8", 0, file_look("shape-votes")), 14, words)
        for shape, words in _STANCES.items()
        if shape in chart.shapes
    ]
    if "revised" in chart.tones:
        found.append((use("circle", "8", 0, file_look("shape-revised")), 14, "revised since"))
    if "silent" in chart.tones:
        found.append((use("square", "8", 0, file_look("shape-silent")), 14, "does not vote"))
    line_look = file_look("line-votes")
    if chart.has_whiskers:
        caps = use("cap", "0", 0, line_look) + use("cap", "26", 0, line_look)
        found.append((line("0", "26", 0, 0, line_look) + caps, 26, "range"))
    if chart.has_arrows:
        found.append((use("up", "0", 0, line_look), 26, "open end"))
    if chart.has_hatching:
        look = file_look("hatched-votes")
        bar = f'<rect y="-6" width="26" height="12" fill="url(#hatch)"{look}/>'
        found.append((bar, 26, "words for an order of size"))
    return found


def hatch(colour: str | None = None) -> str:
    """Return the pattern for words of size; painted by class on a page, by colour in a file."""
    stroke = {"stroke": colour, "stroke-width": "1.6"} if colour else {"class_": "hatch-line"}
    return element(
        "pattern",
        element("path", d="M0 0V6", **stroke),
        id="hatch",
        width=5,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _small() -> dict[str, str]:
    return {"fill": _SOFT, "font-size": "12"}


def _plot(chart: DotPlot, canvas: Canvas, top: int, bottom: int) -> str:
    rows = "".join(
        element(
            "g",
            title(row.description),
            mark(row.geometry, row.shape, row.tone, canvas, y=_ROW // 2 + _ROW * i),
        )
        for i, row in enumerate(chart.rows)
    )
    grid = element(
        "svg",
        *grid_lines(canvas),
        rows,
        x=_PLOT_X,
        y=top,
        width=_PLOT_WIDTH,
        height=bottom - top,
        overflow="visible",
    )
    unit = text("people", x=_WORDS_X, y=bottom + 16, **_small())
    return grid + _strip(axis_labels(canvas, y=16), bottom) + unit


def _strip(parts: list[str], y: int) -> str:
    return element("svg", *parts, x=_PLOT_X, y=y, width=_PLOT_WIDTH, height=24, overflow="visible")


def _row_words(row: Row, y: int) -> str:
    notes = ", ".join((row.date, *row.notes))
    return element(
        "g",
        text(shorten(row.claimant, 38, placeholder=" …"), x=_MARGIN, y=y + 16, fill=_INK),
        text(shorten(notes, 46, placeholder=" …"), x=_MARGIN, y=y + 31, **_small()),
        text(shorten(row.words, 30, placeholder=" …"), x=_WORDS_X, y=y + 23, fill=_INK),
    )


def _band(band: Band, canvas: Canvas, y: int) -> str:
    return (
        text("Fits most claimants", x=_MARGIN, y=y + 4, fill=_INK)
        + _strip([band_mark(band, canvas, y=0)], y)
        + text(band.words, x=_WORDS_X, y=y + 4, fill=_INK)
    )
