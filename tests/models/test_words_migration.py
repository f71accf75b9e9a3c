"""Words of events made anew by a migration, and made plain again by going back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from claims.models import EventWord
from claims.services import comparisons
from tests import factories

BEFORE = [("claims", "0011_history_sheds_unused_indexes")]


@pytest.mark.django_db(transaction=True)
def test_words_are_the_same_after_going_back_and_forth() -> None:
    claim = factories.claim(wording="40")
    factories.claim(event=claim.event, wording="100")
    factories.event(title="Черновик", state="draft")
    rows = sorted(EventWord.objects.values_list())

    plain = MigrationExecutor(connection).migrate(BEFORE).apps.get_model("claims", "EventWord")
    stored = set(plain.objects.values_list("event_id", "word"))
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert stored == {(row[0], row[1]) for row in rows if row[1] != EventWord.EVERY}
    assert sorted(EventWord.objects.values_list()) == rows
    assert comparisons.differences() == []
