"""Which language a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from claims.extraction.lexicon import languages, lexicon
from claims.extraction.tokens import normal

_SAMPLE = 6_000
_WORDS = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Return the code of the language whose letters and common words fit best; English if none.

    Looks at the first characters only. A language file names the letters that are its own and
    the words that its texts are full of.
    """
    words = Counter(normal(word) for word in _WORDS.findall(text[:_SAMPLE]))
    letters = Counter("".join(words.elements()))
    best, most = "en", 0.0
    for code in languages():
        settings = lexicon(code).settings
        score = float(sum(words[normal(word)] for word in settings["function_words"]))
        score += sum(letters[letter] for letter in settings.get("letters", "")) * 0.5
        if score > most:
            best, most = code, score
    return best
