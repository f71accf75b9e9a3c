"""Pages read from indexes hold what the narrowing of the records leaves, in its order."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.http import QueryDict

from claims.domain.search_words import marks
from claims.models import Comparison, Event, EventFacet
from claims.queries import lists
from claims.queries.listed import listed_comparisons
from claims.queries.lists import Listing
from claims.queries.paging import Place, every_row
from claims.queries.places import Span, Stretches, rows_in
from claims.services import events as event_services
from claims.services import facets
from tests import factories

FILTERS = {
    "country": ("UA", "PK"),
    "kind": ("strike", "siege"),
    "measure": ("killed", "missing"),
    "verdict": ("contradictory", "single"),
    "min_gap_ratio": ("2",),
    "from": ("2023-01-02",),
    "to": ("2022-12",),
    "q": ("town", "town br"),
}


@pytest.fixture
def events(db: None) -> dict[str, str]:
    """Events that differ in all that lists ask for; the ids of a source and a parent."""
    war = factories.event(title="Bridge war", kind="war", countries=["UA", "PK"], date_end=None)
    ministry, paper = factories.source(), factories.source()
    for number, (country, kind, measure) in enumerate(
        itertools.product(
            (["UA"], ["PK"], ["PK", "UA"]), ("strike", "siege"), ("killed", "missing")
        )
    ):
        event = factories.event(
            title=f"Town {number} {'bridge' if number % 3 else 'road'}",
            kind=kind,
            countries=country,
            parent=war if number % 2 else None,
            date_start=date(2022, 12, 20 + number) if number % 5 else None,
            date_end=None if number % 4 == 0 else date(2023, 1, 1 + number),
        )
        claim = {"event": event, "measure": measure}
        factories.claim(claimant=ministry, wording="40", **claim)
        if number % 2:
            factories.claim(claimant=paper, wording=str(60 * number + 40), **claim)
        if number % 3 == 0:
            factories.claim(claimant=paper, event=event, measure="injured", wording="7")
    return {"source": paper.public_id, "parent": war.public_id}


def asked(events: dict[str, str]) -> list[str]:
    """Return every pair of filters as an address."""
    offered = {**FILTERS, **{name: (value,) for name, value in events.items()}}
    single = [[(name, value)] for name, values in offered.items() for value in values]
    pairs = [a + b for a, b in itertools.combinations(single, 2) if a[0][0] != b[0][0]]
    return ["&".join(f"{n}={v}" for n, v in one) for one in [[], *single, *pairs]]


def by_pages(listing: Listing, query: str, size: int = 8) -> list[int]:
    """Return the keys of a list, read page by page forwards."""
    found, cursor = [], ""
    while True:
        page = listing.page(QueryDict(f"{query}&page_size={size}&cursor={cursor}"))
        found += [row.pk for row in page.rows]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


@pytest.mark.parametrize("order", [pytest.param(o.name, id=o.name) for o in lists.EVENTS.orders])
def test_events_of_pages_are_those_of_the_narrowing(events: dict[str, str], order: str) -> None:
    for query in asked(events):
        selection = lists.EVENTS.read(QueryDict(f"{query}&order={order}"))
        expected = [e.pk for e in every_row(lists.EVENTS.selected(selection), selection.order)]

        assert (query, by_pages(lists.EVENTS, f"{query}&order={order}")) == (query, expected)


@pytest.mark.parametrize(
    "order", [pytest.param(o.name, id=o.name) for o in lists.COMPARISONS.orders]
)
def test_comparisons_of_pages_are_those_of_the_narrowing(
    events: dict[str, str], order: str
) -> None:
    for query in [*asked(events), "victims=people&country=UA", "victims=children"]:
        selection = lists.COMPARISONS.read(QueryDict(f"{query}&order={order}"))
        rows = every_row(lists.COMPARISONS.selected(selection), selection.order)
        expected = [comparison.pk for comparison in rows]

        assert (query, by_pages(lists.COMPARISONS, f"{query}&order={order}")) == (query, expected)


@pytest.mark.parametrize("backwards", [False, True])
def test_comparisons_of_a_country_are_read_no_further_than_the_first_of_all(
    db: None, backwards: bool
) -> None:
    countries = (["UA"], ["PK", "UA"], ["PK", "TR", "UA"])
    for number in range(9):
        factories.claim(event=factories.event(countries=countries[number % 3]))
    order = lists.COMPARISONS.orders[0]
    places = listed_comparisons({"country": "UA"}, order)
    every = sorted(Comparison.objects.values_list("gap_order", "pk"), reverse=not backwards)
    beyond = Place(0, every[1][1], backwards=backwards)

    assert isinstance(places, Stretches)
    found = list(rows_in(places.stretches, Span(order, "pk", beyond, 4), are_apart=True))

    assert found == every[2:6]


@pytest.mark.parametrize("order", ["-date", "date"])
def test_events_since_a_day_are_those_that_had_not_ended(db: None, order: str) -> None:
    lasts = {
        "war": (date(2014, 4, 6), None),
        "siege": (date(2021, 1, 1), date(2022, 6, 1)),
        "over": (date(2021, 1, 1), date(2021, 12, 31)),
        "month": (date(2021, 12, 20), date(2022, 1, 20)),
        "day": (date(2022, 1, 5), date(2022, 1, 5)),
        "begun": (date(2021, 12, 31), date(2022, 1, 1)),
        "no start": (None, date(2022, 2, 1)),
        "no date": (None, None),
    }
    for name, (start, end) in lasts.items():
        factories.event(title=name, date_start=start, date_end=end)

    query = f"from=2022&order={order}"
    found = [event.title for event in lists.EVENTS.page(QueryDict(query)).rows]

    in_order = ["day", "begun", "month", "siege", "war"]
    expected = in_order if order == "-date" else in_order[::-1]
    assert found == [*expected, "no start"]
    keys = [event.pk for event in lists.EVENTS.page(QueryDict(query)).rows]
    assert by_pages(lists.EVENTS, query, size=2) == keys


@pytest.mark.parametrize("first", ["0001", "0001-01-20", "9999-12-31"])
def test_events_since_the_first_and_last_days_there_are_can_be_asked_for(
    db: None, first: str
) -> None:
    goes_on = factories.event(date_start=date(2014, 4, 6), date_end=None)

    assert by_pages(lists.EVENTS, f"from={first}") == [goes_on.pk]
    assert by_pages(lists.EVENTS, f"from={first}&to=9999") == [goes_on.pk]


@pytest.mark.parametrize("listing", [lists.EVENTS, lists.COMPARISONS], ids=lambda one: one.name)
def test_pages_backwards_hold_the_rows_before(events: dict[str, str], listing: Listing) -> None:
    for query in ("country=UA", "country=PK&kind=siege", "q=town"):
        first = listing.page(QueryDict(f"{query}&page_size=3"))
        second = listing.page(QueryDict(f"{query}&page_size=3&cursor={first.next_cursor or ''}"))

        back = listing.page(QueryDict(f"{query}&page_size=3&cursor={second.previous_cursor or ''}"))

        assert [row.pk for row in back.rows] == [row.pk for row in first.rows]


def test_an_event_that_is_no_longer_public_has_no_facets(db: None) -> None:
    event = factories.claim().event

    event_services.withdraw_event(event, by=factories.user(role="chief"), reason="Never happened.")

    assert list(EventFacet.objects.all()) == []


def test_facets_of_an_event_are_what_it_is_listed_under(db: None) -> None:
    war = factories.event(countries=[])
    claim = factories.claim(event=factories.event(parent=war, countries=["UA", "RU"]))

    found = EventFacet.objects.filter(event=claim.event).values_list("facet", flat=True)

    assert sorted(found) == [
        "",
        "country:RU",
        "country:UA",
        "kind:strike",
        f"parent:{war.pk}",
        f"source:{claim.claimant_id}",
    ]


def test_facets_have_the_marks_of_the_words_of_their_event(db: None) -> None:
    event = factories.claim().event

    event_services.edit_event(
        event, by=factories.user(), changes={"title": "Bridge", "aliases": [], "place": ""}
    )

    found = EventFacet.objects.filter(event=event).values_list("marks_low", "marks_high")
    assert set(found) == {marks(["bridge"])}


def test_facets_out_of_date_are_named_and_made_anew(db: None) -> None:
    event = factories.claim().event
    factories.event()
    EventFacet.objects.filter(facet="country:UA", event=event).delete()

    assert facets.differences() == [f"The facets of event {event.pk} are out of date."]

    facets.rebuild()

    assert facets.differences() == []


def test_many_events_get_the_facets_that_each_gets_alone(db: None) -> None:
    for _ in range(facets.FEW + 2):
        factories.event()
    alone = list(EventFacet.objects.order_by("event", "facet").values())

    facets.refresh(Event.objects.values_list("pk", flat=True))

    assert list(EventFacet.objects.order_by("event", "facet").values()) == alone
