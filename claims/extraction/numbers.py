"""Numbers in digits and in words, in any language that has a file.

A number is read from the tokens of a sentence: "1,482", "63 000", "1.5m", "one hundred and
twelve", "dos mil trescientos", "soixante-dix-huit", "ثلاثة وعشرون", "half a million", "dozens",
"several hundred". What can be read in two ways in print of one language ("1.234") is decided by
the language's decimal point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.domain.figures import LARGEST_NUMBER, Qualifier
from claims.extraction.lexicon import Lexicon
from claims.extraction.tokens import DASHES, Sentence

_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f.,’'٬]\d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,٫](\d+)")
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens ``start`` to ``stop``; two ends where words give an order of size.

    ``rule`` names how it was read; ``is_word`` tells that no digits stand in it.
    """

    start: int
    stop: int
    low: int
    high: int
    qualifier: Qualifier
    rule: str
    is_word: bool = True


def number_at(sentence: Sentence, at: int, language: Lexicon) -> Number | None:
    """Return the longest number that starts at a token, or ``None``."""
    marks = sentence.marks[at]
    if sentence.words[at][0].isdecimal():
        return _digits_at(sentence, at, language)
    if "few" in marks:
        return _few_at(sentence, at)
    if "order" in marks and not _is_counted_in(sentence, at):
        (low, high), length = marks["order"]
        return Number(at, at + length, int(low), int(high), Qualifier.ORDER, "order-word")
    if "dual" in marks:
        return Number(at, at + 1, 2, 2, Qualifier.EXACTLY, "dual")
    if "number" in marks or "part" in marks or "scale" in marks or "collective" in marks:
        return _words_at(sentence, at, language.settings)
    return None


def _exact(start: int, stop: int, value: Fraction, rule: str, *, is_word: bool) -> Number | None:
    if value.denominator != 1 or value > LARGEST_NUMBER:
        return None
    return Number(start, stop, int(value), int(value), Qualifier.EXACTLY, rule, is_word)


def digits_value(printed: str, decimal_point: str) -> tuple[Fraction, bool] | None:
    """Return the value of printed digits and whether they have a decimal part.

    Groups of three are thousands, whichever sign parts them, except behind the language's own
    decimal point where the first group is a lone zero. ``None`` for digits in wrong groups.
    """
    if _DIGITS.fullmatch(printed):
        return Fraction(int(printed)), False
    separators = {c for c in printed if not c.isdecimal()}
    if len(separators) == 1 and _GROUPED.fullmatch(printed):
        groups = re.split(r"\D", printed)
        doubtful = decimal_point in separators and len(groups) == 2
        if not (groups[0].strip("0٠") == "" and doubtful):
            return Fraction(int("".join(groups))), False
    if match := _DECIMAL.fullmatch(printed):
        whole, part = match.groups()
        return Fraction(int(whole + part), 10 ** len(part)), True
    return None


def _digits_at(sentence: Sentence, at: int, language: Lexicon) -> Number | None:
    printed = sentence.printed(at)
    if printed.isdecimal() and _scale_at(sentence, at + 1) is None:
        value = int(printed)
        if value > LARGEST_NUMBER:
            return None
        return Number(at, at + 1, value, value, Qualifier.EXACTLY, "digits", is_word=False)
    read = digits_value(printed, language.settings["decimal_point"])
    if read is None:
        return None
    total, is_decimal = read
    stop = at + 1
    rule = "digits"
    while (scaled := _scale_at(sentence, stop)) is not None:
        total *= scaled[0]
        stop, rule = scaled[1], "digits-and-words"
    if is_decimal and rule == "digits":
        return None
    if rule == "digits-and-words" and not is_decimal:
        rest, stop = _rest_behind(sentence, stop, total, language)
        total += rest
    return _exact(at, stop, total, rule, is_word=False)


def _rest_behind(
    sentence: Sentence, at: int, value: Fraction, language: Lexicon
) -> tuple[Fraction, int]:
    """Return what is added behind a scale: "37 thousand and 718"; nothing where nothing is."""
    if not sentence.has(at, "join") or at + 1 >= len(sentence) or value < 1000:
        return Fraction(0), at
    if not sentence.words[at + 1][0].isdecimal():
        return Fraction(0), at
    rest = _digits_at(sentence, at + 1, language)
    if rest is None or rest.low >= value or rest.low < 100:
        return Fraction(0), at
    return Fraction(rest.low), rest.stop


def _scale_at(sentence: Sentence, at: int) -> tuple[Fraction, int] | None:
    """Return a multiple such as thousand behind a number, and the token after it."""
    if sentence.word(at) in DASHES and sentence.has(at + 1, "scale"):
        at += 1
    if (mark := sentence.mark(at, "scale")) is None:
        mark = sentence.mark(at, "collective")
    if mark is None:
        return None
    value, length = mark
    is_letter = len(sentence.words[at]) <= 2
    if is_letter and not sentence.glued(at):
        return None
    return value, at + length


def _few_at(sentence: Sentence, at: int) -> Number:
    """Return "several", with the unit that follows: "several hundred", "a couple of dozen"."""
    (low, high), length = sentence.marks[at]["few"]
    stop, unit = at + length, 1
    mark = sentence.mark(stop, "scale") or sentence.mark(stop, "collective")
    if mark and len(sentence.words[stop]) > 2:
        unit, stop = int(mark[0]), stop + mark[1]
        while (more := sentence.mark(stop, "scale")) and len(sentence.words[stop]) > 2:
            unit, stop = unit * int(more[0]), stop + more[1]
    top = (int(high) + 1) * unit - 1
    return Number(at, stop, int(low) * unit, top, Qualifier.ORDER, "order-word")


class _Sum:
    """A number in words as it is being read: what is finished, and the group in hand."""

    def __init__(self) -> None:
        self.finished = Fraction(0)
        self.group = Fraction(0)
        self.last_scale = Fraction(10**12)

    def takes(self, value: Fraction) -> bool:
        """Add a plain number if it can stand here; tell whether it could."""
        rest = self.group % 100
        fits = (
            (self.group == 0)
            or (value < 10 and rest % 10 == 0 and (rest == 0 or rest >= 20))
            or (value < 100 and rest == 0)
            or (10 <= value < 20 and rest in (60, 80))
            or (100 <= value < 1000 and self.group == 0)
        )
        if fits:
            self.group += value
        return fits

    def takes_ten(self, value: Fraction) -> bool:
        """Add a ten behind a one, as some languages count: one and twenty."""
        rest = self.group % 100
        if 20 <= value < 100 and 0 < rest < 10:
            self.group += value
            return True
        return False

    def scales(self, scale: Fraction) -> bool:
        """Multiply the group in hand; tell whether the scale can stand here."""
        if scale < 1000:
            if self.group >= 100:
                return False
            self.group = max(self.group, Fraction(1)) * scale
            return True
        if scale >= self.last_scale and self.finished:
            return False
        self.finished += max(self.group, Fraction(1)) * scale
        self.group, self.last_scale = Fraction(0), scale
        return True

    @property
    def value(self) -> Fraction:
        """The number read so far."""
        return self.finished + self.group


def _words_at(sentence: Sentence, at: int, settings: Mapping[str, Any]) -> Number | None:
    """Read a number in words; a joining word or hyphen counts only between two parts of it.

    A language says with ``joins_tens`` that it has "forty and one", with ``join_reversed`` that it
    has "one and forty".
    """
    joins_tens, reverses = settings.get("joins_tens", True), settings.get("join_reversed", False)
    total, place, stop = _Sum(), at, at
    is_collective = False
    joined = False
    while place < len(sentence) and place - at <= _MOST_WORDS:
        marks = sentence.marks[place]
        length = 0
        if "part" in marks and place == at:
            length = _part(sentence, place, total)
        elif "scale" in marks and len(sentence.words[place]) > 2:
            length = marks["scale"][1] if total.scales(marks["scale"][0]) else 0
        elif "number" in marks:
            value, size = marks["number"]
            parted = joined and not joins_tens and total.group % 100
            fits = not parted and (
                total.takes(value) or (joined and reverses and total.takes_ten(value))
            )
            length = size if fits else 0
        elif "collective" in marks:
            length = marks["collective"][1] if _collects(total, marks["collective"][0]) else 0
            is_collective = True
        if length:
            place += length
            stop, joined = place, False
            continue
        if joined or stop < place or not _joins(sentence, place):
            break
        joined = sentence.has(place, "join")
        place += 1
    if stop == at:
        return None
    if half := _half_behind(sentence, stop, total):
        stop += half
    rule = "collective" if is_collective else "number-words"
    return _exact(at, stop, total.value, rule, is_word=True)


def _joins(sentence: Sentence, at: int) -> bool:
    """Tell whether a token can stand between two words of one number."""
    if sentence.word(at) in DASHES:
        return sentence.glued(at) and sentence.glued(at + 1)
    return sentence.has(at, "join")


def _half_behind(sentence: Sentence, at: int, total: _Sum) -> int:
    """Add the half of "two million and a half"; return how many tokens say it."""
    mark = sentence.mark(at, "and_half")
    if mark is None or total.group or total.last_scale > 10**9:
        return 0
    total.finished += total.last_scale / 2
    return mark[1]


def _is_counted_in(sentence: Sentence, at: int) -> bool:
    """Tell whether a word for an order of size is the number itself here: "more than a hundred".

    In some languages the plural and a case of the singular are one word; a bounding word in front
    tells that the singular is meant.
    """
    if not (sentence.has(at, "scale") or sentence.has(at, "collective")):
        return False
    for length in range(1, 4):
        mark = sentence.mark(at - length, "bound")
        if mark and mark[1] == length and mark[0] not in ("exactly", "total"):
            return True
    return False


def _collects(total: _Sum, value: Fraction) -> bool:
    if total.group >= 100:
        return False
    total.group = max(total.group, Fraction(1)) * value
    return True


def _part(sentence: Sentence, at: int, total: _Sum) -> int:
    """Read "half a million": the part counts only before a multiple."""
    part, length = sentence.marks[at]["part"]
    stop = at + length
    if sentence.word(stop) in DASHES:
        stop += 1
    mark = sentence.mark(stop, "scale") or sentence.mark(stop, "collective")
    if mark is None or len(sentence.words[stop]) <= 2:
        return 0
    total.finished += part * mark[0]
    return stop + mark[1] - at
