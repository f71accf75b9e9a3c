"""Pages of a search for comparisons hold what the plain narrowing finds, whichever way they go."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims.domain.search_words import marks
from claims.models import Comparison, Event
from claims.queries import lists
from claims.services import comparisons, events, reviews
from tests import factories
from tests.queries.reading import going, keys_by_pages, keys_narrowed

ORDERS = [order.name for order in lists.COMPARISONS.orders]
WAYS = {
    "the nearest comparisons are all": {},
    "along everything": {"NEAREST_COMPARED": 1},
    "from the events of the rarest word": {"NEAREST_COMPARED": 1, "ONE_IN": 1},
    "from hardly any events": {"NEAREST_COMPARED": 1, "ONE_IN": 1, "FEW_COMPARED": 2},
    "no word is rare": {"NEAREST_COMPARED": 1, "ONE_IN": 1, "FEW_COMPARED": 0},
}
# Destroyer and destroyed, striker and strikers have the same marks.
TITLES = (
    "Strike",
    "Striker",
    "Strikers",
    "Destroyed",
    "Destroyer",
    "town",
    "road",
    "Міст",
    "مدينة",
)
ASKED = ("s", "strike", "striker", "strikers", "destroyer", "destroyed town", "town road", "міст")
SCRIPTS = ("мі", "مدينة", "مدي t", "road destroyer strike", "nowhere", "town nowhere", "r d")
FILTERS = {
    "measure": ("killed", "injured"),
    "victims": ("people", "civilians"),
    "verdict": ("contradictory", "single"),
    "min_gap_ratio": ("1.5", "3"),
    "country": ("UA", "PK", "TR"),
    "kind": ("strike", "siege"),
    "from": ("2023-01-04",),
    "to": ("2023-01-05",),
}


@pytest.fixture
def offered(db: None) -> dict[str, tuple[str, ...]]:
    """Events of any words, days, countries and claims; what their comparisons are narrowed by."""
    chance = Random(14)  # noqa: S311 - nothing secret
    war = factories.event(title="War on the road", kind="war", countries=["UA"])
    sources = [factories.source() for _ in range(3)]
    party = factories.party("Navy")
    for _ in range(18):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(6))
        event = factories.event(
            title=" ".join(chance.sample(TITLES, 3)),
            aliases=chance.sample(TITLES, chance.randrange(2)),
            place="",
            kind=chance.choice(("strike", "siege")),
            countries=chance.sample(("UA", "PK", "TR", "SY"), chance.randrange(1, 5)),
            parent=chance.choice((None, war)),
            date_start=chance.choice((None, day)),
            date_end=None,
        )
        for measure in chance.sample(("killed", "injured", "missing"), chance.randrange(1, 3)):
            asked = {"measure": measure, "victims": chance.choice(("people", "civilians"))}
            for source in chance.sample(sources, chance.randrange(1, 4)):
                factories.claim(
                    event=event,
                    claimant=source,
                    wording=chance.choice(("40", "40", "90", "200")),
                    claimed_on=chance.choice((None, date(2023, 2, 1), date(2023, 2, 2))),
                    victims_party=chance.choice((None, party)),
                    **asked,
                )
    factories.claim(event=factories.event(title="Strike", state="draft"), state="draft")
    return FILTERS | {
        "source": (sources[0].public_id,),
        "parent": (war.public_id,),
        "victims_party": (party.public_id,),
        "event": (Event.objects.published().latest("pk").public_id,),
    }


def test_a_search_finds_what_the_narrowing_leaves_in_every_order(
    offered: dict[str, tuple[str, ...]],
) -> None:
    for words, order in itertools.product((*ASKED, *SCRIPTS), ORDERS):
        query = f"q={words}&order={order}"
        expected = keys_narrowed(lists.COMPARISONS, query)

        for name, way in WAYS.items():
            with going(way):
                found = keys_by_pages(lists.COMPARISONS, query, 5)
            assert (name, query, found) == (name, query, expected)


def test_a_narrowed_search_finds_what_the_narrowing_leaves(
    offered: dict[str, tuple[str, ...]],
) -> None:
    chance = Random(15)  # noqa: S311 - nothing secret
    for name in [*offered] * 3:
        others = chance.sample([other for other in offered if other != name], chance.randrange(3))
        narrowed = "&".join(f"{one}={chance.choice(offered[one])}" for one in (name, *others))
        words = chance.choice((*ASKED, *SCRIPTS))
        query = f"q={words}&{narrowed}&order={chance.choice(ORDERS)}"
        expected, size = keys_narrowed(lists.COMPARISONS, query), chance.randrange(1, 5)

        for title, way in WAYS.items():
            with going(way):
                found = keys_by_pages(lists.COMPARISONS, query, size)
            assert (title, query, found) == (title, query, expected)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("way", "queries"),
    [
        pytest.param({}, 2, id="the nearest comparisons; records"),
        pytest.param({"NEAREST_COMPARED": 1}, 3, id="and what comes after them"),
        pytest.param(
            {"NEAREST_COMPARED": 1, "ONE_IN": 1}, 4, id="and both the word's events and theirs"
        ),
    ],
)
def test_a_page_of_a_search_takes_a_fixed_number_of_queries(
    db: None, way: dict[str, int], queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(9 * count):
        title = "Road" if number % 3 else "Strike"
        factories.claim(event=factories.event(title=title, place=""))

    with going(way), django_assert_num_queries(queries):
        page = lists.COMPARISONS.page(QueryDict("q=strike&page_size=1"))

    assert len(page.rows) == 1


def test_words_that_only_look_alike_are_left_out_in_few_queries(db: None) -> None:
    claimant = factories.source()
    for number in range(12):
        event = factories.event(title=f"Destroyed house {number} attacked", countries=["UA"])
        factories.claim(event=event, claimant=claimant)
    some = ("", "kind=strike", "country=UA", f"source={claimant.public_id}", "from=2023&country=UA")

    for narrowed, order, way in itertools.product(some, ORDERS, ({}, WAYS["no word is rare"])):
        query = f"q=destroyer attacked&page_size=3&{narrowed}&order={order}"
        with going(way), CaptureQueriesContext(connection) as context:
            page = lists.COMPARISONS.page(QueryDict(query))

        assert (query, page.rows, len(context) <= 6) == (query, [], True)


def held(event: Event) -> set[tuple[int, int]]:
    """Return the marks of the comparisons of an event."""
    return set(Comparison.objects.filter(event=event).values_list("marks_low", "marks_high"))


def test_comparisons_have_the_marks_of_the_words_of_their_event(db: None) -> None:
    editor, chief = factories.user(), factories.user(role="chief")
    claim = factories.claim(event=factories.event(title="Road", aliases=[], place=""))
    event, other = claim.event, factories.claim(event=factories.event(title="River", place=""))
    assert held(event) == {marks(["road"])}

    changes = {"title": "Bridge", "aliases": ["Міст"], "place": "Town"}
    events.edit_event(event, by=editor, changes=changes)
    assert held(event) == {marks(["bridge", "міст", "town"])}

    factories.claim(event=event, measure="injured")
    assert (event.comparisons.count(), len(held(event))) == (2, 1)

    reviews.withdraw_claim(claim, by=chief, reason="Wrong")
    assert held(event) == {marks(["bridge", "міст", "town"])}

    events.merge_events(event, into=other.event, by=chief, reason="The same bridge")
    known = ["river", "bridge", "міст"]
    assert (held(event), held(other.event)) == (set(), {marks(known)})
    assert comparisons.differences() == []


def test_marks_out_of_date_are_named_and_made_anew(db: None) -> None:
    claim = factories.claim()
    own = Comparison.objects.get(event=claim.event)
    Comparison.objects.update(marks_high=0)

    assert comparisons.differences() == [
        f"Comparison {own.public_id}: marks_high is 0, computed {own.marks_high}."
    ]

    comparisons.rebuild()

    assert comparisons.differences() == []
