"""Parts of a whole: "five of them children", "of the 36 dead, 19 were women", "including two"."""

from __future__ import annotations

from claims.extraction.clauses import Clauses, CueAt
from claims.extraction.figures import FigurePhrase
from claims.extraction.linking import Link
from claims.extraction.tokens import Sentence

EITHER = "killed_or_injured"
"""The measure of people of whom the text has not said what happened to them."""

_OWN_PRICE, _TOUCHING = 0.95, 0.7


def as_part(
    clauses: Clauses, figure: FigurePhrase, own: Link | None, links: list[Link], spoken: str
) -> Link | None:
    """Return the link of a figure that is a part of one before it, or of the dead spoken of."""
    sentence = clauses.sentence
    continues = _continues_part(sentence, figure, links)
    if continues and own and own.price < _TOUCHING and own.measure != links[-1].measure:
        continues = False
    before = _part_before(sentence, figure) or continues
    behind = _part_behind(sentence, figure)
    whole = _whole(links, figure)
    if named := _part_of_cue(clauses, figure, is_behind=behind):
        named.measure = (spoken or EITHER) if named.measure == "same" else named.measure
        named.part_of = whole if whole and whole.measure == named.measure else None
        return named
    among = _is_among_next(clauses, figure)
    if not (before or behind or among or _starts_with_whole(sentence, whole, figure)):
        return None
    if other := _part_of_other(clauses, figure, own, links, is_behind=behind):
        return other
    link = _measured_part(figure, own, whole)
    if link is None and figure.head == "people" and (continues or _opens(sentence, figure)):
        link = Link(figure, spoken, None, 2.0, []) if spoken not in ("", "other") else None
    if link is None:
        return own
    link.is_part, link.part_of = True, None if among else whole
    link.rules.append("part-of")
    return link


def _part_behind(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether the words behind a figure make it a part: "five of them"."""
    if sentence.has(figure.bound_stop, "part_after"):
        return True
    at = figure.head_stop
    return sentence.has(at, "part_after") and sentence.has(at + 1, "part_after_pronoun")


def _part_of_other(
    clauses: Clauses,
    figure: FigurePhrase,
    own: Link | None,
    links: list[Link],
    *,
    is_behind: bool,
) -> Link | None:
    """Return the link of a part of what is no casualty; ``None`` where it is none."""
    if own and own.measure == "other" and own.price < 1.0:
        return own
    if is_behind and links and links[-1].measure == "other":
        return Link(figure, "other", links[-1].cue, links[-1].price, ["part-of"])
    if _is_part_of_passed_over(clauses, figure, links):
        return Link(figure, "other", None, 0.0, ["part-of"])
    return None


def _measured_part(figure: FigurePhrase, own: Link | None, whole: Link | None) -> Link | None:
    """Return a part with its own measure where that stands near, else with that of its whole."""
    keeps_own = own is not None and own.measure != "other"
    if keeps_own and own is not None and (whole is None or own.price < _OWN_PRICE):
        return own
    if whole is None:
        return None
    return Link(figure, whole.measure, whole.cue, whole.price + 1.0, [])


def _is_part_of_passed_over(clauses: Clauses, figure: FigurePhrase, links: list[Link]) -> bool:
    """Tell whether the whole is a number of things: "180 pigs, of which sixty died"."""
    last = links[-1].figure.start if links else -1
    between = [(one, why) for one, why in clauses.passed_over if last < one.start < figure.start]
    if figure.head != "bare" or not between:
        return False
    whole, why = between[-1]
    return why == "unit" and whole.high >= figure.low


def _is_among_next(clauses: Clauses, figure: FigurePhrase) -> bool:
    """Tell whether a figure counts some of the next one: "six children were among 22 killed"."""
    sentence, at = clauses.sentence, figure.head_stop
    while sentence.has(at, "aux"):
        at += 1
    if not sentence.has(at, "among"):
        return False
    return any(at < start <= at + 2 for start in clauses.starts)


def _part_of_cue(clauses: Clauses, figure: FigurePhrase, *, is_behind: bool) -> Link | None:
    """Return the link of a part whose whole is named by a cue.

    "Nine of the dead were children", "Of the dead, 25 were women".
    """
    for cue in clauses.cues:
        if is_behind:
            near = figure.bound_stop <= cue.start <= figure.bound_stop + 3
        else:
            near = _opens_with(clauses.sentence, cue) and 0 <= figure.bound_start - cue.stop <= 2
        if near and cue.cue.measure != "other" and cue.cue.kinds & {"counted", "toll", "weak"}:
            return Link(figure, cue.cue.measure, cue, 0.5, ["part-of"], is_part=True)
    return None


def _opens_with(sentence: Sentence, cue: CueAt) -> bool:
    """Tell whether a clause opens "of the dead" or "among the wounded"."""
    for back in (0, 1, 2):
        mark = sentence.mark(cue.start - back, "whole_before")
        if mark and cue.start - back + mark[1] <= cue.stop:
            first = cue.start - back
            return first == 0 or not sentence.words[first - 1][0].isalnum()
    return False


def _opens(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether a sentence opens with a part of those spoken of before: "Among them were"."""
    mark = sentence.mark(0, "part_before")
    return mark is not None and 0 < figure.bound_start - mark[1] <= 2


def _continues_part(sentence: Sentence, figure: FigurePhrase, links: list[Link]) -> bool:
    """Tell whether a figure stands in one list with a part: "five children and three women"."""
    if not links or not links[-1].is_part or figure.head == "counted":
        return False
    if links[-1].figure.start > figure.start:
        return False
    between = range(links[-1].figure.head_stop, figure.bound_start)
    return len(between) <= 2 and all(
        sentence.words[t] == "," or sentence.has(t, "and") for t in between
    )


def _whole(links: list[Link], figure: FigurePhrase) -> Link | None:
    for link in reversed(links):
        if link.measure not in ("other", "same", "") and not link.is_part and link.figure.high:
            return link
    return None


def _part_before(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether the words in front say that what follows is a part."""
    for back in range(1, 7):
        at = figure.bound_start - back
        mark = sentence.mark(at, "part_before")
        if mark and mark[1] <= back:
            rest = range(at + mark[1], figure.bound_start)
            if any(sentence.has(t, "attribution") or sentence.has(t, "that") for t in rest):
                return False
            return all(
                sentence.has(t, "aux") or sentence.has(t, "function") or sentence.has(t, "bound")
                for t in rest
            )
    return False


def _starts_with_whole(sentence: Sentence, whole: Link | None, figure: FigurePhrase) -> bool:
    """Tell whether a clause opens with the whole: "of the 36 dead, 19 were women"."""
    if whole is None:
        return False
    first = whole.figure.bound_start
    for back in (1, 2, 3):
        mark = sentence.mark(first - back, "whole_before")
        if mark and mark[1] == back:
            opens = first == back or not sentence.words[first - back - 1][0].isalnum()
            return opens and figure.start > whole.figure.stop
    return False
