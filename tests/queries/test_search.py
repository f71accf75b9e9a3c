"""Search by the beginnings of folded words, alike on both databases."""

from __future__ import annotations

import pytest

from claims.domain.folding import words
from claims.models import Event, Source
from claims.queries.search import event_has_words, source_has_words
from tests import factories


@pytest.fixture
def makiivka(db: None) -> Event:
    """An event with names in two scripts, among others."""
    factories.event(title="Belgorod shelling", place="Belgorod")
    return factories.event(
        title="Makiïvka barracks strike", aliases=["Макіївка", "Makeevka"], place="Donetsk region"
    )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("makiivka", id="accents folded"),
        pytest.param("MAKI", id="the beginning of a word, in capitals"),
        pytest.param("strike makeev", id="words in any order, of title and alias"),
        pytest.param("макіїв", id="another script"),
        pytest.param("donetsk", id="the place"),
        pytest.param("s b m", id="letters that words begin with"),
    ],
)
def test_an_event_is_found_by(makiivka: Event, query: str) -> None:
    found = Event.objects.filter(event_has_words(words(query)))

    assert list(found) == [makiivka]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("akiivka", id="the middle of a word"),
        pytest.param("makiivka belgorod", id="words of two events"),
        pytest.param("makiivkas", id="more than the word"),
    ],
)
def test_no_event_is_found_by(makiivka: Event, query: str) -> None:
    found = Event.objects.filter(event_has_words(words(query)))

    assert list(found) == []


def test_no_words_narrow_nothing(makiivka: Event) -> None:
    assert Event.objects.filter(event_has_words([])).count() == 2


def test_the_last_letter_of_unicode_ends_no_prefix(db: None) -> None:
    event = factories.event(title="zz\U0002fa1d strike")

    assert list(Event.objects.filter(event_has_words(["zz"]))) == [event]


def test_a_source_is_found_by_name_and_alias(db: None) -> None:
    factories.source(name="Ministry of Health")
    source = factories.source(name="Ministry of Defence of Russia", aliases=["Minoborony"])

    assert list(Source.objects.filter(source_has_words(["minis", "def"]))) == [source]
    assert list(Source.objects.filter(source_has_words(["minob"]))) == [source]
