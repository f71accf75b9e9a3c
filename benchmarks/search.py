"""Text search at a million claims against ten thousand, whatever the words.

The same measurement as ``lists.py``: common words, beginnings of one letter, several words, other
scripts, another order, one filter beside the words, the first page and the 1,000th.
"""

from __future__ import annotations

import json
import sys
from urllib.parse import quote

from lists import measure, most_listed, run, source_id
from measuring import set_up

WORDS = {
    "a word of every title": "synthetic",
    "two words": "synthetic strike",
    "one letter": "s",
    "a word in Cyrillic": "синтетическое",
    "a beginning in Arabic": "اصطنا",
    "two words, one of them a number's beginning": "synthetic 00",
    "three words": "synthetic strike town",
    "four words": "synthetic strike town удар",
    "a word of one event": "000123",
    "a common word and one of one event": "synthetic 000123",
}


def questions() -> dict[str, str]:
    """Return the searches as addresses, by what they look for."""
    found = {what: f"/api/v1/events/?q={quote(words)}" for what, words in WORDS.items()}
    country, source = most_listed("country", after=1), source_id(most_listed("source", after=2))
    narrowed = {
        "a word, by gap": "order=-gap_ratio",
        "a word in a country": f"country={country}",
        "a word in a country, by gap": f"country={country}&order=-gap_ratio",
        "a word and a kind": "kind=strike",
        "a word and a measure": "measure=injured",
        "a word and a source": f"source={source}",
        "a word since a year": "from=2010",
        "a word until a year": "to=2000",
    }
    return (
        found
        | {what: f"/api/v1/events/?q=strike&{other}" for what, other in narrowed.items()}
        | {"a word of one event and a kind": "/api/v1/events/?q=000123&kind=strike"}
        | _of_comparisons(country)
    )


def _of_comparisons(country: str) -> dict[str, str]:
    """Return the searches for comparisons, by what they look for."""
    searches = {f"comparisons of {what}": f"q={quote(words)}" for what, words in WORDS.items()}
    narrowed = {
        "by gap in people": "order=-gap",
        "by spread": "order=-spread_ratio",
        "by latest claim": "order=-latest",
        "of a measure": "measure=injured",
        "of a verdict": "verdict=contradictory",
        "of a kind": "kind=strike",
        "in a country": f"country={country}",
        "of a measure in a country": f"measure=injured&country={country}",
        "since a year": "from=2010",
        "of some victims": "victims=civilians",
        "with a least gap": "min_gap_ratio=2",
    }
    searches |= {f"comparisons of a word, {what}": f"q=strike&{n}" for what, n in narrowed.items()}
    return {what: f"/api/v1/comparisons/?{asked}" for what, asked in searches.items()}


if __name__ == "__main__":
    if "--measure" in sys.argv:
        set_up()
        print(json.dumps(measure(questions())))
    else:
        run(__file__, "Search: a large load against a small one")
