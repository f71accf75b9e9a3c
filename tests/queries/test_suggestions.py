"""What a figure's words may mean: sources, parties, events, and claims that say the same."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.queries.event_suggestions import event_suggestions
from claims.queries.matching_claims import matching_claims
from claims.queries.party_names import party_suggestions
from claims.queries.source_names import (
    chosen_before,
    fits_several,
    source_named,
    source_suggestions,
)
from claims.services.candidates import accept_candidate
from tests import factories

pytestmark = pytest.mark.django_db

ARTICLE = (
    "Russia's defence ministry said 63 soldiers were killed in a strike on Makiivka. "
    "Ukraine put the number at about 400."
)


def queries_of(ask: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("General  STAFF of Ukraine", True, id="its name in another spelling"),
        pytest.param("генштаб", True, id="another name"),
        pytest.param("General Staff", False, id="some of its words"),
        pytest.param("Ukraine of Staff General", False, id="its words in another order"),
        pytest.param(" , ", False, id="no words"),
    ],
)
def test_source_is_named_by_all_of_a_name(name: str, found: bool) -> None:
    source = factories.source(name="General Staff of Ukraine", aliases=["Генштаб"])
    factories.source(name="General Staff of Ruritania")

    assert source_named(name) == (source if found else None)


def test_source_when_withdrawn_then_not_named() -> None:
    from claims.services.sources import withdraw_source

    source = factories.source(name="Nobody")
    withdraw_source(source, by=factories.user(role="chief"), reason="Not there.")

    assert source_named("Nobody") is None
    assert source_suggestions({1: "Nobody"}) == {1: []}


def test_sources_are_suggested_by_likeness_in_two_queries() -> None:
    ministry = factories.source(name="Russian Ministry of Defence")
    factories.source(name="Ministry of Health of Ukraine")
    staff = factories.source(name="General Staff of Ukraine", aliases=["Ukraine's military"])

    with CaptureQueriesContext(connection) as captured:
        found = source_suggestions(
            {1: "Russian defence ministry", 2: "Ukraine’s military", 3: "a passer-by", 4: ""}
        )

    assert found == {1: [ministry], 2: [staff], 3: [], 4: []}
    assert len(captured) == 2


def test_sources_chosen_before_for_the_same_words_are_known() -> None:
    first, second = factories.source(name="General Staff"), factories.source(name="Ministry")
    here, there = factories.event(), factories.event()
    for event, source in [(there, first), (here, second), (there, first)]:
        candidate = factories.candidate(claimant="Kyiv")
        accept_candidate(candidate, by=factories.user(), event=event, claimant=source)

    assert chosen_before(["Kyiv", "Moscow", ""]) == {"kyiv": [first, second]}
    assert chosen_before(["Kyiv"], event_id=here.pk) == {"kyiv": [second]}
    assert queries_of(lambda: chosen_before(["Kyiv", "Moscow"])) == 1


def test_words_fit_several_where_no_name_is_liker_than_the_others() -> None:
    names = ("Ministry of Defence of Russia", "Ministry of Defence of Ukraine")
    russia, ukraine = (factories.source(name=name) for name in names)

    assert fits_several("the ministry of defence", [russia, ukraine]) is True
    assert fits_several("Defence ministry of Russia", [russia, ukraine]) is False
    assert fits_several("the ministry of defence", [russia]) is False
    assert fits_several("Kyiv", []) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian", "Russia"),
        ("Russians", "Russia"),
        ("Ukrainian", "Ukraine"),
        ("Palestinian", "Palestine"),
        ("UKRAINE", "Ukraine"),
        ("rural", None),
        ("", None),
    ],
)
def test_party_is_suggested_by_the_beginning_of_its_name(text: str, expected: str | None) -> None:
    for name in ("Russia", "Ukraine", "Palestine", "Israel"):
        factories.party(name=name)

    found = party_suggestions({1: text})[1]

    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("children", None, id="people of any side: not Chile"),
        pytest.param("civilians", None, id="not a Civil Guard"),
        pytest.param("people", None, id="not a People’s Republic"),
        pytest.param("militants", None, id="not a Military Council"),
        pytest.param("Chilean children", "Chile", id="a side beside people of any side"),
        pytest.param("United Nations staff", None, id="not the United Kingdom"),
        pytest.param("United Kingdom soldiers", "United Kingdom", id="all of a name"),
        pytest.param("Islamic Jihad", None, id="not the Islamic State"),
        pytest.param("Islamic State", "Islamic State", id="the name itself"),
        pytest.param("South Korean", "South Korea", id="not South Africa"),
        pytest.param("South Sudanese", None, id="a side that is not there"),
    ],
)
def test_party_when_words_could_be_of_several_then_not_guessed(
    text: str, expected: str | None
) -> None:
    for name in (
        "Chile", "Civil Guard", "Islamic State", "Military Council", "People’s Republic of China",
        "South Africa", "South Korea", "United Kingdom",
    ):  # fmt: skip
        factories.party(name=name)

    found = party_suggestions({1: text})[1]

    assert (found.name if found else None) == expected


def test_events_are_suggested_by_place_day_and_parties_with_reasons() -> None:
    russia = factories.party(name="Russia")
    strike = factories.event(title="Makiivka barracks strike", parties=[russia])
    factories.event(title="Dnipro apartment strike", place="Dnipro", date_start=date(2023, 1, 3))
    factories.event(title="Makiivka mine accident", date_start=date(2023, 2, 1))
    factories.event(title="Makiivka barracks strike", state="withdrawn")
    for number in range(3):
        factories.event(title=f"Earthquake {number}", place="Elsewhere", countries=[])
    stored = factories.stored_text(ARTICLE, title="Strike on barracks in Makiivka")

    with CaptureQueriesContext(connection) as captured:
        found = event_suggestions(stored)

    assert found[0].event == strike
    assert found[0].reasons == ("Makiivka", "started 1 January 2023", "Russia")
    assert "Elsewhere" not in {suggestion.event.place for suggestion in found}
    assert len(captured) == 5


def test_events_when_text_names_nothing_then_none() -> None:
    factories.event(title="Makiivka barracks strike")

    stored = factories.stored_text("Ten died.", title="Ten died", published_on=None)

    assert event_suggestions(stored) == []


def test_event_when_many_share_a_word_then_the_rare_word_decides() -> None:
    for _ in range(5):
        factories.event(title="Strike on barracks", place="")
    wanted = factories.event(title="Strike on barracks", place="Chulakivka")
    stored = factories.stored_text(
        "A strike on barracks in Chulakivka killed ten.", title="Strike", published_on=None
    )

    assert event_suggestions(stored)[0].event == wanted


def test_claim_matches_where_claimant_question_and_figure_are_the_same() -> None:
    event, moscow, kyiv = factories.event(), factories.source(), factories.source()
    said = {"event": event, "wording": "at least 400"}
    russia = factories.party(name="Russia")
    wanted = factories.claim(claimant=moscow, victims_party=russia, **said)
    factories.claim(claimant=kyiv, **said)
    factories.claim(claimant=moscow, measure="injured", **said)
    factories.claim(claimant=moscow, victims="civilians", **said)
    factories.claim(claimant=moscow, event=event, wording="about 400")
    factories.claim(claimant=moscow, state="withdrawn", **said)
    factories.claim(claimant=moscow, wording="at least 400")
    candidate = factories.candidate()

    def match(*sources: object, party: object = None) -> object:
        return matching_claims({candidate: sources}, {candidate: party}, event_ids=[event.pk])

    assert match(moscow) == {candidate.pk: wanted}
    assert match(moscow, party=russia) == {candidate.pk: wanted}
    assert match(moscow, party=factories.party(name="Ukraine")) == {}
    assert match(factories.source()) == {}
    assert match() == {}
    assert queries_of(lambda: match(moscow)) == 1
