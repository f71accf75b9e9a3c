"""One import at the desk: looked at, mended, agreed to, written once, undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.domain.importing import LONGEST_SILENCE
from claims.ingest.desk.batches import NO_REVIEW
from claims.models import Change, Claim, ImportBatch, ImportRefusal
from tests import factories
from tests.admin.importing import force, page, planned, press
from tests.factories import claims_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


# --- The dry run ----------------------------------------------------------------------------------
def test_dry_run_when_cells_are_refused_then_row_column_and_reason_and_no_way_to_write(desk):
    client = desk("editor")
    batch = planned(client, claims_csv("63", "a great many"))

    answer = client.get(page(batch))

    (refusal,) = answer.context["refusals"].shown
    assert (refusal.row, refusal.column) == (3, "wording")
    assert ("1 cell refused" in answer.text, page(batch, "commit") in answer.text) == (True, False)
    assert press(client, batch, "commit").status_code == 302
    assert (Claim.objects.count(), ImportBatch.objects.get().state) == (0, "planned")


@pytest.mark.parametrize(("asked", "first", "number"), [("1", 1, 1), ("2", 101, 2), ("99", 201, 3)])
def test_dry_run_when_many_cells_are_refused_then_in_pages(desk, asked, first, number):
    batch = factories.import_batch()
    ImportRefusal.objects.bulk_create(
        ImportRefusal(batch=batch, row=n, column="wording", reason="?") for n in range(1, 250)
    )
    force(batch, state="planned", refused_count=249)

    answer = desk("editor").get(page(batch), {"page": asked})

    shown = answer.context["refusals"]
    assert (shown.shown[0].row, shown.number, shown.pages) == (first, number, 3)


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 40, "²"])
def test_dry_run_when_the_page_is_nonsense_then_a_page_all_the_same(desk, key):
    client = desk("editor")

    assert client.get(page(planned(client)), {"page": key}).status_code == 200


def test_refused_rows_when_asked_for_then_a_csv_of_them(desk):
    client = desk("editor")
    batch = planned(client, claims_csv("63", "a great many"))

    answer = client.get(page(batch, "refused"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"] == f'attachment; filename="import-{batch.pk}-refused.csv"'
    assert [line.split(",")[0] for line in text.splitlines()] == ["claim_key", "strike-1/army"]


def test_refused_rows_when_the_file_is_gone_then_not_found(desk, uploads):
    client = desk("editor")
    batch = planned(client, claims_csv("a great many"))
    (uploads / batch.stored_as).unlink()

    assert client.get(page(batch, "refused")).status_code == 404


# --- Mending --------------------------------------------------------------------------------------
def test_mended_rows_when_given_back_then_the_whole_file_is_looked_at_again(desk):
    client = desk("editor")
    batch = planned(client, claims_csv("63", "a great many"), release="24.1")
    rows = b"".join(client.get(page(batch, "refused")).streaming_content)
    mended = SimpleUploadedFile("mine.csv", rows.replace(b"a great many", b"about 400"))

    answer = client.post(page(batch, "mend"), {"file": mended})

    again = ImportBatch.objects.latest("pk")
    assert answer["Location"] == page(again)
    assert (again.counts["claim"]["new"], again.refused_count, again.release) == (2, 0, "24.1")
    assert (again.file_name, batch.file_name) == ("claims (mended).csv", "claims.csv")


@pytest.mark.parametrize(
    ("file", "expected"),
    [(b"a,b\n1,2\n", "Expected"), (None, "Choose the mended file first.")],
    ids=["another file", "none"],
)
def test_mended_rows_when_they_are_none_then_refused_on_the_page(desk, file, expected):
    client = desk("editor")
    batch = planned(client, claims_csv("a great many"))
    data = {"file": SimpleUploadedFile("mine.csv", file)} if file else {}

    answer = client.post(page(batch, "mend"), data)

    assert (answer.status_code, expected in answer.text) == (400, True)
    assert ImportBatch.objects.get() == batch


# --- Writing --------------------------------------------------------------------------------------
def test_write_when_dry_run_was_shown_then_claims_are_drafts(desk):
    editor = factories.user()
    client = desk(editor)
    batch = planned(client)

    press(client, batch, "commit")

    claim = Claim.objects.get()
    assert (claim.state, claim.wording, claim.created_by) == ("draft", "about 400", editor)
    assert "Written; new claims are drafts" in client.get(page(batch)).text


def test_write_when_pressed_twice_then_written_once(desk):
    client = desk("editor")
    batch = planned(client)
    figures = {"figures": client.get(page(batch)).context["figures"]}

    answers = [client.post(page(batch, "commit"), figures, follow=True) for _ in range(2)]

    said = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert said == [[], ["This import was written already. Nothing was done twice."]]
    assert (Claim.objects.count(), Change.objects.filter(kind="added").count()) == (1, 0)


def test_write_when_the_figures_changed_since_then_refused_and_told(desk):
    client = desk("editor")
    batch = planned(client)
    figures = {"figures": client.get(page(batch)).context["figures"]}
    force(batch, counts={"claim": {"new": 70}})

    answer = client.post(page(batch, "commit"), figures)

    assert (answer.status_code, "Look at them again." in answer.text) == (409, True)
    assert Claim.objects.count() == 0


def test_publish_when_no_second_person_looked_then_not_offered_and_refused(desk):
    client = desk("editor")
    batch = planned(client)

    press(client, batch, "options", publish="on")

    answer = client.get(page(batch))
    assert (answer.context["reasons"], page(batch, "commit") in answer.text) == ([NO_REVIEW], False)
    assert press(client, batch, "commit").status_code == 302
    assert (Claim.objects.count(), ImportBatch.objects.get().state) == (0, "planned")


def test_write_when_a_choice_is_made_with_the_same_press_then_it_counts(desk):
    client = desk("editor")
    batch = planned(client)

    press(client, batch, "commit", publish="on")
    kept = ImportBatch.objects.get()
    press(client, batch, "commit", publish="on", waiver_reason="An edited dataset.")

    assert (kept.publish, kept.state) == (True, "planned")
    assert Claim.objects.get().state == "published"


def test_publish_when_a_second_person_agrees_then_published_and_reviewed_by_them(desk):
    uploader, second = factories.user(), factories.user()
    batch = planned(desk(uploader))
    press(desk(uploader), batch, "options", publish="on")

    press(desk(second), batch, "agree")
    press(desk(uploader), batch, "commit")

    claim = Claim.objects.get()
    assert (claim.state, claim.created_by, claim.reviewed_by) == ("published", uploader, second)
    assert claim.review_waived is False


def test_publish_when_a_reason_says_why_nobody_looked_then_the_claim_says_so(desk):
    client = desk("editor")
    batch = planned(client)
    press(client, batch, "options", publish="on", waiver_reason="An edited dataset.")

    press(client, batch, "commit")

    claim = Claim.objects.get()
    assert (claim.state, claim.waiver_reason) == ("published", "An edited dataset.")


def test_agree_when_whoever_uploaded_presses_then_refused(desk):
    client = desk("editor")
    batch = planned(client)

    answer = press(client, batch, "agree")

    assert answer.status_code == 409
    assert ImportBatch.objects.get().agreed_by is None


def test_write_when_it_adds_ten_times_the_usual_then_a_second_person_has_to_agree(desk):
    uploader, second = factories.user(), factories.user()
    usual = planned(desk(uploader), claims_csv("63"))
    press(desk(uploader), usual, "commit")
    batch = planned(desk(uploader), claims_csv(*(str(n) for n in range(1, 13))))

    shown = desk(uploader).get(page(batch))

    assert shown.context["reasons"] == ["It adds 11 claims, 11 times the usual 1."]
    assert page(batch, "agree") not in shown.text
    assert page(batch, "agree") in desk(second).get(page(batch)).text


# --- Waiting for a second person ------------------------------------------------------------------
def test_waiting_when_an_import_asks_then_every_other_editor_finds_it_until_one_agrees(desk):
    uploader, second = factories.user(), factories.user()
    batch = planned(desk(uploader))
    press(desk(uploader), batch, "commit", publish="on")

    def found(person):
        return desk(person).get(reverse("admin:waiting")).context["imports"]

    assert (found(uploader), found(second), found("contributor")) == ([], [batch], [])
    assert desk(second).get(reverse("admin:index")).context["waiting"] == "1"
    press(desk(second), batch, "agree")
    assert found(second) == []


# --- At work --------------------------------------------------------------------------------------
def test_at_work_when_shown_then_loads_itself_again_without_javascript(desk):
    batch = factories.import_batch()
    force(batch, state="planning", moved_at=timezone.now())

    answer = desk("editor").get(page(batch))

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in answer.text
    assert "Dry run: nothing saved yet" in answer.text


def test_progress_when_nothing_is_told_yet_then_says_that_it_begins(desk):
    batch = factories.import_batch()
    force(batch, state="planning", moved_at=timezone.now())

    told = desk("editor").get(page(batch, "progress")).json()

    assert told == {
        "state": "planning",
        "at_work": True,
        "is_waiting": False,
        "has_no_worker": False,
        "step": "Starting",
        "done": "",
        "detail": "",
        "value": None,
        "most": None,
    }


def test_at_work_when_nobody_is_there_then_said_and_can_be_done_now(desk):
    batch = factories.import_batch()
    force(batch, state="planning")
    client = desk("editor")
    assert "Nobody is there to do this" in client.get(page(batch)).text

    client.post(page(batch, "here"))

    batch.refresh_from_db()
    assert (batch.state, batch.counts["claim"]["new"]) == ("planned", 1)


def test_at_work_when_whoever_worked_has_died_then_said_and_can_be_started_again(desk):
    batch = factories.import_batch()
    force(batch, state="committing", moved_at=timezone.now() - LONGEST_SILENCE - timedelta(1))
    client = desk("editor")
    assert "no sign of life" in client.get(page(batch)).text

    client.post(page(batch, "read"))

    batch.refresh_from_db()
    assert batch.state == "planned"


# --- Undoing --------------------------------------------------------------------------------------
def test_undo_when_opened_then_says_what_it_will_do_and_does_nothing(desk):
    client = desk("editor")
    batch = planned(client)
    press(client, batch, "commit")

    answer = client.get(page(batch, "undo"))

    assert ("Nothing is undone yet" in answer.text, Claim.objects.get().state) == (True, "draft")
    assert [kind for kind, _ in answer.context["added"]] == [
        "event",
        "source",
        "document",
        "claim",
        "citation",
    ]


def test_undo_when_no_reason_is_given_then_asked_for(desk):
    client = desk("editor")
    batch = planned(client)
    press(client, batch, "commit")

    answer = client.post(page(batch, "undo"), {"reason": " "})

    assert (answer.status_code, ImportBatch.objects.get().state) == (400, "committed")


def test_undo_when_nothing_was_written_then_leads_back(desk):
    client = desk("editor")

    assert client.get(page(planned(client), "undo")).status_code == 302
