"""Imports at the desk: who may, a new one from an upload however hostile, the list."""

from __future__ import annotations

import pytest
from django.urls import reverse

from claims.models import Claim, Event, ImportBatch, ImportRefusal
from tests import factories
from tests.admin.importing import NEW, force, page, planned, press, upload
from tests.factories import claims_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]


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
    assert batch.counts["claim"] == {"new": 1, "changed": 0, "same": 0, "gone": 0}
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
            {"dataset": "own-mapping", "mapping": "name = "}, "not well-formed TOML", id="no TOML"
        ),
        pytest.param(
            {"dataset": "own-mapping", "mapping": "a=" + "[" * 50_000},
            "nested too deep",
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
