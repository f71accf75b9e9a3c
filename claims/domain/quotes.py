"""Whether a quote prints a figure: in its words, in digits of any script, or in English words.

What is asked is only whether the number stands there, not what is said about it; that is a
reviewer's to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from claims.domain.figures import Figure, Qualifier
from claims.domain.folding import folded
from claims.domain.numerals import NUMBER_WORDS, NotANumber, numerals, tokens

# Numbers of more words or digits than this are no number of people.
_LONGEST_NUMBER = 16
_MOST_DIGITS = 20
# "1,200", "1.200", "1 200" and "1'200" alike, as the Arabic sign; a decimal point is read by the
# numerals below.
_GROUPED = re.compile(r"[0-9]+(?:[.,'\u2019\u066c ][0-9]{3})*(?![0-9])")
_NUMBER_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_SPELT = re.compile(
    rf"(?:[0-9][0-9.,]{{0,{2 * _MOST_DIGITS}}}[0-9]|[0-9]|\b(?:{_NUMBER_WORD})\b)(?:k|m|bn)?\b"
    rf"(?:[ -](?:{_NUMBER_WORD})\b){{0,{_LONGEST_NUMBER}}}"
)


def prints_figure(quote: str, figure: Figure) -> bool:
    """Tell whether a quote has the figure's wording, or every number that it states.

    The ends of an order word ("hundreds") are the table's and printed nowhere, so there the
    wording has to be in the quote. A number stated to be unknown is in every quote.
    """
    if figure.qualifier is Qualifier.UNKNOWN:
        return True
    said = folded(quote)
    if figure.wording and re.search(_whole(folded(figure.wording)), said):
        return True
    if figure.qualifier is Qualifier.ORDER:
        return False
    return set(figure.stated) <= set(_numbers(said))


def _whole(wording: str) -> str:
    """Return the pattern of a wording that is not the end or beginning of a longer number or word.

    Words of scripts that write "and" as a part of the next word are taken wherever they stand.
    """
    before = {"digit": r"(?<![0-9])(?<![0-9][.,'\u2019])", "letter": "(?<![a-z])"}
    after = {"digit": r"(?![0-9]|[.,'\u2019][0-9])", "letter": "(?![a-z])"}
    first, last = _edge(wording[0]), _edge(wording[-1])
    return before.get(first, "") + re.escape(wording) + after.get(last, "")


def _edge(character: str) -> str:
    if character.isascii() and character.isalpha():
        return "letter"
    return "digit" if character.isdecimal() else ""


def _numbers(said: str) -> Iterator[int]:
    """Give every number of people that a folded text can be taken to print."""
    plain = "".join(_plain_digit(c) for c in said)
    for grouped in _GROUPED.finditer(plain):
        # A space may also stand between two numbers.
        for part in (grouped.group(), *grouped.group().split(" ")):
            digits = re.sub(r"[^0-9]", "", part)
            if len(digits) <= _MOST_DIGITS:
                yield int(digits)
    for spelt in _SPELT.finditer(plain):
        yield from _read(spelt.group())


def _read(spelt: str) -> Iterator[int]:
    try:
        said = tokens(spelt)
    except NotANumber:
        return
    for at in range(len(said)):
        for numeral in numerals(said, at):
            if numeral.value.denominator == 1:
                yield int(numeral.value)


def _plain_digit(character: str) -> str:
    """Return a digit of any script as an ASCII digit; anything else unchanged."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
