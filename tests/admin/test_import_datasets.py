"""Datasets at the desk: by their own mappings, in spreadsheets, however hostile, and back again."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from claims.models import Change, Claim, Event, ImportBatch
from tests import factories
from tests.admin.importing import page, planned, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]

MAPPING = """
name = "river-watch"
title = "River Watch incidents"
licence = "CC BY 4.0"
revises = true

[table]
format = "xlsx"

[[pass_over]]
when = { Town = "Sea" }
why = "ships, no town"

[fields]
event_key = "river-watch/{Nr}"
event = "{Town}: attack"
event_start = "{Date}"
claimant = "River Watch"
claimant_kind = "ngo"
claimed_on = "{Date}"

[[documents]]
name = "release"
document = "River Watch incidents"
publisher = "River Watch"

[[claims]]
what = "killed"
measure = "killed"
victims = "people"
best = "{Dead}"
"""
HEADER = ["Nr", "Town", "Date", "Dead"]
MILL = [1, "Mill", "2023-01-02", 4]


def workbook(*rows, part="", content=b""):
    """Return an .xlsx file, with another part put in or one replaced where that is asked for."""
    book, file = Workbook(), io.BytesIO()
    for row in [HEADER, *rows]:
        book.active.append(row)
    book.save(file)
    if not part:
        return file.getvalue()
    other = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
        new.writestr(part, content)
    return other.getvalue()


def river_watch(client, *rows, **fields):
    content = workbook(*rows, **{k: fields.pop(k) for k in ("part", "content") if k in fields})
    data = {"dataset": "own-mapping", "mapping": MAPPING, "name": "incidents.xlsx"}
    return planned(client, content, **data, **fields)


def test_own_mapping_when_given_with_a_spreadsheet_then_read_written_and_said(desk):
    client = desk("editor")

    batch = river_watch(client, MILL)
    press(client, batch, "commit")

    claim = Claim.objects.get()
    assert (batch.dataset, batch.mapping.strip()) == ("river-watch", MAPPING.strip())
    assert (claim.best, claim.event.title, claim.import_batch) == (4, "Mill: attack", batch)
    shown = client.get(f"/admin/claims/claim/{claim.pk}/change/").text
    assert f'<a href="{page(batch)}">import {batch.pk}</a>' in shown


def test_rows_when_they_are_no_claims_then_counted_with_the_reason(desk):
    client = desk("editor")

    batch = river_watch(client, MILL, [2, "Sea", "2023-01-03", 9], [3, "Sea", "2023-01-04", 1])

    shown = client.get(page(batch))
    assert (batch.passed_over, batch.rows_done) == ({"ships, no town": 2}, 1)
    assert shown.context["passed_over"] == [("ships, no town", 2)]


def test_shipped_dataset_when_a_newer_release_comes_then_the_page_says_what_changes(desk, root):
    client = desk("editor")
    content = (root / "tests/data/datasets/ucdp-ged/ged-23-1.csv").read_bytes()
    first = planned(client, content, dataset="ucdp-ged", release="23.1", released_on="2023-06-01")
    press(client, first, "commit")
    written = Claim.objects.count()

    again = planned(client, content, dataset="ucdp-ged", release="24.1", released_on="2024-06-01")

    assert (first.refused_count, written > 0) == (0, True)
    assert (again.counts["claim"]["new"], again.counts["claim"]["same"]) == (0, written)
    assert "Nothing would change" in client.get(page(again)).text


def test_changed_figure_when_looked_at_then_shown_before_and_after(desk):
    client = desk("editor")
    press(client, river_watch(client, MILL), "commit")
    event = Event.objects.get()

    batch = river_watch(client, [1, "Mill Town", "2023-01-02", 4])

    text = " ".join(client.get(page(batch)).text.split())
    assert event.title == "Mill: attack"
    assert "Title: <del>Mill: attack</del>" in text
    assert "<ins>Mill Town: attack</ins>" in text


def test_undo_when_said_why_then_withdrawn_and_the_file_can_come_again(desk):
    client = desk("chief")
    batch = river_watch(client, MILL)
    press(client, batch, "commit", publish="on", waiver_reason="An edited dataset.")
    shown = client.get(page(batch, "undo"))
    assert dict(shown.context["added"])["claim"] == 1

    client.post(page(batch, "undo"), {"reason": "The wrong file."})

    batch.refresh_from_db()
    assert (batch.state, batch.undo_reason) == ("undone", "The wrong file.")
    assert set(Claim.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert Change.objects.filter(kind="withdrawn", reason="The wrong file.").exists()
    assert "The wrong file." in client.get(page(batch)).text
    assert river_watch(client, MILL).counts["claim"]["new"] == 1


@pytest.mark.parametrize(
    ("part", "content", "expected"),
    [
        pytest.param("xl/vbaProject.bin", b"x", "macros", id="macros"),
        pytest.param("xl/media/zeros.bin", b"\0" * 5_000_000, "unpacks to more", id="a zip bomb"),
        pytest.param("xl/media/inner.zip", b"x", "an archive within", id="an archive within"),
        pytest.param("../outside.xml", b"<a/>", "lie outside", id="a way out"),
        pytest.param(
            "xl/sharedStrings.xml",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>',
            "defines entities",
            id="an external entity",
        ),
    ],
)
def test_spreadsheet_when_it_holds_more_than_a_table_then_refused_in_words(
    desk, part, content, expected
):
    client = desk("editor")

    batch = river_watch(client, MILL, part=part, content=content)

    shown = client.get(page(batch))
    assert (batch.state, batch.refused_count) == ("planned", 1)
    assert expected in shown.text
    assert page(batch, "commit") not in shown.text


def test_spreadsheet_when_a_row_is_refused_then_given_back_mended_and_put_in_place(desk):
    client = desk("editor")
    batch = river_watch(client, MILL, [2, "@Hill", "2023-01-03", "many"])
    rows = b"".join(client.get(page(batch, "refused")).streaming_content)
    assert batch.refused_count >= 1

    mended = io.BytesIO(rows.replace(b"many", b"5"))
    mended.name = "mended.csv"
    client.post(page(batch, "mend"), {"file": mended})

    again = ImportBatch.objects.latest("pk")
    assert (again.dataset, again.refused_count, again.counts["claim"]["new"]) == (
        "river-watch",
        0,
        2,
    )


def test_publish_when_a_file_was_uploaded_then_its_name_is_in_no_public_reason(desk):
    client = desk(factories.user(role="chief"))
    batch = river_watch(client, MILL)

    press(client, batch, "commit", publish="on", waiver_reason="An edited dataset.")

    reasons = set(Change.objects.values_list("reason", flat=True)) - {""}
    assert reasons == {f"Import {batch.pk}: river-watch"}
