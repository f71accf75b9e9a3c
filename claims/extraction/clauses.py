"""A sentence as a row of things: figures, cues and what parts them.

Distance in a sentence is counted in weights: a function word parts less than a noun, a comma
less than a semicolon. Sums of weights are kept, so that any distance is one subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction.figures import (
    FigurePhrase,
    bound_behind_noun,
    figure_phrase_at,
)
from claims.extraction.heads import find_head
from claims.extraction.lexicon import Cue, Lexicon
from claims.extraction.refusals import refusal
from claims.extraction.tokens import Sentence
from claims.extraction.zeros import zero_at

_FUNCTION, _CONTENT, _COMMA, _AND, _CLAUSE, _CONTRAST, _STOP = 0.3, 0.6, 1.0, 0.8, 2.5, 4.0, 4.0
_ASIDE, _HALF_ASIDE, _LONGEST_ASIDE, _SHORT_ASIDE = 0.25, 0.5, 25, 8
_ASIDES = {",": ",", "(": "(", ")": "(", "–": "-", "—": "-", "-": "-"}
_LONGEST_NAME = 3
_FIGURE, _CUE, _ATTRIBUTION = 1.5, 1.5, 1.0


@dataclass(slots=True)
class CueAt:
    """A cue and the tokens it stands at."""

    start: int
    stop: int
    cue: Cue


@dataclass(slots=True)
class Clauses:
    """The figures and cues of a sentence in order, and sums of weights from its start."""

    sentence: Sentence
    figures: list[FigurePhrase] = field(default_factory=list)
    passed_over: list[tuple[FigurePhrase, str]] = field(default_factory=list)
    cues: list[CueAt] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    starts: frozenset[int] = frozenset()
    asides: list[tuple[int, int]] = field(default_factory=list)

    def in_aside(self, at: int) -> bool:
        """Tell whether a token stands in an aside that says something of its own."""
        return any(start < at < stop for start, stop in self.asides)

    def distance(self, start: int, stop: int) -> float:
        """Return the weight of the tokens from ``start`` to ``stop``, not included."""
        return self.sums[stop] - self.sums[start] if stop > start else 0.0


def read_clauses(sentence: Sentence, language: Lexicon) -> Clauses:
    """Find the figures of a marked sentence, and its cues where it has figures or a denial."""
    found = Clauses(sentence)
    taken = [False] * len(sentence.words)
    _read_figures(found, language, taken)
    if not found.figures and not any("any" in marks for marks in sentence.marks):
        return found
    found.starts = frozenset(figure.bound_start for figure in found.figures)
    _read_cues(found)
    _weigh(found, taken)
    return found


def _read_figures(found: Clauses, language: Lexicon, taken: list[bool]) -> None:
    sentence, at = found.sentence, 0
    refused = ""
    last_stop = -1
    words, marks, size = sentence.words, sentence.marks, len(sentence.words)
    while at < size:
        phrase = None
        if "numeric" in marks[at] or "negation" in marks[at] or words[at][0].isdecimal():
            phrase = _phrase_at(sentence, at, language)
        if phrase is None:
            at += 1
            continue
        why = refusal(sentence, phrase) or _refused_in_row(sentence, phrase, refused, last_stop)
        if why:
            found.passed_over.append((phrase, why))
            _refuse_before(found, phrase, why)
        else:
            found.figures.append(phrase)
        for token in range(phrase.bound_start, phrase.bound_stop):
            taken[token] = True
        refused, last_stop = why, phrase.stop
        at = max(phrase.bound_stop if phrase.high else phrase.head_stop, at + 1)


def _refuse_before(found: Clauses, phrase: FigurePhrase, why: str) -> None:
    """Pass over the bare number before one passed over: "14 and 16 years", "33 of 36 drones"."""
    if why not in ("age", "unit") or not found.figures or found.figures[-1].head != "bare":
        return
    sentence, last = found.sentence, found.figures[-1]
    between = range(last.bound_stop, phrase.bound_start)
    if why == "age":
        same = all(sentence.words[t] == "," or sentence.has(t, "and") for t in between)
    else:
        same = all(sentence.has(t, "of") or sentence.has(t, "whole_before") for t in between)
    if 0 < len(between) <= 2 and same:
        found.passed_over.append((found.figures.pop(), why))
        _refuse_before(found, last, why)


def _phrase_at(sentence: Sentence, at: int, language: Lexicon) -> FigurePhrase | None:
    marks = sentence.marks[at]
    if "negation" in marks:
        return zero_at(sentence, at)
    phrase = figure_phrase_at(sentence, at, language)
    if phrase is not None:
        find_head(sentence, phrase, noun_first=bool(language.settings.get("noun_first")))
        bound_behind_noun(sentence, phrase)
    return phrase


def _refused_in_row(sentence: Sentence, phrase: FigurePhrase, refused: str, last: int) -> str:
    """Return why the numbers before in the same list were passed over: "aged 17, 19 and 24"."""
    if refused == "share" and 0 <= phrase.start - last <= 1:
        return refused
    if (
        refused not in ("age", "name", "money", "clock-or-score")
        or phrase.head != "bare"
        or last < 0
    ):
        return ""
    between = range(last, phrase.start)
    if len(between) <= 2 and all(
        sentence.word(t) == "," or sentence.has(t, "and") for t in between
    ):
        return refused
    return ""


def _read_cues(found: Clauses) -> None:
    sentence, at = found.sentence, 0
    marks, size = sentence.marks, len(sentence.words)
    while at < size:
        mark = sentence.short_of_number(at, "cue") if "cue" in marks[at] else None
        if mark is None:
            at += 1
            continue
        cue, length = mark
        found.cues.append(CueAt(at, at + length, cue))
        at += length


def _weigh(found: Clauses, taken: list[bool]) -> None:
    sentence = found.sentence
    firsts = {f.bound_start for f in found.figures} | {f.bound_start for f, _ in found.passed_over}
    cue_starts = {c.start for c in found.cues}
    cue_tokens = {t for c in found.cues for t in range(c.start, c.stop)}
    total, sums = 0.0, [0.0]
    busy = cue_tokens | {f.start for f in found.figures} | {f.start for f, _ in found.passed_over}
    factors = _factors(found, busy)
    for at, marks in enumerate(sentence.marks):
        if taken[at]:
            weight = _FIGURE if at in firsts else 0.0
        elif at in cue_tokens:
            weight = _CUE if at in cue_starts else 0.0
        else:
            weight = _weight(sentence.words[at], marks)
        total += weight * factors[at]
        sums.append(total)
    found.sums = sums


def _factors(found: Clauses, busy: set[int]) -> list[float]:
    """Return how much each token counts: little within asides, which a sentence steps over.

    ``busy`` are the tokens of figures and cues, which make an aside a statement of its own.
    """
    sentence = found.sentence
    factors = [1.0] * len(sentence.words)
    opened: dict[str, int] = {}
    for at, word in enumerate(sentence.words):
        kind = _ASIDES.get(word)
        if kind is None:
            continue
        start = opened.pop(kind, None)
        if start is not None and word != "(":
            factor = _aside_factor(sentence, kind, start, at, busy)
            if factor == _ASIDE and any(token in busy for token in range(start, at)):
                found.asides.append((start, at))
            for token in range(start, at + 1):
                factors[token] = min(factors[token], factor)
        elif word != ")":
            opened[kind] = at
            continue
        if kind == ",":
            opened[kind] = at
    return factors


def _aside_factor(sentence: Sentence, kind: str, start: int, stop: int, busy: set[int]) -> float:
    if not 1 < stop - start <= _LONGEST_ASIDE:
        return 1.0
    if _is_aside(sentence, kind, start):
        return _ASIDE
    is_short = stop - start <= _SHORT_ASIDE
    return 1.0 if not is_short or any(at in busy for at in range(start, stop)) else _HALF_ASIDE


def _is_aside(sentence: Sentence, kind: str, start: int) -> bool:
    if kind == "(":
        return True
    if kind == "-":
        return not sentence.glued(start) or not sentence.glued(start + 1)
    opens = ("aside", "part_before", "relative", "previous", "revision_from")
    if any(name in sentence.marks[start + 1] for name in opens):
        return True
    return any(sentence.has(at, "part_after") for at in (start + 2, start + 3))


def _weight(word: str, marks: dict[str, tuple[object, int]]) -> float:
    if "stop" in marks:
        return _STOP
    if word == ",":
        return _COMMA
    if "contrast" in marks:
        return _CONTRAST
    if "relative" in marks:
        return _AND
    if "clause" in marks:
        return _CLAUSE
    if "and" in marks:
        return _AND
    if "attribution" in marks:
        return _ATTRIBUTION
    if "function" in marks or not word[0].isalpha():
        return _FUNCTION
    return _CONTENT


def is_named_alone(sentence: Sentence, first: FigurePhrase, second: FigurePhrase) -> bool:
    """Tell whether only a name with capitals stands before a bare figure: "... and Bishkek 63"."""
    stop = start = second.bound_start
    while start > first.head_stop and sentence.is_capital(start - 1):
        start -= 1
    joined = start - 1 == first.head_stop and any(
        sentence.has(start - 1, name) for name in ("and", "contrast", "stop", "comma")
    )
    return second.head == "bare" and 0 < stop - start <= _LONGEST_NAME and joined
