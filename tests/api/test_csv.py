"""CSV of every list: the same rows and values as the JSON, whole, streamed."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from tests.api.conftest import Get


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))


def cell(value: Any) -> str:
    """Return a JSON value as the CSV writes it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return " | ".join(map(cell, value))
        case dict():
            return value.get("name") or value["id"]
        case _:
            return str(value)


@pytest.mark.parametrize("name", ["events", "claims", "comparisons", "sources", "documents",
                         "changes", "vocabularies"])  # fmt: skip
def test_a_csv_is_streamed_text_under_its_own_name(
    get: Get, strike: SimpleNamespace, name: str
) -> None:
    answer = get(f"{name}.csv")

    assert answer.streaming
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert not answer.getvalue().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("name", "differing"),
    [
        pytest.param("events", {"headline", "date_start_precision", "date_end_precision",
                     "latitude", "longitude"}, id="events"),
        pytest.param("comparisons", {"event", "gap"}, id="comparisons"),
        pytest.param("sources", set(), id="sources"),
        pytest.param("documents", {"publisher", "published_on_precision"}, id="documents"),
        pytest.param("changes", {"record", "target", "event", "fields"}, id="changes"),
    ],
)  # fmt: skip
def test_a_csv_has_the_values_of_the_json(
    get: Get, strike: SimpleNamespace, name: str, differing: set[str]
) -> None:
    found = rows_of(get(f"{name}.csv"))
    expected = get(f"{name}/").json()["results"]

    assert len(found) == len(expected) > 0
    for row, record in zip(found, expected, strict=True):
        plain = {key: cell(value) for key, value in record.items() if key not in differing}
        parties = plain.pop("parties", None)
        assert {key: row[key] for key in plain} == plain
        assert parties is None or row["parties"] == " | ".join(
            party["name"] for party in record["parties"]
        )


def test_the_nested_numbers_of_an_event_are_columns(get: Get, strike: SimpleNamespace) -> None:
    event = get("events/").json()["results"][0]
    row = rows_of(get("events.csv"))[0]

    headline = event["headline"]
    assert {key: row[f"headline_{key}"] for key in headline if key not in ("id", "gap")} == {
        key: cell(value) for key, value in headline.items() if key not in ("id", "gap")
    }
    assert {key: row[f"headline_gap_{key}"] for key in headline["gap"]} == {
        key: cell(value) for key, value in headline["gap"].items()
    }
    assert (float(row["latitude"]), float(row["longitude"])) == (48.0478, 37.9258)


def test_claims_as_csv_have_the_figures_of_the_json(get: Get, strike: SimpleNamespace) -> None:
    found = rows_of(get("claims.csv", {"event": strike.event.public_id}))
    claims = get("claims/", {"event": strike.event.public_id}).json()["results"]

    assert [
        (r["claim_key"], r["claimant"], r["low"], r["best"], r["high"], r["qualifier"],
         r["claimed_on"], r["document"], r["url"], r["archived_url"])
        for r in found
    ] == [
        (c["id"], c["claimant"]["name"], *(cell(c["figure"][k]) for k in ("low", "best", "high")),
         c["figure"]["qualifier"], c["claimed_on"], citation["document"]["title"],
         cell(citation["document"]["url"]), cell(citation["document"]["archived_url"]))
        for c in claims
        for citation in c["citations"]
    ]  # fmt: skip


def test_a_csv_is_narrowed_and_ordered_like_the_list(get: Get, strike: SimpleNamespace) -> None:
    params = {"order": "claimed_on", "measure": "killed", "claimant": strike.moscow.public_id}

    assert [row["best"] for row in rows_of(get("claims.csv", params))] == ["63", "89"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_csv_takes_the_same_queries_for_any_number_of_rows(
    get: Get, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        factories.claim()

    with django_assert_num_queries(4):
        rows = rows_of(get("claims.csv"))

    assert len(rows) == count
