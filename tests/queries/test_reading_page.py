"""A text with its figures in reading order, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, StoredText
from claims.queries import reading_page as page
from claims.services.candidates import accept_candidate, reject_candidate
from claims.services.intake import choose_event
from tests import factories
from tests.factories import read

pytestmark = pytest.mark.django_db

TEXT = (
    "Moscow said 63 soldiers were killed. Kyiv said about 400 died. Five officers were among "
    "them. More than 100 were wounded."
)
QUERIES = 11


def stored_with(*found: object) -> StoredText:
    stored = factories.stored_text(TEXT)
    factories.candidates(stored, *found)
    return page.stored_text(stored.pk)


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_for_one_figure_as_for_three(number: int) -> None:
    factories.event(title="Strike on soldiers of Moscow", parties=[factories.party(name="Russia")])
    factories.source(name="Moscow")
    factories.source(name="Kyiv")
    wordings = {"63": "Moscow", "about 400": "Kyiv", "More than 100": "Kyiv"}
    stored = stored_with(
        *(
            read(TEXT, wording, claimant=claimant, victims_party="Russian")
            for wording, claimant in list(wordings.items())[:number]
        )
    )

    with CaptureQueriesContext(connection) as captured:
        shown = page.reading_page(stored)
        for row in shown.candidates:
            assert row.candidate.sentence
            assert row.party.name == "Russia"
            assert row.claimants[0].name in {"Moscow", "Kyiv"}

    assert len(shown.candidates) == number
    assert len(captured) == QUERIES


def test_page_counts_what_is_decided() -> None:
    stored = stored_with(read(TEXT, "63"), read(TEXT, "about 400"), read(TEXT, "More than 100"))
    first, second, _ = stored.candidates.order_by("figure_start")
    reject_candidate(first, by=factories.user())
    accept_candidate(
        second, by=factories.user(), event=factories.event(), claimant=factories.source()
    )

    shown = page.reading_page(stored)

    assert (shown.decided, shown.total, shown.page_count) == (2, 3, 1)
    assert shown.counts == {"open": 1, "accepted": 1, "mended": 0, "rejected": 1, "merged": 0}


def test_page_offers_the_claim_that_says_the_same_on_the_chosen_event() -> None:
    event, kyiv = factories.event(place="Chulakivka"), factories.source(name="Kyiv")
    claim = factories.claim(event=event, claimant=kyiv, wording="about 400")
    stored = stored_with(read(TEXT, "about 400", claimant="Kyiv"), read(TEXT, "63"))
    stored = choose_event(stored, by=factories.user(), event=event)

    shown = page.reading_page(page.stored_text(stored.pk))

    assert [row.match for row in shown.candidates] == [None, claim]


@pytest.mark.parametrize("is_chosen", [True, False])
def test_same_figure_of_another_event_is_offered_until_an_event_is_chosen(is_chosen: bool) -> None:
    kyiv = factories.source(name="Kyiv")
    earlier = factories.event(title="Strike on soldiers of Moscow", place="Moscow")
    about = factories.event(title="Strike on soldiers of Moscow again", place="Moscow")
    claim = factories.claim(event=earlier, claimant=kyiv, wording="about 400")
    stored = stored_with(read(TEXT, "about 400", claimant="Kyiv"))
    if is_chosen:
        stored = choose_event(stored, by=factories.user(), event=about)

    shown = page.reading_page(page.stored_text(stored.pk))

    assert {found.event for found in shown.events} == {earlier, about}
    assert [row.match for row in shown.candidates] == [None if is_chosen else claim]


def test_part_without_a_claimant_is_taken_for_the_claimant_of_the_whole() -> None:
    kyiv = factories.source(name="General Staff")
    stored = stored_with(read(TEXT, "about 400", claimant="Kyiv"), read(TEXT, "Five", part_of=0))
    whole = stored.candidates.get(wording="about 400")
    accept_candidate(whole, by=factories.user(), event=factories.event(), claimant=kyiv)

    shown = page.reading_page(stored)

    assert [row.claimant for row in shown.candidates] == [kyiv, kyiv]
    assert [row.claimants for row in shown.candidates] == [
        [kyiv, stored.document.publisher],
        [kyiv, stored.document.publisher],
    ]


def test_claimant_when_words_are_like_no_source_then_none_and_the_publisher_offered() -> None:
    stored = stored_with(read(TEXT, "63", claimant="Moscow"), read(TEXT, "about 400"))
    publisher = stored.document.publisher

    shown = page.reading_page(stored)

    assert [(row.claimant, row.claimants) for row in shown.candidates] == [
        (None, [publisher]),
        (publisher, [publisher]),
    ]


def test_pages_are_of_twenty_five_and_a_page_too_far_is_the_last() -> None:
    text = " ".join(f"{number} died." for number in range(1, 61))
    stored = factories.stored_text(text)
    factories.candidates(
        stored, *(read(text, f"{n}", start=text.index(f"{n} died")) for n in range(1, 61))
    )

    first, last = page.reading_page(stored), page.reading_page(stored, number=9)

    assert (len(first.candidates), first.number, first.page_count) == (25, 1, 3)
    assert (len(last.candidates), last.number) == (10, 3)
    assert last.candidates[-1].candidate.best == 60


def test_text_without_figures_is_an_empty_page() -> None:
    shown = page.reading_page(factories.stored_text("Nothing happened."))

    assert (shown.candidates, shown.total, shown.decided, shown.page_count) == ([], 0, 0, 1)


def test_candidate_is_found_in_its_own_text_only() -> None:
    stored, other = stored_with(read(TEXT, "63")), factories.stored_text()
    candidate = stored.candidates.get()

    assert page.candidate_in(stored, candidate.pk) == candidate
    assert page.candidate_in(other, candidate.pk) is None
    assert Claim.objects.count() == 0
