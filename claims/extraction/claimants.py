"""Who is said to have said it: the words that attribute a figure, and how far they reach.

"Kyiv said ...", "..., the mayor said", "according to the UN", "заявил губернатор", "selon la
protection civile". A statement reaches to the next one or to a contrast; what nobody is named
for is the text's own voice.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction.clauses import Clauses
from claims.extraction.lexicon import Lexicon
from claims.extraction.reading import Attribution
from claims.extraction.tokens import DASHES, QUOTES, Sentence

_LONGEST_NAME = 12
_BEHIND = (",", "»", "”", '"', "–", "—", "-")
_BREAKS = frozenset(",;:—–()…") | frozenset({"--"})


@dataclass(slots=True)
class Statement:
    """One attribution: the tokens that name the claimant, the words that attribute, the reach.

    ``start`` and ``stop`` are the tokens within which figures belong to it. ``name_start`` equals
    ``name_stop`` where only a pronoun speaks; ``is_pronoun`` then says so.
    """

    kind: Attribution
    at: int
    at_stop: int
    name_start: int
    name_stop: int
    start: int
    stop: int
    is_pronoun: bool = False
    is_behind: bool = False


def statements(clauses: Clauses, language: Lexicon) -> list[Statement]:
    """Return the attributions of a sentence in order, with their reach settled."""
    sentence = clauses.sentence
    found: list[Statement] = []
    at, size = 0, len(sentence.words)
    while at < size:
        marks = sentence.marks[at]
        if not ("attribution" in marks or "according" in marks or "account" in marks):
            at += 1
            continue
        made, step = _statement_at(clauses, at, language, found)
        if made is not None:
            found.append(made)
        at += step
    found = _with_gapped(clauses, found)
    if not found:
        found = _headline_tail(clauses)
    _settle_reach(sentence, found, [figure.start for figure in clauses.figures])
    return found


def _headline_tail(clauses: Clauses) -> list[Statement]:
    """Return the source that ends a headline: "38 killed in raid – ministry", "...: police"."""
    sentence, size = clauses.sentence, len(clauses.sentence)
    at = size - 1
    while at > 0 and size - at <= 6 and sentence.words[at] != ":" and sentence.words[at] not in DASHES:
        at -= 1
    is_mark = sentence.words[at] == ":" or (sentence.words[at] in DASHES and not (sentence.glued(at) and sentence.glued(at + 1)))
    if at < 2 or not is_mark or not at < size - 1 <= at + 5:
        return []
    if any(f.stop > at for f in clauses.figures) or any(c.stop > at for c in clauses.cues):
        return []
    if not all(word.isalpha() or word in QUOTES for word in sentence.words[at + 1 :]):
        return []
    return [Statement(Attribution.ASSERTS, at, at + 1, at + 1, size, 0, 0)]


def _with_gapped(clauses: Clauses, found: list[Statement]) -> list[Statement]:
    """Add those whose verb is left out: "the army put the toll at 22, activists at 60"."""
    sentence = clauses.sentence
    added: list[Statement] = []
    for first, second in zip(clauses.figures, clauses.figures[1:], strict=False):
        prep = second.bound_start - 1
        same = sentence.has(prep, "gapped") and sentence.word(prep) == sentence.word(first.bound_start - 1)
        while prep > first.stop and sentence.word(prep - 1) in DASHES:
            prep -= 1
        same = same or (prep < second.bound_start and sentence.word(prep) in DASHES)
        verb = next((s for s in reversed(found) if s.at < first.start), None)
        if not same or verb is None:
            continue
        start = first.head_stop
        while start < prep and (sentence.words[start] in _BREAKS or _is_lead(sentence, start, prep)):
            start += 1
        plain = all(
            sentence.words[t].isalpha() and not sentence.has(t, "cue") for t in range(start, prep)
        )
        if 0 < prep - start <= 6 and plain:
            added.append(Statement(verb.kind, prep, prep + 1, start, prep, 0, 0))
    return sorted([*found, *added], key=lambda statement: statement.at)


def _statement_at(
    clauses: Clauses, at: int, language: Lexicon, found: list[Statement]
) -> tuple[Statement | None, int]:
    sentence = clauses.sentence
    if mark := sentence.mark(at, "according"):
        made = _according(sentence, at, mark, language)
        return made, (max(made.name_stop - at, 1) if made else 1)
    mark = sentence.mark(at, "attribution")
    if sentence.has(at, "account") and (made := _by_account(sentence, at)):
        return made, 1
    if mark is None or _is_cue_use(clauses, at):
        return None, 1
    kind, length = Attribution(mark[0]), mark[1]
    if any(f.bound_start <= at < f.head_stop for f in clauses.figures):
        return None, length
    if sentence.has(at, "weak_attribution") and _is_within(sentence, at, found):
        return None, length
    if sentence.has(at - 1, "aux") and not sentence.has(at - 1, "auxiliary"):
        return None, length
    before = _name_before(sentence, at, found)
    after = _name_after(sentence, at + length, language)
    chosen = _choose(sentence, at, length, before, after, language)
    if sentence.has(at, "participle") and (chosen is None or not chosen[1]):
        chosen = _subject_so_far(sentence, at, found) or chosen
    if chosen is None:
        return _unnamed(sentence, at, length, kind, language), length
    if sentence.has(chosen[0][0], "first_person") and chosen[0][1] - chosen[0][0] == 1:
        return None, length
    name, is_behind = chosen
    is_pronoun = name[1] - name[0] == 1 and sentence.has(name[0], "not_claimant")
    made = Statement(kind, at, at + length, name[0], name[1], 0, 0, is_pronoun, is_behind)
    return made, max(length, name[1] - at)


def _is_within(sentence: Sentence, at: int, found: list[Statement]) -> bool:
    """Tell whether a token stands in what somebody has just been said to say."""
    if not found:
        return False
    last = found[-1]
    return last.at > last.name_start and not _parted(sentence, last.at_stop, at)


def _is_cue_use(clauses: Clauses, at: int) -> bool:
    """Tell whether an attribution word is used as a cue here: "the blaze claimed the lives of"."""
    if any(cue.start <= at < cue.stop and cue.stop - cue.start > 1 for cue in clauses.cues):
        return True
    return any(
        f.bound_start == at + 1 and clauses.sentence.has(f.head_stop - 1, "life_word")
        for f in clauses.figures
    )


def _by_account(sentence: Sentence, at: int) -> Statement | None:
    """Return the statement of "by the commander's reckoning", "by its own account"."""
    for by in range(at - 1, max(at - 7, -1), -1):
        if sentence.has(by, "agent"):
            stop = next((t for t in range(by + 1, at) if sentence.words[t] in ("'s", "'")), 0)
            if stop > by + 1:
                return Statement(Attribution.ASSERTS, at, at + 1, by + 1, stop, 0, 0)
            if sentence.has(by + 1, "possessive"):
                start = next((t for t in range(by) if sentence.is_capital(t)), None)
                if start is not None:
                    return Statement(Attribution.ASSERTS, at, at + 1, start, start + 1, 0, 0)
    return None


def _unnamed(
    sentence: Sentence, at: int, length: int, kind: Attribution, language: Lexicon
) -> Statement | None:
    """Return the statement of a verb without a subject: "and added that", where verbs may do so."""
    behind = at + length + (sentence.word(at + length) == ",")
    if not (language.settings.get("free_order") and sentence.has(behind, "that")):
        return None
    return Statement(kind, at, at + length, at, at + length, 0, 0, is_pronoun=True)


def _subject_so_far(
    sentence: Sentence, at: int, found: list[Statement]
) -> tuple[tuple[int, int], bool] | None:
    """Return who speaks in "..., adding that": whoever spoke before, or the sentence's subject."""
    if at > 0 and sentence.words[at - 1][0].isalnum() and not any(
        k in sentence.marks[at - 1] for k in ("and", "clause", "contrast", "adverb")
    ):
        return None
    if found:
        return (found[-1].name_start, found[-1].name_stop), False
    stop = 0
    while stop < at and (sentence.is_capital(stop) or (stop == 0 and sentence.has(0, "determiner"))):
        stop += 1
    return ((0, stop), False) if 0 < stop < at else None


def _according(
    sentence: Sentence, at: int, mark: tuple[str, int], language: Lexicon
) -> Statement | None:
    kind, length = Attribution(mark[0]), mark[1]
    start, stop = _name_after(sentence, at + length, language)
    if stop <= start:
        return None
    pronoun = stop - start == 1 and sentence.has(start, "not_claimant")
    return Statement(kind, at, at + length, start, stop, 0, 0, pronoun)


def _name_after(sentence: Sentence, at: int, language: Lexicon) -> tuple[int, int]:
    """Return the tokens of the name that starts at a token."""
    while sentence.is_quote(at) or sentence.has(at, "claimant_skip"):
        at += 1
    stop = at
    while stop < len(sentence) and stop - at < _LONGEST_NAME:
        word, marks = sentence.words[stop], sentence.marks[stop]
        if word in _BREAKS or sentence.is_quote(stop) or word in ".?!":
            if not (word == "." and sentence.glued(stop) and sentence.glued(stop + 1)):
                break
        if "claimant_stop" in marks or "that" in marks or "attribution" in marks:
            break
        if stop > at and ("number" in marks or "bound" in marks and not sentence.is_capital(stop)):
            if not ("determiner" in marks):
                break
        if word[0].isdecimal() or ("cue" in marks and not sentence.is_capital(stop)):
            break
        stop += 1
    while stop > at and any(k in sentence.marks[stop - 1] for k in ("of", "determiner", "and")):
        stop -= 1
    return at, stop


def _name_before(sentence: Sentence, at: int, found: list[Statement]) -> tuple[int, int]:
    """Return the tokens of the name that ends before an attributing verb."""
    stop = at
    while stop > 0 and any(k in sentence.marks[stop - 1] for k in ("aux", "auxiliary", "adverb")):
        stop -= 1
    limit = found[-1].name_stop if found and found[-1].name_start > found[-1].at else 0
    limit = max(limit, found[-1].at_stop if found else 0, stop - _LONGEST_NAME)
    if stop > 1 and sentence.words[stop - 1] == ",":
        opened = _before_aside(sentence, stop - 1, limit)
        if _is_apposition(sentence, opened, stop):
            start, _ = _name_ending(sentence, opened, limit)
            return start, stop - 1
        stop = opened
    return _name_ending(sentence, stop, limit)


def _is_apposition(sentence: Sentence, comma: int, stop: int) -> bool:
    """Tell whether an aside names who was spoken of: "a rights group, the Clean Clothes Campaign"."""
    first = comma + 1
    if first >= stop - 1:
        return False
    return sentence.is_capital(first) or (
        sentence.has(first, "determiner") and sentence.words[stop - 2].isalpha()
    )


def _name_ending(sentence: Sentence, stop: int, limit: int) -> tuple[int, int]:
    """Return the tokens of the name that ends before a token."""
    start = stop
    while start > limit:
        word, marks = sentence.words[start - 1], sentence.marks[start - 1]
        if word == "'s" and start - 1 == limit:
            break
        if "relative" in marks and start - 1 > limit and stop - start <= 6:
            stop = start = start - 1
            continue
        if word in _BREAKS or sentence.is_quote(start - 1) or word in DASHES and not sentence.glued(start - 1):
            break
        if any(k in marks for k in ("contrast", "that", "relative", "attribution", "clause")):
            break
        if word[0].isdecimal() or ("cue" in marks and not sentence.is_capital(start - 1)):
            break
        start -= 1
    while start < stop and _is_lead(sentence, start, stop):
        start += 1
    return start, stop


def _is_lead(sentence: Sentence, start: int, stop: int) -> bool:
    """Tell whether a token in front of a name is no part of it: "however", "and", "on Monday"."""
    marks = sentence.marks[start]
    if "name_article" in marks:
        return False
    return any(k in marks for k in ("claimant_lead", "and", "contrast", "weekday", "clause"))


def _before_aside(sentence: Sentence, comma: int, limit: int) -> int:
    """Step over an aside between commas: "the ministry, without giving evidence, claimed"."""
    for at in range(comma - 1, max(limit, comma - 10), -1):
        if sentence.words[at] == ",":
            return at
        if sentence.words[at][0].isdecimal():
            break
    return comma + 1


def _choose(
    sentence: Sentence,
    at: int,
    length: int,
    before: tuple[int, int],
    after: tuple[int, int],
    language: Lexicon,
) -> tuple[tuple[int, int], bool] | None:
    """Choose which of the names around a verb speaks; tell whether its words stand behind it."""
    has_before, has_after = before[1] > before[0], after[1] > after[0]
    has_after = has_after and not sentence.has(at, "told")
    verb_first = bool(language.settings.get("free_order"))
    if has_after and language.settings.get("verb_first") and _is_name(sentence, after):
        return after, sentence.word(at - 1) in (",", "»", '"', "”")
    if has_after and _is_inverted(sentence, at, length, after, verb_first=verb_first):
        return after, sentence.word(at - 1) in (",", "»", '"', "”", "") or at == 0
    if has_before and _is_name(sentence, before):
        return before, False
    if has_after and (verb_first or at == 0) and _is_name(sentence, after):
        return after, False
    return None


def _is_inverted(
    sentence: Sentence, at: int, length: int, after: tuple[int, int], *, verb_first: bool
) -> bool:
    """Tell whether the name stands behind its verb: ", said the mayor", "заявил губернатор"."""
    behind_break = at == 0 or sentence.words[at - 1] in _BREAKS or sentence.is_quote(at - 1)
    behind_break = behind_break or sentence.has(at - 1, "aux") or sentence.has(at - 1, "auxiliary")
    if not behind_break or not _is_name(sentence, after):
        return False
    if verb_first:
        return True
    if sentence.has(after[0], "possessive"):
        return False
    stop = after[1]
    ends = stop >= len(sentence) or sentence.words[stop] in ".,;"
    ends = ends or (sentence.has(stop, "claimant_stop") and not sentence.has(stop, "auxiliary"))
    return ends and at > 0


def _is_name(sentence: Sentence, name: tuple[int, int]) -> bool:
    start, stop = name
    if stop <= start:
        return False
    is_word = any(
        sentence.words[t][0].isalpha() and not sentence.has(t, "determiner")
        for t in range(start, stop)
    )
    return is_word and not (
        stop - start > 1 and sentence.has(start, "relative")
    )


def _settle_reach(sentence: Sentence, found: list[Statement], figures: list[int]) -> None:
    """Give each statement the tokens it covers: up to the next one, or back to the one before."""
    size = len(sentence)
    edge = 0
    for place, statement in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        first = min(statement.name_start, statement.at)
        last = max(statement.name_stop, statement.at_stop)
        forward = _says_forward(sentence, statement, last, following, figures)
        if forward:
            statement.start = first
            statement.stop = _end_of_reach(sentence, last, following, size)
        else:
            statement.start = edge
            statement.stop = _end_of_closed(sentence, last, following, size)
        edge = statement.stop


def _is_closed(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether an attribution stands behind what was said, between commas."""
    while sentence.has(last, "weekday") or sentence.has(last, "day_word") or (
        sentence.has(last, "place") and sentence.has(last + 1, "weekday")
    ):
        last += 1
    behind = sentence.word(first - 1) in _BEHIND
    return behind and sentence.word(last) in (".", ",", ";", "")


def _end_of_closed(
    sentence: Sentence, last: int, following: Statement | None, size: int
) -> int:
    """Return where a statement between commas ends: its sentence goes on after it."""
    limit = min(following.name_start, following.at) if following else size
    for at in range(last, limit):
        if "contrast" in sentence.marks[at]:
            return at
    return last if following else limit


def _says_forward(
    sentence: Sentence,
    statement: Statement,
    last: int,
    following: Statement | None,
    figures: list[int],
) -> bool:
    """Tell whether the statement stands behind the words that attribute it."""
    limit = min(following.name_start, following.at) if following else len(sentence)
    first = min(statement.name_start, statement.at)
    if first == 0:
        return True
    if not any(sentence.words[t][0].isalnum() for t in range(last, limit)):
        return False
    has_number = any(last <= start < limit for start in figures)
    is_closed = _is_closed(sentence, first, last)
    if is_closed or sentence.words[statement.at] in DASHES or sentence.words[statement.at] == ":":
        return False
    if sentence.has(statement.at, "according"):
        return has_number and (first == 0 or sentence.word(first - 1) in (",", ";") or sentence.has(first - 1, "contrast") or sentence.has(first - 1, "and"))
    return has_number or sentence.word(first - 1) not in _BEHIND


def _parted(sentence: Sentence, start: int, stop: int) -> bool:
    return any(
        "contrast" in sentence.marks[t] or "stop" in sentence.marks[t] for t in range(start, stop)
    )


def _end_of_reach(sentence: Sentence, start: int, following: Statement | None, size: int) -> int:
    if following is None:
        return size
    return min(following.name_start, following.at)


def statement_of(found: list[Statement], at: int) -> Statement | None:
    """Return the statement that covers a token."""
    for statement in found:
        if statement.start <= at < statement.stop:
            return statement
    return None
