"""The chart of one comparison as a file: complete in itself, painted by attributes alone."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from claims.web.charts.dotplot import (
    Band,
    DotPlot,
    Row,
    axis_labels,
    band_mark,
    grid_lines,
)
from claims.web.charts.marks import DEFINITIONS, Canvas, mark
from claims.web.charts.svg import element, text, title

_INK, _SOFT, _RULE, _PAPER = "#1c1f23", "#565b62", "#dcd8cf", "#ffffff"
_MARK, _MARK_SOFT = "#24415c", "#7f8790"
_WIDTH, _MARGIN = 960, 24
_PLOT_X, _PLOT_WIDTH = 296, 420
_WORDS_X = _PLOT_X + _PLOT_WIDTH + 16
_TOP, _ROW = 84, 38

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


def file_look(name: str) -> Mapping[str, str]:
    """Return paint for a look."""
    return _LOOKS[name]


def chart_file(chart: DotPlot, *, event: str, source: str) -> str:
    """Return a whole SVG file; ``source`` is the line at its foot: where and when it was read."""
    heading = f"{event}: {chart.title[:1].lower()}{chart.title[1:]}"
    bottom = _TOP + _ROW * len(chart.rows)
    height = bottom + 30 + 26 * len(chart.bands) + 56
    canvas = Canvas(chart.scale, file_look)
    return element(
        "svg",
        title(heading),
        element("desc", _escaped(chart.description)),
        element("defs", DEFINITIONS, hatch(_MARK_SOFT)),
        element("rect", width=_WIDTH, height=height, fill=_PAPER),
        text(shorten(heading, 90, placeholder=" …"), x=_MARGIN, y=36, font_size=20, fill=_INK),
        text(shorten(chart.description, 130, placeholder=" …"), x=_MARGIN, y=60, **_small()),
        _plot(chart, canvas, bottom),
        *(_row_words(row, _TOP + _ROW * i) for i, row in enumerate(chart.rows)),
        *(_band(band, canvas, bottom + 46 + 26 * i) for i, band in enumerate(chart.bands)),
        text(source, x=_MARGIN, y=height - 20, **_small()),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=_WIDTH,
        height=height,
        role="img",
        font_family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif",
        font_size=13,
    )


def hatch(colour: str | None = None) -> str:
    """Return the pattern for words of size; painted by class on a page, by colour in a file."""
    line = {"stroke": colour, "stroke-width": "1.6"} if colour else {"class_": "hatch-line"}
    return element(
        "pattern",
        element("path", d="M0 0V6", **line),
        id="hatch",
        width=5,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _small() -> dict[str, str]:
    return {"fill": _SOFT, "font-size": "12"}


def _plot(chart: DotPlot, canvas: Canvas, bottom: int) -> str:
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
        y=_TOP,
        width=_PLOT_WIDTH,
        height=bottom - _TOP,
        overflow="visible",
    )
    return grid + _strip(axis_labels(canvas, y=16), bottom)


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


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
