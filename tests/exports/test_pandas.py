"""What pandas makes of a file without being told anything: docs/api.md says the same."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.domain.dates import PartialDate
from claims.exports.formats import parquet
from claims.exports.tables import Column, Table
from claims.exports.writing import write

pandas = pytest.importorskip("pandas", reason="pandas is for development only")

KINDS = ("text", "code", "integer", "number", "boolean", "day", "date")
THINGS = Table(
    "things",
    tuple(
        Column(kind, kind, "One of each.", lambda row, place=place: row[place])
        for place, kind in enumerate(KINDS)
    ),
)
FULL = ("ev_870mnktvna", "UA", 89, 3.5, True, date(2023, 1, 2), PartialDate(date(2023, 1, 2)))
EMPTY = ("", "", None, None, False, None, None)


def read(rows: Any) -> dict[str, str]:
    file = io.BytesIO()
    write(THINGS, "csv", rows, file)
    frame = pandas.read_csv(io.BytesIO(file.getvalue()))
    return {name: str(kind) for name, kind in frame.dtypes.items()}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([FULL], ["str", "str", "int64", "float64", "bool", "str", "str"], id="one"),
        pytest.param(
            [FULL, EMPTY] * 500,
            ["str", "str", "float64", "float64", "bool", "str", "str"],
            id="many, some of them empty",
        ),
        pytest.param(
            [EMPTY] * 3,
            ["float64", "float64", "float64", "float64", "bool", "float64", "float64"],
            id="columns that are empty from top to bottom",
        ),
        pytest.param([], ["object"] * 7, id="no row"),
    ],
)
def test_pandas_reads_a_csv_without_options_as(rows: Any, expected: list[str]) -> None:
    assert read(rows) == dict(zip(KINDS, expected, strict=True))


@pytest.mark.skipif(not parquet.is_installed(), reason="duckdb is an extra")
@pytest.mark.parametrize("rows", [[FULL], [FULL, EMPTY] * 500, [EMPTY] * 3, []])
def test_parquet_is_the_same_whatever_it_holds(tmp_path: Path, rows: Any) -> None:
    import duckdb

    path = tmp_path / "things.parquet"
    with path.open("wb") as file:
        write(THINGS, "parquet", rows, file)

    assert [str(kind) for kind in duckdb.read_parquet(str(path)).types] == [
        "VARCHAR", "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "VARCHAR",
    ]  # fmt: skip
