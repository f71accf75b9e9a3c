"""Rows gathered into blocks and given back from them."""

from collections.abc import Iterator

import pytest

from claims.ingest.blocks import MOST_CHARACTERS, MOST_ROWS, Block, in_blocks
from claims.ingest.csv_table import NoTable, Row
from claims.ingest.wanted import Refusal

MILL = Row(2, {"event": "Mill", "best": "4"})
FORD = Row(2, {"event": "Ford", "wording": "four"})
NOTHING = Row(3, {})
REFUSED = Refusal(3, "best", "No number.")


def test_rows_when_gathered_have_an_empty_cell_where_they_have_none() -> None:
    blocks = list(in_blocks([MILL, FORD]))

    assert blocks == [
        Block([2, 2], {"event": ["Mill", "Ford"], "best": ["4", ""], "wording": ["", "four"]})
    ]


def test_block_when_asked_for_a_column_that_it_lacks_has_empty_cells() -> None:
    (block,) = in_blocks([MILL, FORD])

    assert list(block.cells("place")) == ["", ""]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([MILL, FORD, NOTHING], id="rows with and without cells"),
        pytest.param([NOTHING], id="a row without cells alone"),
        pytest.param([], id="none"),
    ],
)
def test_block_when_taken_apart_gives_its_rows(rows: list[Row]) -> None:
    (block,) = in_blocks(rows)

    assert list(block.rows()) == [block.row(at) for at in range(len(block))] == rows


def test_rows_when_some_are_refused_keep_their_places() -> None:
    (block,) = in_blocks([MILL, REFUSED, FORD, REFUSED])

    assert (block.refused, len(block), block.rows_read) == ({1: [REFUSED], 2: [REFUSED]}, 2, 4)


def test_rows_when_there_are_many_come_in_several_blocks() -> None:
    many = [Row(n, {"best": str(n)}) for n in range(2 * MOST_ROWS + 1)]

    blocks = list(in_blocks(many))

    assert [len(block) for block in blocks] == [MOST_ROWS, MOST_ROWS, 1]
    assert [row for block in blocks for row in block.rows()] == many


def test_block_when_its_cells_are_long_has_few_rows() -> None:
    long = Row(2, {"quote": "x" * (MOST_CHARACTERS // 2)})

    assert [len(block) for block in in_blocks([long] * 5)] == [2, 2, 1]


def test_rows_when_the_file_breaks_off_are_given_before_that_is_said() -> None:
    def broken() -> Iterator[Row]:
        yield MILL
        raise NoTable(3, "", "The file breaks off.")

    blocks = in_blocks(broken())

    assert list(next(blocks).rows()) == [MILL]
    with pytest.raises(NoTable, match=r"The file breaks off\."):
        next(blocks)
