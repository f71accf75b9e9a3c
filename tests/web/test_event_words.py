"""Phrases and template tags that all pages share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from claims.domain.agreement import Stretch
from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.figures import Figure, Qualifier
from claims.web import words


def rendered(source: str, **context: object) -> str:
    return Template("{% load figure_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        pytest.param("3.9326", "3.9", id="rounded down, not to 4"),
        pytest.param("1.0337", "1.03", id="two decimals close to one"),
        pytest.param("1.9999", "1.9", id="never up"),
        pytest.param("14.58", "14", id="whole from ten"),
        pytest.param("3105.5", "3,105", id="thousands parted"),
    ],
)
def test_factor(ratio: str, expected: str) -> None:
    assert words.factor(Decimal(ratio)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Ministry of Health", "Ministry of Health", id="plain letters"),
        pytest.param("Міністерство оборони", "Міністерство оборони", id="left to right"),
        pytest.param("وزارة الصحة", "\u2068وزارة الصحة\u2069", id="right to left"),
        pytest.param("SOHR (المرصد)", "\u2068SOHR (المرصد)\u2069", id="both"),
    ],
)
def test_isolated(name: str, expected: str) -> None:
    assert words.isolated(name) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(Figure(Qualifier.EXACTLY, best=89, wording="89 dead"), "89 dead", id="words"),
        pytest.param(Figure(Qualifier.EXACTLY, best=1200), "1,200", id="a number"),
        pytest.param(Figure(Qualifier.AT_LEAST, low=25), "at least 25", id="at least"),
        pytest.param(Figure(Qualifier.BETWEEN, low=60, high=400), "60 to 400", id="a range"),
        pytest.param(
            Figure(Qualifier.BETWEEN, low=60, best=89, high=400),
            "89 (60 to 400)",
            id="a row of a dataset",
        ),
        pytest.param(Figure(Qualifier.UNKNOWN), "number not known", id="unknown"),
    ],
)
def test_figure(figure: Figure, expected: str) -> None:
    assert words.figure(figure) == expected


@pytest.mark.parametrize(
    ("measure", "victims", "party", "expected"),
    [
        pytest.param("killed", "people", "", "people killed", id="anybody"),
        pytest.param("injured", "civilians", "Ukraine", "civilians of Ukraine injured", id="party"),
        pytest.param(
            "killed", "combatants", "Union", "combatants of the Union killed", id="article"
        ),
        pytest.param(
            "losses_unspecified",
            "combatants",
            "United States",
            "losses among combatants of the United States, kind not specified",
            id="losses",
        ),
        pytest.param(
            "excess_deaths", "children", "", "excess deaths among children", id="excess deaths"
        ),
    ],
)
def test_question(measure: str, victims: str, party: str, expected: str) -> None:
    assert words.question(measure, victims, party) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Ministry of Defence", "the Ministry of Defence", id="a description"),
        pytest.param("Mariupol city council", "the Mariupol city council", id="noun at the end"),
        pytest.param("The Lancet", "The Lancet", id="brings its own article"),
        pytest.param("BBC News Russian", "BBC News Russian", id="a name"),
    ],
)
def test_claimant(name: str, expected: str) -> None:
    assert words.claimant(name) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2023-01-01", None, "1 January 2023", id="no end"),
        pytest.param("2023-01-01", "2023-01-01", "1 January 2023", id="one day"),
        pytest.param("1863-07-01", "1863-07-03", "1 to 3 July 1863", id="one month"),
        pytest.param("2024-05-08", "2024-06-01", "8 May to 1 June 2024", id="one year"),
        pytest.param("2023-10-07", "2024-05-08", "7 October 2023 to 8 May 2024", id="across years"),
    ],
)
def test_period(start: str, end: str | None, expected: str) -> None:
    first = PartialDate(date.fromisoformat(start))
    last = PartialDate(date.fromisoformat(end)) if end else None

    assert words.period(first, last) == expected


def test_period_when_only_months_are_known_then_no_day_is_invented() -> None:
    first = PartialDate(date(2023, 1, 1), DatePrecision.MONTH)
    last = PartialDate(date(2023, 3, 31), DatePrecision.MONTH)

    assert words.period(first, last) == "January 2023 to March 2023"


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        pytest.param(Stretch(350, 400, 4, 2, 5), "350 to 400", id="closed"),
        pytest.param(Stretch(89, 89, 2, 2, 3), "89", id="one number"),
        pytest.param(Stretch(400, None, 2, 0, 2), "400 or more", id="open"),
    ],
)
def test_stretch(stretch: Stretch, expected: str) -> None:
    assert words.stretch(stretch) == expected


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        pytest.param("{{ it|people }}", 15002, "15,002", id="people"),
        pytest.param("{{ it|people }}", None, "", id="nobody stated a number"),
        pytest.param("{{ it|people }}", 0, "0", id="zero is a number"),
        pytest.param("{{ it|factor }}", Decimal("3.9326"), "3.9", id="factor"),
        pytest.param("{{ it|factor }}", None, "", id="no factor"),
        pytest.param(
            "{{ it|label:'measure' }}", "killed_or_injured", "killed or injured", id="label"
        ),
        pytest.param(
            "{{ it|when }}",
            PartialDate(date(2023, 1, 31), DatePrecision.MONTH),
            '<time datetime="2023-01">January 2023</time>',
            id="a month",
        ),
        pytest.param(
            "{{ it|when }}",
            date(2023, 1, 2),
            '<time datetime="2023-01-02">2 January 2023</time>',
            id="a day",
        ),
        pytest.param("{{ it|lower_first }}", "One allows", "one allows", id="after a colon"),
        pytest.param(
            "{{ it|is_web_address }}", "javascript:alert(1)", "False", id="no web address"
        ),
        pytest.param("{{ it|is_web_address }}", "https://a.example/", "True", id="a web address"),
    ],
)
def test_filters(source: str, value: object, expected: str) -> None:
    assert rendered(source, it=value) == expected


def test_coordinates_name_the_side_of_the_earth() -> None:
    place = SimpleNamespace(latitude=Decimal("-33.45000"), longitude=Decimal("-70.66000"))

    assert rendered("{{ it|coordinates }}", it=place) == "33.45° S, 70.66° W"


def test_verdict_is_a_word_that_explains_itself() -> None:
    html = rendered("{% verdict it %}", it="single")

    assert html == (
        '<span class="verdict verdict-single" '
        'title="Fewer than two claimants have a figure with bounds.">single claimant</span>'
    )


def test_range_bar_shows_both_ends_as_text_and_one_number_once() -> None:
    two = SimpleNamespace(lowest=60, highest=400, gap_low=89, gap_high=350)
    one = SimpleNamespace(lowest=300, highest=300, gap_low=None, gap_high=None)

    assert rendered("{% range_bar it %}", it=two).startswith(
        '<div class="range"><span class="range-low">60</span><svg'
    )
    assert rendered("{% range_bar it %}", it=one).endswith("<span>300</span></div>")
    assert '<span class="range-low"></span>' in rendered("{% range_bar it %}", it=one)


def test_range_bar_when_nobody_gives_a_number_then_it_says_so() -> None:
    nobody = SimpleNamespace(lowest=None, highest=None, claimant_count=0)
    in_words = SimpleNamespace(lowest=None, highest=None, claimant_count=2)

    assert "no number given" in rendered("{% range_bar it %}", it=nobody)
    assert "given in words only" in rendered("{% range_bar it %}", it=in_words)
