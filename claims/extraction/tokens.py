"""A text cut into sentences and words that keep their places.

Words are compared in one normal form (lower case, Arabic without marks, one apostrophe), while
offsets always point into the text as it was given. Everything here is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import is_normalized, normalize

_WORD = r"[^\W\d_]"
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS = r"\u0300-\u036f\u0640\u064b-\u065f\u0670"
# The commonest first: plain words, then words of other scripts, then digits and signs.
_TOKEN = re.compile(
    rf"""
    [a-zA-Z]+ (?! {_WORD} | [{_MARKS}] )
  | [\u0400-\u052f]+ (?: [’'ʼ] [\u0400-\u052f]+ )*
  | {_WORD} (?: {_WORD} | [{_MARKS}] )*
  | \d{{1,3}} (?: [ \u00a0\u2009\u202f] \d{{3}} )+ (?![.,]?\d) (?:[.,]\d{{1,2}}(?!\d))?
  | \d{{1,3}} (?: [’'٬] \d{{3}} )+ (?!\d)
  | \d+ (?: [.,٫٬] \d+ )*
  | (?<=\w) [’'] s (?!\w)
  | [^\s{_UNSEEN}]
    """,
    re.VERBOSE,
)
_LETTERS = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "ё": "е",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "٪": "%",
        **{chr(c): None for c in (*range(0x64B, 0x660), 0x640, 0x670)},
    }
)

DASHES = frozenset("-‐‑‒–—―−")
QUOTES = frozenset("\"“”„«»'‘’‚‹›")
LONGEST_SENTENCE = 1_500
"""Characters; a longer stretch without a stop is cut at the next space."""


def normal(word: str) -> str:
    """Return a word in the form in which words are compared."""
    if word.isascii():
        return word.lower()
    if not is_normalized("NFC", word):
        word = normalize("NFC", word)
    return word.casefold().translate(_LETTERS)


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence: normal forms, and offsets into the whole text.

    ``marks`` holds for each token what the language's lexicon knows of the phrase that starts
    there: category to (meaning, number of tokens). ``describes`` tells that only words
    marked so describe a thing in the language, since its nouns come first.
    """

    text: str
    start: int
    end: int
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    marks: list[dict[str, tuple[Any, int]]] = field(default_factory=list)
    describes: bool = False

    def word(self, at: int) -> str:
        """Return the normal form of a token, or "" beyond the ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def printed(self, at: int) -> str:
        """Return a token as the text prints it."""
        return self.text[self.starts[at] : self.ends[at]]

    def glued(self, at: int) -> bool:
        """Tell whether a token stands directly behind the one before, without space."""
        return 0 < at < len(self.words) and self.ends[at - 1] == self.starts[at]

    def is_quote(self, at: int) -> bool:
        """Tell whether a token is a quotation mark and not the apostrophe inside a word."""
        if self.word(at) not in QUOTES:
            return False
        return not (self.words[at] == "'" and self.glued(at) and self.glued(at + 1))

    def has(self, at: int, category: str) -> bool:
        """Tell whether a phrase of a category starts at a token."""
        return 0 <= at < len(self.marks) and category in self.marks[at]

    def mark(self, at: int, category: str) -> tuple[Any, int] | None:
        """Return meaning and length of the phrase of a category that starts at a token."""
        return self.marks[at].get(category) if 0 <= at < len(self.marks) else None

    def short_of_number(self, at: int, category: str) -> tuple[Any, int] | None:
        """Return the phrase at a token; of "dead and wounded" only "dead" before a number."""
        found = self.mark(at, category)
        if found is None or not self.has(at + 1, "and") or at + found[1] >= len(self.words):
            return found
        behind = self.marks[at + found[1]]
        counts = "numeric" in behind or self.words[at + found[1]][0].isdecimal()
        return self.mark(at, f"{category}_alone") or found if counts else found

    def ending(self, at: int, category: str, longest: int) -> tuple[Any, int] | None:
        """Return meaning and start of the longest phrase of a category that ends before a token."""
        for length in range(min(longest, at), 0, -1):
            found = self.marks[at - length].get(category)
            if found is not None and found[1] == length:
                return found[0], at - length
        return None

    def is_capital(self, at: int) -> bool:
        """Tell whether a token starts with a capital letter."""
        return self.text[self.starts[at]].isupper()


def tokenise(text: str, start: int, end: int) -> Sentence:
    """Cut a stretch of a text into tokens."""
    sentence = Sentence(text, start, end)
    words, starts, ends = sentence.words, sentence.starts, sentence.ends
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        words.append(normal(text[first:last]))
        starts.append(first)
        ends.append(last)
    return sentence


_STOP = re.compile(
    r"""
    (?P<end> [.!?…؟。]+ [”"’'»)\]]* ) (?= \s | $ )
  | (?P<paragraph> \n [ \t\r]* \n )
  | (?P<line> \n )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_WRAPPED_FROM, _WRAPPED_TO = 50, 85
_LONGEST_HEADLINE = 110


def sentences(text: str, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text that are sentences, without outer space.

    A stop after an abbreviation, an initial or before a lower-case letter ends nothing. A line
    break ends a sentence unless the text is wrapped at a width.
    """
    wrapped = _is_wrapped(text)
    start = 0
    for match in _STOP.finditer(text):
        if match.start() < start or not _is_end(text, match, start, abbreviations, wrapped):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _is_end(
    text: str, match: re.Match[str], start: int, abbreviations: frozenset[str], wrapped: bool
) -> bool:
    if match["paragraph"]:
        return True
    if match["line"]:
        return _ends_line(text, match) and (not wrapped or _starts_paragraph(text, match))
    if match["end"].startswith("."):
        last = _LAST_WORD.search(text, max(start, match.start() - 20), match.start())
        if last and (last[1].casefold() in abbreviations or _is_initial(last[1], text, match)):
            return False
        if last and len(last[1]) == 1 and text[last.start() - 1 : last.start()] == ".":
            return False
        follows = text[match.end() : match.end() + 3].lstrip()
        return not (follows[:1].islower() and match.end() - match.start() == 1)
    return True


def _ends_line(text: str, match: re.Match[str]) -> bool:
    """Tell whether a line break may end a sentence: no small letter goes on with it."""
    return not text[match.end() : match.end() + 1].islower()


def _is_initial(word: str, text: str, match: re.Match[str]) -> bool:
    """Tell whether a letter before a stop is one of a name or of "U.S."."""
    return len(word) == 1 and word.isupper() and match.start() > 1


def _starts_paragraph(text: str, match: re.Match[str]) -> bool:
    """Tell whether a line of wrapped text starts anew: indented, or with a bullet."""
    follows = text[match.end() : match.end() + 2]
    return follows.startswith(("  ", "\t", "- ", "• ", "* "))


def _is_wrapped(text: str) -> bool:
    """Tell whether lines break at a width rather than at paragraphs."""
    lines = [len(line) for line in text[:8_000].split("\n") if line.strip()]
    if len(lines) < 3:
        return False
    full = sum(_WRAPPED_FROM <= n <= _WRAPPED_TO for n in lines)
    return full * 2 > len(lines) and max(lines) <= _LONGEST_HEADLINE


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield from _trimmed(text, start, cut)
        start = cut
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    end -= len(stretch) - len(stretch.rstrip())
    if end > start:
        yield start, end
