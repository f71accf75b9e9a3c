"""What every answer has: tags, dates, limits, one shape of error; and nothing it should not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from claims.api import shapes
from claims.models import Claim
from tests import factories
from tests.api.conftest import Get
from tests.api.keys import check_shape

JSON = ["", "events/", "comparisons/", "claims/", "sources/", "documents/", "changes/",
        "vocabularies/"]  # fmt: skip
CSV = [f"{name}.csv" for name in ("events", "comparisons", "claims", "sources", "documents",
       "changes", "vocabularies")]  # fmt: skip


@pytest.mark.parametrize("address", [*JSON, *CSV])
def test_an_answer_is_tagged_and_304_while_nothing_changed(
    get: Get, strike: SimpleNamespace, address: str
) -> None:
    first = get(address)

    again = get(address, If_None_Match=first.headers["ETag"])

    assert first.status_code == 200
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("address", ["events/", "claims/", "changes/", "claims.csv", "events.csv"])
def test_a_tag_changes_with_what_it_stands_for(
    get: Get, strike: SimpleNamespace, address: str
) -> None:
    etag = get(address).headers["ETag"]

    factories.claim()

    assert get(address, If_None_Match=etag).status_code == 200


def test_the_tag_of_a_csv_is_of_one_address(get: Get, strike: SimpleNamespace) -> None:
    etag = get("events.csv").headers["ETag"]

    assert get("events.csv", {"kind": "war"}, If_None_Match=etag).status_code == 200


@pytest.mark.parametrize("address", [*JSON[1:7], *CSV[:6]])
def test_the_time_of_the_last_edit_is_told_and_understood(get: Get, db: None, address: str) -> None:
    edited = timezone.now().replace(microsecond=0) - timedelta(days=1)
    with time_machine.travel(edited, tick=False):
        factories.claim()

    told = get(address).headers["Last-Modified"]

    assert get(address, If_Modified_Since=told).status_code == 304
    factories.claim()
    assert get(address, If_Modified_Since=told).status_code == 200


@pytest.mark.parametrize("address", [*JSON, "schema/"])
def test_head_has_the_headers_of_get_without_its_body(
    client: Client, strike: SimpleNamespace, address: str
) -> None:
    asked = client.get(f"/api/v1/{address}")

    told = client.head(f"/api/v1/{address}")

    assert told.status_code == 200
    assert told.content == b""
    assert told.headers["Content-Length"] == str(len(asked.content))
    for name in ("Content-Type", "ETag", "Cache-Control"):
        assert told.headers.get(name) == asked.headers.get(name), name


def test_head_of_a_csv_makes_no_rows(
    client: Client, strike: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        told = client.head("/api/v1/claims.csv")

    assert (told.status_code, told.getvalue()) == (200, b"")
    assert told.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "Content-Length" not in told.headers


@pytest.mark.parametrize("address", ["events/", "events.csv"])
def test_answers_are_compressed_on_request(get: Get, db: None, address: str) -> None:
    for _ in range(5):
        factories.event(title="Strike on the same place")

    assert get(address, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


def test_browsers_on_other_sites_may_read(get: Get, strike: SimpleNamespace) -> None:
    answer = get("events/", Origin="https://notebook.example")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "RateLimit-Remaining" in answer.headers["Access-Control-Expose-Headers"]


def test_no_answer_sets_or_reads_a_cookie(get: Get, strike: SimpleNamespace) -> None:
    answer = get("events/")

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_405(client: Client, db: None, method: str) -> None:
    answer = getattr(client, method)("/api/v1/events/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Content-Type"] == "application/problem+json"
    check_shape(answer.json(), shapes.Problem)


def test_options_names_the_methods(client: Client, db: None) -> None:
    answer = client.options("/api/v1/events/")

    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("address", "accept"),
    [("events/", "text/csv"), ("events/", "text/html"), ("events.csv", "application/json")],
)
def test_a_type_that_is_not_offered_is_406(get: Get, address: str, accept: str) -> None:
    answer = get(address, Accept=accept)

    assert answer.status_code == 406
    check_shape(answer.json(), shapes.Problem)


@pytest.mark.parametrize("address", ["nothing", "nothing/", "events/ev_0000000000/claims/"])
def test_an_unknown_address_is_404_in_the_same_shape(get: Get, address: str) -> None:
    answer = get(address)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    check_shape(answer.json(), shapes.Problem)
    assert answer.json()["instance"] == f"/api/v1/{address}"


@pytest.mark.parametrize("address", [*JSON, *CSV, "schema/"])
def test_an_unknown_parameter_is_400_everywhere(get: Get, address: str) -> None:
    answer = get(address, {"colour": "red"})

    assert answer.status_code == 400
    assert answer.json()["parameter"] == "colour"
    assert answer.json()["instance"] == f"/api/v1/{address}?colour=red"


@pytest.mark.parametrize("name", ["cursor", "page_size"])
def test_a_csv_has_no_pages(get: Get, name: str) -> None:
    assert get("events.csv", {name: "1"}).json()["parameter"] == name


def test_a_fault_of_ours_is_500_in_the_same_shape(client: Client, db: None) -> None:
    factories.claim()
    Claim.objects.update(qualifier="perhaps")  # what no service lets in
    client.raise_request_exception = False

    answer = client.get("/api/v1/claims/")

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    check_shape(answer.json(), shapes.Problem)


def test_the_roots_lead_to_answers(get: Get, client: Client, strike: SimpleNamespace) -> None:
    roots = get("").json()

    check_shape(roots, shapes.Roots)
    assert {client.get(address).status_code for address in roots.values()} == {200}


def test_the_vocabularies_are_those_of_the_domain(get: Get) -> None:
    found = {v["name"]: v for v in get("vocabularies/").json()["results"]}

    for vocabulary in found.values():
        check_shape(vocabulary, shapes.Vocabulary)
    assert found["verdict"]["terms"][0]["code"] == "single"
    assert {"code": "UA", "label": "Ukraine", "definition": ""} in found["country"]["terms"]


@pytest.fixture
def limited() -> Iterator[None]:
    """Two searches, one export and three requests in all a minute."""
    rates = {"anon": "3/min", "search": "2/min", "export": "1/min"}
    cache.clear()
    with override_settings(
        REST_FRAMEWORK=settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    ):
        yield
    cache.clear()


def test_too_many_requests_are_429_with_the_time_to_wait(get: Get, limited: None) -> None:
    answers = [get("sources/") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["RateLimit-Limit"] for answer in answers} == {"3"}
    assert 0 < int(answers[3].headers["Retry-After"]) <= 61
    assert 0 < int(answers[3].headers["RateLimit-Reset"]) <= 60
    check_shape(answers[3].json(), shapes.Problem)


def test_searches_and_exports_have_limits_of_their_own(get: Get, limited: None) -> None:
    searches = [get("sources/", {"q": "ministry"}).status_code for _ in range(3)]
    cache.clear()
    exports = [get("sources.csv").status_code for _ in range(2)]

    assert searches == [200, 200, 429]
    assert exports == [200, 429]


def test_without_limits_no_header_speaks_of_them(get: Get) -> None:
    assert "RateLimit-Limit" not in get("sources/").headers
