"""Documents taken in with their text: kept once, led to again, nothing overwritten."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.domain.dates import DatePrecision, PartialDate
from claims.models import Document, Event, Source, StoredText
from claims.services import documents
from claims.services.intake import choose_event, take_document
from claims.services.refusals import Incomplete, NotAllowed, StaleVersion, WrongState
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "Sixty-three soldiers were killed.\nThe ministry said so."


def test_document_when_taken_then_draft_with_publisher_and_text(contributor: User) -> None:
    document, stored, is_new = take_document(
        by=contributor,
        text=f"\n{TEXT}\r\n",
        title="Strike on barracks",
        publisher="Daily Paper",
        author="A. Writer",
        published_on=PartialDate(date(2023, 1, 1), DatePrecision.MONTH),
        url="https://paper.example/strike#top",
        language="en",
        origin="html",
    )

    assert is_new
    assert (document.state, document.title, document.author, document.url, document.language) == (
        "draft", "Strike on barracks", "A. Writer", "https://paper.example/strike", "en",
    )  # fmt: skip
    assert (document.published_on, document.published_on_precision) == (date(2023, 1, 31), "month")
    assert (document.publisher.name, document.publisher.state) == ("Daily Paper", "draft")
    assert (stored.document, stored.text, stored.origin) == (document, TEXT, "html")
    assert stored.stored_by == contributor


def test_publisher_when_named_in_another_spelling_then_the_source_that_is_there(
    contributor: User,
) -> None:
    paper = factories.source(name="Ежедневная газета", aliases=["Daily Paper"])

    document = take_document(by=contributor, text=TEXT, publisher="daily  PAPER").document

    assert (document.publisher, Source.objects.count()) == (paper, 1)


def test_title_when_there_is_none_then_first_line(contributor: User) -> None:
    assert (
        take_document(by=contributor, text=TEXT).document.title == TEXT.split("\n", maxsplit=1)[0]
    )


def test_same_text_when_taken_again_then_the_same_document_filled_in(contributor: User) -> None:
    first = take_document(by=contributor, text=TEXT, title="First", author="")

    again = take_document(
        by=contributor,
        text=TEXT.replace(" ", "   "),
        title="Second",
        author="A. Writer",
        url="https://paper.example/1",
        published_on=date(2023, 1, 2),
    )

    document = again.document
    assert (again.is_new, again.stored, StoredText.objects.count()) == (False, first.stored, 1)
    assert (document.pk, document.title, document.author) == (
        first.document.pk, "First", "A. Writer",
    )  # fmt: skip
    assert (document.url, document.published_on) == ("https://paper.example/1", date(2023, 1, 2))


def test_same_address_when_text_has_changed_then_second_text_of_the_document(
    contributor: User,
) -> None:
    first = take_document(by=contributor, text=TEXT, url="https://paper.example/1")

    again = take_document(by=contributor, text=f"{TEXT} More.", url="https://paper.example/1#end")

    assert (again.is_new, again.document) == (True, first.document)
    assert [stored.text for stored in first.document.stored_texts.order_by("pk")] == [
        TEXT, f"{TEXT} More.",
    ]  # fmt: skip


def test_public_document_when_taken_again_then_left_as_it_is(editor: User) -> None:
    document = factories.document(author="")

    taken = take_document(by=editor, text=TEXT, url=document.url, author="A. Writer")

    document.refresh_from_db()
    assert (taken.document, document.author, document.version) == (document, "", 1)


def test_merged_document_when_taken_again_then_the_one_that_remains(chief: User) -> None:
    gone, kept = factories.document(), factories.document()
    stored = factories.stored_text(document=gone)
    documents.merge_documents(gone, into=kept, by=chief, reason="The same page.")

    taken = take_document(by=chief, text=stored.text)

    assert (taken.document, taken.is_new) == (kept, False)
    assert list(kept.stored_texts.all()) == [stored]


def test_withdrawn_document_when_taken_again_then_refused(chief: User) -> None:
    document = factories.document()
    documents.withdraw_document(document, by=chief, reason="A hoax.")

    with pytest.raises(WrongState, match="which was withdrawn"):
        take_document(by=chief, text=TEXT, url=document.url)

    assert StoredText.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(" \n\x00 ", "There is no text", id="nothing in it"),
        pytest.param("a" * 1_000_001, "at most 1,000,000 characters, got 1,000,001", id="too long"),
    ],
)
def test_text_when_none_or_too_much_then_refused(contributor: User, text: str, said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        take_document(by=contributor, text=text)

    assert Document.objects.count() == 0


def test_text_when_it_has_what_databases_refuse_then_kept_without(contributor: User) -> None:
    stored = take_document(
        by=contributor, text="Twelve \ud800dead\x00, \u0645\u0642\u062a\u0644."
    ).stored

    stored.refresh_from_db()
    assert stored.text == "Twelve \ufffddead, \u0645\u0642\u062a\u0644."


def test_document_when_taken_by_somebody_without_a_role_then_refused() -> None:
    with pytest.raises(NotAllowed):
        take_document(by=factories.user(role=""), text=TEXT)


def test_event_when_chosen_then_kept_with_the_text(contributor: User) -> None:
    stored, event = factories.stored_text(), factories.event()

    chosen = choose_event(stored, by=contributor, event=event, expected_version=stored.version)

    assert (chosen.event, chosen.version) == (event, stored.version + 1)
    with pytest.raises(StaleVersion):
        choose_event(stored, by=contributor, event=None, expected_version=stored.version)


def test_event_when_new_and_text_changed_meanwhile_then_not_made(contributor: User) -> None:
    stored = factories.stored_text()

    with pytest.raises(StaleVersion):
        choose_event(stored, by=contributor, event={"title": "Strike"}, expected_version=99)

    assert Event.objects.count() == 0


def test_event_when_withdrawn_then_not_chosen(contributor: User) -> None:
    with pytest.raises(WrongState, match="choose another event"):
        choose_event(
            factories.stored_text(), by=contributor, event=factories.event(state="withdrawn")
        )
