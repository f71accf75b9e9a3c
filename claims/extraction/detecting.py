"""Which language a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from claims.extraction.lexicon import languages, lexicon
from claims.extraction.tokens import normal

_SAMPLE = 2_500
_WORDS = re.compile(r"[^\W\d_]+")
_LETTER = 0.5


def detect_language(text: str) -> str:
    """Return the code of the language whose letters and common words fit best; English if none.

    Looks at the first characters only. A language file names the letters that are its own and
    the words that its texts are full of.
    """
    sample = normal(text[:_SAMPLE])
    words = Counter(_WORDS.findall(sample))
    best, most = "en", 0.0
    for code, common, letters in _signs():
        score = float(sum(words[word] for word in common if word in words))
        score += sum(sample.count(letter) for letter in letters) * _LETTER
        if score > most:
            best, most = code, score
    return best


@lru_cache
def _signs() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return for each language its common words in normal form and its own letters."""
    return tuple(
        (
            code,
            tuple(normal(word) for word in lexicon(code).settings["function_words"]),
            lexicon(code).settings.get("letters", ""),
        )
        for code in languages()
    )
