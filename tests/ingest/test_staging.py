"""The temporary tables of SQLite: filled beside other writers, numbered as records will be."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from claims.ingest.landing.staging import Staging
from claims.models import Party
from tests import factories

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL takes rows by COPY and numbers by sequences"
)


@pytest.fixture
def staging() -> Iterator[Staging]:
    """An empty table ``said`` of the columns ``n`` and ``word``."""
    made = Staging()
    made.create("said", {"n": "number", "word": "text"})
    yield made
    made.drop()


@pytest.mark.django_db(transaction=True)
def test_rows_when_somebody_else_is_writing_are_put_down_at_once(staging: Staging) -> None:
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    staging.put("said", {"n": ["1", "2"], "word": ["one", ""]})

    other.execute("ROLLBACK")
    other.close()
    assert staging.all("SELECT n, word FROM said ORDER BY n") == [(1, "one"), (2, None)]


@pytest.mark.django_db(transaction=True)
def test_rows_that_cannot_be_put_down_hold_nobody_up(staging: Staging) -> None:
    with pytest.raises(DatabaseError):
        staging.put("said", {"n": ["1"], "unknown": ["one"]})

    with transaction.atomic():
        factories.party("Ours")
    assert (Party.objects.count(), staging.number("SELECT count(*) FROM said")) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("after", [0, 41])
def test_rows_when_numbered_follow_the_last_id_in_their_order(staging: Staging, after: int) -> None:
    staging.put("said", {"n": ["3", "1", "2"], "word": ["c", "a", "b"]})

    staging.make_numbered("numbered", "SELECT n, word FROM said ORDER BY n", after=after)

    assert staging.all("SELECT id, n, word FROM numbered ORDER BY id") == [
        (after + 1, 1, "a"),
        (after + 2, 2, "b"),
        (after + 3, 3, "c"),
    ]


@pytest.mark.django_db
def test_rows_when_there_are_none_are_numbered_as_none(staging: Staging) -> None:
    staging.make_numbered("numbered", "SELECT n, word FROM said ORDER BY n", after=7)

    assert staging.all("SELECT id, n, word FROM numbered") == []
