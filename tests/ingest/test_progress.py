"""How far an import is, in the rows of its own file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claims.ingest.pipeline import plan_batch
from claims.models import ImportBatch
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

MAPPING = """
name = "two"
title = "Two claims a row"
licence = "CC0"
revises = false
[columns]
[fields]
event_key = "two/{@row}"
event = "{town}"
claimant = "{who}"
measure = "killed"
victims = "people"
best = "{dead}"
[[documents]]
name = "list"
document = "A list"
[[claims]]
what = "killed"
[[claims]]
what = "men"
victims = "men"
"""


class Heard:
    """Keeps the rows that each step said it did, and of how many."""

    def __init__(self) -> None:
        self.steps: list[list[object]] = []

    def step(self, name: str, total: int | None) -> None:
        self.steps.append([name, 0, total])

    def advance(self, rows: int) -> None:
        self.steps[-1][1] += rows


def test_reading_tells_of_the_rows_of_the_file_where_each_makes_several_claims(
    tmp_path: Path,
) -> None:
    file = tmp_path / "two.csv"
    file.write_text("town,who,dead\n" + "".join(f"Town {n},Police,{n}\n" for n in range(1, 2502)))
    heard = Heard()
    batch = ImportBatch.objects.create(dataset="two", mapping=MAPPING, file_name=file.name)

    plan_batch(batch, file, progress=heard)

    assert heard.steps[0] == ["Reading and checking", 2501, 2501]
    assert (batch.refused_count, batch.counts["claim"]["new"], batch.rows_total) == (0, 5002, 2501)


def test_reading_tells_of_rows_that_are_refused_too(
    csv_file: Callable[..., Path],
) -> None:
    heard = Heard()
    batch = ImportBatch.objects.create(dataset="claims-csv", file_name="claims.csv")

    plan_batch(batch, csv_file(row(), row(measure="nonsense"), row()), progress=heard)

    assert heard.steps[0] == ["Reading and checking", 3, 3]
