"""The synthetic dataset: always the same, as large as asked, taken whole by the importer."""

import csv
import hashlib
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.ingest.columns import COLUMNS
from claims.ingest.synthetic.csv_file import HEADER, write_synthetic
from claims.ingest.synthetic.loading import load_synthetic
from claims.ingest.synthetic.sizes import sizes
from claims.models import Claim, Event
from claims.services.comparisons import differences
from tests import factories

SHA_256 = "42b7856fe7a0b1041aa854082343ca86c6e49b942ffaef038436b99611ba5e57"


def synthetic(**wanted: int) -> str:
    file = io.StringIO()
    write_synthetic(file, **{"events": 40, "claims": 200, "seed": 1, **wanted})
    return file.getvalue()


def test_synthetic_dataset_is_the_same_bytes_for_the_same_seed():
    made = synthetic()

    assert hashlib.sha256(made.encode()).hexdigest() == SHA_256
    assert synthetic(seed=2) != made


def test_synthetic_dataset_has_columns_of_the_claims_csv():
    assert [column for column in HEADER if column not in COLUMNS] == []


@settings(deadline=None)
@given(st.integers(1, 3_000), st.integers(0, 20_000))
def test_sizes_of_events_add_up_to_the_claims_wanted(events, more):
    found = sizes(events=events, claims=events + more)

    of_each = [found.of(place) for place in range(events)]

    assert sum(of_each) == events + more
    assert min(of_each) >= 1


def test_sizes_refuse_fewer_claims_than_events():
    with pytest.raises(ValueError, match="Expected at least one event and a claim for each"):
        sizes(events=10, claims=9)


@pytest.mark.django_db
def test_synthetic_dataset_is_taken_whole(tmp_path: Path):
    path = tmp_path / "synthetic.csv"
    path.write_text(synthetic(events=120, claims=1_000), encoding="utf-8")

    batch = load_synthetic(path)

    assert batch.refused_count == 0
    assert batch.counts["event"]["new"] == 120
    assert batch.counts["claim"]["new"] == 1_000


def test_synthetic_dataset_has_every_kind_of_difficulty():
    rows = list(csv.DictReader(io.StringIO(synthetic(events=400, claims=4_000))))

    filled = {column for cells in rows for column, cell in cells.items() if cell}
    assert filled == set(HEADER)
    assert len({cells["qualifier"] for cells in rows}) == 10
    assert len({cells["count_basis"] for cells in rows}) == 5
    assert len({cells["claimant_kind"] for cells in rows}) == 16
    assert any(cells["event"][0] == "С" for cells in rows)
    assert any(cells["event"][0] == "ح" for cells in rows)
    assert all("ynthetic" in cells["claimant"] for cells in rows)


@pytest.mark.django_db
def test_make_load_publishes_what_it_made(capsys):
    call_command("make_load", events=20, claims=100, seed=3)

    assert capsys.readouterr().out.splitlines() == [
        "Wrote 20 events with 100 claims in 124 rows.",
        "Imported and published them.",
    ]
    assert Event.objects.published().count() == 20
    waived = Claim.objects.published().filter(review_waived=True)
    assert waived.values("waiver_reason").distinct().get() == {
        "waiver_reason": "Synthetic: made up to measure with; nobody reviewed it."
    }
    assert waived.count() == 100
    assert differences() == []


@pytest.mark.django_db
def test_make_load_leaves_a_filled_database_alone():
    factories.event()

    with pytest.raises(CommandError, match="This database holds records already"):
        call_command("make_load", events=1, claims=1)

    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_make_load_goes_beside_other_records_when_told_to():
    factories.event()

    call_command("make_load", "--into-filled", events=1, claims=1)

    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_make_load_of_an_unusual_size_needs_a_second_person():
    call_command("make_load", events=1, claims=1)
    editor = factories.user(role="editor")

    with pytest.raises(CommandError, match="A second editor has to agree"):
        call_command("make_load", "--into-filled", events=60, claims=120, seed=2)
    call_command(
        "make_load", "--into-filled", events=60, claims=120, seed=2, agreed_by=editor.username
    )

    assert Event.objects.count() == 61


def test_make_load_writes_a_file_without_a_database(tmp_path: Path):
    path = tmp_path / "load.csv"

    call_command("make_load", "--no-import", events=40, claims=200, file=path)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA_256


def test_make_load_refuses_to_write_nowhere():
    with pytest.raises(CommandError, match="--no-import needs --file FILE"):
        call_command("make_load", "--no-import")


def test_make_load_refuses_more_events_than_claims(tmp_path: Path):
    with pytest.raises(CommandError, match="got 2 events and 1 claims"):
        call_command("make_load", "--no-import", events=2, claims=1, file=tmp_path / "load.csv")
