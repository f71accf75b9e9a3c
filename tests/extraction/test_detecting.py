"""The language of a text is told from its letters and commonest words."""

import json
import re
from pathlib import Path

import pytest

from claims.extraction import read_text
from claims.extraction.detecting import detect_language
from claims.extraction.lexicon import BadLanguageFile, languages, lexicon

DEVELOPMENT = Path(__file__).parents[1] / "data" / "extraction" / "development.jsonl"


def test_language_of_every_development_sentence_is_found() -> None:
    documents = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]

    wrong = [d["id"] for d in documents if detect_language(d["text"]) != d["lang"]]

    assert wrong == []


def test_text_of_no_known_language_is_read_as_english() -> None:
    assert read_text("𝟙𝟚 ... 東京で12人が死亡").language == "en"


def test_languages_are_those_that_have_a_file_english_first() -> None:
    assert languages() == ("en", "ar", "es", "fr", "ru", "uk")


def test_language_without_a_file_is_refused_by_name() -> None:
    with pytest.raises(
        BadLanguageFile, match=r"No language 'xx'; there are en, ar, es, fr, ru, uk\."
    ):
        read_text("12 dead", language="xx")


@pytest.mark.parametrize("code", languages())
def test_every_language_has_what_the_engine_asks_for(code: str) -> None:
    settings = lexicon(code).settings

    assert settings["code"] == code
    assert len(settings["function_words"]) >= 30
    assert [len(settings["dates"][key]) for key in ("months", "weekdays")] == [12, 7]
    assert {"killed", "injured", "missing", "captured", "other", "same"} <= set(settings["cues"])


@pytest.mark.parametrize("code", languages())
def test_no_phrase_of_a_language_is_too_short_a_stem(code: str) -> None:
    stems = [stem for stem in lexicon(code).stems if len(stem) < 2]

    assert stems == []


@pytest.mark.parametrize("code", languages())
def test_every_purpose_that_a_language_lists_is_asked_for(code: str) -> None:
    folder = Path(lexicon.__wrapped__.__code__.co_filename).parent
    engine = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    asked = set(re.findall(r"[a-z_]+", engine))

    # "known" lists words that are whole as they stand, so that no particle is taken off them.
    assert set(lexicon(code).settings["words"]) - asked - {"known"} == set()
