"""Prepared queries give what the query itself gives, in every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from pytest_django import DjangoAssertNumQueries

from claims.models import Change
from claims.queries.lists import public_changes
from claims.queries.prepared import PreparedQuery
from claims.services import claims
from tests import factories


def log_of(event: int) -> list[tuple[object, ...]]:
    """Return what pages show of the log of an event, by the query itself."""
    return [shown(change) for change in public_changes().filter(event=event).order_by("-id")]


def shown(change: Change) -> tuple[object, ...]:
    claimant = change.claim.claimant.name if change.claim else None
    event = change.event.title if change.event else None
    return change.pk, change.kind, change.fields, change.fields_are_public, claimant, event


def prepared() -> PreparedQuery:
    return PreparedQuery(Change, lambda event: public_changes().filter(event=event).order_by("-id"))


@pytest.mark.django_db
def test_rows_are_those_of_the_query_for_every_key(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    log, events = prepared(), [factories.event() for _ in range(3)]
    for event in events[:2]:
        claim = factories.claim(event=event)
    claims.correct_claim(
        claim, by=factories.user(), changes={"victims_wording": "men"}, reason="Misread."
    )

    for event in events:
        with django_assert_num_queries(1):
            rows = log.rows(event.pk)

        assert [shown(change) for change in rows] == log_of(event.pk)


@pytest.mark.django_db(transaction=True)
def test_rows_are_read_through_the_connection_of_each_thread() -> None:
    claim = factories.claim()
    log, expected = prepared(), log_of(claim.event.pk)

    def read(_: int) -> list[tuple[object, ...]]:
        try:
            return [shown(change) for change in log.rows(claim.event.pk)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(read, range(6)))

    assert found == [expected] * 6
    assert read(0) == expected
