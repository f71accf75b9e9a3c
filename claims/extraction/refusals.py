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
    if sentence.has(phrase.stop, "age_after") or _is_age_limit(sentence, phrase):
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


def _is_age_limit(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a bare number bounds an age: "under 18"."""
    is_under = phrase.qualifier is Qualifier.FEWER_THAN
    before = phrase.bound_start - 1
    if sentence.has(before, "cue") or sentence.has(before - 1, "cue"):
        return False
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
    if phrase.low > _LAST_YEAR:
        return False
    if _is_month(sentence, phrase.stop) and phrase.low <= _LONGEST_MONTH:
        return True
    if phrase.qualifier not in (Qualifier.EXACTLY, Qualifier.BETWEEN):
        return False
    stop, start = phrase.stop, phrase.start - 1
    after = stop + (sentence.has(stop, "of") or sentence.has(stop, "ordinal_after"))
    before = start - (sentence.has(start, "determiner") or sentence.word(start) in (",", "."))
    is_year = _FIRST_YEAR <= phrase.low <= _LAST_YEAR and not phrase.is_word
    if _is_month(sentence, after) or _is_month(sentence, stop):
        return phrase.low <= _LONGEST_MONTH
    if _is_month(sentence, before) or _is_month(sentence, start):
        return phrase.low <= _LONGEST_MONTH or is_year
    printed = sentence.printed(phrase.start)
    return is_year and phrase.head not in _COUNTED and printed.isdecimal() and len(printed) == 4


def _follows_name(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a number numbers a thing: "flight 370", "article 5", "tanks: 12"."""
    if sentence.ending(phrase.start, "number_before", 3):
        return phrase.head not in _COUNTED
    before = phrase.start - 1
    heads = sentence.word(before) in DASHES or sentence.word(before) == ":"
    is_heading = heads and sentence.has(before - 1, "unit") and phrase.head not in _COUNTED
    return sentence.word(before) == "#" or is_heading


def _is_money(sentence: Sentence, phrase: FigurePhrase) -> bool:
    in_front = sentence.ending(phrase.start, "money_before", 2)
    return in_front is not None or sentence.has(phrase.stop, "money_after")


def _is_code(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether digits start with a zero, as telephone numbers do."""
    printed = sentence.printed(phrase.start)
    return len(printed) > 1 and printed[0].isdecimal() and int(printed[0]) == 0


def _is_list_number(sentence: Sentence, phrase: FigurePhrase) -> bool:
    heads = phrase.start == 0 and sentence.word(phrase.stop) in (")", ".")
    return heads and len(sentence.words) > phrase.stop + 1


def _is_difference(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a number is how many more or fewer: "12 more than in May"."""
    return sentence.has(phrase.stop, "difference_after")


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
    behind = range(phrase.stop + 1, min(phrase.stop + _PEOPLE_REACH, len(sentence.words)))
    people = ("people", "cue", "pronoun", "part_after_pronoun", "party")
    if any(name in sentence.marks[at] for at in behind for name in people):
        return False
    if any(sentence.has(at, "unit") for at in behind):
        return True
    return phrase.low == 1 and not any(sentence.has(at, "possessive") for at in behind)


def _is_both_of_words(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether "both" joins two words rather than counting two people."""
    return sentence.has(phrase.start, "both") and phrase.head != "people"


def _is_article(sentence: Sentence, phrase: FigurePhrase) -> bool:
    """Tell whether a word for one is only an article: it counts people that follow at once."""
    is_article = sentence.has(phrase.start, "articles") and phrase.stop == phrase.start + 1
    is_thing = sentence.has(phrase.stop, "unit") and not sentence.has(phrase.stop, "people")
    return is_article and (phrase.head not in _COUNTED or is_thing)


_REFUSALS = (
    ("unit", _is_unit),
    ("difference", _is_difference),
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
    ("code", _is_code),
    ("list-number", _is_list_number),
)
