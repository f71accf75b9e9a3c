"""Texts as they are kept, told apart and found again in."""

import pytest

from claims.domain.intake import fingerprint, kept_text, paragraph_of


def test_kept_text_has_one_kind_of_line_end_and_nothing_a_database_refuses() -> None:
    assert kept_text("\ufeff a\r\nb\rc\x00\ud800 \n") == "\ufeff a\nb\nc\ufffd"


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
