"""Mended rows take the place of those refused; the rest of the file stays as it was."""

from __future__ import annotations

import csv
import io

import pytest

from claims.ingest.desk import batches, tasks
from claims.ingest.desk.mending import mended_upload
from claims.ingest.desk.refused_rows import refused_csv
from claims.ingest.desk.uploads import UploadRefused, path_of
from claims.ingest.reading import open_reading
from tests import factories

pytestmark = pytest.mark.django_db


def read(content, **fields):
    batch, editor = factories.import_batch(content, **fields), factories.user()
    batches.ask(batch, "read", by=editor)
    tasks.start(batch, "read", by=editor)
    batch.refresh_from_db()
    return batch


def given_back(batch):
    return "".join(refused_csv(batch, path_of(batch)))


def put_together(batch, mended):
    upload = mended_upload(batch, path_of(batch), [mended.encode()])
    path = path_of(type(batch)(stored_as=upload.stored_as))
    reading = open_reading(batch.dataset, path, mapping=batch.mapping)
    return upload, reading


def test_rows_when_mended_then_in_the_place_of_the_refused_ones():
    batch = read(factories.claims_csv("63", "a great many", "89"))

    upload, reading = put_together(batch, given_back(batch).replace("a great many", "about 400"))

    assert upload.shown_name == "claims (mended).csv"
    assert [row.cells["wording"] for row in reading.rows()] == ["63", "about 400", "89"]
    assert reading.header == factories.HEADER.split(",")


def test_rows_when_mended_with_semicolons_and_a_row_left_out_then_taken_and_the_row_stays():
    batch = read(factories.claims_csv("many", "a great many", "89"))
    header, first, _ = csv.reader(io.StringIO(given_back(batch).removeprefix("\ufeff")))
    first[header.index("wording")] = "63"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, first])

    _, reading = put_together(batch, text.getvalue())

    assert [row.cells["wording"] for row in reading.rows()] == ["63", "a great many", "89"]


def test_rows_when_a_cell_is_a_formula_then_the_same_after_the_round():
    header = factories.HEADER + ",quote"
    line = factories.claims_csv("a great many").decode().splitlines()[1]
    batch = read(f"{header}\n{line},=1+1\n{line.replace('strike-0', 's')},'quoted'".encode())

    _, reading = put_together(batch, given_back(batch).replace("a great many", "63"))

    assert [row.cells["quote"] for row in reading.rows()] == ["=1+1", "'quoted'"]


def test_rows_when_a_dataset_has_a_mapping_then_the_same_way(root):
    content = (root / "tests/data/datasets/ucdp-ged/candidate-24-0-1.csv").read_bytes()
    whole = list(open_reading("ucdp-ged", _kept(content)).originals())
    batch = factories.import_batch(content, dataset="ucdp-ged")
    batch.refusals.create(row=whole[0].number, column="best", reason="Expected a number.")

    upload, reading = put_together(batch, given_back(batch))

    assert [row.cells for row in reading.originals()] == [row.cells for row in whole]
    assert list(reading.rows())
    assert upload.shown_name == "claims (mended).csv"


def _kept(content):
    return path_of(factories.import_batch(content))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda t: t.replace("import_row", "number"), "without it", id="no number"),
        pytest.param(lambda t: t.replace(",3,", ",300,"), "has no row 300", id="another's row"),
        pytest.param(lambda t: t.replace(",3,", ",three,"), "found “three”", id="no row at all"),
        pytest.param(
            lambda t: t.replace("claim_key", "claiment"), "no column “claiment”", id="a new column"
        ),
        pytest.param(lambda t: "%PDF-1.7", "a PDF", id="no table"),
    ],
)
def test_rows_when_they_are_not_of_this_file_then_refused_and_nothing_is_kept(
    uploads, change, expected
):
    batch = read(factories.claims_csv("63", "a great many"))

    with pytest.raises(UploadRefused, match=expected):
        put_together(batch, change(given_back(batch)))

    assert [path.name for path in uploads.iterdir()] == [batch.stored_as]
