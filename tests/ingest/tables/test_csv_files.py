"""CSV as people and programs write it."""

import gzip
import hashlib
from collections.abc import Callable

import pytest

from claims.ingest.blocks import MOST_CHARACTERS, MOST_ROWS, Block
from claims.ingest.csv_table import NoTable
from claims.ingest.tables.limits import LONGEST_CELL
from claims.ingest.tables.table import Table
from tests.ingest.tables.conftest import refusal, told

Opened = Callable[..., Table]
ROWS = [(2, {"id": "1", "name": "Mill", "dead": "4"}), (3, {"id": "2", "dead": "0"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_table_when_cells_are_separated_otherwise_finds_the_separator(
    opened: Opened, delimiter: str
) -> None:
    table = opened("id,name,dead\n1,Mill,4\n2,,0\n".replace(",", delimiter))

    assert (table.delimiter, told(table)) == (delimiter, ROWS)


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        pytest.param("utf-8", "utf-8", id="UTF-8"),
        pytest.param("utf-8-sig", "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param("utf-16", "utf-16", id="UTF-16"),
        pytest.param("cp1251", "windows-1251", id="Cyrillic of Windows"),
    ],
)
def test_table_when_text_is_encoded_otherwise_finds_the_encoding(
    opened: Opened, codec: str, found: str
) -> None:
    place = "Київ, вулиця Хрещатик, центральний район міста"

    table = opened(f'id,name,dead\n1,"{place}",4\n'.encode(codec))

    assert (table.encoding, told(table)) == (
        found,
        [(2, {"id": "1", "name": place, "dead": "4"})],
    )


@pytest.mark.parametrize(
    ("place", "codec", "found"),
    [
        pytest.param("Café", "cp1252", "windows-1252", id="one French word"),
        pytest.param("São Paulo, Zürich", "cp1252", "windows-1252", id="two names"),
        pytest.param("Махачкала", "cp1251", "windows-1251", id="one Russian word"),
        pytest.param("Ford, Київ, Old Mill", "cp1251", "windows-1251", id="one among English"),
        pytest.param("“Old Mill”", "cp1252", "windows-1251", id="marks that are the same in both"),
    ],
)
def test_table_when_few_words_tell_the_encoding_goes_by_them(
    opened: Opened, place: str, codec: str, found: str
) -> None:
    table = opened(f'id,name,dead\n0,Mill,0\n1,"{place}",4\n'.encode(codec))

    assert (table.encoding, [row.cells["name"] for row in table.rows()]) == (
        found,
        ["Mill", place],
    )


def test_table_when_opened_knows_its_hash_and_how_many_rows_to_expect(opened: Opened) -> None:
    text = "id,name,dead\n1,Mill,4\n2,,0"

    table = opened(text)

    assert (table.sha256, table.lines) == (hashlib.sha256(text.encode()).hexdigest(), 2)


def test_table_when_rows_are_read_twice_gives_them_twice(opened: Opened) -> None:
    table = opened("id,name,dead\n1,Mill,4\n2,,0\n")

    assert told(table) == told(table) == ROWS


def test_table_when_lines_stand_above_it_numbers_rows_as_the_file_shows_them(
    opened: Opened,
) -> None:
    text = 'Our "table\n\nid,name,dead\n1,Mill,4\n'

    assert told(opened(text, preamble=2)) == [(4, {"id": "1", "name": "Mill", "dead": "4"})]
    assert told(opened(text, preamble=None)) == [(4, {"id": "1", "name": "Mill", "dead": "4"})]


def test_table_when_it_has_no_header_takes_the_names_given(opened: Opened) -> None:
    table = opened("1,Mill,4\n2,,0\n", names=("id", "name", "dead"))

    assert (table.header_row, told(table)) == (
        0,
        [(1, {"id": "1", "name": "Mill", "dead": "4"}), (2, {"id": "2", "dead": "0"})],
    )


def test_table_when_it_has_a_header_all_the_same_goes_by_it(opened: Opened) -> None:
    table = opened("dead,name,id\n4,Mill,1\n", names=("id", "name", "dead"))

    assert told(table) == [(2, {"id": "1", "name": "Mill", "dead": "4"})]


def test_table_when_a_cell_spans_lines_counts_it_as_one_row(opened: Opened) -> None:
    table = opened('id,name,dead\n1,"Old\nMill",4\n\n2,,0\n')

    assert told(table) == [
        (2, {"id": "1", "name": "Old\nMill", "dead": "4"}),
        (4, {"id": "2", "dead": "0"}),
    ]


def test_table_when_rows_are_shorter_than_the_header_has_no_cells_there(opened: Opened) -> None:
    table = opened("id,name,dead\n1\n2,Mill\n")

    assert told(table) == [(2, {"id": "1"}), (3, {"id": "2", "name": "Mill"})]


def test_table_when_rows_end_in_empty_cells_reads_those_before(opened: Opened) -> None:
    table = opened("id,name,dead\n1,Mill,4,, \n2,,0\n")

    assert told(table) == ROWS


@pytest.mark.parametrize("other", ["5,c,d", "5,c,d,"], ids=["like the header", "wider"])
def test_table_when_two_columns_have_one_name_reads_only_the_later(
    opened: Opened, other: str
) -> None:
    table = opened(f"id,name,name\n4,a\x00,b\n{other}\n")

    assert told(table) == [(2, {"id": "4", "name": "b"}), (3, {"id": "5", "name": "d"})]


def test_table_when_rows_hold_no_more_than_space_passes_them_over(opened: Opened) -> None:
    table = opened("id,name,dead\n , ,\n,,\n\n3, Mill ,\t4\n , ,\n")

    assert told(table) == [(5, {"id": "3", "name": "Mill", "dead": "4"})]


def test_table_when_it_is_nothing_but_empty_rows_has_none(opened: Opened) -> None:
    assert list(opened("id,name,dead\n,,\n\n").in_blocks()) == []


def in_blocks(table: Table) -> list[Block]:
    return list(table.in_blocks())


def numbered(rows: int) -> str:
    return "".join(f"{n},Mill,{n}\n" for n in range(1, rows + 1))


def test_table_when_it_has_many_rows_is_read_in_blocks(opened: Opened) -> None:
    blocks = in_blocks(opened(f"id,name,dead\n{numbered(2 * MOST_ROWS + 1)}"))

    assert [len(block) for block in blocks] == [MOST_ROWS, MOST_ROWS, 1]
    assert [n for block in blocks for n in block.numbers] == list(range(2, 2 * MOST_ROWS + 3))


def test_table_when_a_cell_spans_lines_at_the_end_of_a_block_numbers_rows_on(
    opened: Opened,
) -> None:
    before = numbered(MOST_ROWS - 1)

    first, second = in_blocks(opened(f'id,name,dead\n{before}0,"Old\n\nMill",4\n0,Ford,5\n'))

    assert (first.row(MOST_ROWS - 1).number, first.row(MOST_ROWS - 1).cells["name"]) == (
        MOST_ROWS + 1,
        "Old\n\nMill",
    )
    assert (second.row(0).number, second.row(0).cells["name"]) == (MOST_ROWS + 2, "Ford")


def test_table_when_its_cells_are_long_is_read_in_smaller_blocks(opened: Opened) -> None:
    line = f"1,{'x' * (MOST_CHARACTERS // 100)},4\n"

    blocks = in_blocks(opened("id,name,dead\n" + line * 300))

    assert ([len(b) <= 120 for b in blocks], sum(map(len, blocks))) == ([True] * 3, 300)


def test_table_when_a_column_is_empty_for_a_block_lacks_it_there(opened: Opened) -> None:
    rows = "1,,4\n" * MOST_ROWS

    first, second = in_blocks(opened(f"id,name,dead\n{rows}2,Mill,0\n"))

    assert (list(first.columns), list(second.columns)) == (["id", "dead"], ["id", "name", "dead"])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        pytest.param('5,"Mill"s,4', "", id="no well-formed record"),
        pytest.param("5,Old,Mill,4", "", id="more cells than names"),
        pytest.param("5,Mi\0ll,4", "name", id="a NUL"),
        pytest.param(f"5,{'x' * 30_000},4", "name", id="a cell as long as a book"),
    ],
)
def test_table_when_a_row_is_broken_gives_all_rows_before_it(
    opened: Opened, line: str, column: str
) -> None:
    before = numbered(MOST_ROWS + 3)
    blocks = opened(f"id,name,dead\n{before}{line}\n6,Ford,1\n").in_blocks()

    given = [len(next(blocks)), len(next(blocks))]

    assert given == [MOST_ROWS, 3]
    with pytest.raises(NoTable) as raised:
        next(blocks)
    assert (raised.value.row, raised.value.column) == (MOST_ROWS + 5, column)


def test_table_when_two_rows_are_broken_names_the_first(opened: Opened) -> None:
    table = opened('id,name,dead\n1,Old,Mill,4\n2,"Mill"s,4\n')

    assert refusal(lambda: told(table))[0] == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            'id,name,dead\n1,"Mill,4\n',
            (2, "", "A quotation mark is opened and never closed."),
            id="an open quotation mark",
        ),
        pytest.param(
            'id,name,dead\n1,"Mill"s,4\n',
            (
                2,
                "",
                (
                    "Text follows a closing quotation mark; quotation marks inside a quoted cell "
                    "are written twice."
                ),
            ),
            id="a closed one in the middle",
        ),
        pytest.param(
            "id,name,dead\n1,Old,Mill,4\n",
            (
                2,
                "",
                "The row has 4 cells, the header 3; is a cell with the separator in it not quoted?",
            ),
            id="more cells than names",
        ),
        pytest.param(
            "id,name,dead\n1,Mi\0ll,4\n", (2, "name", "The cell holds a NUL byte."), id="a NUL"
        ),
        pytest.param(
            f"id,name,dead\n1,{'x' * 30_000},4\n",
            (2, "name", f"The cell is longer than {LONGEST_CELL:,} characters."),
            id="a cell as long as a book",
        ),
        pytest.param(
            f"id,name,dead\n1,Mill,4{',' * 3_000}\n",
            (2, "", "The row has more than 2,000 cells; is a line break missing?"),
            id="a row of nothing but separators",
        ),
        pytest.param(
            f"id,name,dead\n{','.join(['x' * 19_000] * 60)}\n",
            (
                2,
                "",
                (
                    "A line is longer than 1,000,000 characters; is a line break or a quotation "
                    "mark missing?"
                ),
            ),
            id="a line without an end",
        ),
    ],
)
def test_table_when_a_row_is_broken_is_refused_there(
    opened: Opened, text: str, expected: tuple[int, str, str]
) -> None:
    table = opened(text)

    assert refusal(lambda: told(table)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", (1, "", "The file is empty."), id="nothing"),
        pytest.param(
            gzip.compress(b"id,name,dead\n"),
            (1, "", "The file is compressed (gzip). Unpack it first."),
            id="gzip",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0rest",
            (1, "", "The file is an old .xls or has a password. Save it as plain .xlsx."),
            id="an old spreadsheet",
        ),
        pytest.param(
            b"id," * 3_000 + b"id\n", (1, "", "More than 2,000 columns."), id="a row without an end"
        ),
        pytest.param(
            b"number,place\n1,Mill\n",
            (
                1,
                "",
                (
                    "Expected a row that names the columns, found “number, place”. Check that the "
                    "file is the one that the mapping describes."
                ),
            ),
            id="another table",
        ),
        pytest.param(
            "id,name\n1,Київ\n".encode("koi8-r", "replace") + bytes(range(128, 256)) * 20,
            (
                1,
                "",
                (
                    "The file is neither UTF-8, UTF-16, windows-1251 nor windows-1252. Save it as "
                    "UTF-8."
                ),
            ),
            id="bytes of no encoding",
        ),
    ],
)
def test_file_when_it_is_no_table_is_refused_with_what_to_do(
    opened: Opened, content: bytes, expected: tuple[int, str, str]
) -> None:
    assert refusal(lambda: opened(content)) == expected


def test_file_without_header_when_its_rows_have_other_lengths_is_refused(opened: Opened) -> None:
    assert refusal(lambda: opened("1,Mill\n", names=("id", "name", "dead"))) == (
        1,
        "",
        (
            "The file has no row that names the columns, and its first row has 2 cells where the "
            "mapping names 3. Put the header row in."
        ),
    )
