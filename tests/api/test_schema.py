"""The OpenAPI schema and its page."""

from __future__ import annotations

import io
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from claims.exports.writing import TABLE_FORMATS
from claims.queries import lists

INTAKE = "/api/v1/intake/"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as the command writes it, which fails on any warning."""
    out = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    return yaml.safe_load(out.getvalue())


def test_every_address_is_described(schema: dict[str, Any]) -> None:
    (api,) = (r for r in get_resolver().url_patterns if str(r.pattern) == "api/v1/")
    addresses = {
        "/api/v1/"
        + str(p.pattern)
        .replace("<str:public_id>", "{public_id}")
        .replace("<ending:ending>", "{ending}")
        for p in api.url_patterns
    }

    assert set(schema["paths"]) == addresses - {"/api/v1/schema/", "/api/v1/docs/"}


def test_every_operation_only_reads_and_says_what_can_go_wrong(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        if path == INTAKE:
            continue
        assert set(operations) == {"get"}, path
        answers = operations["get"]["responses"]
        expected = {"200", "304", "400", "405", "406", "429", "500", "503"}
        if "{public_id}" in path:
            expected |= {"301", "404", "410"}
        if "{ending}" in path:
            expected |= {"501"}
        assert set(answers) == expected, path
        for status in expected - {"200", "301", "304"}:
            assert list(answers[status]["content"]) == ["application/problem+json"], path


def test_the_one_operation_that_writes_asks_for_a_token(schema: dict[str, Any]) -> None:
    operation = schema["paths"][INTAKE]["post"]

    assert set(schema["paths"][INTAKE]) == {"post"}
    assert operation["security"] == [{"tokenAuth": []}]
    assert set(operation["requestBody"]["content"]) == {"application/json"}
    assert set(operation["responses"]) == {
        "200", "201", "400", "401", "403", "405", "406", "413", "415", "422", "429", "500", "503",
    }  # fmt: skip
    assert [p["name"] for p in operation["parameters"]] == ["Idempotency-Key"]


@pytest.mark.parametrize("ending", ["/", ".{ending}"])
@pytest.mark.parametrize(
    "listing",
    [
        lists.EVENTS,
        lists.COMPARISONS,
        lists.CLAIMS,
        lists.SOURCES,
        lists.DOCUMENTS,
        lists.CHANGES,
    ],
    ids=lambda listing: listing.name,
)
def test_every_parameter_is_described(
    schema: dict[str, Any], listing: lists.Listing, ending: str
) -> None:
    described = schema["paths"][f"/api/v1/{listing.name}{ending}"]["get"]["parameters"]
    also = {"cursor", "page_size"} if ending == "/" else {"ending", "for", "hxl"}
    if (listing, ending) == (lists.CHANGES, "/"):
        also = also | {"since"}

    assert {p["name"] for p in described} == {p.name for p in listing.parameters} | {"order"} | also


def test_operations_have_readable_names(schema: dict[str, Any]) -> None:
    names = [
        operation["operationId"]
        for operations in schema["paths"].values()
        for operation in operations.values()
    ]

    assert len(set(names)) == len(names)
    assert {name.split("_")[0] for name in names} == {"list", "get", "export", "take"}


def test_the_columns_of_a_file_are_in_the_schema(schema: dict[str, Any]) -> None:
    claims = schema["paths"]["/api/v1/claims.{ending}"]["get"]
    (ending,) = (p for p in claims["parameters"] if p["name"] == "ending")

    assert "| `claim_key` | text |" in claims["description"]
    assert "claim_key,event_key,event," in claims["responses"]["200"]["description"]
    assert ending["schema"]["enum"] == ["csv", "json", "jsonl", "xlsx", "parquet"]
    assert set(claims["responses"]["200"]["content"]) == {
        made.media_type.partition(";")[0] for made in TABLE_FORMATS
    }


def test_the_schema_is_served_and_tagged(client: Client, db: None) -> None:
    answer = client.get("/api/v1/schema/", headers={"accept": "application/json"})

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")
    assert (
        client.get(
            "/api/v1/schema/",
            headers={"accept": "application/json", "if-none-match": answer.headers["ETag"]},
        ).status_code
        == 304
    )


def test_the_page_of_the_schema_loads_nothing_from_elsewhere(client: Client, db: None) -> None:
    page = client.get("/api/v1/docs/")
    script = client.get("/api/v1/docs/?script=")

    text = page.content.decode()
    assert page.status_code == script.status_code == 200
    assert "https://" not in text + script.content.decode()
    assert "/static/drf_spectacular_sidecar/" in text
    assert "/api/v1/schema/" in script.content.decode()


def test_only_the_page_of_the_schema_may_style_inline(client: Client, db: None) -> None:
    docs = client.get("/api/v1/docs/").headers["Content-Security-Policy"]
    schema = client.get("/api/v1/schema/").headers["Content-Security-Policy"]

    assert "style-src 'self' 'unsafe-inline'" in docs
    assert "script-src 'self';" in docs + ";"
    assert "unsafe" not in schema
