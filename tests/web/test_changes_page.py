"""The public log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from claims.models import Change
from claims.services import claims, events, reviews, sources
from tests import factories

SECRET = "quokka"


def test_log_tells_what_was_added_by_day_newest_first(
    words_at: Callable[[str], str],
) -> None:
    event = factories.event(title="Makiivka strike")
    claim = factories.claim(event=event, claimant=factories.source(name="BBC"), wording="92")
    later = factories.claim()
    Change.objects.filter(claim=claim).update(at=datetime(2024, 3, 1, 23, 59, tzinfo=UTC))
    Change.objects.filter(claim=later).update(at=datetime(2024, 3, 2, 0, 1, tzinfo=UTC))

    words = words_at("/changes/")

    second, first = words.index("2 March 2024"), words.index("1 March 2024")
    told = words.index(
        "23:59 added BBC said on 5 January 2023 that 92 people were killed. on Makiivka strike"
    )
    assert second < first < told


def test_log_tells_a_revision_with_what_it_replaces(words_at: Callable[[str], str]) -> None:
    earlier = factories.claim(wording="63")
    factories.publish(
        claims.revise_claim(
            earlier,
            by=factories.user(role="editor"),
            changes={"wording": "89"},
            citations=[{"document": factories.document()}],
        )
    )

    assert "89 people were killed." in (words := words_at("/changes/?kind=revised"))
    assert "Replaces 63 of 5 January 2023." in words


def test_log_tells_corrections_with_before_after_and_reason(
    words_at: Callable[[str], str],
) -> None:
    editor = factories.user(role="editor", username=SECRET)
    source = factories.source(name="The Dayly", kind="news_media")
    sources.edit_source(
        source, by=editor, changes={"name": "The Daily", "kind": "journalist"}, reason="A slip."
    )

    words = words_at("/changes/?kind=corrected")

    assert "name The Dayly → The Daily" in words
    assert "kind news media → journalist" in words
    assert "Reason: A slip." in words
    assert SECRET not in words


def test_log_keeps_no_text_of_what_was_taken_back(words_at: Callable[[str], str]) -> None:
    claim = factories.claim(victims_wording=f"{SECRET} people")
    claims.correct_claim(
        claim,
        by=factories.user(role="editor"),
        changes={"area": SECRET},
        reason=f"It was about the {SECRET}.",
    )
    reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="Never said.")

    words = words_at("/changes/")

    assert "withdrawn A claim (not public now) Reason: Never said." in words
    assert SECRET not in words


def test_log_tells_a_merger_with_where_it_went(words_at: Callable[[str], str]) -> None:
    gone, kept = factories.event(title=SECRET), factories.event()
    events.merge_events(gone, into=kept, by=factories.user(role="chief"), reason="The same.")

    words = words_at("/changes/?kind=merged")

    assert f"An event (not public now) Merged into {kept.public_id}. Reason: The same." in words
    assert SECRET not in words


def test_log_of_one_event_holds_nothing_of_others(words_at: Callable[[str], str]) -> None:
    one, other = factories.claim(wording="4141"), factories.claim(wording="4242")

    words = words_at(f"/changes/?event={one.event.public_id}")

    assert "4141" in words
    assert "4242" not in words
    assert other.event.title not in words


def test_log_when_kind_is_unknown_then_400_names_the_nearest(db: None, client: Client) -> None:
    answer = client.get("/changes/?kind=revise")

    assert answer.status_code == 400
    assert "Did you mean “revised”?" in answer.content.decode()


def test_log_when_nothing_of_a_kind_then_says_so(words_at: Callable[[str], str]) -> None:
    factories.claim()

    assert "Nothing of this kind has been logged." in words_at("/changes/?kind=split")


def test_log_goes_on_from_page_to_page(db: None, client: Client) -> None:
    for _ in range(3):
        factories.claim()

    first = client.get("/changes/?page_size=2")
    second = client.get(first.context["pager"].next)

    assert [len(entries) for _, entries in first.context["days"]] == [2]
    assert [len(entries) for _, entries in second.context["days"]] == [1]


@pytest.mark.parametrize("count", [1, 3])
def test_log_takes_the_same_queries_for_any_number_of_entries(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    editor = factories.user(role="editor")
    for _ in range(count):
        claim = factories.claim()
        factories.citation(claim)
        sources.edit_source(
            claim.claimant, by=editor, changes={"url": "https://a.example"}, reason="Moved."
        )

    with django_assert_num_queries(3):
        client.get("/changes/")
