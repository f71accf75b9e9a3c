"""An export can be imported again: the claims CSV is the interchange format."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from django.apps import apps
from django.http import QueryDict

from claims.exports.claims import CLAIMS
from claims.exports.writing import write
from claims.ingest.columns import COLUMNS
from claims.ingest.demo import DEMO_FILE, load_demo
from claims.models import Citation
from claims.queries import lists
from tests import factories
from tests.ingest.importing import plan, put, totals


def export() -> str:
    claims = lists.CLAIMS.every(lists.CLAIMS.read(QueryDict("")))
    file = io.BytesIO()
    write(CLAIMS, "csv", claims, file)
    return file.getvalue().decode()


def test_the_demo_events_come_back_the_same(db: None, tmp_path: Path) -> None:
    assert load_demo()

    path = tmp_path / "export.csv"
    path.write_text(export(), encoding="utf-8")
    batch = plan(path)

    found = totals(batch)
    assert (found["new"], found["changed"], found["refused"]) == (0, 0, 0)
    assert batch.counts["citation"]["same"] == Citation.objects.count()


def test_the_columns_are_those_of_the_format_but_for_the_editors_note() -> None:
    with DEMO_FILE.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))

    assert set(CLAIMS.header) == set(COLUMNS) - {"note"}
    assert [name for name in CLAIMS.header if name in columns] == [
        name for name in columns if name != "note"
    ]


def test_a_citation_in_other_words_comes_after_those_in_the_claims_own(db: None) -> None:
    first, second = factories.document(title="First"), factories.document(title="Second")
    claim = factories.claim(wording="about 400", documents=[first, second])
    Citation.objects.filter(claim=claim, document=first).update(wording="four hundred")

    rows = list(csv.DictReader(io.StringIO(export())))

    assert [(row["document"], row["wording"]) for row in rows] == [
        ("Second", "about 400"),
        ("First", "four hundred"),
    ]


def test_the_first_row_has_the_claims_own_wording_where_every_document_prints_another(
    db: None,
) -> None:
    claim = factories.claim(wording="about 400", documents=[factories.document()])
    Citation.objects.filter(claim=claim).update(wording="four hundred")

    (row,) = csv.DictReader(io.StringIO(export()))

    assert row["wording"] == "about 400"


def empty_the_tracker() -> None:
    for model in apps.get_app_config("claims").get_models(include_auto_created=True):
        model.objects.all()._raw_delete("default")


def test_an_export_that_is_imported_elsewhere_is_exported_the_same(
    db: None, tmp_path: Path
) -> None:
    assert load_demo()
    about = factories.event(
        title="About then", date_start=date(2023, 1, 3), date_start_precision="approximate",
        identifiers=["ucdp-ged:412700", "gtd:1"],
    )  # fmt: skip
    page = factories.document(
        title="By somebody", author="A. Somebody", published_on=date(2023, 1, 4),
        published_on_precision="approximate",
    )  # fmt: skip
    claim = factories.claim(
        event=about, documents=[page], wording="", qualifier="between", low=5, best=9, high=7,
        disordered=True, claimed_on=date(2023, 1, 4), claimed_on_precision="approximate",
    )  # fmt: skip
    first = export()

    empty_the_tracker()
    path = tmp_path / "export.csv"
    path.write_text(first, encoding="utf-8")
    put(path, factories.user(), reviewed_by=factories.user(role="chief"), publish=True)

    assert f"{claim.public_id}," in first
    assert "ucdp-ged:412700 | gtd:1" in first
    assert sorted(export().splitlines()) == sorted(first.splitlines())
