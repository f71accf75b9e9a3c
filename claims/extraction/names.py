"""Where the name of a claimant starts and ends beside the words that attribute."""

from __future__ import annotations

from claims.extraction.tokens import DASHES, Sentence

_LONGEST_NAME = 12
_LONGEST_RELATIVE = 6
_LONGEST_ASIDE = 10
_LONGEST_DATE = 5
_LONGEST_TITLE = 6
_LONGEST_BRACKET = 8
BREAKS = frozenset(",;:—–()…") | frozenset({"--"})
Extent = tuple[int, int]
"""The first token of a name and the token after it; equal where there is none."""


def name_after(sentence: Sentence, at: int, *, takes_victims: bool = False) -> Extent:
    """Return the extent of the name that starts at a token.

    ``takes_victims`` tells that those spoken of may speak themselves: "according to survivors".
    """
    if _is_addressed(sentence, at):
        at += sentence.marks[at]["addressee"][1]
    while sentence.is_quote(at) or sentence.has(at, "claimant_skip"):
        skip = sentence.mark(at, "claimant_skip")
        at += skip[1] if skip else 1
    stop = at + (takes_victims and sentence.has(at, "counted"))
    while stop < len(sentence.words) and stop - at < _LONGEST_NAME:
        if _ends_name(sentence, at, stop):
            break
        stop += 1
    stop = _behind_title(sentence, at, stop)
    while stop > at and any(k in sentence.marks[stop - 1] for k in ("of", "determiner", "and")):
        stop -= 1
    return at, stop


def _is_addressed(sentence: Sentence, at: int) -> bool:
    """Tell whether an agency behind a verb is told, since somebody else is named behind it."""
    mark = sentence.mark(at, "addressee")
    if mark is None or at + mark[1] >= len(sentence.words):
        return False
    behind = at + mark[1]
    goes_on = sentence.words[behind].isalpha() and not sentence.is_capital(behind)
    return goes_on and not sentence.has(behind, "claimant_stop") and not sentence.has(behind, "and")


def _behind_title(sentence: Sentence, start: int, stop: int) -> int:
    """Return the token behind a title in quotation marks that ends a name: "телеканал «Дождь»"."""
    if stop <= start or sentence.word(stop) != "«":
        return stop
    closed = range(stop + 2, min(stop + _LONGEST_TITLE, len(sentence.words)))
    return next((at + 1 for at in closed if sentence.words[at] == "»"), stop)


def _ends_name(sentence: Sentence, start: int, at: int) -> bool:
    word, marks = sentence.words[at], sentence.marks[at]
    if word in BREAKS or sentence.is_quote(at) or word in "?!":
        return True
    if word == ".":
        return not (sentence.glued(at) and sentence.glued(at + 1))
    if any(name in marks for name in ("claimant_stop", "that", "attribution")):
        return True
    if at > start and any(name in marks for name in ("weekday", "month", "day_word")):
        return True
    is_capital = sentence.is_capital(at)
    counts = "number" in marks or ("bound" in marks and not is_capital)
    if at > start and counts and "determiner" not in marks:
        return True
    return word[0].isdecimal() or ("cue" in marks and not is_capital)


def name_before(sentence: Sentence, at: int, limit: int) -> Extent:
    """Return the extent of the name that ends before a verb, looking back as far as ``limit``."""
    stop = at
    while stop > 0 and any(k in sentence.marks[stop - 1] for k in ("aux", "auxiliary", "adverb")):
        stop -= 1
    stop = _before_date(sentence, _before_bracket(sentence, stop))
    limit = max(limit, stop - _LONGEST_NAME)
    if stop > 1 and sentence.words[stop - 1] == ",":
        opened = _before_aside(sentence, stop - 1, limit)
        if _is_apposition(sentence, opened, stop):
            return _name_ending(sentence, opened, limit)[0], stop - 1
        stop = opened
    return _name_ending(sentence, stop, limit)


def _before_bracket(sentence: Sentence, stop: int) -> int:
    """Step over a bracket between a name and its verb: "the council (NDRRMC) said"."""
    if stop == 0 or sentence.words[stop - 1] != ")":
        return stop
    opened = range(stop - 2, max(stop - _LONGEST_BRACKET, 0), -1)
    return next((at for at in opened if sentence.words[at] == "("), stop)


def _before_date(sentence: Sentence, stop: int) -> int:
    """Step over a date between a name and its verb: "the ministry on 2 January admitted"."""
    at, named = stop, False
    while at > 0 and stop - at < _LONGEST_DATE:
        marks = sentence.marks[at - 1]
        is_day = "month" in marks or "weekday" in marks or "day_word" in marks
        if not (is_day or sentence.words[at - 1].isdecimal() or "unit" in marks):
            break
        named = named or is_day
        at -= 1
    if not named:
        return stop
    return at - 1 if at > 0 and sentence.has(at - 1, "place") else at


def _before_aside(sentence: Sentence, comma: int, limit: int) -> int:
    """Step over an aside between commas: "the ministry, without giving evidence, claimed"."""
    for at in range(comma - 1, max(limit, comma - _LONGEST_ASIDE), -1):
        if sentence.words[at] == ",":
            return at
        if sentence.words[at][0].isdecimal():
            break
    return comma + 1


def _is_apposition(sentence: Sentence, comma: int, stop: int) -> bool:
    """Tell whether an aside names again who was spoken of: "the director, Saiful Islam"."""
    first = comma + 1
    if first >= stop - 1:
        return False
    is_noun = sentence.has(first, "determiner") and sentence.words[stop - 2].isalpha()
    return is_noun or sentence.is_capital(first)


def _name_ending(sentence: Sentence, stop: int, limit: int) -> Extent:
    """Return the extent of the name that ends before a token; "who ..." behind it is left out."""
    start = _before_title(sentence, stop, limit)
    while start > limit:
        at = start - 1
        if "relative" in sentence.marks[at] and at > limit and stop - start <= _LONGEST_RELATIVE:
            stop = start = at
            continue
        if _starts_after(sentence, at, limit):
            break
        start = at
    while start < stop and is_lead(sentence, start):
        start += 1
    return start, stop


def _before_title(sentence: Sentence, stop: int, limit: int) -> int:
    """Step over a name in quotation marks that ends before a token: "«Медиазона»"."""
    if not sentence.is_quote(stop - 1):
        return stop
    for at in range(stop - 2, max(limit - 1, stop - _LONGEST_TITLE), -1):
        if sentence.is_quote(at):
            return at if at + 1 < stop - 1 and sentence.is_capital(at + 1) else stop
        if not sentence.words[at].isalpha() or sentence.has(at, "cue"):
            break
    return stop


def _starts_after(sentence: Sentence, at: int, limit: int) -> bool:
    """Tell whether a name read backwards starts behind a token."""
    word, marks = sentence.words[at], sentence.marks[at]
    if word in BREAKS or sentence.is_quote(at) or (word == "'s" and at == limit):
        return True
    if word in DASHES and not sentence.glued(at):
        return True
    if any(k in marks for k in ("contrast", "that", "relative", "attribution", "clause")):
        return True
    tied = sentence.glued(at + 1) or (sentence.glued(at) and sentence.word(at - 1).isalpha())
    is_number = word[0].isdecimal() and not tied
    return is_number or ("cue" in marks and not sentence.is_capital(at))


def is_lead(sentence: Sentence, at: int) -> bool:
    """Tell whether a token in front of a name is no part of it: "however", "and", "on Monday"."""
    marks = sentence.marks[at]
    return any(k in marks for k in ("claimant_lead", "and", "contrast", "weekday", "clause"))


def is_name(sentence: Sentence, name: Extent) -> bool:
    """Tell whether an extent holds a word that can name somebody."""
    start, stop = name
    has_word = any(
        sentence.words[at][0].isalpha() and not sentence.has(at, "determiner")
        for at in range(start, stop)
    )
    return has_word and not (stop - start > 1 and sentence.has(start, "relative"))


def is_pronoun(sentence: Sentence, name: Extent) -> bool:
    """Tell whether a name is a word that stands for whoever spoke before."""
    return name[1] - name[0] == 1 and sentence.has(name[0], "not_claimant")
