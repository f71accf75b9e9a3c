"""What pandas makes of a file without being told anything: docs/api.md says the same."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from claims.domain.dates import PartialDate
from claims.exports.formats import parquet
from claims.exports.tables import Column, Table
from claims.exports.writing import write
from claims.ingest.demo import load_demo
from claims.models import Event
from tests import factories

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


KINDS_OF_PANDAS = ("str", "int64", "float64", "bool")
STABLE = re.compile(
    r"^\| `(?P<file>[a-z/{}]+)\.csv` \|"
    + "".join(rf" ?(?P<{k}>[^|]*)\|" for k in KINDS_OF_PANDAS)
    + "$",
    re.MULTILINE,
)
FILTERS = {
    "events": [
        "",
        "country=UA",
        "kind=earthquake",
        "measure=injured",
        "verdict=single",
        "q=strike",
    ],
    "comparisons": ["", "measure=killed", "measure=injured", "victims=children", "verdict=single"],
    "claims": [
        "",
        "measure=killed",
        "measure=injured",
        "qualifier=exactly",
        "from=2023",
        "to=2010",
    ],
    "sources": ["", "kind=news_media", "kind=military"],
    "documents": ["", "from=2023", "to=2010"],
    "changes": [""],
}


def stable_columns(file: str) -> dict[str, str]:
    """Return the types of the columns that docs/api.md says to be the same in every file."""
    text = (settings.BASE_DIR / "docs" / "api.md").read_text().partition("| file | `str`")[2]
    said = next(found for found in STABLE.finditer(text) if found["file"] == file)
    return {name: kind for kind in KINDS_OF_PANDAS for name in re.findall(r"`(\w+)`", said[kind])}


def types_of(client: Client, address: str, names: Iterable[str]) -> dict[str, str] | None:
    frame = pandas.read_csv(io.BytesIO(client.get(address).getvalue()))
    return {name: str(frame[name].dtype) for name in names} if len(frame) else None


@pytest.mark.django_db
def test_the_columns_that_the_docs_call_stable_have_one_type_in_every_file(client: Client) -> None:
    assert load_demo()
    factories.claim(wording="89", event=factories.event(title="1948"))
    files = {file: [f"{file}.csv?{q}" for q in queries] for file, queries in FILTERS.items()}
    files["events/{id}/comparisons"] = [
        f"events/{public_id}/comparisons.csv"
        for public_id in Event.objects.published().values_list("public_id", flat=True)
    ]

    for file, addresses in files.items():
        found = [
            types_of(client, f"/api/v1/{address}", stable_columns(file)) for address in addresses
        ]
        with_rows = [types for types in found if types is not None]
        assert with_rows == [stable_columns(file)] * len(with_rows), file
        assert with_rows, file


@pytest.mark.django_db
def test_columns_that_the_docs_leave_out_do_change_their_type(client: Client) -> None:
    assert load_demo()
    names = {"low", "best", "high"}

    every, exact, least = (
        types_of(client, f"/api/v1/claims.csv?{query}", names)
        for query in ("", "qualifier=exactly", "qualifier=at_least")
    )

    assert every == dict.fromkeys(names, "float64")
    assert (exact["best"], least["low"]) == ("int64", "int64")
    assert not names & set(stable_columns("claims"))


@pytest.mark.django_db
def test_whole_numbers_are_nullable_with_the_option_of_the_notebook_lines(client: Client) -> None:
    assert load_demo()

    for query in ("", "qualifier=exactly", "qualifier=at_least"):
        text = client.get(f"/api/v1/claims.csv?{query}").getvalue()
        frame = pandas.read_csv(io.BytesIO(text), dtype_backend="numpy_nullable")

        assert [str(frame[n].dtype) for n in ("low", "best", "high")] == ["Int64"] * 3, query
