"""What happened to the people counted: active, passive, nominal, headline; one after another."""

import pytest

from tests.extraction.found import Found, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The blast left 12 dead and wounded 30.",
            [("killed", 12, 12), ("injured", 30, 30)],
            id="both sides of and",
        ),
        pytest.param(
            "The attack came at dawn, killing 12 and wounding 30.",
            [("killed", 12, 12), ("injured", 30, 30)],
            id="participles",
        ),
        pytest.param("The death toll rose to 63.", [("killed", 63, 63)], id="toll"),
        pytest.param("The fire claimed the lives of nine.", [("killed", 9, 9)], id="lives"),
        pytest.param("The deaths of 14 miners were confirmed.", [("killed", 14, 14)], id="noun"),
        pytest.param("Suicide attack kills 53 in Kabul", [("killed", 53, 53)], id="headline"),
        pytest.param(
            "KABUL: 53 DEAD, 80 HURT", [("killed", 53, 53), ("injured", 80, 80)], id="caps"
        ),
        pytest.param("It lost 11 men on Monday.", [("killed", 11, 11)], id="lost men"),
        pytest.param("Both pilots were killed.", [("killed", 2, 2)], id="both"),
        pytest.param(
            "The UN has recorded 31,867 civilian casualties: 10,810 killed and 20,556 injured.",
            [
                ("casualties", 31_867, 31_867),
                ("killed", 10_810, 10_810),
                ("injured", 20_556, 20_556),
            ],
            id="casualties against killed",
        ),
        pytest.param(
            "The occupiers' losses amount to 1,140 personnel.",
            [("casualties", 1_140, 1_140)],
            id="losses are not said to be deaths",
        ),
        pytest.param("Eleven people remain missing.", [("missing", 11, 11)], id="missing"),
        pytest.param("The rebels captured 62 soldiers.", [("captured", 62, 62)], id="captured"),
        pytest.param(
            "The dead and injured numbered 6 and 21 respectively.",
            [("killed", 6, 6), ("injured", 21, 21)],
            id="respectively",
        ),
        pytest.param(
            "Attacks killed four in Sumy, two in Donetsk and one in Odesa.",
            [("killed", 4, 4), ("killed", 2, 2), ("killed", 1, 1)],
            id="a list of places",
        ),
        pytest.param(
            "Two bombers killed 14 worshippers.", [("killed", 14, 14)], id="those who did it"
        ),
        pytest.param(
            "Twelve people were killed by two gunmen.", [("killed", 12, 12)], id="by whom"
        ),
        pytest.param("No one was hurt.", [("injured", 0, 0)], id="a statement of none"),
        pytest.param("The ministry denied any losses.", [("casualties", 0, 0)], id="a denial"),
        pytest.param(
            "There were no immediate reports of casualties.", [], id="no report is no claim"
        ),
        pytest.param(
            "Of 150 people on board, only 11 survived.", [], id="aboard and survivors are no dead"
        ),
        pytest.param(
            "Twelve hostages were freed, but eight died.", [("killed", 8, 8)], id="freed hostages"
        ),
    ],
)
def test_figures_of_a_sentence(text: str, expected: list[Found]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "ru",
            "Погибли 25 человек, ещё 108 ранены.",
            [("killed", 25, 25), ("injured", 108, 108)],
            id="Russian, either order",
        ),
        pytest.param(
            "uk",
            "Внаслідок аварії одна людина загинула, троє госпіталізовані.",
            [("killed", 1, 1), ("injured", 3, 3)],
            id="Ukrainian",
        ),
        pytest.param(
            "es",
            "El choque dejó doce muertos y 30 heridos.",
            [("killed", 12, 12), ("injured", 30, 30)],
            id="Spanish",
        ),
        pytest.param(
            "fr",
            "L'attaque a fait douze morts et 30 blessés.",
            [("killed", 12, 12), ("injured", 30, 30)],
            id="French",
        ),
        pytest.param(
            "ar",
            "أسفر الانفجار عن مقتل شخصين وإصابة تسعة آخرين.",
            [("killed", 2, 2), ("injured", 9, 9)],
            id="Arabic dual",
        ),
    ],
)
def test_figures_of_a_sentence_in_other_languages(
    language: str, text: str, expected: list[Found]
) -> None:
    assert figures(text, language) == expected
