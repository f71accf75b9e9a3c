"""Statements that there were none: "no one was hurt", "no casualties", "none of the passengers"."""

from __future__ import annotations

from claims.domain.figures import Qualifier
from claims.extraction.figures import FigurePhrase
from claims.extraction.tokens import Sentence

_REACH = 5


def zero_at(sentence: Sentence, at: int) -> FigurePhrase | None:
    """Return a figure of nobody where a negation at a token counts people, else ``None``."""
    if sentence.has(at, "not_negation"):
        return None
    return _nobody_behind(sentence, at) or _nobody(
        sentence, at, sentence.marks[at]["negation"][1], "nobody"
    )


def _nobody_behind(sentence: Sentence, at: int) -> FigurePhrase | None:
    """Return a figure of nobody where the cue stands in front of its negation.

    Some languages say "there were of dead none"; the number is then marked at the negation.
    """
    mark = sentence.mark(at, "negation_behind")
    if mark is None:
        return None
    for place in range(at - 1, max(at - _REACH, -1), -1):
        if not sentence.words[place][0].isalpha():
            return None
        if cue := sentence.mark(place, "cue"):
            if cue[0].measure in ("other", "same"):
                return None
            phrase = FigurePhrase(
                at, at + mark[1], at, at + mark[1], Qualifier.EXACTLY, 0, 0, rules=["nobody"]
            )
            phrase.head, phrase.counts = "counted", cue[0].measure
            phrase.head_start = phrase.head_stop = at + mark[1]
            return phrase
    return None


def denied_at(sentence: Sentence, at: int) -> FigurePhrase | None:
    """Return a figure of nobody for "any losses" behind a denial."""
    mark = sentence.mark(at, "any")
    return _nobody(sentence, at, mark[1], "denied") if mark else None


def _nobody(sentence: Sentence, at: int, length: int, rule: str) -> FigurePhrase | None:
    phrase = FigurePhrase(
        at, at + length, at, at + length, Qualifier.EXACTLY, 0, 0, head="bare", rules=[rule]
    )
    phrase.head_start = phrase.head_stop = at + length
    for place in range(at + length, min(at + length + _REACH, len(sentence))):
        if cue := sentence.mark(place, "cue"):
            if cue[0].measure == "other":
                return None
            if "counted" in cue[0].kinds and place - at - length <= 2:
                phrase.head, phrase.head_stop = "counted", place + cue[1]
                phrase.counts = cue[0].measure
                return phrase
            return (
                phrase if "counted" not in cue[0].kinds or sentence.has(place - 1, "aux") else None
            )
        if people := sentence.mark(place, "people"):
            phrase.head, phrase.head_stop = "people", place + people[1]
            phrase.victims = people[0]
        elif sentence.words[place][0].isalpha() and "clause" in sentence.marks[place]:
            return None
    return None
