"""English wording of a number of people, read as a figure.

"At least 400", "up to 400" and "hundreds" say different things about the true number, so the
words are read by one table, which the page on methods prints. A wording that the table does not
know is refused and left to a person; nothing is guessed. A noun for people may follow the number
("400 dead"), anything else may not ("400 km").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from claims.domain.figures import Figure, FigureError, Qualifier
from claims.domain.numerals import DASH, NUMBER_WORDS, NotANumber, Numeral, numerals, tokens
from claims.domain.wording_table import (
    CONJUNCTIONS,
    LINKS,
    PEOPLE_WORDS,
    WORDING_TABLE,
    WordingRow,
)

__all__ = ["PEOPLE_WORDS", "WORDING_TABLE", "UnknownWording", "WordingRow", "parse_wording"]

LONGEST_WORDING = 200
"""Characters; a longer text is a passage and not the wording of a number."""


class UnknownWording(FigureError):
    """A wording that the table does not know; the message names it and says why."""


# Whoever counts in dozens stays below a hundred, as the row "dozens" says.
_MOST_IN_DOZENS = 99
_DOZEN = 12
# "400 of the military personnel": no more links than this stand in a row.
_MOST_LINKS = 3

_UNITS: tuple[tuple[tuple[str, ...], int], ...] = tuple(
    (tuple(phrase.split()), unit)
    for unit, phrases in (
        (_DOZEN, ("dozen", "dozens")),
        (10, ("tens",)),
        (100, ("hundred", "hundreds")),
        (1_000, ("thousand", "thousands")),
        (10_000, ("tens of thousands",)),
        (100_000, ("hundred thousand", "hundreds of thousands")),
        (1_000_000, ("million", "millions")),
        (10_000_000, ("tens of millions",)),
    )
    for phrase in phrases
)

# Places in a pattern; text is in lower case, so that no word of a source can be one of them.
_NUMBER = "N"
_UNIT = "U"


def _pattern(phrase: str, qualifier: Qualifier) -> tuple[str, ...]:
    """Return the tokens of a phrase with its places marked.

    "A" is a place in ranges only; elsewhere it is the article.
    """
    places = {"n": _NUMBER, "u": _UNIT}
    if qualifier is Qualifier.BETWEEN:
        places = {"a": _NUMBER, "b": _NUMBER}
    return tuple(places.get(token, token) for token in tokens(phrase))


Pattern = tuple[tuple[str, ...], WordingRow]

_PATTERNS: tuple[Pattern, ...] = tuple(
    (_pattern(phrase, row.qualifier), row) for row in WORDING_TABLE for phrase in row.phrases
)


_BY_NUMBER = tuple(p for p in _PATTERNS if p[0][0] in (_NUMBER, _UNIT))
"""The patterns that a number can begin."""
_BY_WORD = {
    first: tuple(p for p in _PATTERNS if p[0][0] == first) for first in {p[0][0] for p in _PATTERNS}
}
_BY_EITHER = {
    first: tuple(p for p in _PATTERNS if p in own or p in _BY_NUMBER)
    for first, own in _BY_WORD.items()
}
_KNOWN_WORDS = (
    PEOPLE_WORDS
    | LINKS
    | NUMBER_WORDS
    | {word for phrase, _ in _UNITS for word in phrase}
    | {word for pattern, _ in _PATTERNS for word in pattern}
)

# Digits as most people print a number; any other is read with the words around it.
_PLAIN = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}|[1-9][0-9]{0,10})")
_MOST_NUMBERS = 2
# Numbers of all lengths, to find out whether a phrase is the same with each of them.
_SAMPLES = (("7", "83"), ("4,310", "912345678"), ("912", "600"))

_INVISIBLE = " \t\r\n\u00a0\u2009\u202f\u200b\u200e\u200f\ufeff"
_BEFORE = _INVISIBLE + '"“”„«»()[]:;'
_AFTER = _BEFORE + ".,!"
_SINGLE_QUOTES = "'\u2018\u2019\u201a\u2039\u203a"


def parse_wording(text: str) -> Figure:
    """Read the wording of a number, such as "at least 400 dead", as a figure.

    The figure keeps the text, without outer space, as its wording. Raises ``UnknownWording``
    where the table does not know the phrase or the words can be taken in two ways.
    """
    wording = text.strip()
    if not wording:
        raise UnknownWording("No wording was given; a person has to enter one.")
    if len(wording) > LONGEST_WORDING:
        raise _refusal(wording, f"it is longer than {LONGEST_WORDING} characters")
    return _quickly(wording) or _parsed(wording)


def _quickly(wording: str) -> Figure | None:
    """Read a wording by the row that the words around its numbers are known to belong to.

    ``None`` where that has to be found out. Most wordings are a few phrases with one number or
    another in them.
    """
    around = _PLAIN.split(wording)
    numbers = around[1::2]
    row = _row_around(tuple(around[::2])) if 0 < len(numbers) <= _MOST_NUMBERS else None
    if row is None:
        return None
    try:
        return _figure(row, tuple(map(_plain_numeral, numbers)), wording)
    except FigureError:
        return None


@lru_cache(maxsize=1_024)
def _row_around(pieces: tuple[str, ...]) -> WordingRow | None:
    """Return the row of the table that words are of, whatever plain numbers stand between them.

    ``None`` where there is none or more than one, or where the words are part of a number.
    """
    found = []
    for sample in _SAMPLES:
        numbers = sample[: len(pieces) - 1]
        text = "".join(chain(*zip(pieces, (*numbers, ""), strict=True)))
        try:
            matches = list(_matches(tuple(tokens(_bare(text)))))
        except NotANumber:
            return None
        plain = tuple(map(_plain_numeral, numbers))
        if not matches or any(tuple(map(_anywhere, told)) != plain for _, told in matches):
            return None
        found += [row for row, _ in matches]
    return found[0] if found[0].ends is None and found.count(found[0]) == len(found) else None


def _anywhere(numeral: Numeral) -> Numeral:
    return replace(numeral, stop=0)


def _plain_numeral(digits: str) -> Numeral:
    return Numeral(int(digits.replace(",", "")), 0)


def _parsed(wording: str) -> Figure:
    try:
        said = tuple(tokens(_bare(wording)))
    except NotANumber as error:
        raise _refusal(wording, str(error)) from error
    figures: set[Figure] = set()
    reasons: list[str] = []
    for row, places in _matches(said):
        try:
            figures.add(_figure(row, places, wording))
        except FigureError as error:
            reasons.append(str(error).rstrip("."))
    if len(figures) > 1:
        raise _refusal(wording, "it can be read in two ways")
    if not figures:
        raise _refusal(wording, reasons[0] if reasons else _why_unknown(said))
    return figures.pop()


def _refusal(wording: str, reason: str) -> UnknownWording:
    shown = wording if len(wording) <= LONGEST_WORDING else wording[:60] + "…"
    return UnknownWording(f'A person has to read "{shown}": {reason[0].lower()}{reason[1:]}.')


def _why_unknown(said: Sequence[str]) -> str:
    """Name the word that stands in the way, or the way in which known words stand together."""
    strange = [word for word in said if not word[0].isdigit() and word not in _KNOWN_WORDS]
    if strange:
        return f'"{strange[0]}" is in no phrase of the table of wordings'
    if said and said[0] == DASH:
        return "no count of people is below zero"
    return "the table of wordings has no phrase that puts these words together"


def _bare(wording: str) -> str:
    """Take off the punctuation around a wording.

    A leading point, comma or single apostrophe stays, since it may belong to a number that was
    cut (".5 million", "'45"), and so does a question mark, which is a doubt.
    """
    bare = wording.lstrip(_BEFORE).rstrip(_AFTER)
    if len(bare) > 1 and bare[0] in _SINGLE_QUOTES and bare[-1] in _SINGLE_QUOTES:
        bare = bare[1:-1].lstrip(_BEFORE).rstrip(_AFTER)
    return bare


def _matches(said: tuple[str, ...]) -> Iterator[tuple[WordingRow, tuple[Numeral, ...]]]:
    for pattern, row in _possible(said):
        if len(pattern) <= len(said):
            for places in _fill(pattern, said, 0):
                yield row, places


def _possible(said: tuple[str, ...]) -> tuple[Pattern, ...]:
    """Return the patterns that the first word can begin, in the order of the table."""
    if not said:
        return ()
    if not (_numbers(said, 0) or any(_units(said, 0))):
        return _BY_WORD.get(said[0], ())
    return _BY_EITHER.get(said[0], _BY_NUMBER)


def _fill(
    pattern: tuple[str, ...], said: tuple[str, ...], at: int
) -> Iterator[tuple[Numeral, ...]]:
    """Give each way in which a pattern covers the tokens from ``at`` to the end."""
    if not pattern:
        if _people_end(said, at) == len(said):
            yield ()
        return
    place, rest = pattern[0], pattern[1:]
    if place not in (_NUMBER, _UNIT):
        if at < len(said) and said[at] == place:
            yield from _fill(rest, said, at + 1)
        return
    for numeral in _numbers(said, at) if place == _NUMBER else _units(said, at):
        for stop in {numeral.stop, _people_end(said, numeral.stop)}:
            for others in _fill(rest, said, stop):
                yield (numeral, *others)


@lru_cache(maxsize=16)
def _numbers(said: tuple[str, ...], at: int) -> tuple[Numeral, ...]:
    """Return every reading of a number; one pattern after the other asks for the same one."""
    return tuple(numerals(said, at))


def _units(said: Sequence[str], at: int) -> Iterator[Numeral]:
    for phrase, unit in _UNITS:
        if tuple(said[at : at + len(phrase)]) == phrase:
            yield Numeral(Fraction(unit), at + len(phrase))


def _people_end(said: Sequence[str], at: int) -> int:
    """Return where the words for people that start at a token end; ``at`` where there are none."""
    end = at
    links = 0
    for position in range(at, len(said)):
        word = said[position]
        if word in PEOPLE_WORDS:
            end, links = position + 1, 0
        elif word in LINKS and links < _MOST_LINKS and (end > at or word not in CONJUNCTIONS):
            links += 1
        else:
            break
    return end


def _figure(row: WordingRow, places: tuple[Numeral, ...], wording: str) -> Figure:
    """Return the figure that a row makes of the numbers found; raises ``FigureError``."""
    qualifier = row.qualifier
    low: int | None = None
    best: int | None = None
    high: int | None = None
    if row.ends is not None:
        low, high = _multiplied(row.ends, places)
        if qualifier is Qualifier.EXACTLY:
            low, best, high = None, low, None
    elif qualifier is Qualifier.BETWEEN:
        low, high = _range(*places)
    elif qualifier in (Qualifier.EXACTLY, Qualifier.ABOUT):
        best = _whole(places[0])
    elif qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        low = _whole(places[0])
    elif qualifier is not Qualifier.UNKNOWN:
        high = _whole(places[0])
    return Figure(qualifier, low, best, high, wording=wording)


def _multiplied(ends: tuple[int, int], places: tuple[Numeral, ...]) -> tuple[int, int]:
    """Return the ends that words such as "hundreds" or "several hundred" stand for."""
    if not places:
        return ends
    unit = int(places[0].value)
    high = (ends[1] + 1) * unit - 1
    return ends[0] * unit, min(high, _MOST_IN_DOZENS) if unit == _DOZEN else high


def _range(first: Numeral, second: Numeral) -> tuple[int, int]:
    scale = _shared_scale(first, second)
    low = _whole(first if scale == 1 else Numeral(first.value * scale, first.stop))
    high = _whole(second)
    if low > high:
        raise FigureError(f"the range runs from {low:,} down to {high:,}")
    return low, high


def _shared_scale(first: Numeral, second: Numeral) -> int:
    """Return what the first number of a range shares with the second: 1,000 in "10 to 15 thousand".

    It shares the scale where it is smaller than the coefficient, and nothing ("500 to 2
    thousand") where it is not. "Two to three hundred thousand" could be either of two.
    """
    scales = [scale for lead, scale in second.leads if first.value < lead]
    if _may_lack_thousands(first, second):
        raise FigureError("it does not say whether the first number is in thousands")
    if not scales or not first.value:
        return 1
    if len(scales) > 1 or second.is_compound or any(first.value == x for x, _ in second.leads):
        raise FigureError("it does not say whether the first number is in the unit of the second")
    return scales[0]


def _may_lack_thousands(first: Numeral, second: Numeral) -> bool:
    """Tell whether a first number may be short for thousands, as in "10-15,000"."""
    return (
        not first.leads
        and not second.leads
        and second.value % 1_000 == 0
        and 0 < first.value < 1_000
        and first.value * 1_000 < second.value
    )


def _whole(numeral: Numeral) -> int:
    if numeral.value.denominator != 1 or numeral.is_decimal:
        raise FigureError("a number with a part is not a whole number of people")
    return int(numeral.value)
