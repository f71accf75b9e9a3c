"""Pages of a search, read from the places of words, hold what the plain narrowing finds."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims.domain.search_words import marks
from claims.models import Claim, EventDigest, EventWord
from claims.queries import lists
from claims.services import events, reviews
from tests import factories
from tests.queries.reading import going, keys_by_pages, keys_narrowed

ORDER_NAMES = [order.name for order in lists.EVENTS.orders]
WAYS = {
    "the nearest events are all": {},
    "along everything": {"NEAREST": 1},
    "from the rarest word, what it begins put in order": {"NEAREST": 1, "ONE_IN": 1},
    "from the rarest if it begins hardly any": {"NEAREST": 1, "ONE_IN": 1, "FEW": 1},
    "from the rarest if it begins none": {"NEAREST": 1, "ONE_IN": 1, "FEW": 0},
}
NO_WORD_IS_RARE = {"NEAREST": 1, "ONE_IN": 1, "FEW_NARROWED": 0}
NARROWED_WAYS = {**WAYS, "no word is rare": NO_WORD_IS_RARE}
NARROWINGS = (
    *("country=UA", "kind=strike", "measure=killed", "source={source}", "from=2023-01-03"),
    *("to=2023-01-04", "verdict=contradictory", "min_gap_ratio=2", "country=UA&source={source}"),
    *("verdict=contradictory&measure=killed", "source={source}&from=2023-01-03"),
)
NAMES = (
    "Strikes, a strike",
    "Strike on town",
    "Міст striking",
    "Striker town",
    "مدينة strike town",
)
QUERIES = (
    *("strike", "strik", "s", "town", "міст", "мі", "مدينة", "nowhere", "striker"),
    *("town strike", "strike town", "t s", "striker town", "on strikes", "strike nowhere"),
)


@pytest.fixture
def found(db: None) -> None:
    """Events that share words and beginnings, with ties and gaps, among drafts of such names."""
    ministry, paper = factories.source(), factories.source()
    for number in range(15):
        day = date(2023, 1, 1) + timedelta(days=number // 2)
        event = factories.event(
            title=NAMES[number % len(NAMES)],
            place="",
            date_start=day if number % 4 else None,
            date_end=day if number % 4 else None,
        )
        factories.claim(event=event, claimant=ministry, wording="40")
        if number % 3:
            factories.claim(event=event, claimant=paper, wording=str(100 + number // 6))
        factories.event(title=NAMES[number % len(NAMES)], place="", state="draft")


def keys(query: str, size: int) -> list[int]:
    """Return the keys of a list of events, read page by page."""
    return keys_by_pages(lists.EVENTS, query, size)


def test_a_search_finds_what_the_narrowing_leaves_in_its_order(found: None) -> None:
    for order, words in itertools.product(ORDER_NAMES, QUERIES):
        query = f"q={words}&order={order}"
        expected = keys_narrowed(lists.EVENTS, query)

        for name, way in WAYS.items():
            with going(way):
                assert (name, query, keys(query, 4)) == (name, query, expected)


@pytest.mark.parametrize("order", ORDER_NAMES)
def test_a_narrowed_search_finds_what_the_narrowing_leaves(found: None, order: str) -> None:
    source = Claim.objects.published().latest("pk").claimant.public_id
    for words, other in itertools.product(("s", "striker town"), NARROWINGS):
        query = f"q={words}&{other.format(source=source)}&order={order}"
        expected = keys_narrowed(lists.EVENTS, query)

        for name, way in NARROWED_WAYS.items():
            with going(way):
                assert (name, query, keys(query, 2)) == (name, query, expected)


def test_a_narrowed_search_takes_few_queries_however_much_looks_alike(db: None) -> None:
    claimant = factories.source()
    for number in range(30):
        event = factories.event(title=f"Destroyed house {number} attacked")
        factories.claim(event=event, claimant=claimant, wording="40")
        factories.claim(event=event, wording="100")

    for other, order in itertools.product(NARROWINGS, ("-date", "-added")):
        narrowed = other.format(source=claimant.public_id)
        query = f"q=destroyer attacked&page_size=4&{narrowed}&order={order}"
        with going(NO_WORD_IS_RARE), CaptureQueriesContext(connection) as context:
            page = lists.EVENTS.page(QueryDict(query))

        assert (query, page.rows, len(context) <= 7) == (query, [], True)


def test_words_that_only_look_alike_by_their_marks_are_left_out(db: None) -> None:
    meant = [factories.event(title=f"Destroyer {n} attacked") for n in range(2)]
    for number in range(40):
        factories.event(title=f"Destroyed house {number} attacked")
    meant.append(factories.event(title="Destroyer 2 attacked"))
    asked, held = marks(["destroyer"]), marks(["destroyed"])
    assert asked == held

    found = keys("q=attacked destroyer&order=-added", 2)

    assert found == [event.pk for event in reversed(meant)]


def test_words_that_never_meet_are_answered_in_few_queries(db: None) -> None:
    for number in range(30):
        factories.event(title=f"Destroyed house {number} attacked")
    factories.event(title="Destroyer")

    for (name, way), order in itertools.product(WAYS.items(), ORDER_NAMES):
        with going(way), CaptureQueriesContext(connection) as context:
            page = lists.EVENTS.page(QueryDict(f"q=destroyer attacked&page_size=4&order={order}"))

        assert (name, order, page.rows, len(context) <= 6) == (name, order, [], True)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("way", "queries"),
    [
        pytest.param({}, 3, id="the nearest events; rows, parties"),
        pytest.param({"NEAREST": 1}, 4, id="and what comes after them"),
        pytest.param({"NEAREST": 1, "ONE_IN": 1}, 5, id="and both the words and the word itself"),
    ],
)
def test_a_page_of_a_search_takes_a_fixed_number_of_queries(
    db: None, way: dict[str, int], queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(4 * count):
        day = date(2023, 1, 1) if number % 2 else None
        factories.event(title="Strike", date_start=day, date_end=day)
    for number in range(6 * count):
        day = date(2024, 1, 30 - number)
        title = "Road" if number else "Strike"
        factories.event(title=title, date_start=day, date_end=day)

    with going(way), django_assert_num_queries(queries):
        page = lists.EVENTS.page(QueryDict("q=strike&page_size=1"))

    assert len(page.rows) == 1


def places(claim: Claim) -> set[tuple[date | None, int | None]]:
    return set(EventWord.objects.filter(event=claim.event).values_list("began", "gap_order"))


def test_words_know_where_lists_have_their_event(db: None) -> None:
    editor, chief = factories.user(), factories.user(role="chief")
    claim = factories.claim(wording="40")
    other = factories.claim(event=claim.event, wording="100")
    gap = EventDigest.objects.get(event=claim.event).gap_order
    day = claim.event.date_start
    assert (gap, places(claim)) == (25_000, {(day, 25_000)})

    reviews.withdraw_claim(other, by=chief, reason="Wrong")
    assert places(claim) == {(day, 0)}

    events.edit_event(claim.event, by=editor, changes={"title": "Other", "date_start": None})
    assert places(claim) == {(None, 0)}
    assert "other" in EventWord.objects.filter(event=claim.event).values_list("word", flat=True)

    claim.event.refresh_from_db()
    events.withdraw_event(claim.event, by=chief, reason="Never happened.")
    assert places(claim) == {(None, None)}


def test_words_of_a_draft_have_no_place(db: None) -> None:
    claim = factories.claim(event=factories.event(state="draft"), state="draft")

    assert places(claim) == {(None, None)}
