"""Whatever stands in an address, the API answers in its own words and never with a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.queries import lists
from tests import factories
from tests.once import for_a_module

pytestmark = pytest.mark.django_db

NAMES = sorted(
    {
        p.name
        for listing in (
            lists.EVENTS,
            lists.COMPARISONS,
            lists.CLAIMS,
            lists.SOURCES,
            lists.DOCUMENTS,
            lists.CHANGES,
        )
        for p in listing.parameters
    }
    | {"order", "cursor", "page_size", "as_of", "reading", "compilations", "since", "format"}
)
# Texts that have broken somebody's parser before, beside anything at all.
NASTY = [
    "", "0", "-1", "1e400", "9" * 25, "\x00", "null", "NaN", "2023-02-30", "0000-00-00", "9999",
    "10000-01-01", "ev_0000000000", "so_0000000000", "do_0000000000", "killed", "UA", "war",
    "-gap_ratio", "date", "%", "'; drop table", "\u202e", "\U0010ffff", "٣", "a" * 3000,
    "WyItZGF0ZSIsMCxudWxsLDFd", "WyItZ2FwX3JhdGlvIiwwLDEsMV0", "bnVsbA",
]  # fmt: skip
VALUES = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str))
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), VALUES), max_size=4)
EXPECTED = {200, 301, 400, 404, 406}


@pytest.fixture(scope="module")
def event_id(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """Two rows in every list and an event to ask about."""
    with for_a_module(django_db_blocker):
        factories.claim()
        factories.event(date_start=None, date_end=None)
        yield factories.claim(wording="hundreds").event.public_id


def ask(client: Client, address: str, query: list[tuple[str, str]]) -> Any:
    params: dict[str, list[str]] = {}
    for name, value in query:
        params.setdefault(name, []).append(value)
    return client.get(f"/api/v1/{address}", params)


@pytest.mark.parametrize(
    "address",
    [
        "events/", "comparisons/", "claims/", "sources/", "documents/", "changes/",
        "events.csv", "claims.csv", "comparisons.csv", "documents.csv", "vocabularies/",
        "events/{event}/", "events/{event}/comparisons/", "events/{event}/comparisons.csv",
    ],
)  # fmt: skip
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=QUERIES)
def test_no_query_makes_a_fault(
    client: Client, event_id: str, address: str, query: list[tuple[str, str]]
) -> None:
    answer = ask(client, address.format(event=event_id), query)

    assert answer.status_code in EXPECTED
    if answer.status_code == 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["parameter"] in {name for name, _ in query}
    elif answer.streaming:
        assert answer.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", ["events/", "comparisons/", "claims/", "documents/"])
def test_no_nasty_value_makes_a_fault(
    client: Client, event_id: str, address: str, name: str
) -> None:
    for value in NASTY:
        assert ask(client, address, [(name, value)]).status_code in EXPECTED, value


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(part=st.text(max_size=30), kind=st.sampled_from(["events", "claims", "sources"]))
def test_no_id_makes_a_fault(client: Client, kind: str, part: str) -> None:
    assert client.get(f"/api/v1/{kind}/{part}/").status_code in EXPECTED
