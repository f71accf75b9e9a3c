"""Indexes and references of an empty tracker go for a first load and come back the same."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, connections, transaction

from claims.ingest.landing import bare_tables, committing
from claims.ingest.landing.bare_tables import DERIVED, LEAST_ROWS, LOG, RECORDS, BareTables
from claims.ingest.synthetic.loading import load_synthetic
from claims.models import Claim, Comparison, Document, Event, EventDigest
from claims.services import comparisons, integrity
from tests import factories
from tests.ingest.load import write_load

pytestmark = pytest.mark.django_db

ALL = RECORDS + DERIVED + LOG


def rules() -> set[bare_tables.Rule]:
    """What the tables have now, with how it is made."""
    return set(bare_tables.rules_of(ALL))


def test_what_was_taken_away_is_made_again_the_same() -> None:
    before, bare = rules(), BareTables()

    bare.take_away(LEAST_ROWS)

    assert len(before) > 50
    assert (rules(), bare.are_bare) == (set(), True)
    for models in (RECORDS, LOG, DERIVED):
        bare.make_again(models)
    assert (rules(), bare.are_bare) == (before, False)


def test_nothing_is_taken_from_a_tracker_that_has_something() -> None:
    factories.event()
    before, bare = rules(), BareTables()

    bare.take_away(LEAST_ROWS)

    assert (rules(), bare.are_bare) == (before, False)


def test_nothing_is_taken_for_a_small_file() -> None:
    before, bare = rules(), BareTables()

    bare.take_away(LEAST_ROWS - 1)

    assert (rules(), bare.are_bare) == (before, False)


def test_rows_that_break_a_rule_are_found_when_it_is_made_again() -> None:
    bare = BareTables()
    bare.take_away(LEAST_ROWS)
    Document.objects.bulk_create(
        Document(title=title, url="https://example.org/one", public_id=public_id)
        for title, public_id in (("One", "do_0000000001"), ("Two", "do_0000000002"))
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        bare.make_again(RECORDS)


@transaction.atomic
def write_a_document_of_nobody() -> None:
    """Write a row that refers to a source that is not here, in tables without their rules."""
    bare = BareTables()
    bare.take_away(LEAST_ROWS)
    Document.objects.bulk_create([Document(title="One", publisher_id=63)])
    for models in (RECORDS, LOG, DERIVED):
        bare.make_again(models)


@pytest.mark.django_db(transaction=True)
def test_rows_that_refer_to_nothing_are_never_kept() -> None:
    with pytest.raises(IntegrityError):
        write_a_document_of_nobody()

    assert Document.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_first_load_beside_a_reader_is_written_the_ordinary_way(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    path = tmp_path / "load.csv"
    write_load(path, claims=20)
    read, done = threading.Event(), threading.Event()

    def reads() -> None:
        with transaction.atomic():
            Claim.objects.exists()
            read.set()
            done.wait(timeout=60)
        connections.close_all()

    reader = threading.Thread(target=reads)
    reader.start()
    read.wait(timeout=60)
    with transaction.atomic():
        bare = BareTables()
        bare.take_away(LEAST_ROWS)
        assert not bare.are_bare
    load_synthetic(path)
    done.set()
    reader.join()

    assert Claim.objects.count() == 20
    assert "the ordinary way" in caplog.text


@contextmanager
def another_session(begin: Callable[[], object], *, ends_after: float) -> Iterator[None]:
    """Somebody else's transaction, open for some seconds; ends with the block at the latest."""
    begun, done = threading.Event(), threading.Event()

    def works() -> None:
        with transaction.atomic():
            begin()
            begun.set()
            done.wait(timeout=ends_after)
        connections.close_all()

    session = threading.Thread(target=works)
    session.start()
    begun.wait(timeout=60)
    yield
    done.set()
    session.join()


@pytest.mark.django_db(transaction=True)
def test_first_load_waits_a_moment_only_for_who_reads_users() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    before = rules()

    with another_session(User.objects.exists, ends_after=6), transaction.atomic():
        bare = BareTables()
        bare.take_away(LEAST_ROWS)
        assert (rules(), bare.are_bare) == (before, False)


@pytest.mark.django_db(transaction=True)
def test_first_load_that_comes_second_holds_nobody_up() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    held: list[str] = []

    with another_session(factories.event, ends_after=1), transaction.atomic():
        bare = BareTables()
        bare.take_away(LEAST_ROWS)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
                "WHERE l.pid = pg_backend_pid() AND l.mode = 'AccessExclusiveLock'"
            )
            held += [name for (name,) in cursor]
        assert not bare.are_bare

    assert (Event.objects.count(), held) == (1, [])


def hold_parties() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE claims_party IN SHARE UPDATE EXCLUSIVE MODE")


@pytest.mark.django_db(transaction=True)
def test_load_whose_tables_cannot_be_counted_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    monkeypatch.setattr(committing, "ENOUGH_TO_COUNT", 1)
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "options", "-c lock_timeout=100ms")  # of the counting threads
    path = tmp_path / "load.csv"
    write_load(path, claims=20)

    with another_session(hold_parties, ends_after=20):
        batch = load_synthetic(path)

    said = f"Import {batch.pk} is written, its tables could not be counted."
    assert (Claim.objects.count(), caplog.messages) == (20, [said])


@pytest.mark.django_db(transaction=True)
def test_first_load_is_what_any_load_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bare_tables, "LEAST_ROWS", 10)
    path = tmp_path / "load.csv"
    write_load(path, claims=60)
    before = rules()

    load_synthetic(path)

    assert rules() == before
    assert (Claim.objects.published().count(), EventDigest.objects.count()) == (60, 12)
    assert Comparison.objects.count() == 12
    assert comparisons.differences() == []
    assert integrity.problems() == []
