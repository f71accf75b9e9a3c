"""The lists as JSON."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from claims.api import log_shapes, shapes
from tests import factories
from tests.api.conftest import Get
from tests.api.keys import check_shape

LISTS = [
    pytest.param("events", 4, shapes.Event, id="events"),
    pytest.param("comparisons", 3, shapes.ComparisonSummary, id="comparisons"),
    pytest.param("claims", 5, shapes.Claim, id="claims"),
    pytest.param("sources", 2, shapes.Source, id="sources"),
    pytest.param("documents", 2, shapes.Document, id="documents"),
    pytest.param("changes", 2, log_shapes.Change, id="changes"),
]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries", "shape"), LISTS)
def test_a_list_takes_the_same_queries_for_any_number_of_rows(
    get: Get, django_assert_num_queries: Any, name: str, queries: int, shape: Any, count: int
) -> None:
    for _ in range(count):
        factories.claim()

    with django_assert_num_queries(queries):
        answer = get(f"{name}/")

    assert answer.status_code == 200
    assert len(answer.json()["results"]) >= count


@pytest.mark.parametrize(("name", "queries", "shape"), LISTS)
def test_a_list_has_the_keys_of_the_schema(
    get: Get, strike: SimpleNamespace, name: str, queries: int, shape: Any
) -> None:
    answer = get(f"{name}/").json()

    assert set(answer) == {"results", "next"}
    assert answer["results"]
    for row in answer["results"]:
        check_shape(row, shape)


@pytest.mark.parametrize(("name", "queries", "shape"), LISTS)
def test_following_next_gives_every_row_once(
    get: Get, client: Any, strike: SimpleNamespace, name: str, queries: int, shape: Any
) -> None:
    everything = get(f"{name}/").json()["results"]
    found, address = [], f"http://testserver/api/v1/{name}/?page_size=1"

    while address:
        answer = client.get(address)
        page = answer.json()
        assert len(page["results"]) == 1
        found += page["results"]
        address = page["next"]
        assert answer.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)

    assert found == everything


def test_next_keeps_the_question(get: Get, strike: SimpleNamespace) -> None:
    address = get("claims/", {"page_size": "1", "measure": "killed", "order": "claimed_on"}).json()[
        "next"
    ]

    assert address.startswith("http://testserver/api/v1/claims/?")
    assert "page_size=1&measure=killed&order=claimed_on&cursor=" in address


def test_an_event_in_the_list(get: Get, strike: SimpleNamespace) -> None:
    found = get("events/", {"q": "makiiv"}).json()["results"]

    event = strike.event
    assert found == [
        {
            "id": event.public_id,
            "title": "Makiivka barracks strike",
            "url": f"/events/{event.public_id}-makiivka-barracks-strike/",
            "aliases": ["Makeevka"],
            "kind": "strike",
            "date_start": "2023-01-01",
            "date_start_precision": "day",
            "date_end": "2023-01-01",
            "date_end_precision": "day",
            "countries": ["UA"],
            "place": "Makiivka",
            "latitude": 48.0478,
            "longitude": 37.9258,
            "place_precision": "settlement",
            "parties": [
                {"id": party.public_id, "name": party.name} for party in event.parties.all()
            ],
            "parent": {
                "id": strike.war.public_id,
                "title": "War",
                "url": f"/events/{strike.war.public_id}-war/",
            },
            "claim_count": 4,
            "headline": {
                "id": event.comparisons.get().public_id,
                "measure": "killed",
                "victims": "combatants",
                "victims_party": {"id": strike.russia.public_id, "name": "Russia"},
                "claim_count": 4,
                "claimant_count": 2,
                "citation_count": 4,
                "lowest": 89,
                "highest": 400,
                "spread_ratio": 4.4944,
                "verdict": "contradictory",
                "gap": {"low": 89, "high": 350, "absolute": 261, "ratio": 3.9326},
                "latest_claimed_on": "2023-01-05",
            },
            "checked_on": None,
        }
    ]


def test_a_claim_in_the_list(get: Get, strike: SimpleNamespace) -> None:
    found = get("claims/", {"claimant": strike.moscow.public_id}).json()["results"]

    second, first = found
    assert (first["id"], first["revises"], first["revised_by"]) == (
        strike.first.public_id,
        None,
        strike.second.public_id,
    )
    assert (second["revises"], second["revised_by"]) == (strike.first.public_id, None)
    assert second["claimant"]["stance"] == "own_losses"
    assert second["figure"]["best"] == 89
    assert second["bounds"] == {"low": 89, "high": 89}
    assert second["credibility"] == "probable"
    (citation,) = second["citations"]
    assert citation["quote"] == "89 dead"
    assert citation["via"]["id"] == strike.report.public_id
    assert citation["via"]["archived_url"] == "https://archive.example/1"


def test_an_event_without_claims_has_no_headline(get: Get) -> None:
    factories.event(title="Quiet", date_start=None, date_end=None)

    (event,) = get("events/").json()["results"]

    assert (event["claim_count"], event["headline"]) == (0, None)
    assert (event["date_start"], event["date_start_precision"]) == (None, None)


def test_dates_are_no_more_precise_than_known(get: Get) -> None:
    factories.event(date_start_precision="month", date_end_precision="year")

    (event,) = get("events/").json()["results"]

    assert (event["date_start"], event["date_end"]) == ("2023-01", "2023")


def test_the_log_does_not_name_who_acted(get: Get, strike: SimpleNamespace) -> None:
    body = get("changes/").content.decode()

    assert "author" not in body
    assert "reviewer" not in body


def test_an_entry_of_the_log(get: Get) -> None:
    claim = factories.claim()

    entry = get("changes/", {"event": claim.event.public_id}).json()["results"][0]

    assert entry.pop("at").endswith("Z")
    assert entry == {
        "kind": "added",
        "record": {
            "kind": "claim", "id": claim.public_id, "url": f"/claims/{claim.public_id}/"
        },
        "target": None,
        "event": {
            "id": claim.event.public_id,
            "title": claim.event.title,
            "url": claim.event.get_absolute_url(),
        },
        "reason": "",
        "fields": [],
    }  # fmt: skip


def test_a_cursor_of_another_list_is_refused(get: Get) -> None:
    for _ in range(2):
        factories.claim()
    start = get("claims/", {"order": "-added", "page_size": "1"}).json()["next"]
    [cursor] = parse_qs(urlsplit(start).query)["cursor"]

    answer = get("documents/", {"order": "-added", "cursor": cursor})

    assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")
    assert get("claims/", {"order": "-added", "cursor": cursor}).status_code == 200
