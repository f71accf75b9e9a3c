"""The quick way of the hottest reads answers as the framework does."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings

from tests import factories
from tests.api.conftest import Get

HEADERS = ("Content-Type", "Cache-Control", "Allow", "ETag", "X-Content-Type-Options")


def address(strike: SimpleNamespace) -> str:
    return f"events/{strike.event.public_id}/comparisons/"


@pytest.fixture
def three_a_minute() -> Iterator[None]:
    """Three requests a minute."""
    cache.clear()
    rates = {"anon": "3/min", "search": None, "export": None}
    with override_settings(
        REST_FRAMEWORK=settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    ):
        yield
    cache.clear()


def test_a_conditional_request_takes_one_query(
    get: Get, strike: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    etag = get(address(strike)).headers["ETag"]

    with django_assert_num_queries(1):
        unchanged = get(address(strike), If_None_Match=etag)

    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("params", [{}, {"reading": "strict"}])
def test_the_framework_gives_the_same_answer(
    get: Get, strike: SimpleNamespace, params: dict[str, str]
) -> None:
    quick = get(address(strike), params)

    # Who weighs one media type against another is answered by the framework.
    weighed = get(address(strike), params, Accept="text/html;q=0.5, application/json, text/csv;q=0")

    assert weighed.content == quick.content
    assert [weighed.headers.get(name) for name in HEADERS] == [
        quick.headers.get(name) for name in HEADERS
    ]


def test_head_has_the_headers_without_the_body(client: Client, strike: SimpleNamespace) -> None:
    asked = client.get(f"/api/v1/{address(strike)}")

    told = client.head(f"/api/v1/{address(strike)}")

    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["Content-Length"] == str(len(asked.content))
    assert told.headers["ETag"] == asked.headers["ETag"]


@pytest.mark.parametrize(
    ("public_id", "params", "status"),
    [
        pytest.param("ev_0000000000", {}, 404, id="nothing there"),
        pytest.param("so_0000000000", {"reading": "strict"}, 404, id="not an event"),
        pytest.param("ev_0000000000", {"reading": "odd"}, 400, id="a bad parameter"),
        pytest.param("ev_0000000000", {"redaing": "strict"}, 400, id="an unknown parameter"),
    ],
)
def test_refusals_are_problems(
    get: Get, public_id: str, params: dict[str, str], status: int
) -> None:
    answer = get(f"events/{public_id}/comparisons/", params)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.json()["status"] == status


def test_an_event_that_is_not_public_is_not_there(get: Get, db: None) -> None:
    draft = factories.event(state="draft")

    assert get(f"events/{draft.public_id}/comparisons/").status_code == 404


def test_who_asks_for_something_else_than_json_is_refused(
    get: Get, strike: SimpleNamespace
) -> None:
    assert get(address(strike), Accept="text/html").status_code == 406


def test_other_methods_are_refused(client: Client, strike: SimpleNamespace) -> None:
    assert client.post(f"/api/v1/{address(strike)}").status_code == 405
    assert client.options(f"/api/v1/{address(strike)}").status_code == 204


def test_limits_count_and_free_one_request_after_the_other(
    get: Get, strike: SimpleNamespace, three_a_minute: None
) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False) as clock:
        answers = [get(address(strike)) for _ in range(4)]
        clock.shift(19)
        too_early = get(address(strike), {"reading": "strict"})
        clock.shift(2)
        later = [get(address(strike)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert [answer.headers["RateLimit-Reset"] for answer in answers] == ["20", "40", "60", "60"]
    assert answers[3].headers["Retry-After"] == "20"
    assert too_early.status_code == 429
    assert [answer.status_code for answer in later] == [200, 429]
