"""Text search at a million claims against ten thousand, whatever the words.

The same measurement as ``lists.py``: common words, beginnings of one letter, several words, other
scripts, another order, the first page and the 1,000th.
"""

from __future__ import annotations

import json
import sys
from urllib.parse import quote

from lists import measure, run
from measuring import set_up

WORDS = {
    "a word of every title": "synthetic",
    "two words": "synthetic strike",
    "one letter": "s",
    "a word in Cyrillic": "синтетическое",
    "a beginning in Arabic": "اصطنا",
    "two words, one of them a number's beginning": "synthetic 00",
    "three words": "synthetic strike town",
    "a word of one event": "000123",
    "a common word and one of one event": "synthetic 000123",
}


def questions() -> dict[str, str]:
    """Return the searches as addresses, by what they look for."""
    found = {what: f"/api/v1/events/?q={quote(words)}" for what, words in WORDS.items()}
    return found | {
        "a word, by gap": "/api/v1/events/?q=strike&order=-gap_ratio",
        "comparisons of a word": "/api/v1/comparisons/?q=strike",
    }


if __name__ == "__main__":
    if "--measure" in sys.argv:
        set_up()
        print(json.dumps(measure(questions())))
    else:
        run(__file__, "Search: a large load against a small one")
