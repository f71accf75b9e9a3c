"""Whether anything can have changed, in one read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from claims.queries.freshness import freshness
from claims.services import events, parties, sources
from claims.services.records import editing
from tests import factories

WITHIN = 20


def test_nothing_is_known_of_an_empty_tracker(db: None) -> None:
    assert freshness() is None


def test_it_takes_one_query_and_stands_still_without_edits(
    db: None, django_assert_num_queries: Callable[[int], object]
) -> None:
    factories.claim()
    before = freshness()

    with django_assert_num_queries(1):
        assert freshness() == before


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda: factories.claim(), id="a new claim"),
        pytest.param(lambda: factories.document(), id="a new document"),
        pytest.param(
            lambda: sources.edit_source(
                factories.source(), by=factories.user(), changes={"url": "https://a.example"}
            ),
            id="an edited source",
        ),
        pytest.param(
            lambda: parties.edit_party(
                factories.party("Before"),
                by=factories.user(role="chief"),
                changes={"name": "After"},
            ),
            id="a renamed party",
        ),
    ],
)
def test_every_edit_moves_it(db: None, edit: Callable[[], object]) -> None:
    factories.event()
    factories.party("Before")
    before = freshness()

    edit()

    assert freshness().version != before.version


def test_the_time_of_the_last_edit_is_told_once_it_is_settled(db: None) -> None:
    marked = timezone.now() - timedelta(days=1)
    with time_machine.travel(marked, tick=False):
        event = factories.event()
        events.mark_checked(event, by=factories.user(), on=date(2023, 6, 1))

    assert freshness().modified == marked
    with time_machine.travel(marked + timedelta(seconds=1), tick=False):
        assert freshness().modified is None


def test_no_time_is_told_where_who_began_first_commits_last(db: None) -> None:
    now = timezone.now()
    for days in (2, 1, 3):
        with time_machine.travel(now - timedelta(days=days), tick=False):
            factories.event()
    out_of_order = freshness().modified
    with time_machine.travel(now - timedelta(hours=1), tick=False):
        factories.event()

    assert (out_of_order, freshness().modified) == (None, now - timedelta(hours=1))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_who_began_first_and_commits_last_moves_it() -> None:
    chief = factories.user(role="chief")
    factories.event()
    first, second = factories.source(), factories.source()
    has_written, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with editing(by=chief) as edit:
                held = edit.lock(first)
                held.url = "https://a.example"
                edit.save(held)
                has_written.set()
                may_commit.wait(WITHIN)
        finally:
            connection.close()

    slow = threading.Thread(target=slowly)
    slow.start()
    assert has_written.wait(WITHIN)
    sources.edit_source(second, by=chief, changes={"url": "https://b.example"})
    between = freshness()
    may_commit.set()
    slow.join(WITHIN)

    assert freshness().version != between.version
