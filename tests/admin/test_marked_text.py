"""A text cut at its figures."""

import pytest

from claims.admin.marked_text import marked_text
from tests import factories
from tests.factories import read

pytestmark = pytest.mark.django_db

TEXT = "At least 63 died.\n\nAbout 400 were hurt, 300 of them badly.\nNobody else."


def cut(text, *found):
    """Return each paragraph as its pieces, the marked ones as (text, wordings)."""
    stored = factories.stored_text(text)
    candidates = factories.candidates(stored, *found)
    paragraphs = marked_text(text, candidates).paragraphs
    return [
        [
            (piece.text, *(c.measure for c in piece.candidates)) if piece.candidates else piece.text
            for piece in pieces
        ]
        for pieces in paragraphs
    ]


def test_text_is_cut_into_paragraphs_and_marked_wordings():
    assert cut(TEXT, read(TEXT, "At least 63"), read(TEXT, "300", measure="injured")) == [
        [("At least 63", "killed"), " died."],
        ["About 400 were hurt, ", ("300", "injured"), " of them badly."],
        ["Nobody else."],
    ]


def test_stretch_that_is_two_figures_is_one_piece():
    both = (read(TEXT, "At least 63"), read(TEXT, "63", measure="injured"))

    assert cut(TEXT, *both)[0] == [("At least 63", "killed", "injured"), " died."]


def test_text_at_its_very_ends_is_marked():
    assert cut("63", read("63", "63")) == [[("63", "killed")]]


def test_long_text_is_shown_around_its_figures_only():
    filler = "\n".join("Nothing happened here today. " for _ in range(3000))
    text = f"{filler}\nThen 63 died.\n{filler}"
    stored = factories.stored_text(text)
    candidates = factories.candidates(stored, read(text, "63"))

    shown = marked_text(text, candidates)

    length = sum(len(piece.text) for pieces in shown.paragraphs for piece in pieces)
    assert (shown.is_cut_before, shown.is_cut_after) == (True, True)
    assert 3_800 < length < 4_200
    assert shown.paragraphs[0][0].text == "Nothing happened here today. "


def test_long_text_of_one_line_is_shown_around_its_figures_only():
    filler = "Nothing happened here today. " * 3000
    text = f"{filler}Then 63 died. {filler}"
    candidates = factories.candidates(factories.stored_text(text), read(text, "63"))

    shown = marked_text(text, candidates)

    length = sum(len(piece.text) for pieces in shown.paragraphs for piece in pieces)
    assert (shown.is_cut_before, shown.is_cut_after) == (True, True)
    assert 7_800 < length < 8_200


def test_long_text_without_figures_is_its_beginning():
    shown = marked_text("word " * 20_000, [])

    assert (shown.is_cut_before, shown.is_cut_after) == (False, True)
