"""Refused rows go back to whoever sent them, to be mended and sent again."""

from __future__ import annotations

import csv
import io

import pytest

from claims.ingest.desk import batches, tasks
from claims.ingest.desk.refused_rows import refused_csv
from claims.ingest.desk.uploads import path_of
from claims.ingest.given_back import guarded, unguarded
from claims.models import Citation
from tests import factories

pytestmark = pytest.mark.django_db


def read(content, **fields):
    batch, editor = factories.import_batch(content, **fields), factories.user()
    batches.ask(batch, "read", by=editor)
    tasks.start(batch, "read", by=editor)
    batch.refresh_from_db()
    return batch


def given_back(batch):
    text = "".join(refused_csv(batch, path_of(batch)))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_rows_when_refused_then_as_they_stood_with_number_and_problem():
    batch = read(factories.claims_csv("63", "a great many", "89"))

    header, row = given_back(batch)

    assert header == [*factories.HEADER.split(","), "import_row", "import_problem"]
    assert row[:2] == ["strike-1/army", "strike-1"]
    assert (row[7], row[-2]) == ("a great many", "3")
    assert row[-1].startswith("wording: ")


def test_rows_when_mended_and_sent_again_then_the_added_columns_are_passed_over():
    batch = read(factories.claims_csv("63", "a great many"))
    header, row = given_back(batch)
    row[7] = "89"
    file = io.StringIO()
    csv.writer(file).writerows([header, row])

    again = read(file.getvalue().encode("utf-8-sig"))

    assert (again.refused_count, again.counts["claim"]["new"]) == (0, 1)


def test_rows_when_a_cell_is_a_formula_then_guarded_and_freed_when_sent_again():
    header = factories.HEADER + ",quote"
    line = factories.claims_csv("a great many").decode().splitlines()[1] + ",=1+1"
    batch = read(f"{header}\n{line}".encode())
    names, row = given_back(batch)
    assert row[names.index("quote")] == "'=1+1"
    row[7] = "89"
    file = io.StringIO()
    csv.writer(file).writerows([names, row])

    again = read(file.getvalue().encode())
    batches.ask(again, "commit", by=factories.user(), figures=batches.figures_of(again))
    tasks.start(again, "commit", by=factories.user())

    assert Citation.objects.get().quote == "=1+1"


def test_rows_when_the_file_cannot_be_read_then_only_why():
    batch = read(factories.claims_csv("63", header="claim_key,claiment"))

    rows = given_back(batch)

    assert rows[0] == ["import_row", "import_problem"]
    assert (rows[1][0], "claiment" in rows[1][1]) == ("1", True)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1 (555)", "'+1 (555)"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-99", "-99"),
        ("+1,200.5", "+1,200.5"),
        ("'quoted'", "'quoted'"),
        ("63", "63"),
        ("", ""),
    ],
)
def test_cell_when_guarded_then_no_formula_and_can_be_freed(cell, expected):
    assert guarded(cell) == expected
    assert unguarded(guarded(cell)) == cell
