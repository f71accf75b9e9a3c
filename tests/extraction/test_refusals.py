"""Numbers near the dead that count no dead: each kind is passed over, the figure beside it kept."""

import pytest

from tests.extraction.found import Found, figures

FOUR: list[Found] = [("killed", 4, 4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A 63-year-old man was among 4 dead.", FOUR, id="age"),
        pytest.param("The victims, aged 17, 19 and 24, were found dead.", [], id="ages in a row"),
        pytest.param("John Smith, 45, and three others: 4 killed.", FOUR, id="age behind a name"),
        pytest.param("On 7 October 2023 gunmen killed 4 people.", FOUR, id="date"),
        pytest.param("Since 1995 the road has seen 4 deaths.", FOUR, id="year"),
        pytest.param("At 10:30 a shell killed 4 people.", FOUR, id="clock"),
        pytest.param("The strike, 30 kilometres away, killed 4.", FOUR, id="distance"),
        pytest.param("The state pays $50,000 for each of the 4 dead.", FOUR, id="money in front"),
        pytest.param(
            "It fired 40 missiles and 81 drones, killing four people.", FOUR, id="weapons"
        ),
        pytest.param("They destroyed 12 tanks and killed 4 soldiers.", FOUR, id="vehicles"),
        pytest.param("A 400,000-strong force lost 4 men.", FOUR, id="strength"),
        pytest.param("Forty percent of the dead were children.", [], id="share"),
        pytest.param("At least 1 in 10 of the wounded died.", [], id="fraction"),
        pytest.param("The fire killed 1,200 sheep.", [], id="animals"),
        pytest.param("The team won 3-2 after a bombing killed 4.", FOUR, id="score"),
        pytest.param("On the 400th day of the war 4 people died.", FOUR, id="ordinal"),
        pytest.param("Flight 370 crashed; 4 people died.", FOUR, id="name with a number"),
        pytest.param("Su-27 and T-72 losses aside, 4 men died.", FOUR, id="types of weapons"),
        pytest.param("The country of 11 million mourned 4 dead.", FOUR, id="size of a country"),
        pytest.param("One of the attacks killed 4.", FOUR, id="one of the attacks"),
        pytest.param("Call 0512-1072; 4 people died.", FOUR, id="telephone"),
        pytest.param("Russia wants to mobilise 500,000 men.", [], id="mobilised"),
        pytest.param("The army called up 400,000 conscripts.", [], id="called up"),
        pytest.param("The sides exchanged 230 prisoners of war.", [], id="exchanged"),
        pytest.param("Police arrested 250 protesters.", [], id="arrested"),
        pytest.param("A dam failure could kill up to 10,000 people.", [], id="forecast"),
        pytest.param("If it collapses, hundreds more will die.", [], id="if"),
        pytest.param("The army loses about 1,000 soldiers a day.", [], id="rate"),
        pytest.param("Every year, 1,200 people die on the roads.", [], id="rate in front"),
        pytest.param("Deaths were three times as many as in May.", [], id="times as many"),
    ],
)
def test_what_counts_nobody_is_passed_over(text: str, expected: list[Found]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("ru", "63-летний мужчина погиб.", id="Russian age"),
        pytest.param("ru", "Прорыв плотины может привести к гибели 10 тысяч человек.", id="may"),
        pytest.param("uk", "Загинула 72-річна жінка.", id="Ukrainian age"),
        pytest.param("es", "Una erupción podría matar a 10.000 personas.", id="Spanish could"),
        pytest.param("fr", "Un homme de 63 ans a été tué.", id="French age"),
        pytest.param("ar", "قتل رجل يبلغ من العمر 63 عاما.", id="Arabic age"),
    ],
)
def test_what_counts_nobody_is_passed_over_in_other_languages(language: str, text: str) -> None:
    assert [found for found in figures(text, language) if found[1] != 1] == []
