"""What a number counts: the noun phrase behind it, and whom it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.domain.figures import Qualifier
from claims.extraction.figures import FigurePhrase
from claims.extraction.lexicon import Cue
from claims.extraction.tokens import DASHES, QUOTES, Sentence

_LONGEST_HEAD = 6
_MOST_UNKNOWN = 3
_PARTICIPLES = frozenset({"verb", "counted"})
_ENDS = frozenset(
    "function clause and cue aux number part_after part_before of attribution relative weekday "
    "month place according noun_end day_word agent previous bound".split()
)


def find_head(sentence: Sentence, phrase: FigurePhrase, *, noun_first: bool = False) -> None:
    """Find the noun that a figure counts, and whom it names.

    ``noun_first`` tells that adjectives stand behind their noun in the language.
    """
    at = phrase.head_start = phrase.head_stop = phrase.bound_stop
    if phrase.is_dual:
        _take_dual(phrase)
        return
    at = phrase.noun_start = phrase.noun_stop = _skip_of(sentence, phrase, at)
    if _find_predicate(sentence, phrase, at):
        return
    unknown = 0
    for _ in range(_LONGEST_HEAD):
        if at >= len(sentence.words) or _take_noun(sentence, phrase, at):
            return
        marks = sentence.marks[at]
        is_thing = noun_first or "time_unit" in marks or not _names_people(sentence, at + 1)
        if "unit" in marks and is_thing:
            phrase.head = "unit" if unknown < 2 else phrase.head
            return
        length, is_unknown = _adjective(sentence, phrase, at, marks)
        if not length or (unknown >= _MOST_UNKNOWN and is_unknown):
            break
        unknown += is_unknown
        at += length
    if unknown and sentence.word(at) in DASHES and sentence.glued(at):
        phrase.head = "unit"
    elif unknown:
        phrase.head, phrase.head_stop, phrase.noun_stop = "unknown", at, at


def _take_noun(sentence: Sentence, phrase: FigurePhrase, at: int) -> bool:
    """Take a noun for people or for what happened to them that starts at a token."""
    marks = sentence.marks[at]
    if "more" in marks:
        return False
    if "people" in marks:
        _take_people(sentence, phrase, at)
        return True
    if _take_done(sentence, phrase, at):
        return True
    if "party" not in marks and (cue := sentence.short_of_number(at, "counted")):
        _count_cue(phrase, cue[0], at + cue[1])
        return True
    return False


def _take_done(sentence: Sentence, phrase: FigurePhrase, at: int) -> bool:
    """Take a participle with its noun: "37 captured officers"; the nearer of two things is said."""
    cue = sentence.mark(at, "cue")
    if cue is None or cue[0].measure in ("same", "other") or cue[0].kinds.isdisjoint(_PARTICIPLES):
        return False
    noun = at + cue[1]
    if not sentence.has(noun, "people"):
        return False
    _take_people(sentence, phrase, noun)
    _count_cue(phrase, cue[0], phrase.head_stop)
    phrase.is_weak = True
    return True


def _adjective(
    sentence: Sentence, phrase: FigurePhrase, at: int, marks: Mapping[str, Any]
) -> tuple[int, bool]:
    """Step over a word in front of the noun: its tokens, and whether the word is unknown."""
    if "more" in marks:
        phrase.is_more = True
        phrase.noun_start += at == phrase.noun_start
        return 1, False
    if "bound_after" in marks:
        return int(marks["bound_after"][1]), False
    if "party" in marks:
        phrase.party = marks["party"][0]
        return int(marks["party"][1]), True
    if _ends_noun(sentence, at, marks):
        return 0, False
    return 1, "unit" not in marks and sentence.words[at] not in QUOTES


def _find_predicate(sentence: Sentence, phrase: FigurePhrase, at: int) -> bool:
    """Find whom a bare number is said to be: "19 were women", "five of them children"."""
    start = at
    mark = sentence.mark(at, "part_after")
    if mark and sentence.has(at + mark[1] - 1, "part_after_pronoun"):
        start = at + mark[1]
    while sentence.has(start, "aux") or (start > at and sentence.word(start) in (",", "(")):
        start += 1
    people = sentence.mark(start, "people")
    if start == at or people is None or sentence.has(start, "number"):
        return False
    phrase.victims, phrase.noun_start, phrase.noun_stop = people[0], start, start + people[1]
    if mark:
        phrase.head_stop = phrase.noun_stop
    return True


def _take_dual(phrase: FigurePhrase) -> None:
    phrase.head_start, phrase.head_stop = phrase.start, phrase.stop
    if phrase.is_dual in ("killed", "injured", "missing", "captured"):
        phrase.head, phrase.counts = "counted", phrase.is_dual
    else:
        phrase.head, phrase.victims = "people", phrase.is_dual


def _take_people(sentence: Sentence, phrase: FigurePhrase, at: int) -> None:
    """Take a noun for people with what belongs to it: "police officers", "women and children"."""
    phrase.victims, length = sentence.marks[at]["people"]
    stop = at + length
    if _is_thing(sentence, at, stop):
        phrase.head = "unit"
        return
    phrase.head = "people"
    if party := sentence.mark(at, "party"):
        phrase.party = party[0]
    if (party := sentence.mark(stop, "party")) and not phrase.party:
        phrase.party, stop = party[0], stop + party[1]
    while (more := sentence.mark(stop, "people")) and not sentence.has(stop, "cue"):
        phrase.victims = more[0] if phrase.victims == "people" else phrase.victims
        stop += more[1]
    stop = _take_second(sentence, phrase, stop)
    phrase.head_stop = phrase.noun_stop = stop
    start = stop if sentence.has(stop, "counted") else stop - 1
    cue = sentence.short_of_number(start, "counted")
    if cue and "verb" not in cue[0].kinds:
        _count_cue(phrase, cue[0], start + cue[1])


def _take_second(sentence: Sentence, phrase: FigurePhrase, stop: int) -> int:
    """Take in the second of two nouns that one number counts; two groups are people together."""
    second = sentence.mark(stop + 1, "people") if sentence.has(stop, "and") else None
    if second is None or sentence.has(stop + 1, "number") or sentence.has(stop + 1, "cue"):
        return stop
    phrase.victims = phrase.victims if second[0] == phrase.victims else "people"
    return stop + 1 + int(second[1])


def _count_cue(phrase: FigurePhrase, cue: Cue, stop: int) -> None:
    phrase.head, phrase.head_stop, phrase.counts = "counted", stop, cue.measure
    phrase.is_weak = "weak" in cue.kinds


def _is_thing(sentence: Sentence, noun: int, at: int) -> bool:
    """Tell whether a word for people only describes a thing: "three police vehicles".

    Where nouns come first, only words marked so do; other nouns are counted themselves.
    """
    if sentence.describes and not sentence.has(noun, "describing"):
        return False
    if not sentence.has(at, "unit") or len(sentence.words[at]) <= 2:
        return False
    others = ("cue", "attribution", "people")
    return sentence.words[at].isalpha() and not any(sentence.has(at, name) for name in others)


def _skip_of(sentence: Sentence, phrase: FigurePhrase, at: int) -> int:
    """Step over "of" behind words such as dozens; behind exact numbers it starts a part."""
    mark = sentence.mark(at, "of")
    takes_of = phrase.qualifier is Qualifier.ORDER or "collective" in phrase.rules
    in_words = not sentence.words[phrase.stop - 1][0].isdecimal()
    if mark and (takes_of or (phrase.low >= 1000 and in_words)):
        at += mark[1]
        while sentence.has(at, "determiner"):
            at += 1
    return at


def _names_people(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun for people stands at a token, or behind one more word."""
    if sentence.has(at, "people"):
        return True
    is_word = sentence.word(at).isalpha() and not sentence.has(at, "function")
    return is_word and sentence.has(at + 1, "people")


def _ends_noun(sentence: Sentence, at: int, marks: Mapping[str, Any]) -> bool:
    """Tell whether the noun phrase cannot go on with a token."""
    word = sentence.words[at]
    if not (word[0].isalpha() or word in QUOTES):
        return True
    if "attribution" in marks and at + 1 < len(sentence.words):
        follows = sentence.marks[at + 1]
        if "people" in follows or "party" in follows:
            return False
    return not _ENDS.isdisjoint(marks)
