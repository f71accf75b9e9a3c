"""The event page as people and machines read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Event
from claims.queries.comparisons import event_comparisons
from claims.services import claims as claim_services
from claims.services import events as event_services
from claims.services import reviews
from tests import factories
from tests.web.conftest import text_of
from tests.web.drawn import read_svg

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 6
WordsAt = Callable[[str], str]


@pytest.fixture
def makiivka() -> Event:
    """The strike as the issue tells it: Moscow 63 then 89, Kyiv about 400, three others."""
    russia, ukraine = factories.party("Russia"), factories.party("Ukraine")
    event = factories.event(
        title="Makiivka barracks strike",
        parties=[russia, ukraine],
        latitude="48.04780",
        longitude="37.92580",
    )
    asked = {"event": event, "victims": "combatants", "victims_party": russia}
    moscow = factories.source(name="Ministry of Defence of Russia", speaks_for=russia)
    first = factories.claim(claimant=moscow, wording="63", claimed_on=date(2023, 1, 2), **asked)
    factories.claim(
        claimant=moscow, wording="89", claimed_on=date(2023, 1, 4), revises=first, **asked
    )
    kyiv = factories.source(name="Armed Forces of Ukraine", speaks_for=ukraine)
    relayed = factories.claim(
        claimant=kyiv, wording="about 400", claimed_on=date(2023, 1, 1), **asked
    )
    paper = factories.document(publisher=factories.source(name="The Paper", kind="news_media"))
    factories.citation(
        relayed,
        document=paper,
        wording="four hundred",
        via=relayed.citations.get().document,
    )
    for name, wording, basis in (
        ("BBC News Russian", "at least 92", "identified_by_name"),
        ("Idel.Realii", "at least 83", "identified_by_name"),
        ("WSWS", "between 60 and 400", "all_reported"),
    ):
        factories.claim(
            claimant=factories.source(name=name, kind="news_media"),
            wording=wording,
            count_basis=basis,
            claimed_on=date(2023, 1, 31),
            **asked,
        )
    return event


def test_numbers_read_from_a_word_stand_in_brackets_and_are_not_called_stated(
    client: Client,
) -> None:
    claim = factories.claim(wording="hundreds")

    html = client.get(claim.event.get_absolute_url()).content.decode()
    own_page = text_of(client.get(claim.get_absolute_url()).content.decode())

    assert re.findall(r"<td [^>]*num soft[^>]*>([^<]+)</td>", html) == ["(200)", "(999)"]
    assert "Bounds, plain reading 200 to 999" in own_page
    assert "as stated" not in own_page


def test_page_when_no_number_is_known_then_it_draws_no_chart_and_gives_no_verdict(
    client: Client,
) -> None:
    claim = factories.claim(
        claimant=factories.source(name="Reuters"), wording="an unknown number", measure="killed"
    )

    html = client.get(claim.event.get_absolute_url()).content.decode()

    words = text_of(html)
    assert "Reuters says that the number of people killed is not known." in words
    assert "One claim sets no bounds on this reading and does not vote." in words
    assert ("single claimant" in words, "chart.svg" in html, 'class="chart"' in html) == (
        False,
        False,
        False,
    )


def test_page_opens_with_the_sentence_made_from_the_claims(
    makiivka: Event, words_at: WordsAt
) -> None:
    words = words_at(makiivka.get_absolute_url())

    assert (
        "Five claimants put the number of combatants of Russia killed between 60 and 400. "
        "The Ministry of Defence of Russia (89) and the Armed Forces of Ukraine (about 400) "
        "contradict each other by a factor of at least 3.9. Four of the five fit 350 to 400."
    ) in words


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(
            "48.0478° N, 37.9258° E, known to the settlement", id="place with its precision"
        ),
        pytest.param("Parties Russia, Ukraine", id="parties"),
        pytest.param("6 public claims not yet checked for new figures", id="what is recorded"),
        pytest.param("89 against 350 a factor of at least 3.9", id="the gap"),
        pytest.param("Fits most claimants", id="the agreement is a row of its own"),
        pytest.param("350 to 400: 4 of 5", id="the agreement in words"),
        pytest.param("63 → 89, 4 January 2023 (raised)", id="the revision"),
        pytest.param("printed as “four hundred” by The Paper", id="drift of the wording"),
        pytest.param("The Paper has it from Newspaper", id="relay"),
        pytest.param("one allows 89 at most, the other 350 at least", id="why they differ"),
        pytest.param("hollow: revised since by the same claimant", id="legend of what occurs"),
    ],
)
def test_page_says(makiivka: Event, words_at: WordsAt, expected: str) -> None:
    assert expected in words_at(makiivka.get_absolute_url())


def test_page_when_asked_for_an_earlier_day_then_it_says_so_and_shows_only_that(
    makiivka: Event, words_at: WordsAt
) -> None:
    words = words_at(f"{makiivka.get_absolute_url()}?as_of=2023-01-03")

    assert "What had been claimed by 3 January 2023." in words
    assert (
        "Two claimants put the number of combatants of Russia killed between 63 and 400. "
        "The Ministry of Defence of Russia (63) and the Armed Forces of Ukraine (about 400) "
        "contradict each other by a factor of at least 5.5."
    ) in words
    assert "BBC News Russian" not in words.split("History and corrections")[0]


def test_page_when_views_are_combined_then_all_of_them_hold(
    makiivka: Event, words_at: WordsAt
) -> None:
    words = words_at(
        f"{makiivka.get_absolute_url()}?as_of=2023-01-03&reading=strict&compilations=1"
    )

    assert "What had been claimed by 3 January 2023, strict reading, compilations vote." in words
    assert "The only figure that votes" in words


def test_page_when_nothing_had_been_claimed_yet_then_it_leads_to_the_first_day(
    makiivka: Event, client: Client
) -> None:
    html = client.get(f"{makiivka.get_absolute_url()}?as_of=2022-12-31").content.decode()

    assert "Nothing had been claimed yet by that day." in text_of(html)
    assert f'href="{makiivka.get_absolute_url()}?as_of=2023-01-01"' in html


def test_page_when_there_is_no_claim_then_it_says_so(words_at: WordsAt) -> None:
    event = factories.event(title="Quiet")

    words = words_at(event.get_absolute_url())

    assert "No public claim about this event is recorded yet." in words
    assert "0 public claims" in words


def test_page_links_to_every_day_on_which_something_was_claimed(
    makiivka: Event, client: Client
) -> None:
    html = client.get(f"{makiivka.get_absolute_url()}?reading=strict").content.decode()

    days = re.findall(r'href="[^"]*\?as_of=([\d-]+)&amp;reading=strict"', html)
    assert days == ["2023-01-01", "2023-01-02", "2023-01-04", "2023-01-31"]


def test_canonical_address_is_the_default_view_and_json_the_view_shown(
    makiivka: Event, client: Client
) -> None:
    html = client.get(f"{makiivka.get_absolute_url()}?reading=strict&sort=value").content.decode()

    api = f"/api/v1/events/{makiivka.public_id}/comparisons/?reading=strict"
    assert (
        f'<link rel="canonical" href="http://127.0.0.1:8000{makiivka.get_absolute_url()}">' in html
    )
    assert f'<link rel="alternate" type="application/json" href="{api}"' in html


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        pytest.param("date", "about 400", "between 60 and 400", id="oldest first"),
        pytest.param("value", "63", "about 400", id="smallest first"),
        pytest.param("claimant", "about 400", "between 60 and 400", id="by claimant"),
    ],
)
def test_table_is_sorted_by_links(
    makiivka: Event, client: Client, sort: str, first: str, last: str
) -> None:
    html = client.get(f"{makiivka.get_absolute_url()}?sort={sort}").content.decode()

    wordings = re.findall(r'class="wording"><a[^>]*>([^<]+)</a>', html)
    assert (wordings[0], wordings[-1]) == (first, last)
    assert html.count('aria-sort="ascending"') == 1


def test_every_claim_has_its_row_and_its_permalink(makiivka: Event, client: Client) -> None:
    html = client.get(makiivka.get_absolute_url()).content.decode()

    for public_id in Claim.objects.filter(event=makiivka).values_list("public_id", flat=True):
        assert f'<tr id="{public_id}"' in html
        assert f'href="/claims/{public_id}/"' in html


def test_page_holds_no_inline_style_or_script(makiivka: Event, client: Client) -> None:
    html = client.get(makiivka.get_absolute_url()).content.decode()

    # Data that no browser runs is no script.
    html = html.replace('<script type="application/ld+json">', "", 1)
    assert re.findall(r"\sstyle=|<style|\son\w+=|<script(?! src)", html) == []


@pytest.mark.parametrize(
    ("query", "name", "hint"),
    [
        pytest.param("as_off=2023-01-03", "as_off", "Did you mean “as_of”?", id="unknown"),
        pytest.param("as_of=soon", "as_of", "Expected a date such as", id="no date"),
        pytest.param("reading=strictly", "reading", "Did you mean “strict”?", id="no such reading"),
        pytest.param("scale=log&scale=log", "scale", "given 2 times", id="repeated"),
        pytest.param("sort=liking", "sort", "one of date, value, claimant", id="no such order"),
    ],
)
def test_page_when_a_parameter_is_bad_then_it_says_which_and_leads_on(
    makiivka: Event, client: Client, query: str, name: str, hint: str
) -> None:
    answer = client.get(f"{makiivka.get_absolute_url()}?{query}")

    html = answer.content.decode()
    assert answer.status_code == 400
    assert f"<code>{name}</code>" in html
    assert hint in text_of(html)
    assert f'href="{makiivka.get_absolute_url()}"' in html


@pytest.mark.parametrize("slug", ["", "-", "-another-name"])
def test_address_when_the_slug_is_wrong_then_it_leads_to_the_right_one(
    makiivka: Event, client: Client, slug: str
) -> None:
    answer = client.get(f"/events/{makiivka.public_id}{slug}/?reading=strict")

    assert answer.status_code == 301
    assert answer["Location"] == f"{makiivka.get_absolute_url()}?reading=strict"


def test_address_when_the_title_has_no_latin_letter_then_the_page_still_opens(
    words_at: WordsAt,
) -> None:
    event = factories.event(title="Макіївка")

    assert "Макіївка" in words_at(event.get_absolute_url())


def test_address_when_unknown_or_a_draft_then_404(client: Client) -> None:
    draft = factories.event(title="Secret draft", state="draft")

    answers = [client.get(f"/events/{i}-x/") for i in ("ev_0000000000", draft.public_id)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Secret draft" not in answers[1].content.decode()


def test_address_when_merged_then_it_leads_on_and_when_withdrawn_then_a_tombstone(
    client: Client,
) -> None:
    chief = factories.user(role="chief")
    kept, merged, withdrawn = (factories.event(title=t) for t in ("Kept", "Merged", "Gone event"))
    for event in (kept, merged, withdrawn):
        factories.claim(event=event)
    event_services.merge_events(merged, into=kept, by=chief, reason="The same strike.")
    for claim in withdrawn.claims.all():
        reviews.withdraw_claim(claim, by=chief, reason="Wrong event.")
    event_services.withdraw_event(withdrawn, by=chief, reason="Never happened.")

    moved, gone = (client.get(f"/events/{e.public_id}/") for e in (merged, withdrawn))

    assert (moved.status_code, moved["Location"]) == (301, f"/events/{kept.public_id}/")
    assert gone.status_code == 410
    assert "Gone event" not in gone.content.decode()


def test_page_shows_nothing_that_is_not_public(makiivka: Event, client: Client) -> None:
    question = {"event": makiivka, "victims": "combatants"}
    for state in ("draft", "submitted", "rejected", "withdrawn"):
        factories.claim(
            state=state,
            claimant=factories.source(name=f"canary {state}"),
            victims_wording=f"canary {state}",
            **question,
        )
    factories.claim(wording="30", note="canary note", mismatch_reason="canary reason", **question)
    factories.event(title="canary child", parent=makiivka, state="draft")

    html = client.get(makiivka.get_absolute_url()).content.decode()

    assert "canary" not in html


def test_page_shows_parent_children_and_explanation(words_at: WordsAt, client: Client) -> None:
    war = factories.event(title="The war", kind="war")
    strike = factories.event(title="A strike", parent=war, explanation="They count <others>.")

    assert "A strike 1 January 2023" in words_at(war.get_absolute_url())
    html = client.get(strike.get_absolute_url()).content.decode()
    assert f'<a href="{war.get_absolute_url()}">The war</a>' in html
    assert "They count &lt;others&gt;." in html


def test_page_when_a_title_says_where_the_main_part_goes_then_it_is_a_title(
    client: Client,
) -> None:
    event = factories.event(title="Raid <!-- main -->")

    html = client.get(event.get_absolute_url()).content.decode()

    assert "<title>Raid &lt;!-- main --&gt;: who said how many" in html
    assert html.count("<h1>Raid &lt;!-- main --&gt;</h1>") == 1
    assert "<!-- main -->" not in html


def test_page_links_to_web_addresses_only(client: Client) -> None:
    event = factories.event()
    shown = factories.document(
        url="https://paper.example/a", archived_url="https://archive.example/a"
    )
    odd = factories.document(url="ftp://paper.example/b")
    factories.claim(event=event, documents=[shown, odd])

    html = client.get(event.get_absolute_url()).content.decode()

    assert 'href="https://paper.example/a" rel="noreferrer nofollow">original</a>' in html
    assert 'href="https://archive.example/a" rel="noreferrer nofollow">archived</a>' in html
    assert "ftp://" not in html


def test_page_shows_corrections_from_the_log(makiivka: Event, words_at: WordsAt) -> None:
    claim = Claim.objects.get(event=makiivka, wording="between 60 and 400")
    claim_services.correct_claim(
        claim,
        by=factories.user(role="chief"),
        changes={"victims_wording": "Russian conscripts"},
        reason="Misread at first.",
    )

    words = words_at(makiivka.get_absolute_url())

    assert "Reason: Misread at first." in words
    assert "not given → Russian conscripts" in words


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_whatever_the_data(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    event = factories.event(parties=[factories.party(), factories.party()])
    for _ in range(number):
        claim = factories.claim(event=event)
        for _ in range(number):
            factories.citation(claim)
        factories.event(parent=event)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(event.get_absolute_url())


def test_page_when_there_are_hundreds_of_claims_then_the_chart_keeps_the_newest(
    client: Client,
) -> None:
    event = factories.event()
    paper = factories.document()
    for n in range(70):
        factories.claim(event=event, wording=str(100 + n), documents=[paper])

    html = client.get(event.get_absolute_url()).content.decode()

    assert "The chart shows the 60 newest claims; 10 older ones stand in the table only." in html
    assert html.count('class="chart-row chart-votes"') == 60
    assert html.count('class="wording"') == 70


def test_chart_is_a_file_of_its_own(makiivka: Event, client: Client) -> None:
    html = client.get(f"{makiivka.get_absolute_url()}?as_of=2023-01-03").content.decode()
    address = re.findall(r'href="(/events/[^"]*chart\.svg[^"]*)"', html)[0].replace("&amp;", "&")

    answer = client.get(address)

    svg = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert read_svg(svg)[0].text == "Makiivka barracks strike: combatants of Russia killed"
    assert "BBC News Russian" not in svg
    assert "?as_of=2023-01-03 (read " in svg


@pytest.mark.parametrize(
    ("question", "status"),
    [
        pytest.param("", 400, id="not given"),
        pytest.param("cl_0123456789", 400, id="another kind of record"),
        pytest.param("cm_0123456789", 404, id="no comparison of this event"),
    ],
)
def test_chart_when_the_question_is_not_one_of_this_event_then_it_is_refused(
    makiivka: Event, client: Client, question: str, status: int
) -> None:
    answer = client.get(f"/events/{makiivka.public_id}/chart.svg?question={question}")

    assert answer.status_code == status


def test_page_and_read_model_agree_on_the_comparison(makiivka: Event, client: Client) -> None:
    html = client.get(makiivka.get_absolute_url()).content.decode()

    assert [view.public_id for view in event_comparisons(makiivka)] == re.findall(
        r'<section class="panel" id="(cm_\w+)"', html
    )


def test_long_table_goes_on_after_its_hundredth_claim(client: Client) -> None:
    event = factories.event()
    paper = factories.document()
    claims = [
        factories.claim(event=event, wording=str(n), documents=[paper]).public_id
        for n in range(1, 104)
    ]
    address = event.get_absolute_url()

    first = client.get(address).content.decode()
    more = re.findall(r'rel="next" href="[^"]*(\?[^"#]*)', first)
    second = client.get(address + more[0]).content.decode()

    assert (rows_of(first), rows_of(second)) == (claims[:100], claims[100:])
    assert more == [f"?after={claims[99]}"]
    assert "Claims 1 to 100 of 103" in text_of(first)
    assert "Claims 101 to 103 of 103" in text_of(second)
    assert 'rel="next"' not in second
    assert f'<a href="/claims/{claims[99]}/" title=' in second  # the chart, to a row elsewhere
    assert f'<a href="#{claims[100]}" title=' in second


def rows_of(page: str) -> list[str]:
    """Return the ids of the claims that the tables of a page show."""
    return re.findall(r'<tr id="(cl_\w+)"', page)


def test_table_when_the_claim_it_goes_on_after_is_elsewhere_then_it_starts_at_the_first(
    client: Client,
) -> None:
    claim, other = factories.claim(), factories.claim()

    page = client.get(f"{claim.event.get_absolute_url()}?after={other.public_id}")

    assert rows_of(page.content.decode()) == [claim.public_id]


@pytest.mark.parametrize("after", ["x", "ev_0000000000", "cl_"])
def test_table_when_it_is_to_go_on_after_no_claim_then_that_is_refused(
    client: Client, after: str
) -> None:
    event = factories.event()

    answer = client.get(f"{event.get_absolute_url()}?after={after}")

    assert answer.status_code == 400
    assert "is the public id of a claim" in text_of(answer.content.decode())
