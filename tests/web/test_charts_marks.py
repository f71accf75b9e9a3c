"""How figures are drawn: what design section 2 says in its last column."""

from __future__ import annotations

import re

import pytest

from claims.domain.figures import Figure, Qualifier, Reading
from claims.domain.wording import parse_wording
from claims.web.charts.dotplot import page_look
from claims.web.charts.marks import DEFINITIONS, Canvas, Geometry, Tone, geometry, legend_svg, mark
from claims.web.charts.scale import scale_for
from tests.web.drawn import read_svg

LINE = scale_for([0, 1000])


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        pytest.param("89", Geometry(dot=89), id="a dot"),
        pytest.param("at least 92", Geometry(dot=92, opens_up=True), id="open above"),
        pytest.param("more than 92", Geometry(dot=92, opens_up=True), id="open above, exclusive"),
        pytest.param("up to 60", Geometry(dot=60, opens_down=True), id="open below"),
        pytest.param("about 400", Geometry(400, 350, 450), id="a dot with its short whisker"),
        pytest.param("nearly 400", Geometry(400, 300, 400), id="a whisker below"),
        pytest.param("between 200 and 600", Geometry(None, 200, 600), id="a whisker alone"),
        pytest.param("hundreds", Geometry(None, 200, 999, is_hatched=True), id="hatched"),
        pytest.param("an unknown number", Geometry(), id="the name only"),
        pytest.param("none", Geometry(dot=0), id="a dot at zero"),
    ],
)
def test_geometry(wording: str, expected: Geometry) -> None:
    assert geometry(parse_wording(wording)) == expected


def test_geometry_when_strict_then_about_is_a_dot_without_whisker() -> None:
    assert geometry(parse_wording("about 400"), Reading.STRICT) == Geometry(dot=400)


def test_geometry_when_dataset_row_then_its_own_range_and_best() -> None:
    figure = Figure(Qualifier.BETWEEN, low=60, best=89, high=400)

    assert geometry(figure) == Geometry(89, 60, 400)


def test_geometry_when_disordered_then_the_envelope() -> None:
    figure = Figure(Qualifier.BETWEEN, low=400, best=89, high=60, disordered=True)

    assert geometry(figure) == Geometry(89, 60, 400)


@pytest.mark.parametrize(
    ("shown", "tone", "expected"),
    [
        pytest.param(
            Geometry(dot=500),
            Tone.VOTES,
            [("use", "#m-circle", "shape-votes")],
            id="a full dot votes",
        ),
        pytest.param(
            Geometry(dot=500),
            Tone.REVISED,
            [("use", "#m-circle", "shape-revised")],
            id="a hollow one was revised",
        ),
        pytest.param(
            Geometry(dot=500, opens_up=True),
            Tone.SILENT,
            [("use", "#m-up", "line-silent"), ("use", "#m-circle", "shape-silent")],
            id="an arrow for an open end",
        ),
        pytest.param(
            Geometry(None, 200, 600),
            Tone.VOTES,
            [
                ("line", None, "line-votes"),
                ("use", "#m-cap", "line-votes"),
                ("use", "#m-cap", "line-votes"),
            ],
            id="a whisker with its ends",
        ),
        pytest.param(
            Geometry(None, 200, 999, is_hatched=True),
            Tone.VOTES,
            [("rect", None, "hatched-votes")],
            id="a hatched bar",
        ),
        pytest.param(Geometry(), Tone.SILENT, [], id="nothing to draw"),
    ],
)
def test_mark(shown: Geometry, tone: Tone, expected: list[tuple[str, str | None, str]]) -> None:
    drawn = mark(shown, "circle", tone, Canvas(LINE, page_look), y=15)

    parts = read_svg(f"<g>{drawn}</g>")
    assert [(p.tag, p.get("href"), p.get("class")) for p in parts] == expected


def test_canvas_keeps_every_place_within_the_width() -> None:
    canvas = Canvas(LINE, page_look)

    assert (canvas.x(0), canvas.x(1000)) == ("3.00%", "95.80%")


@pytest.mark.parametrize(
    "kind", ["circle", "diamond", "square", "revised", "silent", "open", "range", "order"]
)
def test_legend_refers_to_shapes_that_are_defined(kind: str) -> None:
    asked = set(re.findall(r'href="#([^"]+)"', legend_svg(kind)))
    defined = set(re.findall(r'id="([^"]+)"', DEFINITIONS))

    assert asked - defined == set()
