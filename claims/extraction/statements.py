"""Who is said to have said it: the attributions of a sentence.

"Kyiv said ...", "..., the mayor said", "according to the UN", "заявил губернатор", "selon la
protection civile", "38 killed in raid – ministry". What nobody is named for is the text's own
voice.
"""

from __future__ import annotations

from itertools import pairwise

from claims.extraction.clauses import Clauses, is_named_alone
from claims.extraction.figures import FigurePhrase
from claims.extraction.lexicon import Lexicon
from claims.extraction.names import (
    BREAKS,
    Extent,
    is_lead,
    is_name,
    is_pronoun,
    name_after,
    name_before,
)
from claims.extraction.reach import Statement, settle_reach
from claims.extraction.reading import Attribution
from claims.extraction.tokens import DASHES, QUOTES, Sentence

_LONGEST_TAIL, _LONGEST_LEAD = 6, 10
_ACCOUNT_REACH = 7


def statements(clauses: Clauses, language: Lexicon) -> list[Statement]:
    """Return the attributions of a sentence in order, with their reach settled."""
    sentence = clauses.sentence
    found: list[Statement] = []
    at = 0
    while at < len(sentence.words):
        if "saying" in sentence.marks[at]:
            made, at = _statement_at(clauses, at, language, found)
            if made is not None:
                found.append(made)
        else:
            at += 1
    found = sorted([*found, *_gapped(clauses, found)], key=lambda statement: statement.at)
    if not found:
        found = _headline(clauses)
    figures = [figure.start for figure in clauses.figures]
    settle_reach(sentence, found, figures, verb_first=bool(language.settings.get("verb_first")))
    return found


def _statement_at(
    clauses: Clauses, at: int, language: Lexicon, found: list[Statement]
) -> tuple[Statement | None, int]:
    """Return the statement whose attributing words start at a token, and where to go on."""
    sentence = clauses.sentence
    if mark := sentence.mark(at, "according"):
        name = name_after(sentence, at + mark[1], takes_victims=True)
        if name[1] <= name[0]:
            return None, at + 1
        kind = Attribution(mark[0])
        return Statement(kind, at, at + mark[1], name, is_pronoun(sentence, name)), name[1]
    if sentence.has(at, "account") and (made := _by_account(sentence, at)):
        return made, at + 1
    mark = sentence.mark(at, "attribution")
    if mark is None:
        return None, at + 1
    stop = at + mark[1]
    if _is_other_use(clauses, at, found):
        return None, stop
    name_found = _speaker(clauses, at, stop, language, found)
    if name_found is None:
        return _unnamed(sentence, at, stop, Attribution(mark[0]), language), stop
    if name_found[1] - name_found[0] == 1 and sentence.has(name_found[0], "first_person"):
        return None, stop
    pronoun = is_pronoun(sentence, name_found)
    return Statement(Attribution(mark[0]), at, stop, name_found, pronoun), max(stop, name_found[1])


def _is_other_use(clauses: Clauses, at: int, found: list[Statement]) -> bool:
    """Tell whether an attributing word says nothing here: "the blaze claimed nine lives"."""
    sentence = clauses.sentence
    if any(f.bound_start <= at < f.head_stop for f in clauses.figures):
        return True
    if any(c.start <= at < c.stop and c.stop - c.start > 1 for c in clauses.cues):
        return True
    counted = (f for f in clauses.figures if f.bound_start == at + 1)
    if any(sentence.has(f.head_stop - 1, "life_word") for f in counted):
        return True
    if sentence.has(at, "weak_attribution") and _is_within(sentence, at, found):
        return True
    return sentence.has(at - 1, "aux") and not sentence.has(at - 1, "auxiliary")


def _is_within(sentence: Sentence, at: int, found: list[Statement]) -> bool:
    """Tell whether a token stands in what somebody has just been said to say."""
    if not found or found[-1].at <= found[-1].name[0]:
        return False
    between = range(found[-1].at_stop, at)
    return not any(sentence.has(t, "contrast") or sentence.has(t, "stop") for t in between)


def _speaker(
    clauses: Clauses, at: int, stop: int, language: Lexicon, found: list[Statement]
) -> Extent | None:
    """Choose which of the names around a verb speaks."""
    sentence = clauses.sentence
    limit = found[-1].at_stop if found else 0
    if found and found[-1].name[0] > found[-1].at:
        limit = max(limit, found[-1].name[1])
    before = name_before(sentence, at, limit)
    after = name_after(sentence, stop)
    if sentence.has(at, "told") or not is_name(sentence, after):
        after = (stop, stop)
    if _speaks_behind(sentence, at, after, language):
        return after
    if language.settings.get("free_order") and after[1] > after[0] and _object_first(clauses, at):
        return after
    if held := _subject_so_far(sentence, at, found):
        return held
    if is_name(sentence, before):
        return before
    verb_first = bool(language.settings.get("free_order"))
    return after if after[1] > after[0] and (verb_first or at == 0) else None


def _speaks_behind(sentence: Sentence, at: int, after: Extent, language: Lexicon) -> bool:
    """Tell whether the name stands behind its verb: ", said the mayor", "заявил губернатор"."""
    if after[1] <= after[0]:
        return False
    if language.settings.get("verb_first"):
        return True
    begins = at == 0 or sentence.words[at - 1] in BREAKS or sentence.is_quote(at - 1)
    if not (begins or sentence.has(at - 1, "aux") or sentence.has(at - 1, "auxiliary")):
        return False
    if language.settings.get("free_order"):
        return True
    stop = after[1]
    ends = stop >= len(sentence.words) or sentence.words[stop] in ".,;"
    if at == 0 or (sentence.has(after[0], "possessive") and not ends):
        return False
    if ends:
        return True
    return sentence.has(stop, "claimant_stop") and not sentence.has(stop, "auxiliary")


def _object_first(clauses: Clauses, at: int) -> bool:
    """Tell whether what was said stands in front of its verb: "Гибель двоих подтвердил мэр"."""
    start = at
    while start > 0 and clauses.sentence.words[start - 1] not in BREAKS:
        start -= 1
    starts = [*(f.start for f in clauses.figures), *(c.start for c in clauses.cues)]
    return any(start <= one < at for one in starts)


def _subject_so_far(sentence: Sentence, at: int, found: list[Statement]) -> Extent | None:
    """Return who speaks in "..., adding that" or "the mayor, who put it at": who spoke before.

    A participle without anybody before it is spoken by the sentence's subject.
    """
    relates = sentence.has(at - 1, "relative") or sentence.has(at - 1, "that")
    if found and relates and 0 <= at - 1 - found[-1].last <= 1:
        return found[-1].name
    if not sentence.has(at, "participle"):
        return None
    if at > 0 and sentence.words[at - 1][0].isalnum():
        joins = ("and", "clause", "contrast", "adverb")
        if not any(name in sentence.marks[at - 1] for name in joins):
            return None
    if found:
        return found[-1].name
    stop = int(sentence.has(0, "determiner"))
    while stop < at and sentence.is_capital(stop):
        stop += 1
    return (0, stop) if 0 < stop < at and sentence.is_capital(stop - 1) else None


def _unnamed(
    sentence: Sentence, at: int, stop: int, kind: Attribution, language: Lexicon
) -> Statement | None:
    """Return the statement of a verb without a subject: "and added that", where verbs may do so."""
    behind = stop + (sentence.word(stop) == ",")
    if not (language.settings.get("free_order") and sentence.has(behind, "that")):
        return None
    return Statement(kind, at, stop, (at, stop), is_pronoun=True)


def _by_account(sentence: Sentence, at: int) -> Statement | None:
    """Return the statement of "by the commander's reckoning", "by its own account"."""
    for by in range(at - 1, max(at - _ACCOUNT_REACH, -1), -1):
        if not sentence.has(by, "agent"):
            continue
        stop = next((t for t in range(by + 1, at) if sentence.words[t] in ("'s", "'")), 0)
        if stop > by + 1:
            return Statement(Attribution.ASSERTS, at, at + 1, (by + 1, stop))
        start = next((t for t in range(by) if sentence.is_capital(t)), None)
        if start is not None and sentence.has(by + 1, "possessive"):
            return Statement(Attribution.ASSERTS, at, at + 1, (start, start + 1))
    return None


def _gapped(clauses: Clauses, found: list[Statement]) -> list[Statement]:
    """Return those whose verb is left out: "the army put the toll at 22, activists at 60"."""
    sentence = clauses.sentence
    added: list[Statement] = []
    for first, second in pairwise(clauses.figures):
        verb = next((s for s in reversed(found) if s.at < first.start), None)
        if any(first.stop <= s.at < second.start for s in found):
            continue
        stop = _end_of_gapped_name(sentence, first, second)
        if verb is None or stop is None:
            continue
        start = first.head_stop
        while start < stop and (sentence.words[start] in BREAKS or is_lead(sentence, start)):
            start += 1
        name = range(start, stop)
        if name and all(sentence.words[t].isalpha() and not sentence.has(t, "cue") for t in name):
            end = max(stop, min(stop + 1, second.bound_start))
            added.append(Statement(verb.kind, stop, end, (start, stop)))
    return added


def _end_of_gapped_name(
    sentence: Sentence, first: FigurePhrase, second: FigurePhrase
) -> int | None:
    """Return the token after the name between two figures that stand in the same way."""
    stop = second.bound_start - 1
    word = sentence.word(stop)
    repeats = sentence.has(stop, "gapped") and word == sentence.word(first.bound_start - 1)
    while stop > first.stop and (
        sentence.word(stop - 1) in DASHES or sentence.word(stop - 1) == ","
    ):
        stop -= 1
    if is_named_alone(sentence, first, second):
        return second.bound_start
    is_dashed = sentence.word(stop) in DASHES
    return stop if (repeats or is_dashed) and stop - first.head_stop <= _LONGEST_TAIL else None


def _headline(clauses: Clauses) -> list[Statement]:
    """Return the source that a headline starts or ends with: "Army: 38 killed", "... - army".

    A sentence that ends in a full stop ends with its source only where that is a word for one.
    """
    sentence, size = clauses.sentence, len(clauses.sentence.words)
    start = _behind_lead(sentence)
    first = range(start + 1, min(start + _LONGEST_LEAD, size))
    at = next((t for t in first if sentence.words[t] == ":"), 0)
    if _has_speaker(sentence, start, at) and _is_plain(clauses, start, at):
        return [Statement(Attribution.ASSERTS, at, at + 1, (start, at))]
    is_stopped = size > 0 and sentence.words[-1] in ".!…"
    size -= is_stopped
    last = range(size - 2, max(size - 1 - _LONGEST_TAIL, 1), -1)
    at = next((t for t in last if _parts(sentence, t)), 0)
    named = at > 0 and (not is_stopped or _has_speaker(sentence, at + 1, size))
    if named and _is_plain(clauses, at + 1, size):
        return [Statement(Attribution.ASSERTS, at, at + 1, (at + 1, size))]
    return []


def _has_speaker(sentence: Sentence, start: int, stop: int) -> bool:
    return any(sentence.has(at, "speaker") for at in range(start, stop))


def _behind_lead(sentence: Sentence) -> int:
    """Return the token behind what a headline shouts first: signs, tags, "urgent"."""
    at = 0
    while at < len(sentence.words) and (
        sentence.has(at, "headline_lead") or not sentence.words[at][0].isalnum()
    ):
        at += 1
    return at


def _parts(sentence: Sentence, at: int) -> bool:
    """Tell whether a token is a colon, or a dash between words and not inside one."""
    tied = sentence.glued(at) and sentence.glued(at + 1)
    return sentence.words[at] == ":" or (sentence.words[at] in DASHES and not tied)


def _is_plain(clauses: Clauses, start: int, stop: int) -> bool:
    """Tell whether tokens are words alone, without a figure or a cue."""
    sentence = clauses.sentence
    words = sentence.words[start:stop]
    if not all(word.isalpha() or word in QUOTES for word in words):
        return False
    marked = [(f.start, f.stop) for f in clauses.figures] + [
        (c.start, c.stop) for c in clauses.cues
    ]
    return not any(first < stop and last > start for first, last in marked)
