"""JSON as a table."""

from collections.abc import Callable

import pytest

from claims.ingest.tables.json_stream import NO_ARRAY
from claims.ingest.tables.table import Table
from tests.ingest.tables.conftest import refusal, told

Opened = Callable[..., Table]


def test_array_when_values_are_of_all_kinds_keeps_them_as_written(opened: Opened) -> None:
    text = """[{"id": 1, "dead": 6.330, "name": null, "is_old": true, "verified": {"dead": 3},
        "by": ["A", "B"]}, {"id": 900719925474099312345, "name": "  Київ "}]"""

    table = opened(text, "t.json")

    assert told(table) == [
        (
            1,
            {"id": "1", "dead": "6.330", "is_old": "yes", "verified.dead": "3", "by": "A | B"},
        ),
        (2, {"id": "900719925474099312345", "name": "Київ"}),
    ]
    assert table.header == ("id", "dead", "name", "is_old", "verified.dead", "by")


def test_array_when_it_is_longer_than_a_piece_is_read_whole(opened: Opened) -> None:
    objects = [f'{{"id": {n}, "name": "{"x" * 997}"}}' for n in range(300)]

    table = opened(f"[{','.join(objects)} ]", "t.json")

    assert [row.cells["id"] for row in table.rows()] == [str(n) for n in range(300)]
    assert table.lines == 300


def test_array_when_it_has_nothing_in_it_is_a_table_without_columns(opened: Opened) -> None:
    table = opened(" [ ] ", "t.json")

    assert (table.header, told(table)) == ((), [])


def test_array_when_it_lies_within_an_object_is_found_by_its_path(opened: Opened) -> None:
    table = opened('{"data": {"rows": [{"id": "1"}]}}', "t.json", path="data.rows")

    assert told(table) == [(1, {"id": "1"})]


def test_lines_when_each_is_an_object_are_rows(opened: Opened) -> None:
    table = opened('{"id": 1}\n\n{"id": 2, "dead": 0}\n', "t.jsonl")

    assert told(table) == [(1, {"id": "1"}), (3, {"id": "2", "dead": "0"})]
    assert table.header == ("id", "dead")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(
            '[{"id": 1},]',
            "t.json",
            (2, "", "This is not well-formed JSON: Expecting value."),
            id="a comma too many",
        ),
        pytest.param(
            '[{"id": 1} {"id": 2}]',
            "t.json",
            (1, "", "This is not well-formed JSON: Expecting ',' delimiter."),
            id="no comma",
        ),
        pytest.param(
            '[{"id": 1}',
            "t.json",
            (1, "", "This is not well-formed JSON: Expecting ',' delimiter."),
            id="cut off",
        ),
        pytest.param(
            '[{"id": 1}] []',
            "t.json",
            (1, "", "This is not well-formed JSON: Extra data."),
            id="something behind",
        ),
        pytest.param(
            '[{"id": NaN}]',
            "t.json",
            (1, "", "NaN is no number; leave the value out or write null."),
            id="no number",
        ),
        pytest.param(
            '[{"id": 1, "id": 2}]',
            "t.json",
            (1, "id", "An object has this name more than once."),
            id="a name twice",
        ),
        pytest.param(
            '[{"a": {"b": 1}, "a.b": 2}]',
            "t.json",
            (1, "a.b", "An object has this name more than once."),
            id="a name with a dot twice",
        ),
        pytest.param(
            '[{"id": "\\ud800"}]',
            "t.json",
            (1, "id", "The cell holds half a character (a lone surrogate); write it whole."),
            id="half a character",
        ),
        pytest.param(
            '[{"\\udfff": 1}]',
            "t.json",
            (1, "", "A name holds half a character (a lone surrogate); write it whole."),
            id="half a character in a name",
        ),
        pytest.param(
            '{"rows": []}',
            "t.json",
            (1, "", NO_ARRAY),
            id="an object without a path",
        ),
        pytest.param(
            '[{"id": 1}, 2]',
            "t.json",
            (2, "", "Expected an object, found “2”."),
            id="a bare number",
        ),
        pytest.param(
            '[{"id": [1, [2]]}]',
            "t.json",
            (1, "id", "Expected a text, a number or a list of texts, found “['1', ['2']]”."),
            id="lists in lists",
        ),
        pytest.param(
            "[" * 100_000,
            "t.json",
            (1, "", "The JSON is nested too deep to be a table."),
            id="deep",
        ),
        pytest.param(
            '{"id": 1}\n{"id": \n',
            "t.jsonl",
            (2, "", "This is not well-formed JSON: Expecting value."),
            id="a broken line",
        ),
    ],
)
def test_json_when_it_is_no_table_is_refused_with_its_place(
    opened: Opened, text: str, name: str, expected: tuple[int, str, str]
) -> None:
    assert refusal(lambda: told(opened(text, name))) == expected


def test_path_when_it_leads_nowhere_is_refused_with_the_nearest(opened: Opened) -> None:
    assert refusal(lambda: opened('{"rows": []}', "t.json", path="row")) == (
        1,
        "",
        "There is no “row” on the path row. Did you mean “rows”?",
    )
