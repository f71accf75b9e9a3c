"""Numbers that count no people: ages, dates, money, distances, weapons, shares, names.

Each rule has a name, so that an editor can be told why a number was passed over.
"""

from __future__ import annotations

from claims.domain.figures import Qualifier
from claims.extraction.figures import FigurePhrase
from claims.extraction.tokens import DASHES, Sentence

_OLDEST, _OF_AGE = 120, 18
_FIRST_YEAR, _LAST_YEAR, _LONGEST_MONTH = 1500, 2100, 31
_PEOPLE_REACH = 6
_RIGHT_TO_LEFT = "\u0590"
_COUNTED = ("people", "counted")


def refusal(sentence: Sentence, phrase: FigurePhrase) -> str:
    """Return the name of the rule by which a figure counts no people; empty where none does."""
    for rule, refuses in _REFUSALS:
        if refuses(sentence, phrase):
            return rule
    return ""


def _is_share(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return sentence.has(phrase.stop, "fraction_after") or sentence.has(phrase.stop, "times_after")


def _is_age(sentence: Sentence, phrase: FigurePhrase) -> bool:
    if sentence.has(phrase.stop, "age_after") or _is_age_limit(phrase):
        return True
    if phrase.high > _OLDEST or phrase.head != "bare" or phrase.bound_start != phrase.start:
        return False
    before, after = phrase.start - 2, phrase.stop
    opened = before >= 0 and sentence.word(phrase.start - 1) in (",", "(")
    closed = sentence.word(after) in (",", ".", ")", ";", "") or sentence.has(after, "and")
    if not (opened and closed and sentence.words[before].isalpha()):
        return False
    if any(name in sentence.marks[before] for name in ("function", "month", "weekday", "cue")):
        return False
    return sentence.is_capital(before) or sentence.has(before, "people")


def _is_age_limit(phrase: FigurePhrase) -> bool:
    """Tell whether a bare number bounds an age: "under 18"."""
    is_under = phrase.qualifier is Qualifier.FEWER_THAN
    return is_under and phrase.head == "bare" and phrase.high <= _OF_AGE


def _is_part_of_word(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a number belongs to a word: "63-year", "400,000-strong", "Su-27", "20mm"."""
    after, before = phrase.stop, phrase.start - 1
    if not sentence.has(after, "number_suffix"):
        tied = sentence.word(after) in DASHES and sentence.glued(after)
        if sentence.has(after, "strength_after") or (tied and sentence.glued(after + 1)):
            return True
    if sentence.word(before) in DASHES and sentence.glued(before) and sentence.glued(phrase.start):
        return True
    if phrase.is_word:
        return False
    written_on = sentence.glued(phrase.start) and sentence.word(before)[:1].isalpha()
    if written_on and sentence.word(before)[0] < _RIGHT_TO_LEFT:
        return True
    return sentence.glued(after) and sentence.word(after)[:1].isalpha()


def _is_ordinal(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return sentence.has(phrase.stop, "ordinal_after") and sentence.glued(phrase.stop)


def _is_clock_or_score(sentence: Sentence, phrase: FigurePhrase) -> bool:
    for sign, other in ((phrase.stop, phrase.stop + 1), (phrase.start - 1, phrase.start - 2)):
        if other >= 0 and sentence.word(sign) in (":", "/", "."):
            tied = sentence.glued(max(sign, other)) and sentence.glued(min(sign, other) + 1)
            if tied and sentence.word(other)[:1].isdecimal():
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
    stop, start = phrase.stop, phrase.start - 1
    after = stop + (sentence.has(stop, "of") or sentence.has(stop, "ordinal_after"))
    before = start - (sentence.has(start, "determiner") or sentence.word(start) == ",")
    is_year = _FIRST_YEAR <= phrase.low <= _LAST_YEAR and not phrase.is_word
    if _is_month(sentence, after) or _is_month(sentence, stop):
        return phrase.low <= _LONGEST_MONTH
    if _is_month(sentence, before) or _is_month(sentence, start):
        return phrase.low <= _LONGEST_MONTH or is_year
    printed = sentence.printed(phrase.start)
    return is_year and phrase.head not in _COUNTED and printed.isdecimal() and len(printed) == 4


def _follows_name(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a number numbers a thing: "flight 370", "article 5", "tanks: 12"."""
    for back in (1, 2, 3):
        mark = sentence.mark(phrase.start - back, "number_before")
        if mark and mark[1] == back:
            return phrase.head not in _COUNTED
    before = phrase.start - 1
    heads = sentence.word(before) in DASHES or sentence.word(before) == ":"
    return sentence.word(before) == "#" or (heads and sentence.has(before - 1, "unit"))


def _is_money(sentence: Sentence, phrase: FigurePhrase) -> bool:
    for back in (1, 2):
        mark = sentence.mark(phrase.start - back, "money_before")
        if mark and mark[1] == back:
            return True
    return sentence.has(phrase.stop, "money_after")


def _is_list_number(sentence: Sentence, phrase: FigurePhrase) -> bool:
    heads = phrase.start == 0 and sentence.word(phrase.stop) in (")", ".")
    return heads and len(sentence) > phrase.stop + 1


def _is_unit(sentence: Sentence, phrase: FigurePhrase) -> bool:
    return phrase.head == "unit"


def _is_size_of_thing(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a number is the size of a thing: "a country of 11 million"."""
    before = phrase.bound_start - 1
    return sentence.has(before, "of") and sentence.has(before - 1, "unit")


def _is_part_of_things(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether an exact number is a part of what is no people: "one of the attacks"."""
    is_part = phrase.head == "bare" and phrase.low > 0 and sentence.has(phrase.stop, "of")
    if not is_part or phrase.qualifier is Qualifier.ORDER:
        return False
    behind = range(phrase.stop + 1, min(phrase.stop + _PEOPLE_REACH, len(sentence)))
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
    return is_article and phrase.head not in _COUNTED


_REFUSALS = (
    ("unit", _is_unit),
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
    ("name", _follows_name),
    ("list-number", _is_list_number),
)
