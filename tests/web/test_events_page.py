"""The list of events."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape

from claims.exports.formats import parquet
from claims.models import Event
from tests import factories

SECRET = "quokka"


def shown(client: Client, address: str) -> list[Event]:
    """Return the events on a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return [row.event for row in answer.context["rows"]]


def test_row_says_what_is_claimed_between_which_numbers(
    words_at: Callable[[str], str],
) -> None:
    event = factories.event(title="Makiivka strike")
    for wording in ("89", "about 400", "at least 92"):
        factories.claim(event=event, wording=wording)

    words = words_at("/events/")

    assert (
        "Makiivka strike 1 January 2023 · strike · Ukraine "
        "People killed: 3 claimants contradictory by a factor of at least 3.9" in words
    )
    assert "From 89 to 400; one claimant allows 89 at most, another 350 at least" in words


def test_row_when_nothing_is_claimed_then_says_so(words_at: Callable[[str], str]) -> None:
    factories.event(title="Makiivka strike")

    assert "Ukraine no figures on record" in words_at("/events/")


def test_row_when_no_number_is_known_then_gives_no_verdict(words_at: Callable[[str], str]) -> None:
    factories.claim(wording="an unknown number")

    words = words_at("/events/")

    assert "Ukraine People killed: 1 claim, none compared no number given" in words


def test_list_is_narrowed_by_everything_in_the_address(db: None, client: Client) -> None:
    war = factories.event(title="War", kind="war", date_start=date(2022, 2, 24), date_end=None)
    strike = factories.event(title="Barracks strike", parent=war, countries=["UA"])
    flood = factories.event(title="Flood", kind="flood", countries=["LY"])
    source = factories.source()
    for wording in ("89", "about 400"):
        factories.claim(event=strike, wording=wording, claimant=source)
        source = factories.source()
    claimant = strike.claims.first().claimant

    assert shown(client, "/events/?q=barra") == [strike]
    assert shown(client, "/events/?country=LY") == [flood]
    assert shown(client, "/events/?kind=war") == [war]
    assert shown(client, "/events/?to=2022") == [war]
    assert shown(client, f"/events/?parent={war.public_id}") == [strike]
    assert shown(client, f"/events/?source={claimant.public_id}") == [strike]
    assert shown(client, f"/events/?claimant={claimant.public_id}") == [strike]
    assert shown(client, "/events/?measure=killed") == [strike]
    assert shown(client, "/events/?verdict=contradictory") == [strike]
    assert shown(client, "/events/?min_gap_ratio=3.9") == [strike]
    assert shown(client, "/events/?min_gap_ratio=4") == []
    assert shown(client, "/events/?order=date")[0] == war


def test_row_when_figures_are_asked_for_then_shows_the_comparison_that_has_them(
    db: None, client: Client
) -> None:
    event = factories.event()
    for wording in ("30", "30", "30"):
        factories.claim(event=event, wording=wording)
    for wording in ("10", "99"):
        factories.claim(event=event, measure="injured", wording=wording)

    headline = client.get("/events/").context["rows"][0].comparison
    asked = client.get("/events/?verdict=contradictory").context["rows"][0].comparison

    assert (headline.measure, asked.measure) == ("killed", "injured")


def test_filters_in_force_are_links_that_take_them_out(db: None, client: Client) -> None:
    war = factories.event(title="War", kind="war")
    source = factories.source(name="BBC")
    query = (
        f"q=Makiivka&country=ua&kind=strike&from=2022&to=2023-01&parent={war.public_id}"
        f"&claimant={source.public_id}&measure=killed&verdict=agree&min_gap_ratio=1.5"
    )

    active = client.get(f"/events/?{query}").context["active"]

    assert {one.name: one.words for one in active} == {
        "q": "“Makiivka”",
        "country": "in Ukraine",
        "kind": "strike",
        "from": "on or after 1 January 2022",
        "to": "begun by 31 January 2023",
        "parent": "part of War",
        "source": "with a figure by BBC",
        "measure": "figures of killed",
        "verdict": "agree",
        "min_gap_ratio": "contradictory by a factor of 1.5 or more",
    }
    without = {one.name: one.address_without for one in active}
    assert without["source"] == f"/events/?{query}".replace(f"&claimant={source.public_id}", "")
    assert without["kind"] == f"/events/?{query}".replace("&kind=strike", "")


def test_list_when_nothing_is_found_then_names_the_filter_in_the_way(
    words_at: Callable[[str], str],
) -> None:
    factories.event(title="Makiivka strike", kind="strike")

    words = words_at("/events/?q=makiivka&kind=flood")

    assert "There are events without this filter: Show events without the filter: flood" in words
    assert "Show events without the filter: “makiivka”" not in words


def test_list_when_a_word_is_misspelt_then_offers_the_nearest(
    words_at: Callable[[str], str],
) -> None:
    factories.event(title="Makiivka barracks")

    assert "Did you mean makiivka barracks?" in words_at("/events/?q=Makeivka+baracks")


def test_list_offers_no_word_of_an_event_that_is_not_public(
    words_at: Callable[[str], str],
) -> None:
    factories.event(title=SECRET, state="draft")
    factories.event(title="Makiivka strike")

    words = words_at("/events/?q=quoka")

    assert SECRET not in words
    assert "Did you mean" not in words


def test_list_when_empty_form_is_sent_then_shows_everything(db: None, client: Client) -> None:
    event = factories.event()

    assert shown(client, "/events/?q=&country=&kind=&from=&to=&measure=&verdict=&order=-date") == [
        event
    ]


@pytest.mark.parametrize(
    ("query", "name", "hint"),
    [
        pytest.param("kind=strik", "kind", "Did you mean “strike”?", id="a near code"),
        pytest.param("countri=UA", "countri", "Did you mean “country”?", id="a near name"),
        pytest.param("country=Ukraine", "country", "Did you mean UA, Ukraine?", id="a name"),
        pytest.param("from=yesterday", "from", "is a date such as 2023", id="no date"),
        pytest.param("kind=war&kind=flood", "kind", "given 2 times", id="repeated"),
        pytest.param("cursor=zzz", "cursor", "The cursor is damaged", id="a damaged cursor"),
        pytest.param("min_gap_ratio=0", "min_gap_ratio", "a factor of 1 or more", id="too small"),
    ],
)
def test_list_when_a_parameter_is_bad_then_400_names_it_and_leads_on(
    db: None, client: Client, query: str, name: str, hint: str
) -> None:
    answer = client.get(f"/events/?{query}")

    html = answer.content.decode()
    assert answer.status_code == 400
    assert f"<code>{name}</code>" in html
    assert hint in html
    assert 'href="/events/"' in html


def test_list_writes_what_was_asked_safely_into_the_page(db: None, client: Client) -> None:
    factories.event()
    attack = '"><script>alert(1)</script>'

    html = client.get(f"/events/?q={quote(attack)}").content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_list_goes_on_from_page_to_page_with_its_filters(db: None, client: Client) -> None:
    own = [factories.event(kind="strike", date_start=date(2023, 1, day)) for day in (1, 2, 3)]
    factories.event(kind="flood")

    first = client.get("/events/?kind=strike&page_size=2&order=date")
    second = client.get(first.context["pager"].next)

    rows = [[row.event for row in answer.context["rows"]] for answer in (first, second)]
    assert rows == [own[:2], own[2:]]
    assert not second.context["pager"].next


def test_list_links_the_same_list_for_programs(db: None, client: Client) -> None:
    factories.event(kind="strike")

    answer = client.get("/events/?kind=strike&country=&order=date&page_size=7")

    query = "?kind=strike&order=date"
    addresses = [one.address for one in answer.context["downloads"]]
    html = answer.content.decode()
    assert addresses == [
        f"/api/v1/events.xlsx{query}",
        f"/api/v1/events.csv{query}&for=spreadsheet",
        *(f"/api/v1/events.{ending}{query}" for ending in ("csv", "json", "jsonl")),
        *([f"/api/v1/events.parquet{query}"] if parquet.is_installed() else []),
        f"/api/v1/events.geojson{query}",
    ]
    assert all(f'href="{escape(address)}"' in html for address in addresses)
    assert f'href="/api/v1/events/{escape(query)}"' in html
    for address in (*addresses, answer.context["json_address"]):
        found = client.get(address)
        assert (found.status_code, bool(found.getvalue())) == (200, True)


def test_list_offers_no_file_that_this_installation_cannot_make(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    parquet.is_installed.cache_clear()

    titles = [one.title for one in client.get("/sources/").context["downloads"]]

    parquet.is_installed.cache_clear()
    assert titles == [
        "Spreadsheet (XLSX)", "CSV for spreadsheets", "CSV for programs", "JSON", "JSON Lines",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        pytest.param("", 3, id="everything"),
        pytest.param("?verdict=contradictory", 4, id="with the comparison asked for"),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.django_db
def test_list_takes_the_same_queries_for_any_number_of_events(
    client: Client,
    django_assert_num_queries: object,
    query: str,
    queries: int,
    count: int,
) -> None:
    for _ in range(count):
        event = factories.event(parties=[factories.party()])
        for wording in ("10", "20"):
            factories.claim(event=event, wording=wording)

    with django_assert_num_queries(queries):
        client.get(f"/events/{query}")


@pytest.mark.parametrize("count", [1, 3])
def test_list_when_nothing_is_found_takes_the_same_queries_for_any_number_of_events(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    parent, source = factories.event(), factories.source()
    for _ in range(count):
        factories.event()
    query = f"q=nowhere+never&kind=flood&parent={parent.public_id}&source={source.public_id}"

    with django_assert_num_queries(5):
        client.get(f"/events/?{query}&country=LY&measure=killed&from=2020&to=2024")
