"""The words that bound a number say here what the domain's own table says."""

import pytest

from claims.domain.figures import Qualifier
from claims.domain.wording import parse_wording
from claims.domain.wording_table import WORDING_TABLE, WordingRow
from tests.extraction.found import figures, only

BEFORE_A_NUMBER = [
    phrase.replace(" n", " 400")
    for row in WORDING_TABLE
    for phrase in row.phrases
    if phrase.endswith(" n") and phrase[0].isalpha() and not phrase.startswith(("c.", "ca."))
]


@pytest.mark.parametrize("wording", BEFORE_A_NUMBER)
def test_every_phrase_of_the_table_is_read_as_the_table_reads_it(wording: str) -> None:
    candidate = only(f"The ministry said {wording} people were killed in the strike.")

    expected = parse_wording(wording)
    assert candidate.figure.qualifier == expected.qualifier
    assert candidate.figure.stated == expected.stated


@pytest.mark.parametrize(
    "row",
    [row for row in WORDING_TABLE if row.qualifier is Qualifier.ORDER],
    ids=lambda r: r.example,
)
def test_every_order_of_size_of_the_table_is_read_as_the_table_reads_it(row: WordingRow) -> None:
    wording = row.example

    candidate = only(f"{wording.capitalize()} of people were killed in the floods.")

    assert candidate.figure.stated == parse_wording(wording).stated


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("en", "At least 25 people were killed.", ("killed", 25, None), id="at least"),
        pytest.param("en", "More than 25 people died.", ("killed", 26, None), id="more than"),
        pytest.param("en", "Up to 400 people died.", ("killed", None, 400), id="up to"),
        pytest.param("en", "Fewer than 20 died.", ("killed", None, 19), id="fewer than"),
        pytest.param("en", "Nearly 1,000 were hurt.", ("injured", None, 1_000), id="nearly"),
        pytest.param("en", "About 300 were killed.", ("killed", 300, 300), id="about"),
        pytest.param("en", "Between 15 and 20 died.", ("killed", 15, 20), id="between"),
        pytest.param("en", "Some 10 to 12 men died.", ("killed", 10, 12), id="to"),
        pytest.param("en", "30-35 people were hurt.", ("injured", 30, 35), id="hyphen"),
        pytest.param("en", "10 to 15 thousand died.", ("killed", 10_000, 15_000), id="shared"),
        pytest.param("en", "400 people or more died.", ("killed", 400, None), id="behind"),
        pytest.param("ru", "Погибли от 60 до 400 человек.", ("killed", 60, 400), id="ru range"),
        pytest.param("ru", "Погибли более 50 человек.", ("killed", 51, None), id="ru more"),
        pytest.param("uk", "Загинуло щонайменше 12 осіб.", ("killed", 12, None), id="uk least"),
        pytest.param("es", "Murieron al menos 12 personas.", ("killed", 12, None), id="es least"),
        pytest.param("es", "Unos 300 soldados murieron.", ("killed", 300, 300), id="es about"),
        pytest.param("fr", "Entre 60 et 400 soldats sont morts.", ("killed", 60, 400), id="fr"),
        pytest.param("fr", "Plus de 50 civils ont été tués.", ("killed", 51, None), id="fr more"),
        pytest.param("ar", "مقتل 12 شخصا على الأقل.", ("killed", 12, None), id="ar least"),
        pytest.param("ar", "مقتل أكثر من 50 جنديا.", ("killed", 51, None), id="ar more"),
    ],
)
def test_stated_numbers_of_a_wording(
    language: str, text: str, expected: tuple[str, int | None, int | None]
) -> None:
    assert figures(text, language) == [expected]


def test_line_break_before_a_small_letter_ends_no_sentence() -> None:
    candidate = only("Officials said\nat least 400 men had died.")

    assert candidate.claimant == "Officials"
    assert candidate.figure.wording == "at least 400"


def test_numbers_that_are_no_figure_of_the_domain_are_left_out() -> None:
    assert figures("About 0 people were killed. 99999999999999 people died.") == []
