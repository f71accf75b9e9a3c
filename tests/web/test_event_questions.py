"""An event with many questions: the weightiest shown whole, every other one a link away."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Event
from claims.queries.comparisons import event_comparisons
from claims.web.charts.dotplot import MOST_ROWS
from claims.web.event_page.rooms import MOST_LINES, WHOLE, Room, rooms, shares
from claims.web.event_page.state import PageState
from tests import factories
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db

VICTIMS = ("people", "civilians", "combatants", "children", "women", "men", "journalists")


@pytest.fixture
def event() -> Event:
    """An event with a question for each group of victims; most speak about the injured people."""
    made = factories.event(title="Long siege")
    paper = factories.document()
    for victims in VICTIMS:
        factories.claim(event=made, victims=victims, wording="25", documents=[paper])
    for victims, wording in (("people", "90"), ("journalists", "7"), ("journalists", "30")):
        factories.claim(event=made, victims=victims, wording=wording, documents=[paper])
    for wording in ("40", "41", "42", "43"):
        factories.claim(event=made, measure="injured", wording=wording, documents=[paper])
    return made


def whole(html: str) -> list[str]:
    """Return the headings of the questions that a page shows whole."""
    found = re.findall(
        r'<section class="panel" id="cm_\w+".*?<h2[^>]*>(.*?) <span', html, re.DOTALL
    )
    return [text_of(heading) for heading in found]


def others(html: str) -> dict[str, tuple[str, str]]:
    """Return id and link of the questions in the table, by heading."""
    rows = re.findall(
        r'<tr id="(cm_\w+)">\s*<th scope="row"><a href="([^"]*)">(.*?)</a>', html, re.DOTALL
    )
    return {
        heading: (public_id, address.replace("&amp;", "&")) for public_id, address, heading in rows
    }


def test_page_shows_the_headline_and_what_most_claimants_speak_about_whole(
    event: Event, client: Client
) -> None:
    html = client.get(event.get_absolute_url()).content.decode()

    assert whole(html) == [
        "People killed",
        "Civilians killed",
        "Combatants killed",
        "Journalists killed",
        "People injured",
    ]
    assert list(others(html)) == ["Children killed", "Women killed", "Men killed"]


def test_page_says_how_many_questions_there_are_and_where(
    event: Event, words_at: Callable[[str], str]
) -> None:
    words = words_at(event.get_absolute_url())

    assert (
        "8 questions Five questions shown whole: the one this page opens with and those that most "
        "claimants speak about. Three other questions in a table below."
    ) in words
    assert "Children killed 1 1 25 25 single claimant" in words


def test_row_of_another_question_has_its_address_and_opens_it_in_this_view(
    event: Event, client: Client
) -> None:
    page = client.get(f"{event.get_absolute_url()}?reading=strict").content.decode()
    public_id, link = others(page)["Women killed"]

    html = client.get(link.partition("#")[0]).content.decode()

    assert link == f"{event.get_absolute_url()}?reading=strict&question={public_id}#{public_id}"
    assert whole(html) == [
        "People killed",
        "Civilians killed",
        "Combatants killed",
        "Women killed",
        "Journalists killed",
        "People injured",
    ]
    assert list(others(html)) == ["Children killed", "Men killed"]
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{event.get_absolute_url()}">' in html


def test_every_question_and_every_claim_can_be_shown_at_once(event: Event, client: Client) -> None:
    html = client.get(f"{event.get_absolute_url()}?question=all").content.decode()

    claims = event.claims.values_list("public_id", flat=True)
    assert len(whole(html)) == 8
    assert others(html) == {}
    assert set(re.findall(r'<tr id="(cl_\w+)"', html)) == set(claims)


def test_view_of_a_day_keeps_the_question_that_is_open(event: Event, client: Client) -> None:
    public_id = others(client.get(event.get_absolute_url()).content.decode())["Men killed"][0]

    html = client.get(f"{event.get_absolute_url()}?question={public_id}").content.decode()

    assert f'<input type="hidden" name="question" value="{public_id}">' in html
    assert f"?reading=strict&amp;question={public_id}" in html


def test_chart_of_an_open_question_names_the_question_once(event: Event, client: Client) -> None:
    public_id = others(client.get(event.get_absolute_url()).content.decode())["Men killed"][0]
    html = client.get(f"{event.get_absolute_url()}?question={public_id}").content.decode()

    charts = re.findall(r'href="([^"]*chart\.svg[^"]*)"', html)

    assert {client.get(chart.replace("&amp;", "&")).status_code for chart in charts} == {200}


def test_page_when_the_question_is_of_another_event_then_it_is_as_without(
    event: Event, client: Client
) -> None:
    elsewhere = event_comparisons(factories.claim().event)[0].public_id

    html = client.get(f"{event.get_absolute_url()}?question={elsewhere}").content.decode()

    assert len(whole(html)) == 5


@pytest.mark.parametrize("question", ["every", "cl_0123456789", "cm_"])
def test_page_when_the_question_is_none_then_that_is_refused(
    event: Event, client: Client, question: str
) -> None:
    answer = client.get(f"{event.get_absolute_url()}?question={question}")

    assert answer.status_code == 400
    assert "“question” is the public id of a comparison" in text_of(answer.content.decode())


def test_table_that_goes_on_after_a_claim_opens_the_question_of_the_claim(
    event: Event, client: Client
) -> None:
    claim = event.claims.get(victims="women")

    html = client.get(f"{event.get_absolute_url()}?after={claim.public_id}").content.decode()

    assert "Women killed" in whole(html)


def test_names_in_the_table_are_text_and_no_markup(client: Client) -> None:
    event = factories.event()
    for number, victims in enumerate(VICTIMS):
        party = factories.party(f"<b>Side</b> {number}")
        factories.claim(event=event, victims=victims, victims_party=party)

    html = client.get(event.get_absolute_url()).content.decode()

    assert "<b>Side" not in html
    assert html.count("&lt;b&gt;Side&lt;/b&gt;") > 0


@pytest.mark.parametrize("number", [1, 3])
def test_page_with_other_questions_takes_the_same_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    event = factories.event()
    for victims in VICTIMS:
        for _ in range(number):
            factories.claim(event=event, victims=victims)

    with django_assert_num_queries(6):
        client.get(event.get_absolute_url())


def test_large_questions_share_the_room_and_an_open_one_has_it_for_itself(client: Client) -> None:
    event, paper = factories.event(), factories.document()
    for measure in ("killed", "injured"):
        for n in range(55):
            factories.claim(event=event, measure=measure, wording=str(100 + n), documents=[paper])
    injured = event_comparisons(event)[1].public_id
    address = event.get_absolute_url()

    both, opened = (
        text_of(client.get(one).content.decode())
        for one in (address, f"{address}?question={injured}")
    )

    assert both.count("Claims 1 to 37 of 55") == 2  # the caption and the pager
    assert both.count("Claims 1 to 38 of 55") == 2
    assert both.count("The chart shows the 50 newest claims; 5 older ones") == 2
    assert opened.count("of 55") == 0
    assert opened.count("The chart shows") == 0


@pytest.mark.parametrize(
    ("wanted", "most", "given"),
    [
        pytest.param([], 75, [], id="nobody"),
        pytest.param([3, 2], 75, [3, 2], id="room for all"),
        pytest.param([100, 100], 75, [37, 38], id="equal shares"),
        pytest.param([100, 5, 30], 75, [40, 5, 30], id="the small leave theirs to the large"),
    ],
)
def test_shares(wanted: list[int], most: int, given: list[int]) -> None:
    assert shares(wanted, most) == given


def test_rooms_when_a_question_is_the_only_one_then_it_has_all() -> None:
    one = SimpleNamespace(public_id="cm_1", claim_count=500)
    two = SimpleNamespace(public_id="cm_2", claim_count=10)

    assert rooms([one], PageState()) == [WHOLE]
    assert rooms([one, two], PageState()) == [
        Room(65, MOST_ROWS, MOST_LINES),
        Room(10, 10, MOST_LINES),
    ]
    assert rooms([one, two], PageState(question="cm_1")) == [WHOLE, Room(10, 10, MOST_LINES)]
    assert rooms([one, two], PageState(question="all")) == [WHOLE, WHOLE]


def test_page_when_many_claimants_revised_then_the_rest_is_a_link_away(client: Client) -> None:
    event, paper = factories.event(), factories.document()
    factories.claim(event=event, measure="injured", documents=[paper])
    for n in range(MOST_LINES + 2):
        first = factories.claim(event=event, wording=str(10 + n), documents=[paper])
        factories.claim(
            event=event,
            claimant=first.claimant,
            wording=str(50 + n),
            revises=first,
            documents=[paper],
        )
    killed = event_comparisons(event)[0].public_id
    address = event.get_absolute_url()

    page = client.get(address).content.decode()
    opened = client.get(f"{address}?question={killed}").content.decode()

    assert page.count('class="revision"') == MOST_LINES
    assert f'<a href="{address}?question={killed}#{killed}">Two more revised figures</a>' in page
    assert opened.count('class="revision"') == MOST_LINES + 2
    assert "more revised figures" not in opened
