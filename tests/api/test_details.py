"""One record each, and what became of those that are not public."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from claims.api import shapes
from claims.services import claims as claim_services
from claims.services import events, reviews
from tests import factories
from tests.api.conftest import Get
from tests.api.keys import check_shape


@pytest.mark.parametrize(
    ("kind", "shape", "queries"),
    [
        pytest.param("event", shapes.EventDetail, 5, id="event"),
        pytest.param("claim", shapes.ClaimDetail, 5, id="claim"),
        pytest.param("source", shapes.Source, 2, id="source"),
        pytest.param("document", shapes.DocumentDetail, 6, id="document"),
    ],
)
def test_a_record_has_the_keys_of_the_schema_for_a_fixed_number_of_queries(
    get: Get,
    django_assert_num_queries: Any,
    strike: SimpleNamespace,
    kind: str,
    shape: Any,
    queries: int,
) -> None:
    record = {
        "event": strike.event,
        "claim": strike.second,
        "source": strike.moscow,
        "document": strike.report,
    }[kind]

    with django_assert_num_queries(queries):
        answer = get(f"{kind}s/{record.public_id}/")

    assert answer.status_code == 200
    assert answer.json()["id"] == record.public_id
    check_shape(answer.json(), shape)


def test_an_event_brings_its_parts_and_comparisons(get: Get, strike: SimpleNamespace) -> None:
    war = get(f"events/{strike.war.public_id}/").json()
    event = get(f"events/{strike.event.public_id}/").json()

    assert [child["title"] for child in war["children"]] == ["Makiivka barracks strike"]
    assert war["comparisons"] == []
    assert [c["verdict"] for c in event["comparisons"]] == ["contradictory"]
    assert event["headline"] == event["comparisons"][0]


def test_a_claim_brings_its_chain_oldest_first(get: Get, strike: SimpleNamespace) -> None:
    for claim in (strike.first, strike.second):
        chain = get(f"claims/{claim.public_id}/").json()["chain"]

        assert [link["figure"]["best"] for link in chain] == [63, 89]


def test_a_document_brings_the_claims_it_carries(get: Get, strike: SimpleNamespace) -> None:
    document = get(f"documents/{strike.report.public_id}/").json()

    (carried,) = document["citations"]
    assert carried["claim"]["id"] == strike.first.public_id
    assert carried["claim"]["revised_by"] == strike.second.public_id


@pytest.mark.parametrize(
    "address",
    [
        "events/ev_0000000000/",
        "events/makiivka/",
        "events/ev_0000000000/comparisons/",
        "events/ev_0000000000/comparisons.csv",
        "claims/cl_0000000000/",
        "sources/so_0000000000/",
        "documents/do_0000000000/",
        "documents/%00/",
        "documents/" + "a" * 3000 + "/",
    ],
)
def test_an_id_that_nothing_has_is_404(get: Get, address: str) -> None:
    answer = get(address)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    check_shape(answer.json(), shapes.Problem)


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_a_claim_that_is_not_public_is_404(get: Get, state: str) -> None:
    claim = factories.claim(state=state)

    assert get(f"claims/{claim.public_id}/").status_code == 404
    assert get(f"events/{claim.event.public_id}/").status_code == 404


def test_a_withdrawn_record_is_410_with_its_tombstone(get: Get) -> None:
    claim = factories.claim(wording="63", victims_wording="a canary")
    reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="Never said.")

    answer = get(f"claims/{claim.public_id}/")

    assert answer.status_code == 410
    check_shape(answer.json(), shapes.Gone)
    assert answer.json()["id"] == claim.public_id
    assert answer.json()["state"] == "withdrawn"
    assert answer.json()["since"].endswith("Z")
    assert answer.json()["reason"] == "Never said."
    assert "canary" not in answer.content.decode()


def test_a_claim_being_corrected_is_404_and_says_so(get: Get) -> None:
    claim = factories.claim(wording="63")
    claim_services.correct_claim(
        claim, by=factories.user(), changes={"wording": "89", "best": 89}, reason="Misread."
    )

    answer = get(f"claims/{claim.public_id}/")

    assert answer.status_code == 404
    assert "is being corrected" in answer.json()["detail"]


@pytest.mark.parametrize("rest", ["", "comparisons/?reading=strict", "comparisons.csv"])
def test_a_merged_event_redirects_for_ever(get: Get, rest: str) -> None:
    gone, kept = factories.event(), factories.event()
    events.merge_events(gone, into=kept, by=factories.user(role="chief"), reason="The same.")

    answer = get(f"events/{gone.public_id}/{rest}")

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/api/v1/events/{kept.public_id}/{rest}"
