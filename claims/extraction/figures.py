"""Numbers with the words that bound them: "at least 400", "between 15 and 20", "dozens".

A figure phrase is a number or a range, the qualifying words before and behind it, and the noun
that it counts. The numbers are kept in the columns that the domain's table of wordings uses, so
that the same words mean the same wherever they are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.domain.figures import Figure, Qualifier
from claims.extraction.lexicon import Lexicon
from claims.extraction.numbers import Number, number_at
from claims.extraction.tokens import DASHES, Sentence

_MOST_BOUNDS, _LONGEST_BOUND, _LONGEST_OPENER, _CHANGE_REACH = 4, 5, 3, 11


@dataclass(slots=True)
class FigurePhrase:
    """A figure in a sentence: its tokens, its numbers, and what it counts.

    Tokens ``start`` to ``stop`` are the number words; ``bound_start`` to ``bound_stop`` include
    the words that bound it; ``wording_stop`` is the token after bounding words behind the noun, 0
    where there are none. ``head_stop`` is the token after the noun phrase it counts, of which
    ``noun_start`` to ``noun_stop`` name people. ``head`` is ``people``, ``counted`` (the noun is
    itself a cue, of the measure ``counts``), ``bare`` (no noun) or ``unknown``.
    """

    start: int
    stop: int
    bound_start: int
    bound_stop: int
    qualifier: Qualifier
    low: int
    high: int
    is_word: bool = True
    head: str = "bare"
    head_start: int = 0
    head_stop: int = 0
    victims: str = "people"
    party: str = ""
    is_more: bool = False
    wording_stop: int = 0
    is_dual: str = ""
    counts: str = ""
    is_weak: bool = False
    noun_start: int = 0
    noun_stop: int = 0
    rules: list[str] = field(default_factory=list)

    def figure(self, wording: str) -> Figure:
        """Return the domain's figure; raises ``FigureError`` for numbers that are none."""
        return stated(self.qualifier, self.low, self.high, wording)


def stated(qualifier: Qualifier, low: int, high: int, wording: str = "") -> Figure:
    """Return numbers as a figure, in the columns that the qualifier uses."""
    if qualifier in (Qualifier.EXACTLY, Qualifier.ABOUT):
        return Figure(qualifier, best=low, wording=wording)
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return Figure(qualifier, low=low, wording=wording)
    if qualifier in (Qualifier.AT_MOST, Qualifier.FEWER_THAN, Qualifier.NEARLY):
        return Figure(qualifier, high=high, wording=wording)
    return Figure(qualifier, low=low, high=high, wording=wording)


def figure_phrase_at(sentence: Sentence, at: int, language: Lexicon) -> FigurePhrase | None:
    """Return the figure whose number starts at a token, with its bounds."""
    first = number_at(sentence, at, language)
    if first is None:
        return None
    phrase = _range(sentence, first, language) or FigurePhrase(
        first.start,
        first.stop,
        first.start,
        first.stop,
        first.qualifier,
        first.low,
        first.high,
        first.is_word,
        rules=[first.rule],
    )
    if first.rule == "dual":
        phrase.is_dual = str(sentence.marks[at]["dual"][0])
    _bound_before(sentence, phrase)
    _bound_after(sentence, phrase)
    return phrase


def _range(sentence: Sentence, first: Number, language: Lexicon) -> FigurePhrase | None:
    """Return a range whose first number is given: "between a and b", "a to b", "a-b"."""
    if first.qualifier is Qualifier.ORDER:
        return None
    opener = _opener_before(sentence, first.start)
    middle = sentence.mark(first.stop, "range_middle")
    if middle is None or first.stop + middle[1] >= len(sentence.words):
        return None
    is_dash = sentence.word(first.stop) in DASHES
    joins = sentence.has(first.stop, "and") or sentence.has(first.stop, "comma")
    if joins and not opener:
        return None
    second = number_at(sentence, first.stop + middle[1], language)
    if second is None or second.qualifier is Qualifier.ORDER:
        return None
    if is_dash and sentence.glued(first.stop) != sentence.glued(first.stop + 1):
        return None
    if opener and _is_change(sentence, first.start - opener):
        return None
    return _range_of(sentence, first, second, opener)


def _range_of(
    sentence: Sentence, first: Number, second: Number, opener: int
) -> FigurePhrase | None:
    low = first.low
    scale = _shared_scale(sentence, first, second)
    if scale and low < second.low // scale * 2 and low * scale < second.low:
        low *= scale
    if not low < second.low:
        return None
    return FigurePhrase(
        first.start,
        second.stop,
        first.start - opener,
        second.stop,
        Qualifier.BETWEEN,
        low,
        second.low,
        first.is_word and second.is_word,
        rules=["range"],
    )


def _shared_scale(sentence: Sentence, first: Number, second: Number) -> int:
    """Return what the first number shares with the second: a thousand in "10 to 15 thousand"."""
    if first.stop - first.start > 1 or second.stop - second.start < 2:
        return 0
    mark = sentence.mark(second.stop - 1, "scale")
    return int(mark[0]) if mark else 0


def _opener_before(sentence: Sentence, at: int) -> int:
    """Return how many tokens before a number open a range; 0 where none do."""
    opener = sentence.ending(at, "range_open", _LONGEST_OPENER)
    return at - opener[1] if opener else 0


def _is_change(sentence: Sentence, at: int) -> bool:
    """Tell whether "from" before a number belongs to a change: "rose from 63 to 89"."""
    for back in range(1, _CHANGE_REACH):
        if sentence.has(at - back, "change"):
            return True
        if sentence.word(at - back) in (",", ";", "") and not (back == 1 and at > 1):
            return False
    return False


def _bound_before(sentence: Sentence, phrase: FigurePhrase) -> None:
    """Take in the words before a number that bound it, from the number outwards."""
    at = phrase.bound_start
    for _ in range(_MOST_BOUNDS):
        found = sentence.ending(at, "bound", _LONGEST_BOUND)
        if found is None:
            break
        code, at = found
        if sentence.has(at, "revision_to") and _is_change(sentence, at):
            break
        if code == "at_most" and sentence.has(at - 1, "change"):
            break
        is_plain = phrase.qualifier in (Qualifier.EXACTLY, Qualifier.ORDER, Qualifier.BETWEEN)
        if code == "total":
            phrase.bound_start = at
            continue
        if code == "exactly":
            phrase.is_more = phrase.is_more or sentence.has(at, "more")
            continue
        if is_plain and not _bound(phrase, Qualifier(code)):
            continue
        phrase.bound_start = at


def _bound(phrase: FigurePhrase, qualifier: Qualifier) -> bool:
    """Bound a figure; words for an order of size and ranges stay what they are."""
    if phrase.qualifier is Qualifier.EXACTLY:
        phrase.qualifier = qualifier
        phrase.rules.append(f"bound:{qualifier}")
    return True


def _step_over_suffix(sentence: Sentence, phrase: FigurePhrase) -> None:
    """Take in the case ending that is written behind digits: "20-ти"."""
    at = phrase.bound_stop
    if sentence.has(at, "number_suffix") and sentence.glued(at):
        phrase.bound_stop += sentence.marks[at]["number_suffix"][1]


def bound_behind_noun(sentence: Sentence, phrase: FigurePhrase) -> None:
    """Bound a figure by words behind its noun: "12 people at least"."""
    last = max(phrase.head_stop, phrase.noun_start)
    if phrase.qualifier is not Qualifier.EXACTLY or last == phrase.bound_stop:
        return
    for at in (last, last + 1):
        if at > last and not sentence.word(at - 1).isalpha():
            return
        if sentence.has(at, "and"):
            return
        if mark := _bound_behind(sentence, at):
            code, length = mark
            phrase.qualifier, phrase.wording_stop = Qualifier(code), at + length
            phrase.rules.append(f"bound:{code}")
            return


def _bound_behind(sentence: Sentence, at: int) -> tuple[str, int] | None:
    """Return the bounding phrase at a token, unless it bounds a number behind it."""
    mark = sentence.mark(at, "bound_after")
    if mark is None:
        return None
    behind = at + mark[1]
    bounds_next = sentence.has(behind, "numeric") or sentence.word(behind)[:1].isdecimal()
    return None if bounds_next else mark


def _bound_after(sentence: Sentence, phrase: FigurePhrase) -> None:
    _step_over_suffix(sentence, phrase)
    mark = _bound_behind(sentence, phrase.bound_stop)
    if mark and phrase.qualifier is Qualifier.EXACTLY:
        code, length = mark
        phrase.qualifier = Qualifier(code)
        phrase.bound_stop += length
        phrase.rules.append(f"bound:{code}")
