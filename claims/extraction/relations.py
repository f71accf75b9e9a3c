"""How figures of a sentence stand to each other: lists, revisions, repeats, verbs left out."""

from __future__ import annotations

from itertools import pairwise

from claims.extraction.clauses import Clauses, is_named_alone
from claims.extraction.figures import FigurePhrase
from claims.extraction.lexicon import Lexicon
from claims.extraction.linking import Link, direct_link
from claims.extraction.parts import EITHER, as_part
from claims.extraction.tokens import DASHES, Sentence

_LIST_REACH = 8.0
_LOOSE = 2.0


def link_figures(clauses: Clauses, language: Lexicon, last_measure: str) -> list[Link]:
    """Return the links of a sentence's figures in order, those that count no casualty included.

    ``last_measure`` is the measure that the text spoke of last; "the figure" repeats it.
    """
    if paired := _paired(clauses, language):
        return paired
    sentence = clauses.sentence
    links: list[Link] = []
    spoken = last_measure
    is_free = bool(language.settings.get("free_order"))
    for figure in clauses.figures:
        link = direct_link(clauses, figure, language)
        if link and link.measure == "same":
            link.measure = (
                spoken
                or _measure_before(clauses, link)
                or _measure_ahead(clauses, figure)
                or _unsaid(link)
            )
            link.rules.append("same-measure")
        link = as_part(clauses, figure, link, links, spoken) or link
        if link is None or link.price > _LOOSE:
            listed = _listed(clauses, figure, links)
            if listed and (link is None or listed.price < link.price):
                link = listed
        link = link or _elliptical(clauses, figure, spoken, is_free=is_free)
        if link is None or _is_base(sentence, figure, link, links):
            continue
        if not figure.high and figure.head == "counted" and link.cue in clauses.cues:
            clauses.cues.remove(link.cue)
        if link.measure and link.measure != "other":
            spoken = link.measure
        if link.cue and links and link.cue is links[-1].cue and not link.is_part:
            link.rules.append("shares-cue")
        links.append(link)
    _mark_revisions(clauses, links)
    return [link for link in links if link.measure]


def _is_base(sentence: Sentence, figure: FigurePhrase, link: Link, links: list[Link]) -> bool:
    """Tell whether a figure is only what another is taken of: "two of the 11 soldiers died"."""
    if not links or link.price <= 0 or link.cue is None or link.cue is not links[-1].cue:
        return False
    first = links[-1].figure
    base = sentence.ending(figure.bound_start, "whole_before", 3)
    if base is None:
        return False
    behind_noun = figure.head == "bare" and base[1] == first.head_stop
    return behind_noun or (first.head == "bare" and base[1] == first.bound_stop)


def _unsaid(link: Link) -> str:
    """Return the measure of "victims" where the text has not said what happened to them."""
    return EITHER if link.cue and "weak" in link.cue.cue.kinds else ""


def _measure_before(clauses: Clauses, link: Link) -> str:
    """Return the measure of the nearest cue before the one that repeats it."""
    stop = link.cue.start if link.cue else 0
    before = [c.cue.measure for c in clauses.cues if c.stop <= stop]
    return next((m for m in reversed(before) if m not in ("same", "other")), "")


def _measure_ahead(clauses: Clauses, figure: FigurePhrase) -> str:
    for cue in clauses.cues:
        if cue.start >= figure.stop and cue.cue.measure not in ("same", "other"):
            return cue.cue.measure
    return ""


def _listed(clauses: Clauses, figure: FigurePhrase, links: list[Link]) -> Link | None:
    """Return the link of a figure that continues a list: "killed four in A, two in B"."""
    if not links:
        return None
    last = links[-1]
    if last.figure.high == 0:
        return None
    if last.figure.is_dual == "" and last.measure in ("other", ""):
        return None
    if any(last.figure.stop <= c.start < figure.start for c in clauses.cues if c is not last.cue):
        return None
    if is_named_alone(clauses.sentence, last.figure, figure):
        return Link(figure, last.measure, last.cue, last.price + 1.0, ["elliptical"])
    distance = clauses.distance(last.figure.bound_stop, figure.bound_start)
    sentence = clauses.sentence
    tokens = range(last.figure.bound_stop, figure.bound_start)
    joined = any(sentence.words[t] == "," or sentence.has(t, "and") for t in tokens)
    parted = not _is_gapped(sentence, last.figure, figure) and any(
        sentence.has(t, "contrast") or sentence.has(t, "stop") for t in tokens
    )
    if distance > _LIST_REACH or not joined or parted:
        return None
    if figure.head == "bare" and last.figure.head == "unit":
        return None
    if figure.head == "bare" and not _is_parallel(sentence, last, figure):
        return None
    return Link(figure, last.measure, last.cue, last.price + distance, ["listed"])


def _is_gapped(sentence: Sentence, first: FigurePhrase, second: FigurePhrase) -> bool:
    """Tell whether a verb is left out before the second: "Moscow put it at 63, Kyiv at 400"."""
    prep = second.bound_start - 1
    return sentence.has(prep, "gapped") and sentence.word(prep) == sentence.word(
        first.bound_start - 1
    )


def _is_parallel(sentence: Sentence, last: Link, figure: FigurePhrase) -> bool:
    """Tell whether two numbers stand in the same way: both before "in", or both after "at"."""
    follows = sentence.word(figure.head_stop)
    before = sentence.word(figure.bound_start - 1) == sentence.word(last.figure.bound_start - 1)
    behind_cue = last.cue is not None and sentence.word(last.cue.stop) == follows
    return sentence.word(last.figure.head_stop) == follows or before or behind_cue


def _follows_speaker(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether a verb of saying and its subject stand in front of a figure."""
    for at in range(figure.bound_start - 1, max(figure.bound_start - 8, -1), -1):
        if sentence.has(at, "attribution"):
            return True
        plain = sentence.words[at].isalpha() or sentence.is_quote(at)
        if not plain or any(sentence.has(at, name) for name in ("cue", "number", "contrast")):
            return False
    return False


def _elliptical(
    clauses: Clauses, figure: FigurePhrase, spoken: str, *, is_free: bool
) -> Link | None:
    """Return the link of a bare figure that somebody is said to claim: "Kyiv claimed 400"."""
    if not spoken or spoken == "other" or figure.head != "bare" or figure.high == 0:
        return None
    sentence = clauses.sentence
    if _names_source_before(clauses, figure) and _ends(sentence, figure):
        return Link(figure, spoken, None, 3.0, ["elliptical"])
    if is_free and _follows_speaker(sentence, figure) and _ends(sentence, figure):
        return Link(figure, spoken, None, 3.0, ["elliptical"])
    for back in range(1, 4):
        at = figure.bound_start - back
        mark = sentence.mark(at, "attribution")
        if mark and mark[1] <= back:
            return (
                Link(figure, spoken, None, 3.0, ["elliptical"]) if _ends(sentence, figure) else None
            )
        if at < 0 or not (
            sentence.is_quote(at) or any(sentence.has(at, k) for k in ("function", "that", "bound"))
        ):
            break
    return None


def _names_source_before(clauses: Clauses, figure: FigurePhrase) -> bool:
    """Tell whether "according to X -" stands directly before a bare figure."""
    sentence, at = clauses.sentence, figure.bound_start - 1
    if sentence.word(at) not in DASHES and sentence.word(at) != ",":
        return False
    for back in range(at - 1, max(at - 8, -1), -1):
        if sentence.has(back, "according"):
            return True
        if sentence.has(back, "cue") or not sentence.words[back][0].isalpha():
            return False
    return False


def _ends(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether nothing follows a bare figure that could say what it counts."""
    at = figure.bound_stop
    if at >= len(sentence.words) or not sentence.words[at][0].isalnum():
        return True
    return any(sentence.has(at, k) for k in ("contrast", "clause", "weekday", "and"))


def _paired(clauses: Clauses, language: Lexicon) -> list[Link]:
    """Return the links of "the dead and injured numbered 6 and 21 respectively"."""
    sentence = clauses.sentence
    if not any("respectively" in marks for marks in sentence.marks):
        return []
    measures = [
        meaning.measure
        for word in sentence.words
        for meaning, _ in [language.starts(word).alone.get("cue", (None, 0))]
        if meaning is not None and meaning.measure not in ("other", "same")
    ]
    if len(measures) < 2 or len(measures) != len(clauses.figures):
        return []
    return [
        Link(figure, measure, None, 1.0, ["respectively"])
        for figure, measure in zip(clauses.figures, measures, strict=True)
    ]


def _mark_revisions(clauses: Clauses, links: list[Link]) -> None:
    """Mark a figure that another of the same sentence replaces: "rose to 89 from 63"."""
    sentence = clauses.sentence
    for first, second in pairwise(links):
        if first.measure != second.measure or first.is_part or second.is_part:
            continue
        start, stop = first.figure.bound_start, second.figure.bound_start
        changes = any(
            sentence.has(t, "change") for t in range(max(0, start - 8), second.figure.stop)
        )
        if not changes:
            continue
        if _is_former(sentence, second.figure) and first.figure.stop < stop:
            first.revises, second.is_earlier = second, True
            first.rules.append("revises")
        elif _is_former(sentence, first.figure):
            second.revises, first.is_earlier = first, True
            second.rules.append("revises")


def _is_former(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether the words in front of a figure say that it was given before."""
    for back in range(1, 6):
        at = figure.bound_start - back
        if sentence.has(at, "previous") or (back <= 2 and sentence.has(at, "revision_from")):
            return True
        if sentence.word(at) in (",", ";"):
            return False
    return False
