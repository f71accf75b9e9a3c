"""Whatever bytes a file holds, it is a table or is refused in a sentence."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.ingest.csv_table import NoTable
from claims.ingest.tables.opening import open_table
from claims.ingest.tables.table import Layout

HEADED = st.binary(max_size=200).map(lambda rest: b"id,name,dead\n" + rest)
JSON = st.text('[]{}",:1en\\u0 \n', max_size=60).map(str.encode)


@given(
    content=st.one_of(st.binary(max_size=200), HEADED, JSON),
    suffix=st.sampled_from([".csv", ".json", ".jsonl", ".xlsx"]),
    preamble=st.sampled_from([0, 2, None]),
)
@example(b"\xff\xfe\x00", ".csv", 0)
@example(b"\xff\xfe{\x00", ".json", 0)
@example(b"id,name\n\xe9,\x98\n", ".csv", 0)
@example(b'[{"a": "\\ud800"}]', ".json", 0)
@settings(max_examples=300, deadline=None)
def test_file_when_it_holds_any_bytes_is_read_or_refused_in_a_sentence(
    content: bytes, suffix: str, preamble: int | None
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        told = []
        try:
            table = open_table(path, Layout(preamble=preamble), {"id", "name", "dead"}.__contains__)
            told += [cell for row in table.rows() for cell in row.cells.values()]
        except NoTable as refused:
            told.append(refused.reason)

    assert all(text.encode() and text == text.strip() for text in told)
