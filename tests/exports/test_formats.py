"""Every format says the same: the columns of the table in its order, typed where it has types."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from claims.domain.dates import DatePrecision, PartialDate
from claims.exports import lists
from claims.exports.claims import CLAIMS
from claims.exports.comparisons import COMPARED_CLAIMS
from claims.exports.formats import parquet, xlsx
from claims.exports.formats.csv import guard
from claims.exports.formats.format import FormatNotInstalled, Style, TooManyRows
from claims.exports.hxl import hashtags
from claims.exports.tables import Column, Table
from claims.exports.writing import write

KINDS = ("text", "code", "integer", "number", "boolean", "day", "date", "time")
THINGS = Table(
    "things",
    tuple(
        Column(kind, kind, "One of each.", lambda row, place=place: row[place])
        for place, kind in enumerate(KINDS)
    ),
)
FULL = (
    ["=1+1", "b"], "UA", 15002, Decimal("-12.50000"), True, date(2023, 1, 2),
    PartialDate(date(2023, 1, 31), DatePrecision.MONTH), datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC),
)  # fmt: skip
EMPTY = ("", None, None, None, False, None, None, None)
RECORDS = [
    dict(zip(KINDS, ["=1+1 | b", "UA", 15002, -12.5, True, "2023-01-02", "2023-01",
                     "2023-01-02T03:04:05Z"], strict=True)),
    dict(zip(KINDS, [None, None, None, None, False, None, None, None], strict=True)),
]  # fmt: skip
TABLES = [
    CLAIMS, COMPARED_CLAIMS, lists.EVENTS, lists.COMPARISONS, lists.SOURCES, lists.DOCUMENTS,
    lists.CHANGES, lists.VOCABULARIES,
]  # fmt: skip
needs_duckdb = pytest.mark.skipif(not parquet.is_installed(), reason="duckdb is an extra")


def made(name: str, rows: Any = (FULL, EMPTY), **style: bool) -> bytes:
    file = io.BytesIO()
    assert write(THINGS, name, list(rows), file, style=Style(**style)) == len(rows)
    return file.getvalue()


def test_csv_is_raw_text() -> None:
    assert made("csv").decode() == (
        "text,code,integer,number,boolean,day,date,time\n"
        "=1+1 | b,UA,15002,-12.50000,true,2023-01-02,2023-01,2023-01-02T03:04:05Z\n"
        ",,,,false,,,\n"
    )


def test_csv_for_spreadsheets_guards_text_and_leaves_numbers() -> None:
    text = made("csv", spreadsheet=True)

    assert text.startswith(b"\xef\xbb\xbftext,code")
    assert text.decode("utf-8-sig").splitlines()[1].startswith("'=1+1 | b,UA,15002,-12.50000,")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_could_be_a_formula_is_guarded(first: str) -> None:
    assert guard(f"{first}1") == f"'{first}1"


@pytest.mark.parametrize("text", ["", "89", "about -1", "Київ", "'="])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert guard(text) == text


def test_json_is_one_object_of_typed_records() -> None:
    assert json.loads(made("json")) == {"results": RECORDS}
    assert list(json.loads(made("json"))["results"][0]) == THINGS.header
    assert json.loads(made("json", rows=())) == {"results": []}


def test_json_lines_are_the_same_records_one_a_line() -> None:
    assert [json.loads(line) for line in made("jsonl").splitlines()] == RECORDS
    assert made("jsonl", rows=()) == b""


def test_xlsx_has_types_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(made("xlsx"))).active

    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == THINGS.header
    assert [dict(zip(header, row, strict=True)) for row in rows] == RECORDS
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "b", "s", "s", "s"]


def test_xlsx_holds_any_text() -> None:
    words = ["\x00\x0b bad", "x" * 40_000, "Київ", '<&">', "two\nlines"]

    rows = [(word, *EMPTY[1:]) for word in words]
    sheet = load_workbook(io.BytesIO(made("xlsx", rows=rows))).active

    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "\ufffd\ufffd bad", "x" * 32_767, "Київ", '<&">', "two\nlines",
    ]  # fmt: skip


def test_xlsx_refuses_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)

    with pytest.raises(TooManyRows, match="A spreadsheet holds 2 rows"):
        made("xlsx", rows=(FULL,) * 3)


@needs_duckdb
@pytest.mark.parametrize("rows", [(), (EMPTY,), (FULL, EMPTY)], ids=["none", "empty", "some"])
def test_parquet_has_fixed_types_whatever_it_holds(tmp_path: Path, rows: Any) -> None:
    import duckdb

    path = tmp_path / "things.parquet"
    path.write_bytes(made("parquet", rows=rows))
    read = duckdb.read_parquet(str(path))

    assert dict(zip(read.columns, map(str, read.types), strict=True)) == {
        "text": "VARCHAR", "code": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE",
        "boolean": "BOOLEAN", "day": "DATE", "date": "VARCHAR",
        "time": "TIMESTAMP WITH TIME ZONE",
    }  # fmt: skip
    texts = [(row[0], row[2], row[3], row[4], row[5], row[6]) for row in read.fetchall()]
    assert texts == [
        (r["text"], r["integer"], r["number"], r["boolean"],
         date.fromisoformat(r["day"]) if r["day"] else None, r["date"])
        for r in (RECORDS[0 if row is FULL else 1] for row in rows)
    ]  # fmt: skip


@needs_duckdb
def test_parquet_keeps_text_as_it_stood(tmp_path: Path) -> None:
    import duckdb

    words = ['a "quoted" word', "one, two", "two\nlines", "old\rlines", "\\N", "NULL", " spaces "]
    path = tmp_path / "things.parquet"
    path.write_bytes(made("parquet", rows=[(word, *EMPTY[1:]) for word in words]))

    assert [row[0] for row in duckdb.read_parquet(str(path)).fetchall()] == words


@needs_duckdb
def test_parquet_is_made_of_more_than_it_may_hold_in_memory(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "things.parquet"
    path.write_bytes(made("parquet", rows=[("x" * 2_000, *EMPTY[1:])] * 80_000))

    counted = duckdb.read_parquet(str(path)).aggregate("count(*), min(length(text))")
    assert counted.fetchall() == [(80_000, 2_000)]


def test_parquet_without_its_library_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parquet, "is_installed", lambda: False)

    with pytest.raises(FormatNotInstalled, match="the optional library duckdb is not installed"):
        made("parquet")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_a_hashtag_of_its_own_of_the_standards_form(table: Table) -> None:
    tags = hashtags(table)

    assert len(tags) == len(set(tags)) == len(table.header)
    assert [t for t in tags if not re.fullmatch(r"#[a-z]+(\+[a-z][a-z0-9_]*)*", t)] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_hxl_tools_check_to_be_numbers_and_dates_is_such(table: Table) -> None:
    for column, tag in zip(table.columns, hashtags(table), strict=True):
        if tag.startswith("#affected") or "+num" in tag:
            assert column.kind == "integer", tag
        assert tag.startswith("#date") == (column.kind in {"day", "date", "time"}), tag


def test_the_hashtags_stand_under_the_header() -> None:
    file = io.BytesIO()
    write(CLAIMS, "csv", [], file, style=Style(hxl=True))
    header, tags = csv.reader(io.StringIO(file.getvalue().decode()))

    tag_of = dict(zip(header, tags, strict=True))
    assert [tag_of[n] for n in ("event_key", "best", "low", "high", "latitude", "claimed_on")] == [
        "#event+id", "#affected+num", "#affected+num+min", "#affected+num+max", "#geo+lat",
        "#date+reported",
    ]  # fmt: skip
