"""The comparisons of one event, stored and computed."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from claims.api import shapes
from claims.exports.comparisons import COMPARED_CLAIMS
from claims.models import EventDigest
from tests import factories
from tests.api.conftest import Get
from tests.api.keys import check_shape


def address(strike: SimpleNamespace) -> str:
    return f"events/{strike.event.public_id}/comparisons/"


def test_the_document_has_the_keys_of_the_schema(get: Get, strike: SimpleNamespace) -> None:
    for params in ({}, {"reading": "strict"}, {"compilations": "1"}, {"as_of": "2023-01-02"}):
        answer = get(address(strike), params)

        check_shape(answer.json(), shapes.Comparisons)
        assert len(answer.json()["results"]) == 1


def test_the_default_document_is_one_indexed_read(
    get: Get, strike: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        answer = get(address(strike))

    digest = EventDigest.objects.get(event=strike.event)
    assert answer.headers["ETag"] == f'"{digest.etag}"'
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content.decode() == digest.comparisons_json


def test_the_default_document_equals_the_computed_one(get: Get, strike: SimpleNamespace) -> None:
    stored = get(address(strike))
    EventDigest.objects.filter(event=strike.event).delete()

    computed = get(address(strike))

    assert computed.content == stored.content
    assert computed.headers["ETag"] == stored.headers["ETag"]


@pytest.mark.parametrize("count", [1, 3])
def test_parameters_compute_live_for_a_fixed_number_of_queries(
    get: Get, django_assert_num_queries: Any, count: int
) -> None:
    event = factories.event()
    for _ in range(count):
        factories.claim(event=event)

    with django_assert_num_queries(3):
        answer = get(f"events/{event.public_id}/comparisons/", {"reading": "strict"})

    assert len(answer.json()["results"][0]["claims"]) == count


def test_a_client_that_has_the_document_is_told_so(get: Get, strike: SimpleNamespace) -> None:
    etag = get(address(strike)).headers["ETag"]

    unchanged = get(address(strike), If_None_Match=etag)
    factories.claim(event=strike.event, wording="200")
    changed = get(address(strike), If_None_Match=etag)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("params", "verdict", "voters"),
    [
        pytest.param({}, "contradictory", 2, id="as it stands"),
        pytest.param({"as_of": "2023-01-01"}, "single", 1, id="on the first day"),
        pytest.param({"reading": "strict"}, "single", 1, id="by what the words entail"),
        pytest.param({"compilations": "1"}, "contradictory", 3, id="with the dataset"),
    ],
)
def test_a_parameter_changes_the_answer(
    get: Get, strike: SimpleNamespace, params: dict[str, str], verdict: str, voters: int
) -> None:
    (comparison,) = get(address(strike), params).json()["results"]

    assert (comparison["verdict"], comparison["claimant_count"]) == (verdict, voters)


def test_comparisons_are_narrowed_by_measure_and_victims(get: Get, strike: SimpleNamespace) -> None:
    factories.claim(event=strike.event, measure="injured")

    found = {
        query: len(get(f"{address(strike)}?{query}").json()["results"])
        for query in ("", "measure=injured", "measure=killed&victims=people", "victims=combatants")
    }

    assert found == {
        "": 2, "measure=injured": 1, "measure=killed&victims=people": 0, "victims=combatants": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("as_off=2023", "as_off", "Did you mean “as_of”?"),
        ("as_of=2023-02-30", "as_of", "no such day"),
        ("reading=literal", "reading", "plain, strict"),
        ("compilations=yes", "compilations", "0, 1"),
        ("known_on=2023-01-01", "known_on", "not offered yet"),
        ("rule=median", "rule", "not offered yet"),
        ("reading=plain&reading=strict", "reading", "2 times"),
        ("page_size=1", "page_size", "no parameter"),
    ],
)
@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_a_bad_parameter_is_400_by_name(
    get: Get, strike: SimpleNamespace, query: str, parameter: str, words: str, ending: str
) -> None:
    answer = get(f"events/{strike.event.public_id}/comparisons{ending}?{query}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter
    assert words in answer.json()["detail"]
    check_shape(answer.json(), shapes.BadParameter)


def test_the_csv_has_a_row_per_claim_with_the_values_of_the_json(
    get: Get, strike: SimpleNamespace
) -> None:
    (comparison,) = get(address(strike), {"compilations": "1"}).json()["results"]
    text = get(
        f"events/{strike.event.public_id}/comparisons.csv", {"compilations": "1"}
    ).getvalue().decode()  # fmt: skip

    rows = list(csv.DictReader(io.StringIO(text)))

    assert list(rows[0]) == COMPARED_CLAIMS.header
    assert [
        (r["claim_id"], r["stance"], r["best"], r["bounds_low"], r["votes"], r["revised_by"])
        for r in rows
    ] == [
        (
            claim["id"],
            claim["claimant"]["stance"],
            "" if claim["figure"]["best"] is None else str(claim["figure"]["best"]),
            str(claim["bounds"]["low"]),
            "true" if claim["votes"] else "false",
            claim["revised_by"] or "",
        )
        for claim in comparison["claims"]
    ]
