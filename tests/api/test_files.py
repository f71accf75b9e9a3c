"""Lists as files: every format of every list, and what is asked of a file beside its rows."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from claims.api import shapes
from claims.exports.formats import parquet, xlsx
from claims.exports.writing import TABLE_FORMATS
from tests import factories
from tests.api.conftest import Get
from tests.api.keys import check_shape

LISTS = ["events", "comparisons", "claims", "sources", "documents", "changes", "vocabularies"]
FORMATS = [made for made in TABLE_FORMATS if made.is_installed()]


def header_and_count(answer: Any) -> tuple[list[str], int]:
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode(), newline="")))
    return rows[0], len(rows) - 1


@pytest.mark.parametrize("name", LISTS)
def test_every_format_has_the_rows_and_columns_of_the_csv(
    get: Get, strike: SimpleNamespace, name: str
) -> None:
    header, count = header_and_count(get(f"{name}.csv"))

    whole = json.loads(get(f"{name}.json").getvalue())["results"]
    lines = [json.loads(line) for line in get(f"{name}.jsonl").getvalue().splitlines()]
    sheet = load_workbook(io.BytesIO(get(f"{name}.xlsx").getvalue())).active
    first, *rest = sheet.iter_rows(values_only=True)

    assert len(whole) == len(lines) == len(rest) == count > 0
    assert whole == lines
    assert list(whole[0]) == list(first) == header
    assert [list(row) for row in rest] == [list(record.values()) for record in whole]


@pytest.mark.parametrize("made", FORMATS, ids=lambda made: made.name)
def test_a_file_is_streamed_under_its_own_name(
    get: Get, strike: SimpleNamespace, made: Any
) -> None:
    answer = get(f"claims.{made.name}")

    assert answer.streaming
    assert answer.headers["Content-Type"] == made.media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="claims.{made.name}"'
    assert answer.getvalue()


@pytest.mark.parametrize("made", FORMATS, ids=lambda made: made.name)
def test_an_events_comparisons_are_files_too(get: Get, strike: SimpleNamespace, made: Any) -> None:
    answer = get(f"events/{strike.event.public_id}/comparisons.{made.name}", {"reading": "strict"})

    assert (answer.status_code, bool(answer.getvalue())) == (200, True)


def test_a_file_is_narrowed_and_ordered_like_the_list(get: Get, strike: SimpleNamespace) -> None:
    params = {"order": "claimed_on", "measure": "killed", "claimant": strike.moscow.public_id}

    lines = get("claims.jsonl", params).getvalue().splitlines()

    assert [json.loads(line)["best"] for line in lines] == [63, 89]


def test_numbers_and_truth_values_are_typed(get: Get, strike: SimpleNamespace) -> None:
    record = json.loads(get("claims.jsonl").getvalue().splitlines()[0])

    assert (record["latitude"], record["is_compilation"], record["disordered"]) == (
        48.0478, True, False,
    )  # fmt: skip


def test_a_csv_for_spreadsheets_has_no_formula(get: Get) -> None:
    factories.event(title="=HYPERLINK(1)")

    raw = get("events.csv").getvalue().decode()
    guarded = get("events.csv", {"for": "spreadsheet"}).getvalue().decode()

    assert ",=HYPERLINK(1)," in raw
    assert guarded.startswith("\ufeff")
    assert ",'=HYPERLINK(1)," in guarded


@pytest.mark.parametrize("name", ["events", "claims"])
def test_hashtags_are_the_second_row(get: Get, strike: SimpleNamespace, name: str) -> None:
    plain = get(f"{name}.csv").getvalue().decode().splitlines()
    tagged = get(f"{name}.csv", {"hxl": "1"}).getvalue().decode().splitlines()
    sheet = load_workbook(io.BytesIO(get(f"{name}.xlsx", {"hxl": "1"}).getvalue())).active

    assert tagged == [plain[0], tagged[1], *plain[1:]]
    assert tagged[1].split(",") == [cell.value for cell in sheet[2]]
    assert "#geo+lat" in tagged[1].split(",")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("events.json?hxl=1", "hxl"),
        ("events.xlsx?for=spreadsheet", "for"),
        ("events.geojson?hxl=1", "hxl"),
        ("vocabularies.jsonl?for=spreadsheet", "for"),
        ("events.csv?for=people", "for"),
        ("claims.csv?hxl=1&hxl=1", "hxl"),
        ("claims.csv?hxl=yes", "hxl"),
    ],
)
def test_what_a_format_cannot_heed_is_refused(get: Get, address: str, name: str) -> None:
    answer = get(address)

    assert (answer.status_code, answer.json()["parameter"]) == (400, name)


def test_events_on_a_map_are_features(get: Get, strike: SimpleNamespace) -> None:
    answer = get("events.geojson")
    collection = json.loads(answer.getvalue())

    assert answer.headers["Content-Type"] == "application/geo+json"
    assert collection["type"] == "FeatureCollection"
    placed, war = collection["features"]
    assert (placed["type"], placed["id"]) == ("Feature", strike.event.public_id)
    assert placed["geometry"] == {"type": "Point", "coordinates": [37.9258, 48.0478]}
    assert (war["id"], war["geometry"]) == (strike.war.public_id, None)
    flat = json.loads(get("events.json").getvalue())["results"][0]
    assert placed["properties"] == {
        k: v for k, v in flat.items() if k not in ("latitude", "longitude")
    }


def test_a_map_is_narrowed_like_the_list(get: Get, strike: SimpleNamespace) -> None:
    collection = json.loads(get("events.geojson", {"kind": "war"}).getvalue())

    assert [feature["id"] for feature in collection["features"]] == [strike.war.public_id]


def test_only_events_are_on_a_map(get: Get) -> None:
    assert get("claims.geojson").status_code == 404


def test_parquet_that_is_not_installed_is_501(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "is_installed", lambda: False)

    answer = get("claims.parquet")

    assert answer.status_code == 501
    check_shape(answer.json(), shapes.Problem)
    assert "duckdb" in answer.json()["detail"]


def test_a_list_too_long_for_a_sheet_is_400(
    get: Get, strike: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)

    answer = get("claims.xlsx")

    assert answer.status_code == 400
    assert "Ask for less of it, or for CSV" in answer.json()["detail"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("claims", 4), ("events", 4)])
def test_json_lines_take_the_same_queries_for_any_number_of_rows(
    get: Get, django_assert_num_queries: Any, count: int, name: str, queries: int
) -> None:
    for _ in range(count):
        factories.claim()

    with django_assert_num_queries(queries):
        lines = get(f"{name}.jsonl").getvalue().splitlines()

    assert len(lines) == count
