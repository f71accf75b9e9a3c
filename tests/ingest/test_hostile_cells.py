"""Whatever stands in the cells, an import answers with a plan and never breaks."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.ingest.columns import COLUMNS
from claims.models import Event
from tests.ingest.importing import plan
from tests.ingest.rows import ROW

pytestmark = pytest.mark.django_db

NASTY = st.sampled_from(
    [
        "NaN",
        "-Infinity",
        "1e400",
        "0000",
        "9999-12-31",
        "0001-01",
        "99999999999",
        "|",
        " | ",
        "=1+1",
        "\u202e400",
        "٤٠٠",
        "４００",
        "1 January 0001",
        "31 February 2023",
        "May 9999",
        "x" * 1000,
        "https://" + "a" * 2000 + ".example",
        "http://[::1",
        "javascript:alert(1)",
        "\x01\x1f",
        "²",
        "\U0010ffff",
        "a\nb",
        '"',
    ]
)
CELLS = st.one_of(NASTY, st.text(max_size=30), st.just(""))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hostile.csv"


def content_of(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=4), min_size=1, max_size=3
    )
)
def test_any_cell_in_a_good_row_gives_a_plan(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_bytes(content_of([ROW | changes for changes in rows]))

    batch = plan(path)

    assert batch.counts or batch.refused_count
    assert Event.objects.count() == 0


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_plan(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert plan(path).refused_count
