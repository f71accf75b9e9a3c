"""Numbers in digits and words, in every language that has a file."""

import pytest

from claims.extraction.lexicon import lexicon
from claims.extraction.numbers import number_at
from claims.extraction.tokens import tokenise


def numbers(text: str, language: str) -> tuple[int, int] | None:
    sentence = tokenise(text, 0, len(text))
    known = lexicon(language)
    known.split(sentence)
    known.mark(sentence)
    found = number_at(sentence, 0, known)
    return (found.low, found.high) if found and found.stop == len(sentence.words) else None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("en", "1,482", 1_482, id="groups by comma"),
        pytest.param("en", "63 000", 63_000, id="groups by space"),
        pytest.param("en", "63\u202f000", 63_000, id="groups by narrow space"),
        pytest.param("en", "5’432", 5_432, id="groups by apostrophe"),
        pytest.param("en", "٣٤", 34, id="Arabic-Indic digits"),
        pytest.param("en", "1.5m", 1_500_000, id="m written onto digits"),
        pytest.param("en", "20k", 20_000, id="k written onto digits"),
        pytest.param("en", "1.2 million", 1_200_000, id="decimal of a million"),
        pytest.param("en", "one hundred and twelve", 112, id="and behind a hundred"),
        pytest.param("en", "two thousand three hundred", 2_300, id="thousands and hundreds"),
        pytest.param("en", "twenty-three", 23, id="hyphen"),
        pytest.param("en", "half a million", 500_000, id="half a million"),
        pytest.param("en", "two and a half million", None, id="a half inside is not one number"),
        pytest.param("en", "two dozen", 24, id="two dozen"),
        pytest.param("en", "forty and one", None, id="no and behind a ten in English"),
        pytest.param("en", "7.8", None, id="a decimal counts nobody"),
        pytest.param("en", "12,34", None, id="groups of two are no number"),
        pytest.param("ru", "двадцать три", 23, id="Russian words"),
        pytest.param("ru", "1,5 миллиона", 1_500_000, id="Russian decimal comma"),
        pytest.param("uk", "сімох", 7, id="Ukrainian genitive"),
        pytest.param("uk", "п’ятдесят двоє", 52, id="Ukrainian apostrophe"),
        pytest.param("es", "220.000", 220_000, id="Spanish point parts thousands"),
        pytest.param("es", "treinta y uno", 31, id="Spanish y"),
        pytest.param("es", "dos mil trescientos", 2_300, id="Spanish hundreds in one word"),
        pytest.param("es", "medio centenar", 50, id="half a hundred"),
        pytest.param("fr", "1 482", 1_482, id="French space parts thousands"),
        pytest.param("fr", "soixante-dix-huit", 78, id="sixty and eighteen"),
        pytest.param("fr", "quatre-vingt-dix-sept", 97, id="four twenties and seventeen"),
        pytest.param("ar", "ثلاثة وعشرون", 23, id="Arabic ones before tens"),
        pytest.param("ar", "150 ألف", 150_000, id="Arabic thousand behind digits"),
    ],
)
def test_number_of_a_text_is(language: str, text: str, expected: int | None) -> None:
    assert numbers(text, language) == (None if expected is None else (expected, expected))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("en", "dozens", (24, 99), id="dozens"),
        pytest.param("en", "several hundred", (300, 999), id="several hundred"),
        pytest.param("en", "a couple of hundred", (200, 399), id="a couple of hundred"),
        pytest.param("en", "tens of thousands", (20_000, 99_999), id="tens of thousands"),
        pytest.param("ru", "десятки", (20, 99), id="Russian tens"),
        pytest.param("es", "cientos", (200, 999), id="Spanish hundreds"),
        pytest.param("fr", "plusieurs centaines", (300, 999), id="several hundred in French"),
        pytest.param("ar", "عشرات", (20, 99), id="Arabic tens"),
    ],
)
def test_order_of_size_is(language: str, text: str, expected: tuple[int, int]) -> None:
    assert numbers(text, language) == expected
