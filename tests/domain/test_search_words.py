"""Words that records are found by, and marks that never deny a word that is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.search_words import event_words, have_all, have_marks, marks, source_words

SOME_WORDS = st.lists(st.text("abcжשع019", min_size=1, max_size=12), min_size=1)


def test_an_event_is_found_by_title_other_names_and_place() -> None:
    found = event_words("Makiïvka strike", ["Макіївка", "Strike"], "Donetsk")

    assert found == {"makiivka", "strike", "макіівка", "donetsk"}


def test_a_source_is_found_by_its_names() -> None:
    assert source_words("BBC News", ["Би-би-си"]) == {"bbc", "news", "би", "си"}


@given(SOME_WORDS, st.data())
def test_marks_of_names_have_those_of_every_beginning(
    names: list[str], data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(names))
    beginning = word[: data.draw(st.integers(1, len(word)))]

    assert have_marks(marks(names), marks([beginning]))


def test_marks_lack_what_no_word_begins_with() -> None:
    assert not have_marks(marks(["strike", "town"]), marks(["bridge"]))


@given(SOME_WORDS)
def test_marks_fit_into_signed_columns(names: list[str]) -> None:
    assert all(0 <= number < 2**63 for number in marks(names))


def test_marks_stay_what_is_stored() -> None:
    assert marks(["strike"]) == (134742272, 1152921504606978048)


def test_every_word_asked_for_must_begin_one() -> None:
    held = {"makiivka", "strike"}

    assert have_all(held, ["maki", "strike"])
    assert not have_all(held, ["maki", "iivka"])
