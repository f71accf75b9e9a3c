"""Texts as they are kept, told apart and found again in."""

import pytest

from claims.domain.intake import fingerprint, kept_text, paragraph_of


def test_kept_text_has_one_kind_of_line_end_and_nothing_a_database_refuses() -> None:
    assert kept_text("\ufeff a\r\nb\rc\x00\ud800 \n") == "a\nb\nc\ufffd"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("63 tue\u0301s", "63 tu\u00e9s", id="letters composed"),
        pytest.param("at least\u200b 6\u20603", "at least 63", id="no spaces without width"),
        pytest.param("sol\u00addiers", "soldiers", id="no soft hyphens"),
        pytest.param("\u202e36\u202c killed", "36 killed", id="no other order than is written"),
        pytest.param("می\u200cشود", "می\u200cشود", id="joiners belong to the spelling"),
        pytest.param("\U0001f600 63", "\U0001f600 63", id="characters beyond sixteen bits"),
        pytest.param(
            "e" + "\u0316" * 99, "e" + "\u0316" * 30, id="no more marks than letters have"
        ),
    ],
)
def test_kept_text_is_what_a_reader_sees(text: str, kept: str) -> None:
    assert kept_text(text) == kept


def test_kept_text_when_full_of_marks_then_made_at_once() -> None:
    assert len(kept_text("a" + "\u0301\u0316" * 500_000)) == 30


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("63 dead", "63\n\n  dead ", True, id="other white space"),
        pytest.param("tue\u0301s", "tu\u00e9s", True, id="an accent composed otherwise"),
        pytest.param("63 dead", "63 Dead", False, id="another letter"),
    ],
)
def test_fingerprint_is_of_the_words(one: str, other: str, expected: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is expected


@pytest.mark.parametrize(("word", "expected"), [("one", 1), ("two", 2), ("three", 3), ("also", 3)])
def test_paragraphs_are_counted_without_empty_lines(word: str, expected: int) -> None:
    text = "one\n\n \ntwo\nthree also"

    assert paragraph_of(text, text.index(word)) == expected
