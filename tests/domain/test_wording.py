"""The table of wordings, row by row and on both readings, and what it refuses."""

from __future__ import annotations

import string
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.domain.figures import Bounds, Figure, FigureError, Qualifier, Reading
from claims.domain.numerals import DASH
from claims.domain.wording import (
    LONGEST_WORDING,
    PEOPLE_WORDS,
    WORDING_TABLE,
    UnknownWording,
    WordingRow,
    parse_wording,
)

EXACTLY, AT_LEAST, MORE_THAN = Qualifier.EXACTLY, Qualifier.AT_LEAST, Qualifier.MORE_THAN
AT_MOST, FEWER_THAN = Qualifier.AT_MOST, Qualifier.FEWER_THAN
NEARLY, ABOUT, BETWEEN = Qualifier.NEARLY, Qualifier.ABOUT, Qualifier.BETWEEN
ORDER, UNKNOWN = Qualifier.ORDER, Qualifier.UNKNOWN

Ends = tuple[int, int | None] | None


@pytest.mark.parametrize(
    ("text", "qualifier", "plain", "strict"),
    [
        pytest.param("63", EXACTLY, (63, 63), (63, 63), id="a bare number is exact"),
        pytest.param("exactly 63", EXACTLY, (63, 63), (63, 63), id="exactly"),
        pytest.param("at least 400", AT_LEAST, (400, None), (400, None), id="at least"),
        pytest.param("400 or more", AT_LEAST, (400, None), (400, None), id="or more"),
        pytest.param("no fewer than 400", AT_LEAST, (400, None), (400, None), id="no fewer than"),
        pytest.param("more than 400", MORE_THAN, (401, None), (401, None), id="more than"),
        pytest.param("over 400", MORE_THAN, (401, None), (401, None), id="over"),
        pytest.param("up to 400", AT_MOST, (0, 400), (0, 400), id="up to"),
        pytest.param("as many as 400", AT_MOST, (0, 400), (0, 400), id="as many as"),
        pytest.param("at most 400", AT_MOST, (0, 400), (0, 400), id="at most"),
        pytest.param("fewer than 400", FEWER_THAN, (0, 399), (0, 399), id="fewer than"),
        pytest.param("under 400", FEWER_THAN, (0, 399), (0, 399), id="under"),
        pytest.param("nearly 400", NEARLY, (300, 400), (0, 400), id="nearly"),
        pytest.param("almost 1,000", NEARLY, (750, 1000), (0, 1000), id="almost"),
        pytest.param("nearly 20", NEARLY, (15, 20), (0, 20), id="nearly a small round number"),
        pytest.param("about 400", ABOUT, (350, 450), None, id="about"),
        pytest.param("some 400", ABOUT, (350, 450), None, id="some"),
        pytest.param("around 1,000", ABOUT, (875, 1125), None, id="around"),
        pytest.param("an estimated 400,000", ABOUT, (350_000, 450_000), None, id="an estimated"),
        pytest.param("about 63", ABOUT, (60, 66), None, id="about a number not rounded"),
        pytest.param("about five", ABOUT, (4, 6), None, id="about a handful counted"),
        pytest.param("between 200 and 600", BETWEEN, (200, 600), (200, 600), id="between"),
        pytest.param("200 to 600", BETWEEN, (200, 600), (200, 600), id="to"),
        pytest.param("200-600", BETWEEN, (200, 600), (200, 600), id="a hyphen"),
        pytest.param("a dozen", EXACTLY, (12, 12), (12, 12), id="a dozen"),
        pytest.param("a couple", ORDER, (2, 3), (2, 3), id="a couple"),
        pytest.param("several", ORDER, (3, 9), (3, 9), id="several"),
        pytest.param("a few", ORDER, (3, 9), (3, 9), id="a few"),
        pytest.param("dozens", ORDER, (24, 99), (24, 99), id="dozens"),
        pytest.param("scores", ORDER, (40, 99), (40, 99), id="scores"),
        pytest.param("tens", ORDER, (20, 99), (20, 99), id="tens"),
        pytest.param("hundreds", ORDER, (200, 999), (200, 999), id="hundreds"),
        pytest.param("thousands", ORDER, (2_000, 9_999), (2_000, 9_999), id="thousands"),
        pytest.param(
            "tens of thousands", ORDER, (20_000, 99_999), (20_000, 99_999), id="tens of thousands"
        ),
        pytest.param(
            "hundreds of thousands",
            ORDER,
            (200_000, 999_999),
            (200_000, 999_999),
            id="hundreds of thousands",
        ),
        pytest.param(
            "millions", ORDER, (2_000_000, 9_999_999), (2_000_000, 9_999_999), id="millions"
        ),
        pytest.param(
            "tens of millions",
            ORDER,
            (20_000_000, 99_999_999),
            (20_000_000, 99_999_999),
            id="tens of millions",
        ),
        pytest.param("none", EXACTLY, (0, 0), (0, 0), id="none"),
        pytest.param("no one", EXACTLY, (0, 0), (0, 0), id="no one"),
        pytest.param("an unknown number", UNKNOWN, None, None, id="an unknown number"),
    ],
)
def test_wording_of_the_table_has_its_bounds_on_both_readings(
    text: str, qualifier: Qualifier, plain: Ends, strict: Ends
) -> None:
    figure = parse_wording(text)

    assert (figure.qualifier, figure.wording) == (qualifier, text)
    assert figure.bounds(Reading.PLAIN) == (Bounds(*plain) if plain else None)
    assert figure.bounds(Reading.STRICT) == (Bounds(*strict) if strict else None)


def test_wording_is_kept_as_printed_without_outer_space() -> None:
    assert parse_wording("  At least 400 dead.\n") == Figure(
        AT_LEAST, low=400, wording="At least 400 dead."
    )


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("about 400", (None, 400, None), id="an estimate is the best"),
        pytest.param("more than 400", (400, None, None), id="a floor is the low as printed"),
        pytest.param("fewer than 400", (None, None, 400), id="a ceiling is the high as printed"),
        pytest.param("nearly 400", (None, None, 400), id="nearly is the high as printed"),
        pytest.param("200 to 600", (200, None, 600), id="a range is low and high"),
        pytest.param("hundreds", (200, None, 999), id="an order of size is the ends of the table"),
        pytest.param("none", (None, 0, None), id="none is nought"),
        pytest.param("unknown", (None, None, None), id="an unknown number is nothing"),
    ],
)
def test_wording_is_stored_as_low_best_high(
    text: str, stored: tuple[int | None, int | None, int | None]
) -> None:
    figure = parse_wording(text)

    assert (figure.low, figure.best, figure.high) == stored


@pytest.mark.parametrize(
    ("text", "qualifier", "n"),
    [
        pytest.param("just 63", EXACTLY, 63, id="just"),
        pytest.param("only 63", EXACTLY, 63, id="only"),
        pytest.param("a total of 63", EXACTLY, 63, id="a total of"),
        pytest.param("zero", EXACTLY, 0, id="zero"),
        pytest.param("nobody", EXACTLY, 0, id="nobody"),
        pytest.param("no-one", EXACTLY, 0, id="no one with a hyphen"),
        pytest.param("no casualties", EXACTLY, 0, id="no casualties"),
        pytest.param("none of them", EXACTLY, 0, id="none of them"),
        pytest.param("no less than 400", AT_LEAST, 400, id="no less than"),
        pytest.param("not fewer than 400", AT_LEAST, 400, id="not fewer than"),
        pytest.param("not less than 400", AT_LEAST, 400, id="not less than"),
        pytest.param("a minimum of 400", AT_LEAST, 400, id="a minimum of"),
        pytest.param("400 at least", AT_LEAST, 400, id="at least after the number"),
        pytest.param("400+", AT_LEAST, 400, id="a plus sign"),
        pytest.param("20k+", AT_LEAST, 20_000, id="a plus sign after a suffix"),
        pytest.param("400 plus", AT_LEAST, 400, id="plus as a word"),
        pytest.param("≥400", AT_LEAST, 400, id="the sign for at least"),
        pytest.param(">= 400", AT_LEAST, 400, id="the sign for at least in two characters"),
        pytest.param("a dozen or more", AT_LEAST, 12, id="a dozen or more"),
        pytest.param("at least one", AT_LEAST, 1, id="at least one"),
        pytest.param("above 400", MORE_THAN, 400, id="above"),
        pytest.param("in excess of 400", MORE_THAN, 400, id="in excess of"),
        pytest.param("upwards of 400", MORE_THAN, 400, id="upwards of"),
        pytest.param("exceeding 400", MORE_THAN, 400, id="exceeding"),
        pytest.param(">400", MORE_THAN, 400, id="the sign for more than"),
        pytest.param("just over 400", MORE_THAN, 400, id="just over"),
        pytest.param("well over half a million", MORE_THAN, 500_000, id="well over half a million"),
        pytest.param("far more than 400", MORE_THAN, 400, id="far more than"),
        pytest.param("more than a hundred", MORE_THAN, 100, id="more than a hundred"),
        pytest.param("no more than 400", AT_MOST, 400, id="no more than"),
        pytest.param("not more than 400", AT_MOST, 400, id="not more than"),
        pytest.param("a maximum of 400", AT_MOST, 400, id="a maximum of"),
        pytest.param("400 or fewer", AT_MOST, 400, id="or fewer"),
        pytest.param("400 or less", AT_MOST, 400, id="or less"),
        pytest.param("≤400", AT_MOST, 400, id="the sign for at most"),
        pytest.param("<=400", AT_MOST, 400, id="the sign for at most in two characters"),
        pytest.param("less than 400", FEWER_THAN, 400, id="less than"),
        pytest.param("below 400", FEWER_THAN, 400, id="below"),
        pytest.param("< 400", FEWER_THAN, 400, id="the sign for fewer than"),
        pytest.param("well under 400", FEWER_THAN, 400, id="well under"),
        pytest.param("just under 400", NEARLY, 400, id="just under"),
        pytest.param("nearly a million", NEARLY, 1_000_000, id="nearly a million"),
        pytest.param("roughly 400", ABOUT, 400, id="roughly"),
        pytest.param("approximately 400", ABOUT, 400, id="approximately"),
        pytest.param("approx. 400", ABOUT, 400, id="approx with a point"),
        pytest.param("approx 400", ABOUT, 400, id="approx without"),
        pytest.param("circa 400", ABOUT, 400, id="circa"),
        pytest.param("c. 400", ABOUT, 400, id="c with a point"),
        pytest.param("c.400", ABOUT, 400, id="c at the number"),
        pytest.param("ca. 400", ABOUT, 400, id="ca"),
        pytest.param("estimated 400", ABOUT, 400, id="estimated"),
        pytest.param("~400", ABOUT, 400, id="a tilde"),
        pytest.param("≈ 400", ABOUT, 400, id="the sign for about"),
        pytest.param("400 or so", ABOUT, 400, id="or so"),
        pytest.param("about half a million", ABOUT, 500_000, id="about half a million"),
    ],
)
def test_wording_with_one_number_has_its_qualifier(text: str, qualifier: Qualifier, n: int) -> None:
    figure = parse_wording(text)

    assert (figure.qualifier, figure.stated) == (qualifier, (n,))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("from 200 to 600", 200, 600, id="from a to b"),
        pytest.param("200–600", 200, 600, id="an en dash"),
        pytest.param("200—600", 200, 600, id="an em dash"),
        pytest.param("200 - 600", 200, 600, id="a hyphen between spaces"),
        pytest.param("1 200–1 600", 1_200, 1_600, id="groups with spaces"),
        pytest.param("ten – fifteen", 10, 15, id="a dash between words"),
        pytest.param("an estimated 200 to 600", 200, 600, id="an estimated range"),
        pytest.param("some 200–600", 200, 600, id="some and a range"),
        pytest.param("between 200 people and 600 people", 200, 600, id="a noun after each number"),
        pytest.param("between 400 and 400", 400, 400, id="equal ends"),
        pytest.param("0 to 5", 0, 5, id="from nobody"),
        pytest.param("10 to 15 thousand", 10_000, 15_000, id="a shared thousand"),
        pytest.param("5-10 million", 5_000_000, 10_000_000, id="a shared million"),
        pytest.param("10-15k", 10_000, 15_000, id="a shared k"),
        pytest.param("1.2 to 1.5 million", 1_200_000, 1_500_000, id="decimals of a shared million"),
        pytest.param("one to two hundred", 100, 200, id="a shared hundred"),
        pytest.param("two to three dozen", 24, 36, id="a shared dozen"),
        pytest.param("one to one and a half million", 1_000_000, 1_500_000, id="a shared half"),
        pytest.param("one hundred to two hundred thousand", 100_000, 200_000, id="hundreds of it"),
        pytest.param(
            "between fifty and two hundred thousand", 50_000, 200_000, id="fifty thousand"
        ),
        pytest.param("10 thousand to 15 thousand", 10_000, 15_000, id="both ends in full"),
        pytest.param("500 to 2 thousand", 500, 2_000, id="a first number above the coefficient"),
        pytest.param("ninety to a hundred", 90, 100, id="an article shares nothing"),
        pytest.param("five to a thousand", 5, 1_000, id="an article after a small number"),
        pytest.param("one to one hundred", 1, 100, id="an equal coefficient shares nothing"),
        pytest.param("between one hundred and two hundred", 100, 200, id="two hundreds and an and"),
        pytest.param("between one hundred and one hundred and five", 100, 105, id="two times and"),
        pytest.param("half a million to a million", 500_000, 1_000_000, id="fractions of a unit"),
    ],
)
def test_wording_of_a_range_has_both_ends(text: str, low: int, high: int) -> None:
    figure = parse_wording(text)

    assert figure == Figure(BETWEEN, low=low, high=high, wording=text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("several hundred", 300, 999, id="several hundred"),
        pytest.param("a few hundred", 300, 999, id="a few hundred"),
        pytest.param("several hundreds", 300, 999, id="several hundreds"),
        pytest.param("a few thousand", 3_000, 9_999, id="a few thousand"),
        pytest.param("several million", 3_000_000, 9_999_999, id="several million"),
        pytest.param("a couple of hundred", 200, 399, id="a couple of hundred"),
        pytest.param("a couple hundred", 200, 399, id="a couple hundred"),
        pytest.param("a couple of thousand people", 2_000, 3_999, id="a couple of thousand people"),
        pytest.param("several dozen", 36, 99, id="several dozen"),
        pytest.param("a few dozen", 36, 99, id="a few dozen"),
        pytest.param("a couple of dozen", 24, 47, id="a couple of dozen"),
        pytest.param("several tens of thousands", 30_000, 99_999, id="several tens of thousands"),
        pytest.param("several hundred thousand", 300_000, 999_999, id="several hundred thousand"),
        pytest.param("hundreds of people", 200, 999, id="hundreds of people"),
        pytest.param("several people", 3, 9, id="several people"),
        pytest.param("a couple of civilians", 2, 3, id="a couple of civilians"),
        pytest.param("dozens of them", 24, 99, id="dozens of them"),
        pytest.param("tens of thousands of civilians", 20_000, 99_999, id="with of and a noun"),
    ],
)
def test_wording_of_an_order_of_size_has_the_ends_of_the_table(
    text: str, low: int, high: int
) -> None:
    assert parse_wording(text) == Figure(ORDER, low=low, high=high, wording=text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("unknown", id="unknown"),
        pytest.param("number unknown", id="number unknown"),
        pytest.param("unknown number of", id="unknown number of"),
        pytest.param("an unknown number of civilians", id="an unknown number of civilians"),
    ],
)
def test_wording_of_an_unknown_number_is_unknown(text: str) -> None:
    assert parse_wording(text) == Figure(UNKNOWN, wording=text)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        pytest.param("five of those killed", Figure(EXACTLY, best=5), id="of those killed"),
        pytest.param("400 of the dead", Figure(EXACTLY, best=400), id="of the dead"),
        pytest.param("at least 25 civilians", Figure(AT_LEAST, low=25), id="civilians"),
        pytest.param("63 servicemen killed", Figure(EXACTLY, best=63), id="servicemen killed"),
        pytest.param("400 people were killed", Figure(EXACTLY, best=400), id="people were killed"),
        pytest.param("400 people or more", Figure(AT_LEAST, low=400), id="a noun before or more"),
        pytest.param("400 or more dead", Figure(AT_LEAST, low=400), id="a noun after or more"),
        pytest.param("400 killed or injured", Figure(EXACTLY, best=400), id="killed or injured"),
        pytest.param("12 men, women and children", Figure(EXACTLY, best=12), id="a list of nouns"),
        pytest.param("about 20 aid workers", Figure(ABOUT, best=20), id="aid workers"),
        pytest.param("one person", Figure(EXACTLY, best=1), id="one person"),
    ],
)
def test_wording_may_name_the_people_counted(text: str, figure: Figure) -> None:
    read = parse_wording(text)

    assert (read.qualifier, read.stated) == (figure.qualifier, figure.stated)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("AT LEAST 400", id="capitals"),
        pytest.param("at\u00a0least\u00a0400", id="no-break spaces"),
        pytest.param("at  least\n400", id="more than one space"),
        pytest.param("“at least 400”", id="curly quotes"),
        pytest.param('"at least 400."', id="straight quotes and a full stop"),
        pytest.param("‘at least 400’", id="single curly quotes"),
        pytest.param("'at least 400',", id="single quotes and a comma"),
        pytest.param("(at least 400)", id="brackets"),
        pytest.param("«at least 400»", id="angle quotes"),
        pytest.param("at least 400!", id="an exclamation mark"),
        pytest.param("at least 400;", id="a semicolon"),
        pytest.param("\ufeffat least 400\u200b", id="invisible characters outside"),
        pytest.param("at-least 400", id="a hyphen between words"),
    ],
)
def test_wording_in_any_dress_is_the_same(text: str) -> None:
    figure = parse_wording(text)

    assert (figure.qualifier, figure.low) == (AT_LEAST, 400)


NO_PHRASE = "the table of wordings has no phrase that puts these words together"
EITHER_UNIT = "it does not say whether the first number is in the unit of the second"
LACKS_THOUSANDS = "it does not say whether the first number is in thousands"
NOT_WHOLE = "a number with a part is not a whole number of people"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("about 0", "about 0 has no meaning that could be bounded", id="about nobody"),
        pytest.param("nearly 0", "nearly 0 has no meaning that could be bounded", id="nearly 0"),
        pytest.param("fewer than 0", "nobody can be fewer than 0", id="fewer than nobody"),
        pytest.param("-5", "no count of people is below zero", id="a negative number"),
        pytest.param("−5", "no count of people is below zero", id="a minus sign"),
        pytest.param("2.5", NOT_WHOLE, id="two people and a half"),
        pytest.param("at least 1.5 people", NOT_WHOLE, id="a floor of a person and a half"),
        pytest.param("600 to 200", "the range runs from 600 down to 200", id="a range down"),
        pytest.param(
            "10,000 to 15", "the range runs from 10,000 down to 15", id="a range cut short"
        ),
        pytest.param("two to three hundred thousand", EITHER_UNIT, id="two units to share"),
        pytest.param("five to six hundred and fifty", EITHER_UNIT, id="a unit in the middle"),
        pytest.param("10-15,000", LACKS_THOUSANDS, id="thousands said once in digits"),
        pytest.param("500 to 600 000", LACKS_THOUSANDS, id="thousands said once with a space"),
        pytest.param("between 1 and 2000", LACKS_THOUSANDS, id="thousands without a sign"),
        pytest.param(
            "between one thousand and two hundred and three thousand",
            "it can be read in two ways",
            id="an and too many",
        ),
        pytest.param("400%", 'the character "%" is in no known wording', id="a percentage"),
        pytest.param(
            "40 percent", '"percent" is in no phrase of the table of wordings', id="per cent"
        ),
        pytest.param(
            "3 missiles", '"missiles" is in no phrase of the table of wordings', id="missiles"
        ),
        pytest.param("400 km", '"km" is in no phrase of the table of wordings', id="kilometres"),
        pytest.param("1,23", '"1,23" is not written in groups of three digits', id="wrong groups"),
        pytest.param("many", NO_PHRASE, id="many"),
        pytest.param("some", NO_PHRASE, id="some"),
        pytest.param("some people", NO_PHRASE, id="some people"),
        pytest.param("63 or 89", NO_PHRASE, id="one number or another"),
        pytest.param("at least dozens", NO_PHRASE, id="a floor of an order of size"),
        pytest.param("up to several hundred", NO_PHRASE, id="a ceiling of an order of size"),
    ],
)
def test_wording_that_needs_a_person_is_refused_with_the_phrase_and_the_reason(
    text: str, reason: str
) -> None:
    with pytest.raises(UnknownWording) as refusal:
        parse_wording(text)

    assert str(refusal.value) == f'A person has to read "{text}": {reason}.'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("numerous", id="numerous"),
        pytest.param("a handful", id="a handful"),
        pytest.param("a lot", id="a lot"),
        pytest.param("few", id="few, which says not many"),
        pytest.param("hundreds, if not thousands", id="an order of size with a doubt"),
        pytest.param("hundreds or thousands", id="one order of size or another"),
        pytest.param("hundreds to thousands", id="a range of orders of size"),
        pytest.param("more than several", id="above a word"),
        pytest.param("about dozens", id="about an order of size"),
        pytest.param("many hundreds", id="many hundreds"),
        pytest.param("dozens of thousands", id="dozens of thousands"),
        pytest.param("at least up to 400", id="a floor and a ceiling"),
        pytest.param("at least about 400", id="a floor and an estimate"),
        pytest.param("more than 400 or fewer", id="above and below"),
        pytest.param("about 400+", id="about and a plus sign"),
        pytest.param("at least none", id="a floor of none"),
        pytest.param("about 200 to 300", id="about and a range"),
        pytest.param("200 to 300 or more", id="a range with an open end"),
        pytest.param("200-300-400", id="three numbers"),
        pytest.param("63, 89", id="two numbers and a comma"),
        pytest.param("63 89", id="two numbers"),
        pytest.param("63 killed and 20 injured", id="two measures"),
        pytest.param("63 of 400", id="a number of another"),
        pytest.param("63 (revised to 89)", id="a revision"),
        pytest.param("a 40-year-old man", id="an age"),
        pytest.param("aged 40", id="an age in a word"),
        pytest.param("1 January 2023", id="a date"),
        pytest.param("2023-01-01", id="a date for computers"),
        pytest.param("01/01/2023", id="a date with strokes"),
        pytest.param("in 2023", id="a year"),
        pytest.param("10:30", id="a time"),
        pytest.param("$400", id="money"),
        pytest.param("400 a day", id="a rate"),
        pytest.param("5 more people", id="an addition"),
        pytest.param("12 others", id="others than those named"),
        pytest.param("400 survivors", id="survivors"),
        pytest.param("400 were not killed", id="a denial"),
        pytest.param("400 and", id="a number that goes on"),
        pytest.param("400 of", id="a part of what"),
        pytest.param("400?", id="a question mark"),
        pytest.param("'45", id="a year cut short"),
        pytest.param("no. 5", id="a number in a list"),
        pytest.param("+400", id="an increase"),
        pytest.param("=400", id="an equals sign"),
        pytest.param("five-ten", id="a hyphen between two number words"),
        pytest.param("1/2", id="a fraction"),
        pytest.param("au moins 400", id="French"),
        pytest.param("около 400", id="Russian"),
        pytest.param("mindestens vierhundert", id="German"),
        pytest.param("quatre", id="a French number"),
        pytest.param("N or more", id="the place of a number"),
        pytest.param("several U", id="the place of a unit"),
        pytest.param("between a and b", id="the places of two numbers"),
        pytest.param("the", id="a lone article"),
        pytest.param("people", id="people without a number"),
        pytest.param(".", id="a full stop"),
        pytest.param("''", id="quotes around nothing"),
        pytest.param("\x00", id="a control character"),
    ],
)
def test_wording_that_the_table_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(UnknownWording):
        parse_wording(text)


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param(" \n", id="space")])
def test_wording_that_is_empty_is_refused(text: str) -> None:
    with pytest.raises(UnknownWording) as refusal:
        parse_wording(text)

    assert str(refusal.value) == "No wording was given; a person has to enter one."


def test_wording_that_is_too_long_is_refused_and_cut_in_the_message() -> None:
    longest = "about 400" + " people" * 27 + "!!"
    assert len(longest) == LONGEST_WORDING
    assert parse_wording(longest).best == 400

    with pytest.raises(UnknownWording) as refusal:
        parse_wording(longest + "!")

    assert str(refusal.value) == (
        f'A person has to read "{longest[:60]}…": it is longer than 200 characters.'
    )


def test_refusal_is_an_error_about_a_figure() -> None:
    assert issubclass(UnknownWording, FigureError)


def test_every_qualifier_has_a_row_in_the_table() -> None:
    assert {row.qualifier for row in WORDING_TABLE} == set(Qualifier)


def test_no_phrase_stands_twice_in_the_table() -> None:
    phrases = [phrase for row in WORDING_TABLE for phrase in row.phrases]

    assert sorted(phrases) == sorted(set(phrases))


@pytest.mark.parametrize("row", [pytest.param(row, id=row.example) for row in WORDING_TABLE])
def test_row_of_the_table_is_what_the_parser_makes_of_its_phrases(row: WordingRow) -> None:
    example = parse_wording(row.example)

    figures = [parse_wording(filled(row, phrase)) for phrase in row.phrases]

    assert example.qualifier is row.qualifier
    assert {(f.qualifier, f.bounds()) for f in figures} == {(row.qualifier, example.bounds())}
    assert row.note
    assert row.drawn_as


def filled(row: WordingRow, phrase: str) -> str:
    """Return a phrase of the table with the numbers and units of the examples in its places."""
    places = {"n": "63" if row.qualifier is EXACTLY else "400", "u": "hundred"}
    if row.qualifier is BETWEEN:
        places = {"a": "200", "b": "600"}
    return " ".join(places.get(word, word) for word in parted(phrase))


def parted(phrase: str) -> list[str]:
    """Return the words and signs of a phrase of the table."""
    return phrase.replace(DASH, f" {DASH} ").replace("+", " +").split()


NUMBERS = st.one_of(
    st.integers(min_value=0, max_value=10**9).map(lambda n: f"{n:,}"),
    st.sampled_from(["four hundred", "half a million", "1.2 million", "20k", "a dozen", "2.5"]),
)
PHRASES = st.sampled_from([(row, phrase) for row in WORDING_TABLE for phrase in row.phrases])
PEOPLE = st.sampled_from(
    ["", " people", " of those killed", *(f" {w}" for w in sorted(PEOPLE_WORDS))]
)
VOCABULARY = sorted(
    {word for row in WORDING_TABLE for phrase in row.phrases for word in phrase.split()}
    | PEOPLE_WORDS
    | set("one hundred thousand million twenty three half quarter dozen of and , to - – or".split())
    | {"63", "1,200", "400", "1.5", "20k", "%", "0"}
)


@st.composite
def wordings(draw: st.DrawFn) -> str:
    """Draw a wording of the table, with numbers in its places and perhaps people after it."""
    row, phrase = draw(PHRASES)
    places = {"n": NUMBERS, "u": st.sampled_from(["hundred", "thousand"])}
    if row.qualifier is BETWEEN:
        places = {"a": NUMBERS, "b": NUMBERS}
    words = [draw(places.get(word, st.just(word))) for word in parted(phrase)]
    return " ".join(words) + draw(PEOPLE)


def read_or_none(text: str) -> Figure | None:
    """Return the figure, or None where the wording is refused; let nothing else pass."""
    try:
        return parse_wording(text)
    except UnknownWording:
        return None


def said(text: str) -> tuple[Qualifier, tuple[int, ...]] | None:
    """Return what a wording says, without its words."""
    figure = read_or_none(text)
    return (figure.qualifier, figure.stated) if figure else None


FOR_ANY_TEXT = timedelta(seconds=10)  # hours, were it exponential; a busy machine may pause


@given(st.text(max_size=LONGEST_WORDING + 20))
@settings(deadline=FOR_ANY_TEXT)
def test_any_text_is_a_figure_or_refused(text: str) -> None:
    figure = read_or_none(text)

    assert figure is None or figure.wording == text.strip()


@given(st.lists(st.sampled_from(VOCABULARY), max_size=60).map(" ".join))
@settings(deadline=FOR_ANY_TEXT, max_examples=300)
def test_any_words_of_the_table_are_a_figure_or_refused(text: str) -> None:
    figure = read_or_none(text)

    assert figure is None or figure.wording == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1 " * 100, id="many numbers"),
        pytest.param("1," * 100, id="many commas"),
        pytest.param("111 " * 50, id="many groups"),
        pytest.param("9" * 200, id="many digits"),
        pytest.param("one hundred and " * 12, id="many hundreds"),
        pytest.param("one thousand and " * 11, id="many thousands"),
        pytest.param("between one hundred and two and " * 6, id="many ranges"),
        pytest.param("half a " * 28, id="many halves"),
        pytest.param("several " * 25, id="many severals"),
        pytest.param("1 dead and " * 18, id="many nouns"),
        pytest.param("-" * 200, id="many hyphens"),
    ],
)
def test_wording_made_to_be_slow_is_refused_at_once(text: str) -> None:
    start = process_time()

    with pytest.raises(UnknownWording):
        parse_wording(text)

    assert process_time() - start < 0.2


@given(wordings())
def test_any_wording_of_the_table_reads_the_same_in_any_case_and_outer_space(text: str) -> None:
    assert said(text.upper()) == said(text)
    assert said(text.title()) == said(text)
    assert said(f"\n {text}\u00a0") == said(text)
    assert said(f"“{text}.”") == said(text)


@given(wordings())
def test_any_wording_of_the_table_has_plain_bounds_within_its_strict_bounds(text: str) -> None:
    figure = read_or_none(text)
    plain = figure.bounds() if figure else None
    strict = figure.bounds(Reading.STRICT) if figure else None

    if plain is None:
        assert strict is None
        return
    assert plain.low >= 0
    assert plain.high is None or plain.low <= plain.high
    if strict is not None:
        assert 0 <= strict.low <= plain.low
        assert strict.high is None or (plain.high is not None and plain.high <= strict.high)


@given(st.integers(min_value=1, max_value=10**9), st.text(string.ascii_lowercase, min_size=1))
def test_any_number_before_an_unknown_word_is_refused(n: int, word: str) -> None:
    known = {*VOCABULARY, "k", "m", "bn", "billion", "hundred"}

    assert word in known or said(f"{n} {word}") is None


@given(
    PHRASES,
    st.lists(st.integers(min_value=1_000, max_value=10**10), min_size=2, max_size=2),
)
def test_any_phrase_means_the_same_however_its_numbers_are_grouped(
    chosen: tuple[WordingRow, str], numbers: list[int]
) -> None:
    first, second = (f"{n:,}" for n in numbers)
    row, phrase = chosen
    places = {"a": first, "b": second} if row.qualifier is BETWEEN else {"n": first}
    text = " ".join(places.get(word, word) for word in parted(phrase))

    assert said(text) == said(text.replace(",", " ")) == said(text.replace(",", ""))
