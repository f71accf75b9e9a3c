"""The commands around imports and derived rows, as a person at a shell meets them."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import Claim, Comparison, ImportBatch, Tally
from tests import factories
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]


def run(name: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_import_is_a_dry_run_that_says_so_first_and_last(csv_file: Write) -> None:
    said = run("import_claims", csv_file(row()))

    assert said.startswith("DRY RUN: nothing saved yet.")
    assert said.rstrip().endswith("DRY RUN: nothing saved yet. Add --commit to write.")
    assert "     new: 1 events, 2 sources, 1 documents, 1 claims, 1 citations" in said
    assert Claim.objects.count() == 0


def test_import_with_commit_writes_drafts_by_the_import_user(csv_file: Write) -> None:
    said = run("import_claims", csv_file(row()), "--commit")

    assert "Written as import " in said
    claim = Claim.objects.get()
    assert (claim.state, claim.created_by.username) == ("draft", "import")


def test_import_names_what_changes_and_what_is_refused(csv_file: Write) -> None:
    run("import_claims", csv_file(row()), "--commit")

    changed = run("import_claims", csv_file(row(victims_wording="men")))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_claims", str(csv_file(row(measure="kiled"))), stdout=out)

    assert "changed claim bridge/army: victims_wording" in changed
    assert "refused row 2, measure: “kiled” is no measure. Did you mean “killed”?" in out.getvalue()
    assert ended.value.code == 1


def test_import_publishes_in_the_names_of_two_people(csv_file: Write) -> None:
    writer, reviewer = factories.user(), factories.user()

    run(
        "import_claims",
        csv_file(row()),
        "--commit",
        "--publish",
        "--by",
        writer.username,
        "--reviewed-by",
        reviewer.username,
    )

    claim = Claim.objects.get()
    assert (claim.state, claim.created_by, claim.reviewed_by) == ("published", writer, reviewer)


def test_import_with_a_waiver_needs_no_second_person_and_says_so(csv_file: Write) -> None:
    writer = factories.user()
    told = ["--commit", "--publish", "--by", writer.username, "--waiver", "Checked by its makers"]

    run("import_dataset", "claims-csv", csv_file(row()), *told)

    claim = Claim.objects.get()
    assert (claim.state, claim.reviewed_by, claim.review_waived, claim.waiver_reason) == (
        "published",
        writer,
        True,
        "Checked by its makers",
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--publish"], "--publish needs --by USER and --reviewed-by USER"),
        (["--by", "nobody"], "There is no active user “nobody”"),
        (
            ["--commit", "--publish", "--by", "one", "--reviewed-by", "one"],
            "cannot import and review",
        ),
    ],
)
def test_import_that_cannot_be_is_one_sentence(
    csv_file: Write, arguments: list[str], reason: str
) -> None:
    factories.user(username="one")

    with pytest.raises(CommandError, match=reason):
        run("import_claims", csv_file(row()), *arguments)


def test_import_of_no_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run("import_claims", tmp_path / "missing.csv")


def test_rebuild_check_finds_and_rebuild_mends() -> None:
    factories.claim()
    Comparison.objects.update(highest=7)
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_comparisons", check=True, stdout=out, stderr=StringIO())
    assert ended.value.code == 1
    assert "highest is 7, computed 25" in out.getvalue()
    assert "1 events" in run("rebuild_comparisons")

    assert "equals a fresh computation" in run("rebuild_comparisons", "--check")


def test_check_integrity_finds_what_is_wrong() -> None:
    factories.claim()
    assert run("check_integrity") == "Every rule holds.\n"
    Tally.objects.filter(name="claim").update(value=9)
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("check_integrity", stdout=out, stderr=StringIO())

    assert out.getvalue() == "Tally claim: stored 9, counted 1.\n"


def test_import_dataset_is_undone_by_its_number(csv_file: Write) -> None:
    run("import_dataset", "claims-csv", csv_file(row()), "--commit")
    batch = ImportBatch.objects.get()

    said = run("import_dataset", "--undo", batch.pk, "--reason", "Wrong file")

    assert said == f"Import {batch.pk} is undone.\n"
    assert Claim.objects.get().state == "withdrawn"
    assert f"import {batch.pk}: claims-csv, claims.csv, undone" in run("import_dataset", "--list")


@pytest.mark.parametrize(
    ("silent_for", "said"),
    [
        pytest.param(timedelta(seconds=5), "being written", id="one at work"),
        pytest.param(timedelta(minutes=5), "stopped", id="one whose process died"),
    ],
)
def test_import_dataset_when_listing_says_who_still_works(silent_for: timedelta, said: str) -> None:
    batch = ImportBatch.objects.create(
        dataset="claims-csv",
        file_name="claims.csv",
        state="committing",
        moved_at=timezone.now() - silent_for,
    )

    line = f"import {batch.pk}: claims-csv, claims.csv, {said}\n"
    assert line in run("import_dataset", "--list")


def test_import_dataset_gives_the_refused_rows_back_with_their_problems(
    csv_file: Write, tmp_path: Path
) -> None:
    refused = tmp_path / "refused.csv"

    with pytest.raises(SystemExit):
        run("import_dataset", "claims-csv", csv_file(row(best="x")), "--refused", refused)

    with refused.open(encoding="utf-8-sig", newline="") as file:
        (found,) = csv.DictReader(file)
    problem = "Expected a whole number such as 400 or 1,200, got “x”."
    assert (found["best"], found["import_row"]) == ("x", "2")
    assert problem in found["import_problem"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Name a dataset and a file"),
        (["--undo", "7"], "There is no import 7"),
    ],
)
def test_import_dataset_that_cannot_be_is_one_sentence(arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run("import_dataset", *arguments)
