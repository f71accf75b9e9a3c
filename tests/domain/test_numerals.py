"""Numbers are read in digits and in words, and digits in wrong groups are refused."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.figures import LARGEST_NUMBER, Figure, Qualifier
from claims.domain.numerals import DASH, NUMBER_EXAMPLES, NotANumber, numerals, tokens
from claims.domain.wording import UnknownWording, parse_wording

GROUP_SPACES = {
    "a space": " ",
    "a no-break space": "\u00a0",
    "a thin space": "\u2009",
    "a narrow no-break space": "\u202f",
    "a figure space": "\u2007",
}


def exactly(text: str) -> int | None:
    """Return the number that a text states, where it states just that."""
    figure = parse_wording(text)
    assert figure == Figure(Qualifier.EXACTLY, best=figure.best, wording=text.strip())
    return figure.best


@pytest.mark.parametrize(
    ("text", "n"),
    [
        pytest.param("0", 0, id="nought in digits"),
        pytest.param("zero", 0, id="nought in words"),
        pytest.param("63", 63, id="digits"),
        pytest.param("1,200", 1_200, id="a comma parts the thousands"),
        pytest.param("1 234 567", 1_234_567, id="spaces part the thousands"),
        pytest.param("24\u2009686", 24_686, id="a thin space parts the thousands"),
        pytest.param("24\u202f686", 24_686, id="a narrow no-break space parts the thousands"),
        pytest.param("400 000 people", 400_000, id="a noun may follow groups with spaces"),
        pytest.param("one", 1, id="one"),
        pytest.param("Eleven", 11, id="a capital letter"),
        pytest.param("NINETEEN", 19, id="capital letters"),
        pytest.param("twenty", 20, id="a round ten"),
        pytest.param("twenty-three", 23, id="a hyphen joins"),
        pytest.param("twenty\u2011three", 23, id="a no-break hyphen joins"),
        pytest.param("ninety nine", 99, id="a space joins"),
        pytest.param("four hundred", 400, id="four hundred"),
        pytest.param("four\u00a0hundred", 400, id="a no-break space between words"),
        pytest.param("four-hundred", 400, id="a hyphen before hundred"),
        pytest.param("a hundred", 100, id="a hundred"),
        pytest.param("one hundred and twenty-three", 123, id="and, as in British English"),
        pytest.param("one hundred twenty-three", 123, id="no and, as in American English"),
        pytest.param("twelve hundred", 1_200, id="twelve hundred"),
        pytest.param("twenty-five hundred", 2_500, id="twenty-five hundred"),
        pytest.param("a thousand", 1_000, id="a thousand"),
        pytest.param("a hundred thousand", 100_000, id="a hundred thousand"),
        pytest.param("two thousand three hundred", 2_300, id="thousands and hundreds"),
        pytest.param("one thousand and one", 1_001, id="and before the last part"),
        pytest.param("two hundred and five thousand", 205_000, id="a compound of thousands"),
        pytest.param(
            "one million, two hundred thousand and five", 1_200_005, id="a comma between scales"
        ),
        pytest.param("one million and five hundred thousand", 1_500_000, id="and between scales"),
        pytest.param("two billion", 2_000_000_000, id="billions"),
        pytest.param("2 billion", 2_000_000_000, id="digits and billion"),
        pytest.param("1.5bn", 1_500_000_000, id="bn at the number"),
        pytest.param("1.5 bn", 1_500_000_000, id="bn after a space"),
        pytest.param("1.2 million", 1_200_000, id="a decimal of a million"),
        pytest.param("1.234 million", 1_234_000, id="three decimals of a million"),
        pytest.param("0.5 million", 500_000, id="a decimal below one"),
        pytest.param("2-million", 2_000_000, id="a hyphen between digits and scale"),
        pytest.param("20 thousand", 20_000, id="digits and thousand"),
        pytest.param("4 hundred", 400, id="digits and hundred"),
        pytest.param("2 hundred thousand", 200_000, id="digits and hundred thousand"),
        pytest.param("20k", 20_000, id="k in lower case"),
        pytest.param("20K", 20_000, id="k in upper case"),
        pytest.param("1.5m", 1_500_000, id="m at the number"),
        pytest.param("two and a half million", 2_500_000, id="two and a half million"),
        pytest.param("2 and a half million", 2_500_000, id="digits and a half million"),
        pytest.param("three and a quarter million", 3_250_000, id="and a quarter"),
        pytest.param("half a million", 500_000, id="half a million"),
        pytest.param("half-a-million", 500_000, id="half a million with hyphens"),
        pytest.param("a half million", 500_000, id="a half million"),
        pytest.param("half a thousand", 500, id="half a thousand"),
        pytest.param("a quarter of a million", 250_000, id="a quarter of a million"),
        pytest.param("three quarters of a million", 750_000, id="three quarters of a million"),
        pytest.param("a dozen", 12, id="a dozen"),
        pytest.param("two dozen", 24, id="two dozen"),
        pytest.param("3 dozen", 36, id="digits and dozen"),
        pytest.param("half a dozen", 6, id="half a dozen"),
        pytest.param("99,999,999,999", LARGEST_NUMBER, id="the largest number"),
    ],
)
def test_number_in_digits_or_words_is_read(text: str, n: int) -> None:
    assert exactly(text) == n


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1,23", id="a comma in the wrong place"),
        pytest.param("1,2345", id="a group of four"),
        pytest.param("1234,567", id="a first group of four"),
        pytest.param("12 34", id="a space in the wrong place"),
        pytest.param("2023 400", id="a first group of four before a space"),
        pytest.param("1,234 567", id="a comma and a space in one number"),
        pytest.param("12\t345", id="a tab between digits"),
        pytest.param("12\n345", id="a new line between digits"),
        pytest.param("1.234", id="a point as in other countries' thousands"),
        pytest.param("1.000", id="a point and noughts"),
        pytest.param("1.234.567", id="points as in other countries' millions"),
        pytest.param("1,5 million", id="a decimal comma"),
        pytest.param("0.5", id="half a person"),
        pytest.param("4.5", id="four people and a half"),
        pytest.param("two and a half", id="two people and a half"),
        pytest.param("1.2345678 million", id="a decimal that ends below one person"),
        pytest.param("half a person", id="half a person in words"),
        pytest.param("007", id="leading noughts"),
        pytest.param("0,500", id="a leading nought before a group"),
        pytest.param(".5 million", id="a number that was cut in front"),
        pytest.param("5’432", id="an apostrophe between groups"),
        pytest.param("1 500,000", id="a space and a comma"),
        pytest.param("400¹", id="a footnote mark"),
        pytest.param("٣٤", id="digits of another script"),
        pytest.param("４００", id="digits of full width"),
        pytest.param("½ million", id="a fraction sign"),
        pytest.param("1.5 m", id="metres or millions"),
        pytest.param("20 k", id="a k that stands alone"),
        pytest.param("20kk", id="a suffix twice"),
        pytest.param("20th", id="an ordinal"),
        pytest.param("1e5", id="a number for computers"),
        pytest.param("0x10", id="a number in sixteens"),
        pytest.param("hundred", id="hundred without a number"),
        pytest.param("thousand", id="thousand without a number"),
        pytest.param("dozen", id="dozen without a number"),
        pytest.param("a", id="an article"),
        pytest.param("twenty hundred", id="twenty hundred"),
        pytest.param("ten and five", id="two numbers with and"),
        pytest.param("twenty thirty", id="two numbers"),
        pytest.param("twenty eleven", id="a year in words"),
        pytest.param("one two three", id="digits in words"),
        pytest.param("two thousand five thousand", id="a scale twice"),
        pytest.param("a hundred and a thousand", id="an article within a number"),
        pytest.param("a thousand million", id="a scale above a smaller one"),
        pytest.param("ten dozen thousand", id="thousands of dozens"),
        pytest.param("ten thousand twelve hundred", id="more hundreds than fit"),
        pytest.param("999,999,999,999", id="more people than there ever were"),
    ],
)
def test_number_that_may_be_something_else_is_refused(text: str) -> None:
    with pytest.raises(UnknownWording):
        parse_wording(text)


@pytest.mark.parametrize("text", [pytest.param(text, id=text) for text in NUMBER_EXAMPLES])
def test_number_that_the_page_on_methods_shows_is_read(text: str) -> None:
    assert exactly(text) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("200-600", ["200", DASH, "600"], id="a hyphen between digits parts"),
        pytest.param("200–600", ["200", DASH, "600"], id="an en dash parts"),
        pytest.param("twenty-three", ["twenty", "three"], id="a hyphen between letters joins"),
        pytest.param("10k-15k", ["10", "thousand", DASH, "15", "thousand"], id="a suffix"),
        pytest.param("≥12 345+", ["≥", "12 345", "+"], id="signs and a group with a space"),
        pytest.param("c. 400", ["c", "400"], id="an abbreviation loses its point"),
        pytest.param("", [], id="no text"),
    ],
)
def test_tokens_are_numbers_words_and_signs(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "at least 1,23", '"1,23" is not written in groups of three digits', id="wrong groups"
        ),
        pytest.param("5%", 'the character "%" is in no known wording', id="a per cent sign"),
    ],
)
def test_tokens_of_what_cannot_be_read_name_it(text: str, message: str) -> None:
    with pytest.raises(NotANumber) as refusal:
        tokens(text)

    assert str(refusal.value) == message


def test_numerals_where_a_number_can_be_cut_give_every_reading() -> None:
    said = tokens("one hundred and two hundred")

    readings = {(int(n.value), n.stop) for n in numerals(said, 0)}

    assert readings == {(1, 1), (100, 2), (102, 4)}


def test_numerals_after_the_last_word_give_none() -> None:
    assert list(numerals(["one"], 1)) == []


@given(st.integers(min_value=0, max_value=LARGEST_NUMBER))
def test_any_number_in_digits_is_read(n: int) -> None:
    assert exactly(str(n)) == n


@given(
    st.integers(min_value=0, max_value=LARGEST_NUMBER),
    st.sampled_from([",", *GROUP_SPACES.values()]),
)
def test_any_number_in_groups_of_three_is_read(n: int, separator: str) -> None:
    assert exactly(f"{n:,}".replace(",", separator)) == n


@given(st.integers(min_value=1_000, max_value=LARGEST_NUMBER), st.integers(min_value=1))
def test_any_number_with_a_group_of_another_size_is_refused(n: int, place: int) -> None:
    digits = str(n)
    cut = 1 + place % (len(digits) - 1)
    if len(digits) - cut == 3 and cut <= 3:
        cut += 1

    with pytest.raises(UnknownWording):
        parse_wording(f"{digits[:cut]},{digits[cut:]}")


@given(
    st.integers(min_value=0, max_value=999_999_999),
    st.sampled_from([" and ", " "]),
    st.sampled_from(["-", " "]),
    st.sampled_from([", ", " "]),
)
def test_any_number_spelled_out_is_read(n: int, joiner: str, hyphen: str, comma: str) -> None:
    words = spelled(n, joiner, hyphen, comma)

    assert exactly(words) == n


def test_every_number_up_to_a_thousand_spelled_out_is_read() -> None:
    assert [exactly(spelled(n)) for n in range(1_001)] == list(range(1_001))


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["thousand", "million"]))
def test_any_digits_with_a_scale_are_read_as_the_digits_times_the_scale(n: int, scale: str) -> None:
    assert exactly(f"{n} {scale}") == n * {"thousand": 1_000, "million": 1_000_000}[scale]


@given(st.text(alphabet=string.digits + ",. -–km", max_size=60))
def test_any_digits_and_signs_are_read_or_refused(text: str) -> None:
    try:
        figure = parse_wording(text)
    except UnknownWording:
        return
    assert figure.qualifier in (Qualifier.EXACTLY, Qualifier.BETWEEN)


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(n: int, joiner: str = " and ", hyphen: str = "-", comma: str = " ") -> str:
    """Spell a number below a thousand million out in English."""
    if n < 20:
        return ONES[n]
    if n < 100:
        tens, one = TENS[n // 10 - 2], n % 10
        return f"{tens}{hyphen}{ONES[one]}" if one else tens
    if n < 1000:
        hundreds, rest = f"{ONES[n // 100]} hundred", n % 100
        return f"{hundreds}{joiner}{spelled(rest, joiner, hyphen, comma)}" if rest else hundreds
    unit, name = (1_000_000, "million") if n >= 1_000_000 else (1_000, "thousand")
    count, rest = divmod(n, unit)
    head = f"{spelled(count, joiner, hyphen, comma)} {name}"
    if not rest:
        return head
    return head + (joiner if rest < 100 else comma) + spelled(rest, joiner, hyphen, comma)
