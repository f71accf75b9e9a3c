"""Who is said to have said it, and how far what they said reaches."""

import pytest

from claims.extraction import Attribution
from tests.extraction.found import claimants, only, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ten people died.", [None], id="nobody: the text's own voice"),
        pytest.param("Kyiv said 300 troops were killed.", ["Kyiv"], id="in front"),
        pytest.param("Ten people died, a local chief told AFP.", ["a local chief"], id="behind"),
        pytest.param("Ten people died, said the mayor.", ["the mayor"], id="inverted"),
        pytest.param("According to the UN, 41 people died.", ["the UN"], id="according to"),
        pytest.param("Ten died, according to the mayor.", ["the mayor"], id="according to, behind"),
        pytest.param(
            "Russia said 63 of its soldiers were killed, while Kyiv claimed up to 400.",
            ["Russia", "Kyiv"],
            id="one per side, the second without its verb",
        ),
        pytest.param(
            "State media put the toll at 22, opposition activists at 60.",
            ["State media", "opposition activists"],
            id="a verb left out",
        ),
        pytest.param(
            "Dushanbe acknowledges 41 dead and Bishkek 63.",
            ["Dushanbe", "Bishkek"],
            id="verb and preposition left out",
        ),
        pytest.param(
            "Russia's Defence Ministry, without giving evidence, claimed 70 men were killed.",
            ["Russia's Defence Ministry"],
            id="an aside between name and verb",
        ),
        pytest.param(
            "The army said it had found two bodies.", ["The army"], id="a pronoun means the speaker"
        ),
        pytest.param("38 killed in raid – ministry", ["ministry"], id="the end of a headline"),
        pytest.param("Ministry: 38 killed in raid", ["Ministry"], id="the start of a headline"),
    ],
)
def test_claimants_of_a_sentence(text: str, expected: list[str | None]) -> None:
    assert claimants(text) == expected


def test_pronoun_of_the_next_sentence_means_who_spoke_before() -> None:
    text = "The mayor disputed that version. He said 11 people had died."

    assert claimants(text) == ["The mayor"]


def test_sentence_without_figures_can_name_the_claimant_of_the_one_before() -> None:
    text = "Погибли пять человек. Об этом сообщил губернатор Гладков."

    assert claimants(text, "ru") == ["губернатор Гладков"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("ru", "Погибли 25 человек, сообщил губернатор.", "губернатор", id="Russian"),
        pytest.param("ru", "По данным МЧС, погибли 63 человека.", "МЧС", id="according, Russian"),
        pytest.param("uk", "Москва визнала загибель 89 військових.", "Москва", id="Ukrainian"),
        pytest.param(
            "es",
            "Murieron 47, dijo el ministro de Defensa.",
            "el ministro de Defensa",
            id="Spanish",
        ),
        pytest.param("fr", "Douze morts, a indiqué l'état-major.", "l'état-major", id="French"),
        pytest.param("ar", "أعلن الحوثيون مقتل 50 جنديا.", "الحوثيون", id="Arabic"),
    ],
)
def test_claimant_in_other_languages(language: str, text: str, expected: str) -> None:
    assert claimants(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Kyiv said 12 people died.", Attribution.ASSERTS, id="said"),
        pytest.param("Kyiv estimates that 12 people died.", Attribution.ESTIMATES, id="estimates"),
        pytest.param("Kyiv denied that 12 people died.", Attribution.DENIES, id="denied"),
    ],
)
def test_kind_of_attribution(text: str, kind: Attribution) -> None:
    candidate = only(text)

    assert (candidate.attribution, candidate.claimant) == (kind, "Kyiv")


def test_claimant_span_marks_the_name_in_the_text() -> None:
    text = "Ten people died, the coast guard said."

    candidate = only(text)

    assert candidate.claimant_span is not None
    assert candidate.claimant_span.of(text) == "the coast guard"
    assert candidate.attribution_words == "said"


def test_reading_is_the_same_every_time() -> None:
    text = "Russia said 63 were killed, while Kyiv claimed up to 400."

    assert read(text) == read(text)
