"""The log of an event without models: the same entries as the log itself, with the same records."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.models import Event
from claims.queries.change_log import LoggedChange, with_records
from claims.queries.compared_rows import compared_claims
from claims.queries.event_log import MOST_CHANGES, event_log
from claims.queries.lists import public_changes
from claims.services import claims, reviews
from tests import factories

pytestmark = pytest.mark.django_db


def told(logged: list[LoggedChange]) -> list[tuple[object, ...]]:
    """Return what entries tell, by values that models and light values share."""
    return [
        (
            *(one.change.pk, one.change.kind, one.change.at, one.change.reason, one.change.fields),
            *(one.change.record_id, one.change.target_id, one.change.fields_are_public),
            *(getattr(r, "public_id", None) for r in (one.record, one.document, one.replaced)),
        )
        for one in logged
    ]


def logs(event: Event) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return the log of an event the quick way and the plain way."""
    own = event_log(event, compared_claims([event.pk]).get(event.pk, []))
    plain = public_changes().filter(event=event).order_by("-id")[:MOST_CHANGES]
    return told(with_records(own.changes, own.known)), told(with_records(plain))


def test_log_is_what_the_public_log_says_of_an_event() -> None:
    chief = factories.user(role="chief")
    first = factories.claim(wording="63")
    event = first.event
    later = factories.claim(event=event, claimant=first.claimant, wording="89", revises=first)
    factories.citation(later)
    claims.correct_claim(later, by=chief, changes={"area": "north"}, reason="Read again.")
    gone = factories.claim(event=event)
    reviews.withdraw_claim(gone, by=chief, reason="Not theirs.")
    factories.claim(event=event, state="draft")

    quick, plain = logs(event)

    assert quick == plain
    assert len(quick) > 4


def test_log_when_a_claim_moved_to_another_event_then_the_entry_still_tells_of_it() -> None:
    claim = factories.claim()
    event, elsewhere = claim.event, factories.event()
    factories.claim(event=event)
    claims.correct_claim(
        claim,
        by=factories.user(role="chief"),
        changes={"event": elsewhere},
        reason="It was there.",
    )
    factories.publish(claim)

    quick, plain = logs(event)

    assert quick == plain
    assert claim.public_id in {entry[5] for entry in quick if entry[8]}


def test_log_is_cut_and_says_so(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    event, paper = factories.event(), factories.document()
    for n in range(MOST_CHANGES + 1):
        factories.claim(event=event, wording=str(n + 1), documents=[paper])
    own = compared_claims([event.pk])[event.pk]

    with django_assert_num_queries(1):
        log = event_log(event, own)

    assert (len(log.changes), log.has_older) == (MOST_CHANGES, True)
