"""Lists of random small trackers against a plain filter in Python over everything there is.

The filter below knows nothing of indexes, facets or SQL: it says in the words of docs/api.md what
each parameter means. Records are edited between readings, as desks do.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict

from claims.domain.folding import words
from claims.models import Claim, Comparison, Event
from claims.queries import lists
from claims.queries.lists import Listing
from claims.services import events, reviews
from claims.services.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

READINGS, QUERIES = 3, 24
COUNTRIES, KINDS = ("UA", "PK", "RU", "SY"), ("strike", "siege", "war")
MEASURES = ("killed", "killed", "injured", "missing")
WORDINGS = ("0", "25", "50", "at least 50", "up to 89", "200", "about 400")
TITLES = ("Bridge town", "Town road", "Міст", "Brücke town bridge")
Asked = dict[str, str]


class Tracker:
    """A random tracker: ties and gaps in all that lists are ordered by."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret
        self.chief = factories.user(role="chief")
        self.sources = [factories.source() for _ in range(3)]
        self.parties = [factories.party(name) for name in ("Ruritania", "Graustark")]
        self.events: list[Event] = []
        for _ in range(12):
            self.add_event()
        for _ in range(26):
            self.add_claim()

    def day(self) -> date:
        return date(2022, 12, 28) + timedelta(days=self.random.randrange(8))

    def when(self) -> dict[str, Any]:
        start = self.random.choice((None, self.day(), self.day()))
        end = self.random.choice((None, start + timedelta(days=2), start)) if start else None
        return {"date_start": start, "date_end": end}

    def add_event(self) -> None:
        parents = [event for event in self.events if event.state == "published"]
        self.events.append(
            factories.event(
                title=self.random.choice(TITLES),
                kind=self.random.choice(KINDS),
                countries=self.random.sample(COUNTRIES, k=self.random.randrange(5)),
                parent=self.random.choice((None, *parents[:2])),
                state=self.random.choice(("published",) * 5 + ("draft",)),
                **self.when(),
            )
        )

    def add_claim(self) -> None:
        event = self.random.choice(self.events)
        is_public = event.state == "published" and self.random.random() < 0.9
        factories.claim(
            event=event,
            claimant=self.random.choice(self.sources),
            measure=self.random.choice(MEASURES),
            victims=self.random.choice(("people", "people", "children")),
            victims_party=self.random.choice((None, None, *self.parties)),
            wording=self.random.choice(WORDINGS),
            claimed_on=self.random.choice((None, self.day(), self.day())),
            state="published" if is_public else "draft",
        )

    def edit(self) -> None:
        """Do a few things that change what is listed where."""
        for action in (self.change, self.change, self.withdraw_claim, self.merge, self.withdraw):
            with suppress(Refused), transaction.atomic():
                action()
        self.events = list(Event.objects.exclude(state="withdrawn").order_by("pk"))
        with suppress(Refused), transaction.atomic():
            self.add_claim()

    def public(self) -> Event:
        return self.random.choice(list(Event.objects.published().order_by("pk")))

    def change(self) -> None:
        changes = {
            **self.when(),
            "countries": self.random.sample(COUNTRIES, k=self.random.randrange(5)),
            "kind": self.random.choice(KINDS),
            "parent": self.random.choice((None, self.public())),
        }
        events.edit_event(self.public(), by=self.chief, changes=changes)

    def withdraw_claim(self) -> None:
        claim = self.random.choice(list(Claim.objects.published().order_by("pk")))
        reviews.withdraw_claim(claim, by=self.chief, reason="Wrong")

    def merge(self) -> None:
        events.merge_events(self.public(), into=self.public(), by=self.chief, reason="The same")

    def withdraw(self) -> None:
        events.withdraw_event(self.public(), by=self.chief, reason="No")

    def offered(self) -> dict[str, list[str]]:
        days = ["2022", "2022-12-30", "2023-01", "2023-01-02", "2023-01-05"]
        return {
            "q": ["town", "bri", "town+bri", "міст", "brucke", "nowhere"],
            "country": [*COUNTRIES],
            "kind": [*KINDS],
            "from": days,
            "to": days,
            "parent": [event.public_id for event in self.events[:3]],
            "source": [source.public_id for source in self.sources],
            "measure": ["killed", "injured", "missing"],
            "verdict": ["contradictory", "single", "agree"],
            "min_gap_ratio": ["1", "2", "3.5", "400"],
            "event": [event.public_id for event in self.events[:4]],
            "victims": ["people", "children"],
            "victims_party": [party.public_id for party in self.parties],
        }

    def queries(self, listing: Listing) -> Iterator[Asked]:
        """Yield the whole list, each parameter alone, and random ones together."""
        names = [p.name for p in listing.parameters if p.name in self.offered()]
        yield {}
        for name, values in self.offered().items():
            yield from ({name: value} for value in values if name in names)
        for _ in range(QUERIES):
            some = self.random.sample(names, k=self.random.choice((2, 2, 3, 4)))
            yield {name: self.random.choice(self.offered()[name]) for name in some}


def first(text: str) -> date:
    return date.fromisoformat(text + "-01-01"[3 * (len(text) // 3 - 1) :])


def last(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:] or 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def holds_of_event(event: Event, asked: Asked) -> bool:
    named = [word for text in (event.title, event.place, *event.aliases) for word in words(text)]
    started, ended = event.date_start, event.date_end
    claimed = event.claims.filter(state="published")
    parent = event.parent if event.parent and event.parent.state == "published" else None
    tests: dict[str, Callable[[str], bool]] = {
        "q": lambda text: all(
            any(word.startswith(begin) for word in named) for begin in words(text.replace("+", " "))
        ),
        "country": lambda code: code in event.countries,
        "kind": lambda code: code == event.kind,
        "from": lambda text: started is not None and (ended is None or ended >= first(text)),
        "to": lambda text: started is not None and started <= last(text),
        "parent": lambda one: parent is not None and parent.public_id == one,
        "source": lambda one: one in {claim.claimant.public_id for claim in claimed},
        "event": lambda one: event.public_id == one,
    }
    return event.state == "published" and all(
        test(asked[name]) for name, test in tests.items() if name in asked
    )


def holds_of_comparison(row: Comparison, asked: Asked) -> bool:
    party = row.victims_party.public_id if row.victims_party else None
    tests: dict[str, Callable[[str], bool]] = {
        "measure": lambda code: row.measure == code,
        "verdict": lambda code: row.verdict == code,
        "min_gap_ratio": lambda text: gap(row) >= Fraction(text),
        "victims": lambda code: row.victims == code,
        "victims_party": lambda one: party == one,
    }
    return all(test(asked[name]) for name, test in tests.items() if name in asked)


def gap(row: Comparison) -> float | Fraction:
    """Return the factor between two claims that contradict each other; 0 where none do."""
    if not row.gap_high:
        return 0
    return Fraction(row.gap_high, row.gap_low) if row.gap_low else float("inf")


def spread(row: Comparison) -> float | Fraction:
    if not row.highest or row.lowest is None:
        return 0
    return Fraction(row.highest, row.lowest) if row.lowest else float("inf")


def expected_events(asked: Asked) -> list[Event]:
    of_figures = {"measure", "verdict", "min_gap_ratio"} & asked.keys()
    return [
        event
        for event in Event.objects.select_related("parent")
        if holds_of_event(event, asked)
        and (
            not of_figures
            or any(holds_of_comparison(row, asked) for row in event.comparisons.all())
        )
    ]


def expected_comparisons(asked: Asked) -> list[Comparison]:
    rows = Comparison.objects.select_related("event__parent", "victims_party")
    return [r for r in rows if holds_of_event(r.event, asked) and holds_of_comparison(r, asked)]


def expected_claims(asked: Asked) -> list[Claim]:
    def holds(claim: Claim) -> bool:
        party = claim.victims_party.public_id if claim.victims_party else None
        day = claim.claimed_on
        tests: dict[str, Callable[[str], bool]] = {
            "event": lambda one: claim.event.public_id == one,
            "measure": lambda code: claim.measure == code,
            "victims": lambda code: claim.victims == code,
            "victims_party": lambda one: party == one,
            "from": lambda text: day is not None and day >= first(text),
            "to": lambda text: day is not None and day <= last(text),
        }
        return all(test(asked[name]) for name, test in tests.items() if name in asked)

    rows = Claim.objects.select_related("event", "victims_party")
    is_public = [c for c in rows if c.state == c.event.state == "published"]
    return [claim for claim in is_public if holds(claim)]


SORT_KEYS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "events": {
        "-date": lambda e: e.date_start,
        "date": lambda e: e.date_start,
        "-gap_ratio": lambda e: max(map(gap, e.comparisons.all()), default=0),
        "-added": lambda e: e.pk,
    },
    "comparisons": {
        "-gap_ratio": gap,
        "-gap": lambda c: c.gap_high - c.gap_low if c.gap_high else 0,
        "-spread_ratio": spread,
        "-latest": lambda c: c.latest_claimed_on,
    },
    "claims": {
        "-claimed_on": lambda c: c.claimed_on,
        "claimed_on": lambda c: c.claimed_on,
        "-added": lambda c: c.pk,
    },
}


def in_order(rows: Iterable[Any], listing: Listing, order: str) -> list[int]:
    """Return keys in an order: ties by key in the same direction, rows without a value last."""
    key, turned = SORT_KEYS[listing.name][order], order.startswith("-")
    valued = [(key(row), row.pk) for row in rows]
    with_value = sorted((v for v in valued if v[0] is not None), reverse=turned)
    without = sorted((v[1] for v in valued if v[0] is None), reverse=turned)
    return [pk for _, pk in with_value] + without


def there_and_back(listing: Listing, asked: Asked, order: str, size: int) -> tuple[Any, Any]:
    """Return the keys of every page forwards, and of the same pages read backwards from the end."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    forwards, cursors, cursor = [], [], ""
    while True:
        address = f"{query}&order={order}&page_size={size}&cursor={cursor}"
        page = listing.page(QueryDict(address))
        forwards.append([row.pk for row in page.rows])
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
        cursors.append(cursor)
    backwards = [forwards[-1]]
    while page.previous_cursor:
        address = f"{query}&order={order}&page_size={size}&cursor={page.previous_cursor}"
        page = listing.page(QueryDict(address))
        backwards.insert(0, [row.pk for row in page.rows])
    return forwards, backwards


EXPECTED: dict[str, Callable[[Asked], list[Any]]] = {
    "events": expected_events,
    "comparisons": expected_comparisons,
    "claims": expected_claims,
}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    "listing", [lists.EVENTS, lists.COMPARISONS, lists.CLAIMS], ids=lambda one: one.name
)
def test_a_list_is_what_a_plain_filter_leaves(listing: Listing, seed: int) -> None:
    tracker = Tracker(seed)
    for _ in range(READINGS):
        for asked in tracker.queries(listing):
            found = EXPECTED[listing.name](asked)
            order = tracker.random.choice(listing.orders).name
            size = tracker.random.choice((2, 5, 50, 50))

            forwards, backwards = there_and_back(listing, asked, order, size)

            keys = list(itertools.chain.from_iterable(forwards))
            assert (asked, order, keys) == (asked, order, in_order(found, listing, order))
            assert (asked, order, backwards) == (asked, order, forwards)
        tracker.edit()
