"""CSV text: cells, pieces, memory."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from claims.exports import lists
from claims.exports.claims import CLAIMS
from claims.exports.comparisons import COMPARED_CLAIMS
from claims.exports.formats.format import FLUSH_AT
from claims.exports.tables import Column, Table, as_text
from claims.exports.writing import pieces
from tests.exports.reading import read_back

TABLES = [
    CLAIMS, COMPARED_CLAIMS, lists.EVENTS, lists.COMPARISONS, lists.SOURCES, lists.DOCUMENTS,
    lists.CHANGES, lists.VOCABULARIES,
]  # fmt: skip
PAIRS = Table(
    "pairs",
    (
        Column("number", "integer", "A number.", lambda pair: pair[0]),
        Column("words", "text", "Words.", lambda pair: pair[1]),
    ),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (15002, "15002"),
        (True, "true"),
        (False, "false"),
        (Decimal("3.9326"), "3.9326"),
        (date(2023, 1, 2), "2023-01-02"),
        (datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC), "2023-01-02T03:04:05Z"),
        (["Makeevka", "Макіївка"], "Makeevka | Макіївка"),
        ([], ""),
        ("=1+1", "=1+1"),
    ],
)
def test_a_cell_holds(value: Any, expected: str) -> None:
    assert as_text(value) == expected


def test_text_comes_back_as_it_stood() -> None:
    words = [
        "plain",
        "with, comma",
        'with "quotes"',
        "two\nlines",
        "  spaces  ",
        "a\rb",
        "Київ",
        "'",
    ]

    rows = read_back(PAIRS, list(enumerate(words)))

    assert [row["words"] for row in rows] == words


def test_an_empty_list_is_a_header() -> None:
    assert list(pieces(PAIRS, "csv", [])) == [b"number,words\n"]


def test_pieces_are_large_enough_to_compress_and_small_enough_to_send() -> None:
    found = list(pieces(PAIRS, "csv", ((n, "x" * 100) for n in range(5000))))

    assert all(FLUSH_AT <= len(piece) < FLUSH_AT + 200 for piece in found[:-1])
    assert b"".join(found).count(b"\n") == 5001


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in pieces(PAIRS, "csv", ((n, "x" * 100) for n in range(count))):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(20_000) < peak(2_000) * 1.5


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.columns[0].name + "-" + t.name)
def test_every_column_has_a_name_of_its_own_and_says_what_it_is(table: Table) -> None:
    assert len(set(table.header)) == len(table.header)
    assert {c.kind for c in table.columns} <= {
        "text", "code", "integer", "number", "day", "date", "time", "boolean"
    }  # fmt: skip
    assert all(column.description for column in table.columns)
