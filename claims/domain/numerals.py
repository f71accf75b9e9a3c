"""Numbers of people as English prints them, in digits and in words.

"1,200", "1 200", "twelve hundred", "1.2 million", "half a million", "20k" and "two dozen" are
numbers; "1,23" and "12 34" are not, and "1.234" is not a number of people. Text is cut into
tokens first, so that "200-600" is two numbers and "twenty-three" is one. Where the words can be
cut in more than one place ("one hundred and two hundred") every reading is given and the caller
decides by what has to follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

DASH = "\u2013"
"""The token for a hyphen or dash that stands between two numbers."""

NUMBER_EXAMPLES: tuple[str, ...] = (
    "400",
    "1,200",
    "1 200",
    "four hundred",
    "twelve hundred",
    "one hundred and twenty-three",
    "1.2 million",
    "two and a half million",
    "half a million",
    "20k",
    "two dozen",
)
"""Ways to write a number that are understood, for the page on methods."""

_ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9}
_MULTIPLES = {**_SCALES, "hundred": 100, "dozen": 12}
_GROUP = 1000  # What stands before a thousand or a million is smaller than this.
_SUFFIXES = {"k": "thousand", "m": "million", "bn": "billion"}
_ARTICLES = frozenset({"a", "an"})
NUMBER_WORDS = frozenset({*_ONES, *_TENS, *_MULTIPLES, *_ARTICLES, "and", "half", "quarter"})
"""Words of which numbers are made."""

_PARTS: dict[tuple[str, ...], Fraction] = {
    ("half", "a"): Fraction(1, 2),
    ("half",): Fraction(1, 2),
    ("a", "half"): Fraction(1, 2),
    ("a", "quarter", "of", "a"): Fraction(1, 4),
    ("quarter", "of", "a"): Fraction(1, 4),
    ("a", "quarter"): Fraction(1, 4),
    ("quarter",): Fraction(1, 4),
    ("three", "quarters", "of", "a"): Fraction(3, 4),
}
_AND_PARTS: dict[tuple[str, ...], Fraction] = {
    ("and", "a", "half"): Fraction(1, 2),
    ("and", "a", "quarter"): Fraction(1, 4),
    ("and", "three", "quarters"): Fraction(3, 4),
}

# Only spaces that a printer uses inside a number; a tab or a new line parts two numbers.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f\u2005\u2006", " "))
_TOKEN = re.compile(
    r"""
    (?P<space> \s+ )
  | (?P<digits> [0-9]{1,3} (?:\ [0-9]{3})+ (?! [.,]?[0-9] ) | [0-9]+ (?:[.,][0-9]+)* )
    (?P<suffix> (?:k|m|bn) (?! [a-z]) )?
  | (?P<word> [a-z]+ ) (?: (?<= \b c ) \. | (?<= \b ca ) \. | (?<= \b approx ) \. )?
  | (?P<joiner> (?<= [a-z0-9] ) [-\u2010\u2011] (?= [a-z] ) )
  | (?P<dash> [-\u2010-\u2015\u2212] )
  | (?P<symbol> >= | <= | [+<>=≥≤~≈,] )
    """,
    re.VERBOSE,
)
_WRITTEN_OUT = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:[, ][0-9]{3})+)(?:\.[0-9]+)?")


class NotANumber(ValueError):
    """Digits or characters that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One reading of a number: its value and the position of the token after it.

    ``leads`` are the coefficients said aloud, each with what it multiplies: "two hundred
    thousand" is 2 times 100,000 and 200 times 1,000. ``is_compound`` marks a number that goes on
    after its last multiple, such as "two hundred and five"; ``is_decimal`` one with a point that
    nothing multiplies: "1.000" is as likely a thousand in another country's print as one.
    """

    value: Fraction | int
    stop: int
    leads: tuple[tuple[Fraction | int, int], ...] = ()
    is_compound: bool = False
    is_decimal: bool = False


def tokens(text: str) -> list[str]:
    """Cut a text into numbers, words and signs, in lower case.

    A hyphen inside a word joins ("twenty-three"), between numbers it is a ``DASH``. Raises
    ``NotANumber`` at digits in wrong groups and at a character that no wording has.
    """
    text = text.translate(_SPACES).casefold()
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotANumber(f'the character "{text[at]}" is in no known wording')
        at = match.end()
        if digits := match["digits"]:
            if not _WRITTEN_OUT.fullmatch(digits):
                raise NotANumber(f'"{digits}" is not written in groups of three digits')
            found.append(digits)
            if suffix := match["suffix"]:
                found.append(_SUFFIXES[suffix])
        elif match["dash"]:
            found.append(DASH)
        elif sign := match["word"] or match["symbol"]:
            found.append(sign)
    return found


def numerals(said: Sequence[str], at: int) -> Iterator[Numeral]:
    """Give every reading of a number that starts at a token, shorter and longer ones.

    Values may be fractions, since "1.2" is a good beginning of "1.2 to 1.5 million".
    """
    if at >= len(said):
        return
    if said[at][0].isdigit():
        yield from _from_digits(said, at)
        return
    yield from _parts_of_a_multiple(said, at)
    yield from _words(said, at, below=10**12)
    for small in _below_hundred(said, at):
        yield from _with_part(small.value, said, small.stop)
        yield from _times(small.value, said, small.stop, {"dozen": 12})
    if said[at] in _ARTICLES and _token(said, at + 1) == "dozen":
        yield Numeral(Fraction(12), at + 2)


def _token(said: Sequence[str], at: int) -> str:
    return said[at] if at < len(said) else ""


def _from_digits(said: Sequence[str], at: int) -> Iterator[Numeral]:
    """Read digits as they stand and with the multiples that follow: 20, 20 thousand."""
    value = Fraction(said[at].replace(",", "").replace(" ", ""))
    stop = at + 1
    yield Numeral(value, stop, is_decimal="." in said[at])
    yield from _times(value, said, stop, _MULTIPLES)
    scale = _SCALES.get(_token(said, stop + 1))
    if _token(said, stop) == "hundred" and scale:
        leads = ((value, 100 * scale), (100 * value, scale))
        yield Numeral(value * 100 * scale, stop + 2, leads)
    yield from _with_part(value, said, stop)


def _with_part(value: Fraction | int, said: Sequence[str], at: int) -> Iterator[Numeral]:
    """Read "two and a half", alone and with the multiple that follows."""
    if value.denominator != 1:
        return
    for phrase, part in _AND_PARTS.items():
        stop = at + len(phrase)
        if tuple(said[at:stop]) == phrase:
            yield Numeral(value + part, stop)
            yield from _times(value + part, said, stop, _MULTIPLES)


def _times(
    value: Fraction | int, said: Sequence[str], at: int, multiples: dict[str, int]
) -> Iterator[Numeral]:
    multiple = multiples.get(_token(said, at))
    if multiple:
        yield Numeral(value * multiple, at + 1, ((value, multiple),))


def _parts_of_a_multiple(said: Sequence[str], at: int) -> Iterator[Numeral]:
    """Read "half a million" and "a quarter of a million"."""
    for phrase, part in _PARTS.items():
        stop = at + len(phrase)
        multiple = _MULTIPLES.get(_token(said, stop))
        if multiple and tuple(said[at:stop]) == phrase:
            yield Numeral(part * multiple, stop + 1)


def _below_hundred(said: Sequence[str], at: int) -> Iterator[Numeral]:
    word = _token(said, at)
    if word in _ONES:
        yield Numeral(Fraction(_ONES[word]), at + 1)
    elif word in _TENS:
        yield Numeral(Fraction(_TENS[word]), at + 1)
        one = _ONES.get(_token(said, at + 1), 0)
        if one in range(1, 10):
            yield Numeral(Fraction(_TENS[word] + one), at + 2)


def _hundreds(said: Sequence[str], at: int, *, is_first: bool) -> Iterator[Numeral]:
    """Read one group: "five", "a hundred", "one hundred and twenty-three", "twelve hundred".

    "A" stands for one only at the beginning of a number.
    """
    coefficients = list(_below_hundred(said, at))
    yield from coefficients
    if is_first and said[at] in _ARTICLES:
        coefficients = [Numeral(Fraction(1), at + 1)]
    for coefficient in coefficients:
        # "Twenty hundred" is no English, and "zero hundred" is no number.
        if _token(said, coefficient.stop) != "hundred" or coefficient.value % 10 == 0:
            continue
        value = coefficient.value * 100
        stop = coefficient.stop + 1
        leads = () if said[at] in _ARTICLES else ((coefficient.value, 100),)
        yield Numeral(value, stop, leads)
        for rest in _below_hundred(said, stop + (_token(said, stop) == "and")):
            if rest.value:
                yield Numeral(value + rest.value, rest.stop, leads, is_compound=True)


def _words(said: Sequence[str], at: int, *, below: int, is_first: bool = True) -> Iterator[Numeral]:
    """Read groups with falling scales: "two million, three hundred thousand and five"."""
    groups = list(_hundreds(said, at, is_first=is_first)) if at < len(said) else []
    yield from groups
    if is_first and said[at] in _ARTICLES:
        groups.append(Numeral(Fraction(1), at + 1))
    for group in groups:
        scale = _SCALES.get(_token(said, group.stop), below)
        if scale >= below or not 0 < group.value < _GROUP:
            continue
        is_article = group.stop == at + 1 and said[at] in _ARTICLES
        scaled = _scaled(group, scale, is_article=is_article)
        yield scaled
        after = scaled.stop + (_token(said, scaled.stop) in ("and", ","))
        for rest in _words(said, after, below=scale, is_first=False):
            if 0 < rest.value < scale:
                value = scaled.value + rest.value
                yield Numeral(value, rest.stop, scaled.leads, is_compound=True)


def _scaled(group: Numeral, scale: int, *, is_article: bool) -> Numeral:
    leads = tuple((lead, multiple * scale) for lead, multiple in group.leads)
    if not is_article:
        leads = (*leads, (group.value, scale))
    return Numeral(group.value * scale, group.stop + 1, leads)
