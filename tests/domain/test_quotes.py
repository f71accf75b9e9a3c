"""Whether a quote prints a figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.figures import Figure, Qualifier
from claims.domain.quotes import prints_figure
from claims.domain.wording import parse_wording


@pytest.mark.parametrize(
    ("wording", "quote"),
    [
        pytest.param("at least 400", "AT LEAST 400 were killed", id="the wording itself"),
        pytest.param("about 400", "a toll of 400, they said", id="the number alone"),
        pytest.param("1200", "some 1,200 people", id="groups of three"),
        pytest.param("18,500", "18 500 tués", id="grouped by narrow spaces"),
        pytest.param("63000", "63.000 Menschen", id="grouped by points"),
        pytest.param("400", "٤٠٠ قتيل", id="Arabic-Indic digits"),
        pytest.param("63,000", "٦٣٬٠٠٠ قتيل", id="groups of Arabic-Indic digits"),
        pytest.param("23", "Twenty-three died", id="a number in words"),
        pytest.param("300,000", "three hundred thousand people", id="a large one in words"),
        pytest.param("1,200,000", "1.2 million people", id="a decimal and a multiple"),
        pytest.param("20,000", "20k casualties", id="a suffix"),
        pytest.param("200 to 600", "between 200 and 600 soldiers", id="both ends of a range"),
        pytest.param("hundreds", "Hundreds are feared dead", id="an order word"),
        pytest.param("a dozen", "A dozen were hurt", id="a dozen in words"),
        pytest.param("12", "a dozen were hurt", id="a dozen that counts twelve"),
        pytest.param("63", "in March 63 400 more were hurt", id="two numbers beside each other"),
        pytest.param("63", "killed 63. 400 were hurt", id="at the end of a sentence"),
        pytest.param("none", "None were hurt", id="nobody"),
        pytest.param("an unknown number", "Nobody knows how many.", id="not known"),
    ],
)
def test_quote_when_it_prints_the_figure_then_told_so(wording: str, quote: str) -> None:
    assert prints_figure(quote, parse_wording(wording)) is True


@pytest.mark.parametrize(
    ("wording", "quote"),
    [
        pytest.param("about 400", "a toll of 4000", id="a longer number"),
        pytest.param("63", "on 6 3 March", id="digits apart"),
        pytest.param("63", "since 1963", id="the end of a longer number"),
        pytest.param("63", "since 63.400", id="the beginning of a longer number"),
        pytest.param("200", "some 1,200 people", id="a group of a longer number"),
        pytest.param("none", "nonetheless, many were hurt", id="the beginning of a longer word"),
        pytest.param("200 to 600", "at least 200 soldiers", id="one end of a range"),
        pytest.param("hundreds", "about 200 people", id="another order word"),
        pytest.param("25", "Many died in the strike.", id="no number"),
        pytest.param("25", "12..34,5 and 9,99", id="digits that are no number"),
        pytest.param("25", "2" * 5000, id="more digits than any number of people has"),
        pytest.param("25", "123 " * 2000, id="a long table of numbers"),
    ],
)
def test_quote_when_it_does_not_print_the_figure_then_told_so(wording: str, quote: str) -> None:
    assert prints_figure(quote, parse_wording(wording)) is False


def test_quote_when_its_script_joins_words_then_an_order_word_is_found_in_one() -> None:
    hundreds = Figure(Qualifier.ORDER, low=200, high=999, wording="مئات")

    assert prints_figure("قتل العشرات ومئات جرحوا", hundreds) is True


@given(quote=st.text(max_size=300), number=st.integers(0, 10**9))
def test_quote_when_it_is_any_text_then_answered(quote: str, number: int) -> None:
    figure = Figure(Qualifier.EXACTLY, best=number)

    assert prints_figure(f"{quote} ({number:,})", figure) is True
    assert prints_figure(quote, figure) in {True, False}
