"""The kept texts, page by page, with how much of each is decided."""

import pytest

from claims.queries import kept_texts as query
from claims.services.candidates import reject_candidate
from tests import factories
from tests.factories import read

pytestmark = pytest.mark.django_db

TEXT = "Some 63 died and 25 were hurt."


def kept(*wordings):
    stored = factories.stored_text(f"{TEXT} {factories.user().username}")
    factories.candidates(stored, *(read(stored.text, wording) for wording in wordings))
    return stored


@pytest.mark.parametrize("number", [1, 3])
def test_texts_when_one_or_three_then_as_many_queries(number, django_assert_num_queries):
    texts = [kept("63", "25") for _ in range(number)]
    reject_candidate(texts[0].candidates.earliest("pk"), by=factories.user())

    with django_assert_num_queries(2):
        found = query.kept_texts().texts
        names = [str(text.stored.document.publisher) for text in found]

    assert [text.stored for text in found] == texts[::-1]
    assert [(text.decided, text.total) for text in found][-1] == (1, 2)
    assert len(names) == number


def test_texts_when_everything_is_decided_then_not_among_the_open_ones():
    decided, waiting = kept("63"), kept("63")
    empty = factories.stored_text("Nothing.")
    reject_candidate(decided.candidates.get(), by=factories.user())

    assert [text.stored for text in query.kept_texts(only_open=True).texts] == [waiting]
    assert [text.stored for text in query.kept_texts().texts] == [empty, waiting, decided]


def test_texts_when_there_are_more_than_fit_then_the_page_says_where_to_go_on(monkeypatch):
    monkeypatch.setattr(query, "PAGE_SIZE", 2)
    texts = [kept("63") for _ in range(3)]

    first = query.kept_texts()
    second = query.kept_texts(before=first.before)

    assert [text.stored for text in first.texts] == [texts[2], texts[1]]
    assert ([text.stored for text in second.texts], second.before) == ([texts[0]], None)
