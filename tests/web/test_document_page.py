"""The page of one document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from claims.queries import document_page
from claims.services import documents
from tests import factories

SECRET = "quokka"


def test_page_shows_what_it_is_and_what_it_carries_in_its_own_words(
    words_at: Callable[[str], str],
) -> None:
    paper = factories.source(name="The Daily", kind="news_media")
    document = factories.document(
        title="Dozens dead", publisher=paper, author="A. Reporter", published_on=date(2023, 1, 3)
    )
    event = factories.event(title="Makiivka strike")
    claim = factories.claim(event=event, claimant=factories.source(name="Ministry"), wording="63")
    wire = factories.document(title="Wire report")
    factories.citation(claim, document=document, wording="63 servicemen", locator="p. 2", via=wire)

    words = words_at(document.get_absolute_url())

    assert "Publisher The Daily Author A. Reporter Published on 3 January 2023" in words
    assert "Language English" in words
    assert (
        "63 people killed, 5 January 2023 “63 servicemen” Ministry Makiivka strike "
        "p. 2 via Wire report" in words
    )


def test_page_names_the_documents_that_got_a_figure_from_it(
    words_at: Callable[[str], str],
) -> None:
    wire = factories.document(title="Wire report")
    claim = factories.claim(documents=[wire])
    factories.citation(claim, document=factories.document(title="Relayed story"), via=wire)
    draft = factories.claim(state="draft")
    factories.citation(draft, document=factories.document(title=SECRET, state="draft"), via=wire)

    words = words_at(wire.get_absolute_url())

    assert "Documents that got a figure from it Relayed story" in words
    assert SECRET not in words


def test_page_shows_no_claim_that_is_not_public(words_at: Callable[[str], str]) -> None:
    document = factories.document()
    factories.claim(state="draft", victims_wording=SECRET, documents=[document], wording="4141")
    factories.claim(state="withdrawn", documents=[document], wording="4242")

    words = words_at(document.get_absolute_url())

    assert "No public claim rests on this document." in words
    assert "4141" not in words
    assert "4242" not in words


def test_page_when_many_claims_then_page_by_page(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_page, "PAGE_SIZE", 2)
    document = factories.document()
    own = [factories.claim(wording=str(n), documents=[document]) for n in (11, 22, 33)]

    first = client.get(document.get_absolute_url())
    second = client.get(first.context["pager"].next)

    shown = [[c.claim for c in answer.context["citations"]] for answer in (first, second)]
    assert shown == [own[:2], own[2:]]
    assert not second.context["pager"].next


def test_page_when_cursor_is_damaged_then_400_names_it(db: None, client: Client) -> None:
    document = factories.document()

    answer = client.get(f"{document.get_absolute_url()}?cursor=nonsense")

    assert answer.status_code == 400
    assert "<code>cursor</code>" in answer.content.decode()


def test_page_when_withdrawn_then_410_and_when_merged_then_301(db: None, client: Client) -> None:
    chief = factories.user(role="chief")
    gone, merged, kept = (factories.document(title=SECRET) for _ in range(3))
    documents.withdraw_document(gone, by=chief, reason="A hoax.")
    documents.merge_documents(merged, into=kept, by=chief, reason="The same.")

    tombstone = client.get(gone.get_absolute_url())
    moved = client.get(merged.get_absolute_url())

    assert tombstone.status_code == 410
    assert "A hoax." in tombstone.content.decode()
    assert SECRET not in tombstone.content.decode()
    assert (moved.status_code, moved["Location"]) == (301, kept.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_claims(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    document = factories.document()
    for _ in range(count):
        claim = factories.claim(documents=[document])
        factories.citation(claim, via=document)

    with django_assert_num_queries(3):
        client.get(document.get_absolute_url())
