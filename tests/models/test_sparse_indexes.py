"""Columns that hardly a row has are indexed where they are given, and found by that index."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from claims.models import Citation, Claim, Comparison, Document, Event, Source

pytestmark = pytest.mark.django_db


def plan(rows: QuerySet[Any]) -> str:
    """How the database finds rows, where it does not just read all of a small table."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.order_by().explain()


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        pytest.param(lambda: Claim.objects.filter(revises=1), "claim_revising", id="revising one"),
        pytest.param(
            lambda: Claim.objects.filter(revises__in=[1, 2, 3]),
            "claim_revising",
            id="revising one of several",
        ),
        pytest.param(
            lambda: Claim.objects.filter(victims_party=1),
            "claim_of_victims_party",
            id="about a party's victims",
        ),
        pytest.param(
            lambda: Comparison.objects.filter(victims_party=1),
            "comparison_of_victims_party",
            id="comparing a party's victims",
        ),
        pytest.param(lambda: Citation.objects.filter(via=1), "citation_via", id="relayed"),
        pytest.param(lambda: Event.objects.filter(merged_into=1), "event_merged_into", id="event"),
        pytest.param(
            lambda: Source.objects.filter(merged_into=1), "source_merged_into", id="source"
        ),
        pytest.param(
            lambda: Document.objects.filter(merged_into=1), "document_merged_into", id="document"
        ),
        pytest.param(lambda: Claim.objects.filter(merged_into=1), "claim_merged_into", id="claim"),
    ],
)
def test_rows_that_have_something_are_found_by_their_index(
    rows: Callable[[], QuerySet[Any]], index: str
) -> None:
    assert index in plan(rows())


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite does not see the states before it chooses"
)
def test_ones_own_unfinished_claims_are_found_by_their_index() -> None:
    own = Claim.objects.filter(created_by=1, state__in=("draft", "rejected"))

    assert "claim_unfinished_by" in plan(own)
