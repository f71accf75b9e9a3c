"""A whole tracker goes into a file and comes back from it, on both databases."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from claims.models import Claim, Event, ImportBatch, ImportEdit, ImportRefusal, StoredText
from claims.services import claims as claim_services
from claims.services import comparisons
from claims.services.candidates import accept_candidate
from tests import factories
from tracker.backup import BackupError, restore_backup, write_backup

pytestmark = pytest.mark.django_db(transaction=True)


def tables(path: Path) -> dict[str, str]:
    """The tables of a backup with the SHA-256 of their rows."""
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    return {label: table["sha256"] for label, table in manifest["tables"].items()}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup of public claims, a draft that revises one, a text read, an import, an editor."""
    makiivka = factories.event(title="Makiivka barracks strike", parties=[factories.party()])
    first = factories.claim(event=makiivka, wording="63", state="published")
    factories.claim(event=makiivka, wording="about 400", state="published")
    editor = factories.user(role="editor", username="olena")
    claim_services.revise_claim(first, by=editor, changes={"wording": "89"})
    stored = factories.stored_text("\n  Погибли 63. Later 89.", warc=b"\x00WARC\xff")
    later, earlier = factories.candidates(
        stored, factories.read(stored.text, "63", part_of=1), factories.read(stored.text, "89")
    )
    accept_candidate(later, by=editor, event=makiivka, claimant=first.claimant)
    assert later.part_of == earlier
    batch = ImportBatch.objects.create(
        dataset="claims-csv", by=editor, counts={"claim": {"new": 1}}, state="committed"
    )
    ImportRefusal.objects.create(batch=batch, row=2, reason="Expected a number.")
    ImportEdit.objects.create(
        batch=batch, record_kind="claim", record_id=first.pk, version_before=1
    )
    Event.objects.update(import_batch=batch)
    path = tmp_path / "kept.zip"
    write_backup(path)
    return path


def test_what_comes_back_is_what_went_in(kept: Path, tmp_path: Path) -> None:
    claims = Claim.objects.count()
    rows = restore_backup(kept, replace=True)
    again = tmp_path / "again.zip"
    write_backup(again)

    assert tables(again) == tables(kept)
    assert rows["claims.claim"] == Claim.objects.count() == claims > 0
    assert comparisons.differences() == []
    assert Event.objects.get().import_batch.counts == {"claim": {"new": 1}}
    assert bytes(StoredText.objects.get().warc) == b"\x00WARC\xff"
    assert get_user_model().objects.get(username="olena").check_password("a long enough password")


def test_new_rows_after_a_restore_get_numbers_of_their_own(kept: Path) -> None:
    restore_backup(kept, replace=True)

    newest = Event.objects.latest("id")
    assert Event.objects.create(title="Another").pk > newest.pk


def test_a_database_with_records_is_not_overwritten(kept: Path) -> None:
    with pytest.raises(BackupError, match="There are users and events and sources"):
        restore_backup(kept)

    assert Event.objects.exists()


def test_a_file_cut_off_is_refused_and_nothing_is_lost(kept: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(kept.read_bytes()[:-100])

    with pytest.raises(BackupError, match="is no whole backup"):
        restore_backup(cut, replace=True)

    assert Event.objects.exists()


def test_a_changed_row_is_noticed_and_nothing_is_lost(kept: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(kept) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            body = before.read(name)
            after.writestr(name, body.replace(b"Makiivka", b"Makiivkx"))
    events = list(Event.objects.order_by("pk").values_list("title", flat=True))

    with pytest.raises(BackupError, match="is damaged"):
        restore_backup(changed, replace=True)

    assert list(Event.objects.order_by("pk").values_list("title", flat=True)) == events


def test_the_command_does_not_overwrite_a_file(kept: Path) -> None:
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", str(kept))
