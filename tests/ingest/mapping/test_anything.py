"""Whatever stands in the cells: every row is a claim, is refused with its cell, or is counted."""

import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.ingest.csv_table import Row
from claims.ingest.mapping.loading import load_mapping
from claims.ingest.mapping.mapping import Mapping
from claims.ingest.mapping.rows import RowMapper
from claims.ingest.mapping.shipped import FOLDER
from claims.ingest.tables.opening import open_table
from claims.ingest.tables.table import Layout
from claims.ingest.wanted import Refusal

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
CELLS = st.one_of(
    PLAIN,
    st.integers(-100, 3_000).map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.sampled_from(["1", "0", "-99", "6.33", "1e400", "9" * 5_000, "=1+1", "A;B", "~AP 29 Feb"]),
)
MAPPINGS = [load_mapping(path) for path in sorted(FOLDER.glob("*.toml"))]


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda mapping: mapping.name)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_row_when_its_cells_hold_anything_is_taken_refused_or_counted(
    mapping: Mapping, data: st.DataObject
) -> None:
    columns = sorted(column for column in mapping.columns.used if not column.startswith("@"))
    drawn = data.draw(st.fixed_dictionaries(dict.fromkeys(columns, CELLS)))
    cells = {name: cell.strip() for name, cell in drawn.items() if cell.strip()}
    counts = {column: Counter([cells.get(column, "")]) for column in columns}
    passed_over: Counter[str] = Counter()

    told = list(RowMapper(mapping, passed_over, counts).rows(2, {**cells, "@row": "2"}))

    assert told or passed_over
    for one in told:
        assert one.number == 2 if isinstance(one, Row) else one.row == 2
        assert not isinstance(one, Refusal) or one.reason.endswith((".", "?"))


@given(
    grid=st.lists(st.tuples(PLAIN, PLAIN, PLAIN), min_size=1, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=60, deadline=None)
def test_table_when_it_is_written_and_read_again_has_the_same_cells(
    grid: list[tuple[str, ...]], delimiter: str, encoding: str
) -> None:
    names = ("id", "name", "dead")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([names, *grid])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(text.getvalue(), encoding=encoding, newline="")

        rows = list(open_table(path, Layout(), set(names).__contains__).rows())

    wanted = [dict(zip(names, map(str.strip, cells), strict=True)) for cells in grid]
    expected = [
        (number, {name: cell for name, cell in cells.items() if cell})
        for number, cells in enumerate(wanted, start=2)
        if any(cells.values())
    ]
    assert [(row.number, row.cells) for row in rows] == expected
