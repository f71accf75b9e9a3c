"""Imports at the desk: uploaded, looked at, agreed to, written once, undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.domain.importing import LONGEST_SILENCE
from claims.models import Claim, Event, ImportBatch, ImportRefusal
from claims.queries.import_batches import NO_REVIEW
from tests import factories
from tests.admin.posting import shown_data
from tests.factories import claims_csv

NEW = "admin:import_new"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "imports"


def page(batch, name="batch"):
    return reverse(f"admin:import_{name}", args=[batch.pk])


def upload(client, content=None, *, name="claims.csv", **data):
    file = SimpleUploadedFile(name, claims_csv("about 400") if content is None else content)
    return client.post(reverse(NEW), {"dataset": "claims-csv", "file": file, **data})


def planned(client, content=None, **data):
    """Upload a file; return its import, which has been looked at."""
    assert upload(client, content, **data).status_code == 302
    return ImportBatch.objects.latest("pk")


def press(client, batch, name, **data):
    """Press a button on the page as it is shown."""
    context = client.get(page(batch)).context
    shown = shown_data(context["options"]) if "options" in context else {}
    return client.post(page(batch, name), {"figures": context.get("figures", ""), **shown, **data})


def force(batch, **columns):
    ImportBatch.objects.filter(pk=batch.pk).update(**columns)


# --- Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["batch", "progress", "refused", "undo"])
def test_pages_when_a_contributor_asks_then_forbidden(desk, name):
    batch = factories.import_batch()
    client = desk("contributor")

    answers = [client.get(url).status_code for url in (page(batch, name), reverse("admin:imports"))]

    assert answers == [403, 403]


@pytest.mark.parametrize("name", ["read", "options", "agree", "commit", "here", "undo"])
def test_buttons_when_a_contributor_presses_then_forbidden(desk, name):
    assert desk("contributor").post(page(factories.import_batch(), name)).status_code == 403


@pytest.mark.parametrize("name", ["read", "options", "agree", "commit", "here"])
def test_buttons_when_only_looked_at_then_nothing_is_done(desk, name):
    assert desk("editor").get(page(factories.import_batch(), name)).status_code == 405


def test_new_when_the_form_is_forged_then_refused_and_nothing_is_kept(desk, uploads):
    client = desk("editor")
    client.handler.enforce_csrf_checks = True

    answer = upload(client)

    assert (answer.status_code, ImportBatch.objects.count()) == (403, 0)


# --- A new import ---------------------------------------------------------------------------------
def test_upload_when_it_can_be_read_then_dry_run_saves_nothing(desk):
    editor = factories.user()
    client = desk(editor)

    batch = planned(client, release="24.1", released_on="2024-05-13")

    shown = client.get(page(batch))
    assert "Dry run: nothing saved yet" in shown.text
    assert (batch.state, batch.by, batch.release) == ("planned", editor, "24.1")
    assert batch.counts["claim"] == {"new": 1}
    assert (Claim.objects.count(), Event.objects.count()) == (0, 0)


def test_upload_when_no_file_is_chosen_then_asked_for(desk):
    answer = desk("editor").post(reverse(NEW), {"dataset": "claims-csv"})

    assert (answer.status_code, "Choose a file first." in answer.text) == (400, True)


def test_upload_when_the_file_is_not_what_it_says_then_refused_in_words(desk, uploads):
    answer = upload(desk("editor"), b"PK\x03\x04", name="claims.csv")

    assert answer.status_code == 400
    assert "an .xlsx workbook or another ZIP archive" in answer.text
    assert (list(uploads.iterdir()), ImportBatch.objects.count()) == ([], 0)


def test_upload_when_it_says_it_has_ten_gigabytes_then_refused_before_it_is_read(desk):
    class Unread:
        def read(self, *args):
            raise AssertionError("The form was read.")

        readline = read

    answer = desk("editor").generic(
        "POST",
        reverse(NEW),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="10000000000",
        **{"wsgi.input": Unread()},
    )

    assert (answer.status_code, "at most 200 MB" in answer.text) == (413, True)


def test_upload_when_larger_than_this_tracker_takes_then_told_what_to_do(desk, settings):
    settings.IMPORT_LARGEST_MB = 0

    answer = upload(desk("editor"))

    assert (answer.status_code, "manage.py import_dataset" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd.csv", "passwd.csv"),
        ("<script>alert(1)<!--.csv", "&lt;script&gt;alert(1)&lt;!--.csv"),
    ],
)
def test_upload_when_its_name_is_a_trick_then_text_on_the_page_and_no_path(
    desk, uploads, name, shown
):
    client = desk("editor")

    batch = planned(client, name=name)

    assert [path.name for path in uploads.iterdir()] == [batch.stored_as]
    text = client.get(page(batch)).text
    assert (shown in text, "<script>alert" in text) == (True, False)


def test_upload_when_cells_hold_markup_then_shown_as_text(desk):
    client = desk("editor")
    content = claims_csv("63").replace(b"Strike", b"<img src=x onerror=alert(1)>")
    bad = claims_csv("<b>many</b>")

    pages = [client.get(page(planned(client, c))).text for c in (content, bad)]

    assert "&lt;img src=x onerror=alert(1)&gt;" in pages[0]
    assert [("<img src=x" in text, "<b>many" in text) for text in pages] == [(False, False)] * 2


def test_upload_when_cells_hold_nul_bytes_then_refused_at_the_cell(desk):
    batch = planned(desk("editor"), claims_csv("6\x003"))

    assert batch.refused_count == 1
    assert "NUL" in ImportRefusal.objects.get().reason


def test_upload_when_the_same_file_stands_written_then_said_with_a_link(desk):
    client = desk("editor")
    first = planned(client)
    press(client, first, "commit")

    second = planned(client)

    assert f'<a href="{page(first)}">import {first.pk}</a>' in client.get(page(second)).text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param({"dataset": "own-mapping"}, "Paste the mapping", id="none"),
        pytest.param(
            {"dataset": "claims-csv", "mapping": 'name = "x"'},
            "has its own mapping",
            id="of a known dataset",
        ),
        pytest.param(
            {"dataset": "own-mapping", "mapping": "x" * 300_000},
            "at most 200000 characters",
            id="absurd in size",
        ),
        pytest.param(
            {"dataset": "own-mapping", "mapping": "name = "}, "This is no TOML", id="no TOML"
        ),
        pytest.param(
            {"dataset": "own-mapping", "mapping": "a=" + "[" * 50_000},
            "This is no TOML",
            id="nested without end",
        ),
        pytest.param(
            {"dataset": "own-mapping", "mapping": 'name = "../x"'},
            "small letters, digits and hyphens",
            id="a name that is a path",
        ),
    ],
)
def test_own_mapping_when_it_cannot_be_taken_then_refused_and_no_file_is_kept(
    desk, uploads, data, expected
):
    answer = upload(desk("editor"), **data)

    assert (answer.status_code, expected in answer.text.replace("&#x27;", "'")) == (400, True)
    assert ImportBatch.objects.count() == 0


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

    answers = [client.post(page(batch, "commit"), figures).status_code for _ in range(2)]

    assert (answers, Claim.objects.count()) == ([302, 302], 1)


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


def test_undo_when_no_reason_is_given_then_asked_for(desk):
    client = desk("editor")
    batch = planned(client)
    press(client, batch, "commit")

    answer = client.post(page(batch, "undo"), {"reason": " "})

    assert (answer.status_code, ImportBatch.objects.get().state) == (400, "committed")


def test_undo_when_nothing_was_written_then_leads_back(desk):
    client = desk("editor")

    assert client.get(page(planned(client), "undo")).status_code == 302


# --- The list -------------------------------------------------------------------------------------
def test_list_when_nothing_was_imported_then_says_what_imports_are(desk):
    assert "Nothing has been imported yet." in desk("editor").get(reverse("admin:imports")).text


def test_list_when_narrowed_then_only_those(desk):
    one, other = factories.import_batch(), factories.import_batch(dataset="gtd")
    force(other, state="failed")
    client, url = desk("editor"), reverse("admin:imports")

    def found(**asked):
        return [line.batch for line in client.get(url, asked).context["lines"]]

    assert found() == [other, one]
    assert found(dataset="gtd") == [other]
    assert found(state="waiting") == [one]
    assert found(before=str(other.pk)) == [one]
    assert (found(dataset="nothing"), found(before="x")) == ([], [other, one])


@pytest.mark.parametrize("number", [1, 3])
def test_list_when_it_grows_then_queries_stay(desk, django_assert_num_queries, number):
    for _ in range(number):
        factories.import_batch()
    client = desk("editor")
    client.get(reverse("admin:imports"))

    with django_assert_num_queries(6):
        client.get(reverse("admin:imports"))


@pytest.mark.parametrize("number", [1, 3])
def test_dry_run_when_the_file_grows_then_queries_stay(desk, django_assert_num_queries, number):
    client = desk("editor")
    batch = planned(client, claims_csv(*(str(n) for n in range(1, number + 1))))
    client.get(page(batch))

    with django_assert_num_queries(7):
        client.get(page(batch))


@pytest.mark.parametrize("number", [1, 3])
def test_dry_run_when_more_is_refused_then_queries_stay(desk, django_assert_num_queries, number):
    client = desk("editor")
    batch = planned(client, claims_csv(*["many"] * number))
    client.get(page(batch))

    with django_assert_num_queries(8):
        client.get(page(batch))


# --- Mending --------------------------------------------------------------------------------------
def test_mended_rows_when_given_back_then_the_whole_file_is_looked_at_again(desk):
    client = desk("editor")
    batch = planned(client, claims_csv("63", "a great many"), release="24.1")
    rows = b"".join(client.get(page(batch, "refused")).streaming_content)
    mended = SimpleUploadedFile("mine.csv", rows.replace(b"a great many", b"about 400"))

    answer = client.post(page(batch, "mend"), {"file": mended})

    again = ImportBatch.objects.latest("pk")
    assert answer["Location"] == page(again)
    assert (again.counts["claim"], again.refused_count, again.release) == ({"new": 2}, 0, "24.1")
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
