"""Snapshots: whole or not there, the same bytes for the same data, altered or not."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from claims.exports.formats.parquet import PARQUET
from claims.exports.snapshots.contents import CONTENTS
from claims.exports.snapshots.publishing import SnapshotRefused, publish_snapshot
from claims.exports.snapshots.reading import faults_of, snapshot_named, snapshots_in
from claims.models import Claim
from claims.services import claims, reviews
from tests import factories

pytestmark = pytest.mark.django_db
TABLES = ["events", "claims", "comparisons", "sources", "documents", "changes"]


@pytest.fixture
def strike() -> SimpleNamespace:
    claim = factories.claim(wording="about 400")
    return SimpleNamespace(claim=claim, event=claim.event)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_date(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "datapackage.json"
    }


def test_a_snapshot_holds_every_table_and_says_what_it_holds(
    tmp_path: Path, strike: SimpleNamespace
) -> None:
    made = publish_snapshot(tmp_path, note="First.")

    described = json.loads((made.folder / "datapackage.json").read_text())
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (described["version"], described["note"]) == (made.folder.name, "First.")
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert [r["path"] for r in described["resources"] if r["format"] == "csv"] == [
        *(f"{table}.csv" for table in TABLES),
        "codebook.csv",
    ]
    names = [r["name"] for r in described["resources"]]
    assert len(set(names)) == len(names)
    for resource in described["resources"]:
        content = (made.folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if resource["format"] == "csv":
            rows = read(made.folder / resource["path"])
            assert resource["rows"] == len(rows)
            assert [f["name"] for f in resource["schema"]["fields"]] == list(rows[0])


@pytest.mark.skipif(not PARQUET.is_installed(), reason="needs the extra duckdb")
def test_every_format_has_the_same_rows(tmp_path: Path, strike: SimpleNamespace) -> None:
    import duckdb

    made = publish_snapshot(tmp_path)

    for table in TABLES:
        expected = len(read(made.folder / f"{table}.csv"))
        lines = (made.folder / f"{table}.jsonl").read_text().splitlines()
        parquet = duckdb.read_parquet(str(made.folder / f"{table}.parquet"))
        assert [len(lines), len(parquet.fetchall())] == [expected, expected], table


def test_every_row_has_a_licence_and_a_citation(tmp_path: Path, strike: SimpleNamespace) -> None:
    made = publish_snapshot(tmp_path)

    (claim,) = read(made.folder / "claims.csv")
    assert claim["licence"] == "CC-BY-4.0"
    assert claim["citation"].endswith(
        f"“{strike.event.title}”, record {strike.claim.public_id}. "
        f"http://127.0.0.1:8000/claims/{strike.claim.public_id}/"
    )


def test_the_columns_are_those_of_the_exports_and_two_more(client: Client) -> None:
    for content in CONTENTS:
        live = client.get(f"/api/v1/{content.table.name}.csv").getvalue().decode()
        header = live.partition("\n")[0].split(",")
        assert content.table.header == [*header, "licence", "citation"]


def test_codes_are_in_the_schema_and_in_the_codebook(
    tmp_path: Path, strike: SimpleNamespace
) -> None:
    made = publish_snapshot(tmp_path)

    (events,) = (r for r in made.descriptor["resources"] if r["path"] == "events.csv")
    fields = {field["name"]: field for field in events["schema"]["fields"]}
    assert "strike" in fields["kind"]["constraints"]["enum"]
    assert fields["claim_count"]["type"] == "integer"
    assert fields["date_start"]["type"] == "string"
    assert [
        row["label"]
        for row in read(made.folder / "codebook.csv")
        if (row["table"], row["column"], row["code"]) == ("claims", "qualifier", "at_least")
    ] == ["at least"]
    assert "| `at_least` | at least |" in (made.folder / "codebook.md").read_text()


def test_the_same_data_gives_the_same_bytes(tmp_path: Path, strike: SimpleNamespace) -> None:
    first = publish_snapshot(tmp_path / "one")
    second = publish_snapshot(tmp_path / "two")

    assert without_date(first.folder) == without_date(second.folder)


def test_sums_are_those_that_the_usual_program_checks(
    tmp_path: Path, strike: SimpleNamespace
) -> None:
    made = publish_snapshot(tmp_path)

    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"],
        cwd=made.folder, check=False, capture_output=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_second_snapshot_says_what_changed_since_the_first(
    tmp_path: Path, strike: SimpleNamespace
) -> None:
    chief = factories.user(role="chief")
    first = publish_snapshot(tmp_path)
    later = factories.publish(
        claims.revise_claim(
            strike.claim,
            by=factories.user(),
            changes={"wording": "89"},
            citations=[{"document": factories.document()}],
        )
    )
    gone = factories.claim(event=strike.event)
    reviews.withdraw_claim(gone, by=chief, reason="Never said.")
    factories.claim(state="draft")

    second = publish_snapshot(tmp_path)

    log = json.loads((second.folder / "changelog.json").read_text())
    assert (first.descriptor["changes"], log["since"]) == ({"since": None}, first.name)
    assert log["revised"]["claim"] == [{"id": later.public_id, "target": strike.claim.public_id}]
    assert log["withdrawn"]["claim"] == [{"id": gone.public_id}]
    assert second.descriptor["changes"]["revised"] == 1
    assert f"- {gone.public_id}" in (second.folder / "changelog.md").read_text()
    assert [s.name for s in snapshots_in(tmp_path)] == [second.name, first.name]


def test_snapshots_of_one_day_are_numbered_and_in_order(tmp_path: Path) -> None:
    made = [publish_snapshot(tmp_path).name for _ in range(11)]

    assert [name.rpartition(".")[2] for name in made] == [str(n) for n in range(1, 12)]
    assert [s.name for s in snapshots_in(tmp_path)] == made[::-1]


def test_what_is_not_public_is_not_in_it(tmp_path: Path, strike: SimpleNamespace) -> None:
    Claim.objects.filter(pk=strike.claim.pk).update(note="canary", mismatch_reason="canary")
    factories.claim(event=strike.event, state="draft", wording="777777")
    factories.event(title="canary", state="draft")

    made = publish_snapshot(tmp_path)

    for path in made.folder.iterdir():
        content = path.read_bytes()
        assert b"canary" not in content, path.name
        assert b"777777" not in content, path.name


def test_a_whole_snapshot_has_no_faults(tmp_path: Path, strike: SimpleNamespace) -> None:
    assert list(faults_of(publish_snapshot(tmp_path).folder)) == []


def test_what_was_cut_off_or_altered_is_named(tmp_path: Path, strike: SimpleNamespace) -> None:
    folder = publish_snapshot(tmp_path).folder
    whole = (folder / "claims.csv").read_bytes()
    (folder / "claims.csv").write_bytes(whole[:-10])
    (folder / "events.csv").write_bytes((folder / "events.csv").read_bytes().replace(b"S", b"s"))
    (folder / "sources.csv").unlink()
    (folder / "notes.txt").write_text("mine")

    faults = list(faults_of(folder))

    assert faults[0].startswith("events.csv was altered: its SHA-256 is ")
    assert faults[1:] == [
        f"claims.csv is short: {len(whole) - 10:,} of {len(whole):,} bytes.",
        "sources.csv is missing.",
        "notes.txt is not a file of this snapshot.",
    ]


def test_sums_that_were_altered_are_named(tmp_path: Path, strike: SimpleNamespace) -> None:
    folder = publish_snapshot(tmp_path).folder
    sums = (folder / "SHA256SUMS").read_text()
    (folder / "SHA256SUMS").write_text(sums.replace(sums[:64], "0" * 64))

    assert list(faults_of(folder)) == [
        "SHA256SUMS was altered: it does not say what datapackage.json says."
    ]


def test_a_snapshot_under_the_name_of_another_is_named(
    tmp_path: Path, strike: SimpleNamespace
) -> None:
    made = publish_snapshot(tmp_path)
    copied = tmp_path / "2020-01-01.1"
    shutil.copytree(made.folder, copied)

    assert list(faults_of(copied)) == [
        f"datapackage.json is that of {made.name}, not of 2020-01-01.1."
    ]
    assert [s.name for s in snapshots_in(tmp_path)] == [made.name]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": "2020-01-01.1"}', '{"resources": [1]}']
)
def test_a_damaged_description_is_named_and_not_listed(tmp_path: Path, text: str) -> None:
    whole = publish_snapshot(tmp_path)
    damaged = tmp_path / "2020-01-01.1"
    damaged.mkdir()
    (damaged / "datapackage.json").write_text(text)

    assert [s.name for s in snapshots_in(tmp_path)] == [whole.name]
    assert next(faults_of(damaged)).startswith(f"{damaged / 'datapackage.json'} cannot be read: ")


def test_the_name_of_a_snapshot_that_was_removed_is_not_given_again(tmp_path: Path) -> None:
    first, second = publish_snapshot(tmp_path), publish_snapshot(tmp_path)
    shutil.rmtree(first.folder)

    assert publish_snapshot(tmp_path).name == f"{second.name[:-1]}3"


@pytest.mark.parametrize("room", [0, 3_000, 9_000])
def test_a_full_disk_leaves_nothing_and_is_said(
    tmp_path: Path, strike: SimpleNamespace, room: int
) -> None:
    before = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(CommandError, match="No snapshot was written: "):
            call_command("publish_snapshot", tmp_path)
    finally:
        setrlimit(RLIMIT_FSIZE, before)

    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_without_its_description_was_cut_off(
    tmp_path: Path, strike: SimpleNamespace
) -> None:
    folder = publish_snapshot(tmp_path).folder
    (folder / "datapackage.json").unlink()

    assert list(faults_of(folder)) == [
        f"{folder} was cut off, or is no snapshot: it has no datapackage.json."
    ]
    assert snapshots_in(tmp_path) == []
    assert snapshot_named(tmp_path, folder.name) is None


def test_a_failure_on_the_way_leaves_nothing(
    tmp_path: Path, strike: SimpleNamespace, settings: object
) -> None:
    settings.SITE_NAME = object()  # no JSON can be made of this

    with pytest.raises(TypeError):
        publish_snapshot(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_two_at_once_do_not_write_into_each_other(tmp_path: Path) -> None:
    name = publish_snapshot(tmp_path).name
    (tmp_path / f".unfinished-{name[:-1]}2").mkdir()

    with pytest.raises(SnapshotRefused, match="another snapshot is being written"):
        publish_snapshot(tmp_path)


def test_the_command_writes_and_checks(
    tmp_path: Path, strike: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("publish_snapshot", tmp_path, note="For a paper.")
    call_command("publish_snapshot", tmp_path, verify=True)

    out = capsys.readouterr().out
    assert "claims.csv: 1 rows, " in out
    assert out.endswith("1 snapshots are whole.\n")
    (made,) = snapshots_in(tmp_path)
    (made.folder / "claims.csv").write_text("")
    with pytest.raises(CommandError, match="1 faults in 1 snapshots"):
        call_command("publish_snapshot", tmp_path, verify=True)


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_one_view_and_lets_editors_go_on(tmp_path: Path) -> None:
    factories.claim()

    made = publish_snapshot(tmp_path)

    assert not connection.in_atomic_block
    assert list(faults_of(made.folder)) == []
    with transaction.atomic():
        factories.claim()
