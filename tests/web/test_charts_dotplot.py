"""The rows of a chart, the range bar of lists and the step line: valid, titled, without styles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from claims.web.charts.dotplot import (
    Band,
    DotPlot,
    Row,
    axis_svg,
    bands_svg,
    grid_svg,
    line_for,
    row_svg,
    tick_label,
)
from claims.web.charts.file import chart_file
from claims.web.charts.marks import Geometry, Tone
from claims.web.charts.range_bar import Range, range_bar
from claims.web.charts.scale import scale_for
from claims.web.charts.steps import Step, steps_svg
from claims.web.charts.svg import element, text
from tests.web.drawn import read_svg

SVG = "{http://www.w3.org/2000/svg}"
MOSCOW = Row(
    claimant="Ministry <of> Defence & Co",
    words="89",
    geometry=Geometry(dot=89),
    shape="circle",
    tone=Tone.VOTES,
    date="4 January 2023",
    notes=("own losses",),
    address="#cl_1",
)
KYIV = replace(
    MOSCOW, claimant="Kyiv", words="about 400", shape="diamond", geometry=Geometry(400, 350, 450)
)
PRESS = replace(
    MOSCOW,
    claimant="Press",
    words="hundreds",
    shape="square",
    tone=Tone.SILENT,
    geometry=Geometry(None, 200, 999, is_hatched=True),
)
BAND = Band(350, 400, "350 to 400", "4 of 5")


def plot(*rows: Row, bands: tuple[Band, ...] = ()) -> DotPlot:
    return DotPlot("People killed", "What they said.", rows, bands, line_for(rows, is_log=False))


def no_styles(svg: str) -> bool:
    return "style" not in svg and "<script" not in svg


def test_row_says_in_its_title_who_said_what_and_when() -> None:
    svg = row_svg(MOSCOW, scale_for([89, 400]))

    drawn = read_svg(svg)
    assert drawn.get("role") == "img"
    assert drawn[0].text == "Ministry <of> Defence & Co: 89, 4 January 2023, own losses"
    assert no_styles(svg)


def test_line_when_one_claim_alone_then_it_is_seen_from_zero() -> None:
    assert line_for([KYIV], is_log=False).low == 0


def test_chart_knows_which_marks_its_legend_has_to_explain() -> None:
    chart = plot(MOSCOW, PRESS)

    assert chart.shapes == {"circle"}
    assert chart.tones == {"votes", "silent"}
    assert (chart.has_hatching, chart.has_whiskers, chart.has_arrows) == (True, False, False)


def test_bands_are_brackets_and_open_ones_end_in_an_arrow() -> None:
    open_band = Band(400, None, "400 or more", "2 of 3")

    closed = read_svg(bands_svg([BAND], scale_for([89, 600])))
    opened = read_svg(bands_svg([open_band], scale_for([89, 600])))

    assert closed[0].text == "350 to 400: 4 of 5"
    assert [p.get("href") for p in closed.iter("use")] == ["#m-cap", "#m-cap"]
    assert [p.get("href") for p in opened.iter("use")] == ["#m-cap", "#m-up"]


def test_axis_numbers_every_tick_and_the_grid_has_a_line_for_each() -> None:
    scale = scale_for([63, 400])

    numbers = [t.text for t in read_svg(axis_svg(scale)).iter("text")]

    assert numbers == ["0", "100", "200", "300", "400"]
    assert len(read_svg(grid_svg(scale))) == len(numbers)


@pytest.mark.parametrize(
    ("number", "label"),
    [
        pytest.param(15000, "15,000", id="in full"),
        pytest.param(1_500_000, "1.5 million", id="millions"),
        pytest.param(2_000_000, "2 million", id="whole millions"),
    ],
)
def test_tick_label(number: int, label: str) -> None:
    assert tick_label(number) == label


def test_chart_file_is_complete_in_itself() -> None:
    svg = chart_file(
        plot(MOSCOW, KYIV, PRESS, bands=(BAND,)), event="A & B", source="Read <today>."
    )

    drawn = read_svg(svg)
    written = [t.text for t in drawn.iter(f"{SVG}text")]
    assert no_styles(svg)
    assert "class" not in svg
    assert drawn.get("viewBox", "").startswith("0 0 960 ")
    assert drawn[0].text == "A & B: people killed"
    assert {"Ministry <of> Defence & Co", "about 400", "350 to 400: 4 of 5"} <= set(written)
    assert written[-1] == "Read <today>."


def test_chart_file_explains_every_mark_its_line_and_what_is_left_out() -> None:
    chart = replace(
        plot(MOSCOW, KYIV, PRESS), scale=scale_for([80, 999], is_log=True), left_out=1_203
    )

    drawn = read_svg(chart_file(chart, event="E", source="Read today."))

    written = [t.text for t in drawn.iter(f"{SVG}text")]
    assert {"people", "range", "words for an order of size"} <= set(written)
    assert written[-4:] == [
        "The line starts at 50, not at zero.",
        "Logarithmic line.",
        "The 3 newest claims; 1,203 older left out.",
        "Read today.",
    ]


def test_chart_file_when_nobody_said_a_number_then_it_still_stands() -> None:
    svg = chart_file(plot(replace(MOSCOW, geometry=Geometry())), event="E", source="S")

    assert read_svg(svg).tag == f"{SVG}svg"


def test_range_bar_parts_where_claims_contradict_each_other() -> None:
    drawn = read_svg(range_bar(Range(60, 400, 89, 350)))

    lines = [(p.get("class"), p.get("x1"), p.get("x2")) for p in drawn.iter("line")]
    assert lines == [
        ("range-axis", "0", "100%"),
        ("range-line", "14.8%", "21.9%"),
        ("range-gap", "21.9%", "86.2%"),
        ("range-line", "86.2%", "98.5%"),
    ]
    assert drawn[0].text == ("From 60 to 400; one claimant allows 89 at most, another 350 at least")


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        pytest.param(Range(25, 25), "25", id="one number"),
        pytest.param(Range(0, 0), "0", id="nobody"),
        pytest.param(Range(25, 1400), "From 25 to 1,400", id="no contradiction"),
    ],
)
def test_range_bar_says_in_words_what_it_shows(shown: Range, words: str) -> None:
    svg = range_bar(shown)

    assert read_svg(svg)[0].text == words
    assert no_styles(svg)


def test_steps_are_apart_even_on_one_day() -> None:
    day = date(2023, 12, 31)
    steps = [Step(day, n, str(n)) for n in (22, 24, 25)]

    drawn = read_svg(steps_svg(steps, "22, then 24, then 25"))

    places = [float(p.get("x", "").rstrip("%")) for p in drawn.iter("use")]
    assert [b - a >= 10 for a, b in pairwise(places)] == [True, True]
    assert [t.text for t in drawn.iter("text")] == ["22", "24", "25"]


def test_steps_when_the_figure_falls_then_the_line_falls() -> None:
    steps = [Step(date(2023, 1, 1), 500, "500"), Step(date(2023, 2, 1), 471, "471")]

    drawn = read_svg(steps_svg(steps, "500, then 471"))

    first, last = (float(p.get("y", "")) for p in drawn.iter("use"))
    assert first < last


def test_element_escapes_what_it_is_given() -> None:
    written = element("a", text('<b> & "c"', fill="x"), href='"&<')

    assert read_svg(written)[0].text == '<b> & "c"'
    assert read_svg(written).get("href") == '"&<'
