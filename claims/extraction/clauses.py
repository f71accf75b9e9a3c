"""A sentence as a row of things: figures, cues and what parts them.

Distance in a sentence is counted in weights: a function word parts less than a noun, a comma
less than a semicolon. Sums of weights are kept, so that any distance is one subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction.figures import FigurePhrase, figure_phrase_at
from claims.extraction.heads import find_head
from claims.extraction.lexicon import Cue, Lexicon
from claims.extraction.refusals import refusal
from claims.extraction.tokens import Sentence
from claims.extraction.zeros import zero_at

_FUNCTION, _CONTENT, _COMMA, _AND, _CLAUSE, _CONTRAST, _STOP = 0.3, 0.6, 1.0, 0.8, 2.5, 4.0, 4.0
_ASIDE, _LONGEST_ASIDE = 0.25, 25
_ASIDES = {",": ",", "(": "(", ")": "(", "–": "-", "—": "-", "-": "-"}
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

    def distance(self, start: int, stop: int) -> float:
        """Return the weight of the tokens from ``start`` to ``stop``, not included."""
        return self.sums[stop] - self.sums[start] if stop > start else 0.0


def read_clauses(sentence: Sentence, language: Lexicon) -> Clauses:
    """Find the figures of a marked sentence, and its cues where it has figures or a denial."""
    found = Clauses(sentence)
    taken = [False] * len(sentence)
    _read_figures(found, language, taken)
    if not found.figures and not any("any" in marks for marks in sentence.marks):
        return found
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
        else:
            found.figures.append(phrase)
        for token in range(phrase.bound_start, phrase.bound_stop):
            taken[token] = True
        refused, last_stop = why, phrase.stop
        at = max(phrase.bound_stop if phrase.high else phrase.head_stop, at + 1)


def _phrase_at(sentence: Sentence, at: int, language: Lexicon) -> FigurePhrase | None:
    marks = sentence.marks[at]
    if "negation" in marks:
        return zero_at(sentence, at)
    phrase = figure_phrase_at(sentence, at, language)
    if phrase is not None:
        find_head(sentence, phrase, noun_first=bool(language.settings.get("noun_first")))
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
        mark = marks[at].get("cue")
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
    factors = _factors(sentence)
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


def _factors(sentence: Sentence) -> list[float]:
    """Return how much each token counts: little within asides, which a sentence steps over."""
    factors = [1.0] * len(sentence)
    opened: dict[str, int] = {}
    for at, word in enumerate(sentence.words):
        kind = _ASIDES.get(word)
        if kind is None:
            continue
        start = opened.pop(kind, None)
        if start is not None and word != "(" and _is_aside(sentence, kind, start, at):
            for token in range(start, at + 1):
                factors[token] = min(factors[token], _ASIDE)
        elif word != ")":
            opened[kind] = at
            continue
        if kind == ",":
            opened[kind] = at
    return factors


def _is_aside(sentence: Sentence, kind: str, start: int, stop: int) -> bool:
    if not 1 < stop - start <= _LONGEST_ASIDE:
        return False
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
    if "clause" in marks:
        return _CLAUSE
    if "and" in marks:
        return _AND
    if "attribution" in marks:
        return _ATTRIBUTION
    if "function" in marks or not word[0].isalpha():
        return _FUNCTION
    return _CONTENT
