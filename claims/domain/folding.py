"""Text made comparable: case, accents, width and punctuation folded away, letters kept.

Works for every script, so that Київ is found as київ and Makiïvka as makiivka.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 60


def folded(text: str) -> str:
    """Return the text casefolded, without combining marks, with single spaces."""
    if text.isascii():  # nothing to take apart
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def words(text: str) -> list[str]:
    """Return the folded words of a text in order, each cut to ``LONGEST_WORD`` characters."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]
