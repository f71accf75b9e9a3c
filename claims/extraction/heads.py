"""What a number counts: the noun phrase behind it, and the numbers that count no people.

A number is passed over where the words around it make it something else: an age, a date, a sum
of money, a distance, a weapon, a share, a name. Everything that is passed over has a rule with a
name, so that an editor can see why.
"""

from __future__ import annotations

from claims.domain.figures import Qualifier
from claims.extraction.figures import FigurePhrase
from claims.extraction.tokens import DASHES, QUOTES, Sentence

_LONGEST_HEAD = 6
_MOST_UNKNOWN = 3
_OLDEST, _OF_AGE = 120, 18
_FIRST_YEAR, _LAST_YEAR = 1500, 2100


def find_head(sentence: Sentence, phrase: FigurePhrase, *, noun_first: bool = False) -> None:
    """Find the noun that a figure counts, and whom it names.

    ``noun_first`` tells that adjectives stand behind their noun in the language.
    """
    at = phrase.head_start = phrase.bound_stop
    phrase.head_stop = at
    if phrase.is_dual:
        _take_dual(phrase)
        return
    at = phrase.noun_start = phrase.noun_stop = _skip_of(sentence, phrase, at)
    if _find_predicate(sentence, phrase, at):
        return
    unknown = 0
    for _ in range(_LONGEST_HEAD):
        if at >= len(sentence):
            break
        marks = sentence.marks[at]
        if "more" in marks or "bound_after" in marks:
            phrase.is_more = phrase.is_more or "more" in marks
            phrase.noun_start += at == phrase.noun_start
            at += 1
            continue
        if "people" in marks:
            _take_people(sentence, phrase, at)
            return
        if "party" in marks:
            phrase.party, length = marks["party"]
            at += length
            unknown += 1
            continue
        if cue := marks.get("counted"):
            phrase.head, phrase.head_stop, phrase.counts = "counted", at + cue[1], cue[0].measure
            phrase.is_weak = "weak" in cue[0].kinds
            return
        if "unit" in marks and (noun_first or not _names_people(sentence, at + 1)):
            phrase.head = "unit" if unknown < 2 else phrase.head
            return
        if _ends_noun(sentence, at, marks) or unknown >= _MOST_UNKNOWN:
            break
        unknown += "unit" not in marks
        at += 1
    if unknown:
        phrase.head, phrase.head_stop, phrase.noun_stop = "unknown", at, at


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
    phrase.head = "people"
    phrase.victims, length = sentence.marks[at]["people"]
    if party := sentence.mark(at, "party"):
        phrase.party = party[0]
    stop = at + length
    if sentence.has(stop, "unit") and not sentence.has(stop, "cue") and not sentence.has(stop, "attribution"):
        if not sentence.has(stop, "people") and sentence.words[stop].isalpha() and len(sentence.words[stop]) > 2:
            phrase.head = "unit"
            return
    if (party := sentence.mark(stop, "party")) and not phrase.party:
        phrase.party, stop = party[0], stop + party[1]
    while (more := sentence.mark(stop, "people")) and not sentence.has(stop, "cue"):
        if phrase.victims == "people":
            phrase.victims = more[0]
        stop += more[1]
    if sentence.has(stop, "and") and (more := sentence.mark(stop + 1, "people")):
        if not (sentence.has(stop + 1, "number") or sentence.has(stop + 1, "cue")):
            phrase.victims = phrase.victims if more[0] == phrase.victims else "people"
            stop += 1 + more[1]
    phrase.head_stop = phrase.noun_stop = stop
    start = stop if sentence.has(stop, "counted") else stop - 1
    cue = sentence.mark(start, "counted")
    if cue and "verb" not in cue[0].kinds:
        phrase.head, phrase.head_stop, phrase.counts = "counted", start + cue[1], cue[0].measure
        phrase.is_weak = "weak" in cue[0].kinds


def _skip_of(sentence: Sentence, phrase: FigurePhrase, at: int) -> int:
    """Step over "of" behind words such as dozens; behind exact numbers it starts a part."""
    mark = sentence.mark(at, "of")
    if mark and (phrase.qualifier is Qualifier.ORDER or "collective" in phrase.rules or _is_million(sentence, phrase)):
        at += mark[1]
        while sentence.has(at, "determiner"):
            at += 1
    return at


def _is_million(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return phrase.low >= 1000 and not sentence.words[phrase.stop - 1][0].isdecimal()


def _names_people(sentence: Sentence, at: int) -> bool:
    return sentence.has(at, "people") or sentence.has(at + 1, "people") and not (
        sentence.has(at, "function") or not sentence.word(at).isalpha()
    )


def _ends_noun(sentence: Sentence, at: int, marks: dict[str, object]) -> bool:
    word = sentence.words[at]
    if not (word[0].isalpha() or word in QUOTES):
        return True
    if "attribution" in marks and at + 1 < len(sentence):
        follows = sentence.marks[at + 1]
        if "people" in follows or "party" in follows:
            return False
    ends = ("function", "clause", "and", "cue", "aux", "number", "part_after", "part_before", "of", "attribution", "relative", "weekday", "month", "place", "according")
    return any(name in marks for name in ends)


def refusal(sentence: Sentence, phrase: FigurePhrase) -> str:
    """Return the name of the rule by which a figure counts no people; empty where none does."""
    for rule, refuses in _REFUSALS:
        if refuses(sentence, phrase):
            return rule
    return ""


def _is_share(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return sentence.has(phrase.stop, "fraction_after") or sentence.has(phrase.stop, "times_after")


def _is_age(sentence: Sentence, phrase: FigurePhrase) -> bool:
    if sentence.has(phrase.stop, "age_after"):
        return True
    if _is_age_limit(phrase):
        return True
    if phrase.high > _OLDEST or phrase.head != "bare" or phrase.bound_start != phrase.start:
        return False
    named = sentence.word(phrase.start - 1) in (",", "(") and phrase.start >= 2
    closed = sentence.word(phrase.stop) in (",", ".", ")", ";", "") or sentence.has(phrase.stop, "and")
    before = phrase.start - 2
    return (
        named
        and closed
        and sentence.words[before].isalpha()
        and (sentence.is_capital(before) or sentence.has(before, "people"))
        and not any(k in sentence.marks[before] for k in ("function", "month", "weekday", "cue"))
    )


def _is_age_limit(phrase: FigurePhrase) -> bool:
    """Tell whether a bare number bounds an age: "under 18"."""
    is_under = phrase.qualifier is Qualifier.FEWER_THAN
    return is_under and phrase.head == "bare" and phrase.high <= _OF_AGE


def _is_part_of_word(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a hyphen ties the number to a word: "63-year", "400,000-strong", "Su-27"."""
    after, before = phrase.stop, phrase.start - 1
    if sentence.has(after, "strength_after") and not sentence.has(after, "number_suffix"):
        return True
    if sentence.word(after) in DASHES and sentence.glued(after) and sentence.glued(after + 1):
        if not sentence.has(after, "number_suffix"):
            return True
    if sentence.word(before) in DASHES and sentence.glued(before) and sentence.glued(phrase.start):
        return True
    if phrase.is_word:
        return False
    tied = sentence.glued(phrase.start) and sentence.word(before)[:1].isalpha()
    if tied and sentence.word(before)[0] < "\u0590":
        return True
    return sentence.glued(after) and sentence.word(after)[:1].isalpha()


def _is_ordinal(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return sentence.has(phrase.stop, "ordinal_after") and sentence.glued(phrase.stop)


def _is_clock_or_score(sentence: Sentence, phrase: FigurePhrase) -> bool:
    for sign, other in ((phrase.stop, phrase.stop + 1), (phrase.start - 1, phrase.start - 2)):
        if sentence.word(sign) in (":", "/", ".") and other >= 0:
            glued = sentence.glued(max(sign, other)) and sentence.glued(min(sign, other) + 1)
            if glued and sentence.word(other)[:1].isdecimal():
                return True
    return False


def _is_month(sentence: Sentence, at: int) -> bool:
    """Tell whether a token names a month; where the word means more, only with a capital."""
    if not sentence.has(at, "month"):
        return False
    return not sentence.has(at, "hypothetical") or sentence.is_capital(at)


def _is_date(sentence: Sentence, phrase: FigurePhrase) -> bool:
    if phrase.low > _LAST_YEAR or phrase.qualifier not in (Qualifier.EXACTLY, Qualifier.BETWEEN):
        return False
    after = phrase.stop + (sentence.has(phrase.stop, "of") or sentence.has(phrase.stop, "ordinal_after"))
    before = phrase.start - 1
    before -= sentence.has(before, "determiner") or sentence.word(before) == ","
    is_year = _FIRST_YEAR <= phrase.low <= _LAST_YEAR and not phrase.is_word
    if _is_month(sentence, after) or _is_month(sentence, phrase.stop):
        return phrase.low <= 31
    if _is_month(sentence, before) or _is_month(sentence, phrase.start - 1):
        return phrase.low <= 31 or is_year
    if is_year and phrase.head not in ("people", "counted"):
        printed = sentence.printed(phrase.start)
        return printed.isdecimal() and len(printed) == 4
    return False


def _follows_name(sentence: Sentence, phrase: FigurePhrase) -> bool:
    before = phrase.start - 1
    for back in (1, 2, 3):
        mark = sentence.mark(phrase.start - back, "number_before")
        if mark and mark[1] == back:
            return phrase.head not in ("people", "counted")
    heading = sentence.word(before) in DASHES or sentence.word(before) == ":"
    return sentence.word(before) == "#" or (heading and sentence.has(before - 1, "unit"))


def _is_money(sentence: Sentence, phrase: FigurePhrase) -> bool:
    for back in (1, 2):
        mark = sentence.mark(phrase.start - back, "money_before")
        if mark and mark[1] == back:
            return True
    return sentence.has(phrase.stop, "money_after")


def _is_list_number(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return phrase.start == 0 and sentence.word(phrase.stop) in (")", ".") and len(sentence) > phrase.stop + 1


def _is_unit(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return phrase.head == "unit"


def _is_size_of_thing(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a number is the size of a thing: "a country of 11 million"."""
    before = phrase.bound_start - 1
    return sentence.has(before, "of") and sentence.has(before - 1, "unit")


def _is_part_of_things(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether an exact number is a part of what is no people: "one of the attacks"."""
    if phrase.head != "bare" or not sentence.has(phrase.stop, "of") or phrase.low < 1:
        return False
    if phrase.qualifier is Qualifier.ORDER:
        return False
    behind = range(phrase.stop + 1, min(phrase.stop + 6, len(sentence)))
    people = ("people", "cue", "pronoun", "part_after_pronoun", "party", "possessive")
    if any(name in sentence.marks[at] for at in behind for name in people):
        return False
    return phrase.low == 1 or any(sentence.has(at, "unit") for at in behind)


def _is_both_of_words(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether "both" joins two words rather than counting two people."""
    return sentence.has(phrase.start, "both") and phrase.head != "people"


def _is_article(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a word for one is only an article: it counts people that follow at once."""
    is_article = sentence.has(phrase.start, "articles") and phrase.stop == phrase.start + 1
    return is_article and phrase.head not in ("people", "counted")


_REFUSALS = (
    ("both", _is_both_of_words),
    ("article", _is_article),
    ("size-of-a-thing", _is_size_of_thing),
    ("part-of-things", _is_part_of_things),
    ("age", _is_age),
    ("share", _is_share),
    ("money", _is_money),
    ("ordinal", _is_ordinal),
    ("part-of-a-word", _is_part_of_word),
    ("clock-or-score", _is_clock_or_score),
    ("date", _is_date),
    ("unit", _is_unit),
    ("name", _follows_name),
    ("list-number", _is_list_number),
)
