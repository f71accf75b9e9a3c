"""The front page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from claims.models import Claim, Event, Tally
from claims.queries.front_page import DISPUTED_SHOWN
from claims.services import claims, documents, sources
from tests import factories

SECRET = "quokka"


def disputed(low: str, high: str, **fields: object) -> Event:
    """Return a public event with two claims."""
    event = factories.event(**fields)
    for wording in (low, high):
        factories.claim(event=event, wording=wording, state=event.state)
    return event


def revise(claim: Claim) -> Claim:
    """Publish a new figure of the same claimant."""
    revision = claims.revise_claim(
        claim,
        by=factories.user(role="editor"),
        changes={"wording": "89", "claimed_on": date(2023, 1, 9)},
        citations=[{"document": factories.document()}],
    )
    return factories.publish(revision)


def test_front_page_says_what_this_is_before_anything_else(
    words_at: Callable[[str], str],
) -> None:
    words = words_at("/")

    assert words.startswith("Who said how many died, and which of the figures can be true together")


def test_front_page_counts_what_is_public(words_at: Callable[[str], str]) -> None:
    factories.claim()
    factories.claim(state="draft")

    words = words_at("/")

    assert "On record: 1 event, 1 claim, 2 sources, 1 document." in words
    assert Tally.objects.get(name="claim").value == 1


def test_front_page_lists_the_widest_contradiction_of_each_event(db: None, client: Client) -> None:
    narrow, wide = disputed("10", "20"), disputed("10", "90")
    for wording in ("1", "3"):
        factories.claim(event=wide, measure="injured", wording=wording)
    disputed("10", "at least 5", title="No contradiction")
    disputed("1", "1000", title=SECRET, state="draft")

    answer = client.get("/")

    shown = [(c.event, c.measure, c.gap_low, c.gap_high) for c in answer.context["disputed"]]
    assert shown == [(wide, "killed", 10, 90), (narrow, "killed", 10, 20)]
    assert SECRET not in answer.content.decode()


def test_front_page_puts_an_infinite_factor_first_without_printing_it(
    db: None, client: Client
) -> None:
    disputed("10", "90")
    denied = disputed("none", "12")

    answer = client.get("/")

    assert answer.context["disputed"][0].event == denied
    assert "one of whom says none" in answer.content.decode()


def test_front_page_shows_no_more_than_fit(db: None, client: Client) -> None:
    for number in range(DISPUTED_SHOWN + 1):
        disputed("10", str(20 + number))

    assert len(client.get("/").context["disputed"]) == DISPUTED_SHOWN


def test_front_page_tells_the_latest_revision(words_at: Callable[[str], str]) -> None:
    earlier = factories.claim(wording="63", claimant=factories.source(name="BBC"))
    revise(earlier)

    assert "revised BBC said on 9 January 2023 that 89 people were killed." in words_at("/")


def test_front_page_when_nothing_is_on_record_then_stands(
    words_at: Callable[[str], str],
) -> None:
    words = words_at("/")

    assert "On record: 0 events, 0 claims, 0 sources, 0 documents." in words
    assert "No event with contradictory figures is on record yet." in words


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_takes_the_same_queries_for_any_number_of_events(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    editor = factories.user(role="editor")
    for _ in range(count):
        event = disputed("10", "20")
        claim = event.claims.latest("pk")
        revise(claim)
        documents.edit_document(
            claim.citations.get().document, by=editor, changes={"author": "A."}, reason="Named."
        )
        sources.edit_source(
            claim.claimant, by=editor, changes={"kind": "military"}, reason="A slip."
        )

    with django_assert_num_queries(7):
        client.get("/")
