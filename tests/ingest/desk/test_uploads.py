"""Files that editors send in: kept under names of our own, or refused in a sentence."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.ingest.desk import uploads
from claims.ingest.desk.uploads import UploadRefused, keep_upload, path_of, shown_name
from claims.models import ImportBatch
from tests import factories

TEXT = b"a,b\n1,2\n"


def workbook() -> bytes:
    """The first bytes of what a workbook is: a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return file.getvalue()


def kept(content: bytes, name: str = "claims.csv", **more: int) -> uploads.Upload:
    return keep_upload([content], name=name, size=more.get("size", len(content)))


def refusal(content: bytes, name: str = "claims.csv", **more: int) -> str:
    with pytest.raises(UploadRefused) as refused:
        kept(content, name, **more)
    return str(refused.value)


def test_file_when_kept_then_name_is_ours_and_only_its_owner_can_read_it(uploads):
    upload = kept(TEXT)

    (path,) = uploads.iterdir()
    assert (path.name, path.read_bytes()) == (upload.stored_as, TEXT)
    assert (upload.shown_name, upload.size, path.suffix) == ("claims.csv", 8, ".csv")
    assert upload.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(uploads.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("../../etc/passwd.csv", "passwd.csv", id="a path upwards"),
        pytest.param("C:\\Users\\me\\tolls.csv", "tolls.csv", id="a path of Windows"),
        pytest.param("a\x00b\nc.csv", "abc.csv", id="what cannot be printed"),
        pytest.param("\u202egnp.csv", "gnp.csv", id="letters turned round"),
        pytest.param("<b>x</b>.csv", "b>.csv", id="markup, which is text like any other"),
        pytest.param("  a   b .csv", "a b .csv", id="white space"),
        pytest.param("/", "file", id="nothing"),
        pytest.param(
            "x" * 300 + ".csv", "x" * 59 + "…" + "x" * 56 + ".csv", id="long, cut in the middle"
        ),
    ],
)
def test_name_of_a_file_is_text_to_show(name, expected):
    assert shown_name(name) == expected


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/cron.d/evil.csv", "..\\evil.csv"])
def test_file_when_its_name_is_a_path_then_kept_in_the_folder_all_the_same(uploads, name):
    upload = kept(TEXT, name)

    assert [path.name for path in uploads.iterdir()] == [upload.stored_as]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        pytest.param(b"", "a.csv", "This file is empty.", id="empty"),
        pytest.param(TEXT, "a.exe", "found “.exe”", id="an ending that is not read"),
        pytest.param(TEXT, "a", "found none", id="no ending"),
        pytest.param(TEXT, "a.xlsx", "the file is no .xlsx workbook", id="a text called .xlsx"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a.xlsx",
            "without a password",
            id="an encrypted one",
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "a.csv", "an old Excel file", id=".xls as .csv"),
        pytest.param(workbook(), "a.csv", "the file is an .xlsx workbook", id="a ZIP as .csv"),
        pytest.param(b"\x1f\x8b\x08", "a.csv", "compressed with gzip", id="gzip as .csv"),
        pytest.param(b"%PDF-1.7", "a.json", "a PDF", id="a PDF as .json"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a.csv", "a picture", id="a picture as .csv"),
        pytest.param(b"MZ\x90\x00", "a.csv", "a program", id="a program as .csv"),
    ],
)
def test_file_when_it_is_not_what_it_says_then_refused_and_not_kept(
    uploads, content, name, expected
):
    said = refusal(content, name)

    assert expected in said
    assert list(uploads.glob("*")) == []


def test_file_when_it_says_it_is_too_large_then_refused_before_it_is_read(settings):
    settings.IMPORT_LARGEST_MB = 1

    with pytest.raises(UploadRefused, match="at most 1 MB, got 10,000,000,000 bytes"):
        keep_upload(iter([]), name="a.csv", size=10_000_000_000)


def test_file_when_it_is_larger_than_it_says_then_stopped_and_not_kept(settings, uploads):
    settings.IMPORT_LARGEST_MB = 1
    chunks = (b"x" * 100_000 for _ in range(100))

    with pytest.raises(UploadRefused, match="at most 1 MB, got 1,100,000 bytes"):
        keep_upload(chunks, name="a.csv", size=10)

    assert (list(uploads.iterdir()), sum(1 for _ in chunks)) == ([], 89)


def test_file_when_the_disk_would_get_too_full_then_refused(settings):
    settings.IMPORT_FREE_MB = 10**9

    assert "manage.py clean_imports" in refusal(TEXT)


@pytest.mark.django_db
@pytest.mark.parametrize("stored_as", ["", "../secret_key", "claims.csv", "0" * 32 + ".exe"])
def test_path_when_the_name_is_none_of_ours_then_there_is_no_file(uploads, stored_as):
    (uploads.parent / "secret_key").write_text("secret")

    assert path_of(ImportBatch(stored_as=stored_as)) is None


@pytest.mark.django_db
def test_clean_imports_when_run_then_only_old_files_that_nobody_works_on_go(uploads, capsys):
    old, working, recent = (factories.import_batch() for _ in range(3))
    before = timezone.now() - timedelta(days=31)
    ImportBatch.objects.filter(pk__in=[old.pk, working.pk]).update(created_at=before)
    ImportBatch.objects.filter(pk=working.pk).update(state="committing", moved_at=timezone.now())
    stray = kept(TEXT)
    os.utime(uploads / stray.stored_as, times=(before.timestamp(), before.timestamp()))

    call_command("clean_imports", "--older-than", "30")

    assert "Removed 2 files" in capsys.readouterr().out
    left = {path.name for path in uploads.iterdir()}
    assert left == {working.stored_as, recent.stored_as}
    assert ImportBatch.objects.count() == 3


def test_file_when_the_disk_fails_on_the_way_then_refused_in_words_and_not_kept(uploads):
    def chunks():
        yield TEXT
        raise OSError(28, "No space left on device")

    with pytest.raises(UploadRefused, match="No space left on device"):
        keep_upload(chunks(), name="a.csv", size=8)

    assert list(uploads.iterdir()) == []
