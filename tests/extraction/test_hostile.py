"""Any text is read: nothing is raised, offsets hold, time grows with the text and no faster."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import TextReading, TextTooLong, read_text
from claims.extraction.lexicon import languages
from claims.extraction.reader import LONGEST_TEXT
from claims.extraction.tokens import LONGEST_SENTENCE, sentences, tokenise

WORDS = (
    "at least 63 400 200–600 1,200 ٣٤ 5.4 two dozen hundreds half a million people soldiers "
    "children dead killed wounded were said Kyiv Moscow the ministry , . ; : — ( ) “ ” ' - \n "
    "\n\n including of whom from to between and or no one denied any could % km $ aged погибли "
    "25 человек сообщил murieron muertos tués selon l'ONU مقتل جنديين وإصابة 12 \u200f \x00 é ß "
    "ﬁ 𝟙𝟚 ① ²"
).split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def check(text: str, reading: TextReading) -> None:
    last = -1
    for candidate in reading.candidates:
        for span in (candidate.figure_span, candidate.wording_span, candidate.sentence_span):
            assert 0 <= span.start < span.end <= len(text)
        assert candidate.sentence_span.start <= candidate.wording_span.start
        assert candidate.wording_span.start <= candidate.figure_span.start
        assert candidate.figure_span.end <= candidate.wording_span.end
        assert candidate.figure.wording == " ".join(candidate.wording_span.of(text).split())
        assert candidate.figure_span.start > last
        assert 0.0 <= candidate.confidence <= 1.0
        assert candidate.rules
        for place in (candidate.part_of, candidate.revises):
            assert place is None or 0 <= place < len(reading.candidates)
        if candidate.claimant_span is not None:
            assert 0 <= candidate.claimant_span.start < candidate.claimant_span.end <= len(text)
        last = candidate.figure_span.start


@pytest.mark.parametrize("language", languages())
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_row_of_known_words_is_read_with_offsets_that_hold(language: str, text: str) -> None:
    check(text, read_text(text, language=language))


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300))
def test_any_characters_are_read_with_offsets_that_hold(text: str) -> None:
    check(text, read_text(text))


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_sentences_and_tokens_cover_every_visible_character_once(text: str) -> None:
    covered = []
    for start, end in sentences(text, frozenset()):
        sentence = tokenise(text, start, end)
        spans = list(zip(sentence.starts, sentence.ends, strict=True))
        assert all(start <= a < b <= end for a, b in spans)
        assert all(b <= a for (_, b), (a, _) in pairwise(spans))
        covered += spans

    left = [c for i, c in enumerate(text) if not any(a <= i < b for a, b in covered)]
    assert "".join(left).replace("\u200f", " ").strip() == ""


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(
            "At least 25 people, five of them children, were killed, the mayor said. ", id="news"
        ),
        pytest.param("12 ", id="numbers without a stop"),
        pytest.param("1,", id="groups without an end"),
        pytest.param("killed ", id="cues without a figure"),
        pytest.param("said ", id="verbs without a name"),
        pytest.param("(", id="brackets never closed"),
        pytest.param('"', id="quotation marks"),
        pytest.param("one hundred and ", id="a number in words without an end"),
        pytest.param("from 12 to ", id="ranges without an end"),
        pytest.param("'", id="apostrophes"),
        pytest.param("no one ", id="negations"),
        pytest.param("a", id="one word"),
        pytest.param(".", id="stops"),
        pytest.param("\n", id="line breaks"),
        pytest.param("و12 قتيلا ", id="Arabic"),
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def spent(characters: int) -> float:
        text = piece * (characters // len(piece))
        begun = time.process_time()
        read_text(text)
        return time.process_time() - begun

    spent(20_000)  # files loaded, words known

    assert spent(200_000) < 2.0 + 15 * spent(20_000)


def test_a_megabyte_is_read_in_under_five_seconds() -> None:
    sentence = "At least 25 people, five of them children, were killed in Sumy, the mayor said. "
    text = sentence * (1_000_000 // len(sentence))

    begun = time.process_time()
    reading = read_text(text)

    assert time.process_time() - begun < 5.0
    assert len(reading.candidates) == 2 * (1_000_000 // len(sentence))


def test_composed_and_decomposed_letters_are_read_alike() -> None:
    text = "L'attaque a fait 12 tués et 30 blessés, a indiqué le maire."

    apart = read_text(unicodedata.normalize("NFD", text), language="fr").candidates

    whole = read_text(text, language="fr").candidates
    assert [(c.measure, c.figure) for c in apart] == [(c.measure, c.figure) for c in whole]
    assert len(whole) == 2


def test_unseen_characters_part_words_like_spaces() -> None:
    (candidate,) = read_text("At least\u200b63 people were\u2060 killed.").candidates

    assert candidate.figure.qualifier == "at_least"


def test_text_longer_than_the_limit_is_refused_with_both_lengths() -> None:
    with pytest.raises(TextTooLong, match="Expected at most 2,000,000 characters, got 2,000,001"):
        read_text("a" * (LONGEST_TEXT + 1))


def test_stretch_without_a_stop_is_cut_into_sentences() -> None:
    text = "12 people died and " * 400

    lengths = [end - start for start, end in sentences(text, frozenset())]

    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(lengths) > 0.99 * len(text.strip())
