"""Importing a file at the desk: looked at first, then committed as drafts."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.admin import imports
from claims.models import Claim, Event
from tests import factories

HEADER = (
    "claim_key,event_key,event,event_start,claimant,measure,victims,wording,claimed_on,document"
)
ROW = "bridge/army,bridge,Strike,2023-01-01,Army,killed,people,{wording},2023-01-02,Report"
URL = "admin:import"


def upload(client, *rows, header=HEADER):
    content = "\n".join([header, *rows]).encode()
    return client.post(reverse(URL), {"file": SimpleUploadedFile("claims.csv", content)})


def test_upload_when_it_can_be_read_then_dry_run_saves_nothing(desk):
    answer = upload(desk("editor"), ROW.format(wording="about 400"))

    assert answer.status_code == 200
    assert "Dry run: nothing saved yet" in answer.text
    assert answer.context["plan"]["counts"] == {"new": 5, "changed": 0, "same": 0, "refused": 0}
    assert (Claim.objects.count(), Event.objects.count()) == (0, 0)


def test_commit_when_dry_run_was_shown_then_claims_are_drafts(desk):
    ed = factories.user(role="editor")
    client = desk(ed)
    planned = upload(client, ROW.format(wording="about 400")).context["planned"]

    answer = client.post(reverse(URL), {"planned": planned})

    claim = Claim.objects.get()
    assert answer.status_code == 200
    assert (claim.state, claim.wording, claim.best, claim.created_by) == (
        "draft",
        "about 400",
        400,
        ed,
    )


def test_commit_when_made_twice_then_second_changes_nothing(desk):
    client = desk("editor")
    planned = upload(client, ROW.format(wording="about 400")).context["planned"]
    client.post(reverse(URL), {"planned": planned})

    answer = client.post(reverse(URL), {"planned": planned})

    assert answer.context["plan"]["counts"] == {"new": 0, "changed": 0, "same": 5, "refused": 0}
    assert Claim.objects.count() == 1


def test_upload_when_a_cell_is_refused_then_row_column_and_reason_and_no_commit(desk):
    answer = upload(desk("editor"), ROW.format(wording="a great many"))

    assert answer.context["planned"] == ""
    (refusal,) = answer.context["refused"]
    assert (refusal.row, refusal.column) == (2, "wording")
    assert refusal.reason in answer.text.replace("&quot;", '"').replace("&#x27;", "'")


def test_upload_when_a_column_is_unknown_then_refused(desk):
    answer = upload(desk("editor"), header="claim_key,claiment")

    assert [r.column for r in answer.context["refused"]] == ["claiment"]


def test_upload_when_not_a_text_then_refused_in_words(desk):
    file = SimpleUploadedFile("claims.csv", b"\x89PNG\r\n\x1a\n\x00\x00")

    answer = desk("editor").post(reverse(URL), {"file": file})

    assert (answer.status_code, len(answer.context["refused"])) == (200, 1)


def test_upload_when_too_large_then_told_what_to_do(desk, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST_FILE", 10)

    answer = upload(desk("editor"), ROW.format(wording="63"))

    assert answer.status_code == 400
    assert "manage.py import_claims" in answer.text


def test_upload_when_no_file_is_chosen_then_asked_for(desk):
    answer = desk("editor").post(reverse(URL), {})

    assert (answer.status_code, "Choose a file first." in answer.text) == (400, True)


def test_commit_when_altered_then_refused(desk):
    client = desk("editor")
    planned = upload(client, ROW.format(wording="63")).context["planned"]

    answer = client.post(reverse(URL), {"planned": "x" + planned})

    assert (answer.status_code, Claim.objects.count()) == (400, 0)


def test_commit_when_sealed_for_somebody_else_then_refused(desk):
    planned = upload(desk("editor"), ROW.format(wording="63")).context["planned"]

    answer = desk("editor").post(reverse(URL), {"planned": planned})

    assert (answer.status_code, Claim.objects.count()) == (400, 0)


def test_import_when_contributor_then_forbidden(desk):
    assert desk("contributor").get(reverse(URL)).status_code == 403
