"""Whatever stands in the cells, an import answers with a plan and never breaks."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.ingest.claims_csv import plan_import
from claims.ingest.columns import COLUMNS
from claims.models import Event
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


def file_of(rows: list[dict[str, str]]) -> io.BytesIO:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode("utf-8", "surrogatepass"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=4), min_size=1, max_size=3
    )
)
def test_any_cell_in_a_good_row_gives_a_plan(rows: list[dict[str, str]]) -> None:
    plan = plan_import(file_of([ROW | changes for changes in rows]), name="hostile.csv")

    assert plan.items or plan.refused
    assert Event.objects.count() == 0


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_plan(content: bytes) -> None:
    plan = plan_import(io.BytesIO(content), name="hostile.csv")

    assert plan.refused
