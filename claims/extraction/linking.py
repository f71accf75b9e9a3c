"""Which cue a figure belongs to: what happened to the people it counts.

Every figure looks for the cheapest cue of its sentence. The price is the distance in weights plus
what the order of words costs: "killed 12" has its object behind, "12 were killed" its subject in
front. Cues for what is no casualty ("mobilised", "arrested") compete on equal terms, and a figure
that one of them wins is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.domain.figures import Qualifier
from claims.extraction.clauses import Clauses, CueAt
from claims.extraction.figures import FigurePhrase
from claims.extraction.lexicon import Lexicon
from claims.extraction.tokens import DASHES, Sentence

_NEAREST = 8
_WINDOW = 60
_LIMITS = {"people": 8.0, "counted": 0.5, "bare": 4.6, "unknown": 3.4}
_ACTIVE_REACH = 6
_BEFORE_CUE = 3
_DOER, _NEXT_CLAUSE, _FIRM, _TOUCHING, _PHRASE = 9.0, 3.0, -0.5, -0.2, -0.6
_OF_ALL, _NEXT_FIGURE, _AT_ONCE = -4.0, 2.5, 0.7
_INTO_ASIDE = 2.5
_RATE_REACH, _RATE_BEFORE = 7, 9
_WEAK, _CHANGED, _CLOSE = 1.5, 1.8, 1.5


@dataclass(slots=True)
class Link:
    """A figure with the measure it was given, by which cue and at what price."""

    figure: FigurePhrase
    measure: str
    cue: CueAt | None
    price: float
    rules: list[str] = field(default_factory=list)
    part_of: Link | None = None
    is_part: bool = False
    revises: Link | None = None
    is_earlier: bool = False


def direct_link(clauses: Clauses, figure: FigurePhrase, language: Lexicon) -> Link | None:
    """Return the cheapest link of a figure; its measure is "other" where it counts no casualty."""
    best = _own_cue(clauses, figure)
    if best and not figure.is_weak:
        return _died_of_wounds(clauses, figure, language) or best
    for cue in _near(clauses, figure):
        if best and best.cue is cue:
            continue
        priced = _priced(clauses, figure, cue, language)
        if priced is not None and (best is None or priced.price < best.price):
            best = priced
    if best and best.cue and "toll" in best.cue.cue.kinds:
        _bind_by_verb(clauses.sentence, best)
    if best is None or best.price > max(_limit(clauses.sentence, figure), _WEAK):
        return None
    return best


def _limit(sentence: Sentence, figure: FigurePhrase) -> float:
    """Return the highest price a figure pays; names of peoples pay nearly what people do."""
    is_named = figure.head == "unknown" and figure.head_stop == figure.head_start + 1
    if is_named and sentence.is_capital(figure.head_start):
        return _LIMITS["bare"]
    return _LIMITS[figure.head]


def _bind_by_verb(sentence: Sentence, link: Link) -> None:
    """Make a figure "more than" where a verb says so in front of the toll: "exceeded"."""
    figure, cue = link.figure, link.cue
    if cue is None or figure.qualifier is not Qualifier.EXACTLY:
        return
    if sentence.has(cue.start - 1, "bound_verb") or sentence.has(cue.start - 2, "bound_verb"):
        figure.qualifier = Qualifier.MORE_THAN
        figure.rules.append("bound:more_than")


def _died_of_wounds(clauses: Clauses, figure: FigurePhrase, language: Lexicon) -> Link | None:
    """Return the link of wounded who died, where the verb stands in front of them."""
    if figure.counts != "injured" or not language.settings.get("free_order"):
        return None
    for cue in clauses.cues:
        if cue.stop > figure.bound_start or cue.cue.measure != "killed":
            continue
        is_verb = cue.cue.kinds & {"subject", "verb"} and "counted" not in cue.cue.kinds
        if is_verb and clauses.distance(cue.stop, figure.bound_start) < _AT_ONCE:
            return Link(figure, "killed", cue, 0.0, ["subject:killed"])
    return None


def _own_cue(clauses: Clauses, figure: FigurePhrase) -> Link | None:
    """Return the link of a figure whose noun is itself the cue: "63 dead"."""
    if figure.head != "counted":
        return None
    cue = next((c for c in clauses.cues if figure.head_start < c.stop <= figure.head_stop), None)
    price = _WEAK if figure.is_weak else 0.0
    return Link(figure, figure.counts, cue, price, ["counts-the-cue"])


def _near(clauses: Clauses, figure: FigurePhrase) -> list[CueAt]:
    before = [
        c for c in clauses.cues if c.stop <= figure.bound_start and figure.start - c.stop < _WINDOW
    ]
    after = [c for c in clauses.cues if c.start >= figure.stop and c.start - figure.stop < _WINDOW]
    return before[-_NEAREST:] + after[:_NEAREST]


def _priced(clauses: Clauses, figure: FigurePhrase, cue: CueAt, language: Lexicon) -> Link | None:
    sentence = clauses.sentence
    is_free = bool(language.settings.get("free_order"))
    if cue.stop <= figure.bound_start:
        price, kind = _price_before(clauses, figure, cue, is_free=is_free)
        if price == 0 and cue.stop == figure.bound_start and cue.cue.measure == "other":
            price = _FIRM
        distance = clauses.distance(cue.stop, figure.bound_start)
        if kind == "toll" and _is_after_change(clauses.sentence, figure):
            distance = min(distance, _CHANGED)
    else:
        price, kind = _price_after(clauses, figure, cue, is_free=is_free)
        if price is not None and is_free and _takes_next(clauses, cue):
            price += _NEXT_FIGURE
        if price is not None and language.settings.get("verb_first"):
            price += _NEXT_CLAUSE * _begins_clause(clauses.sentence, cue)
        start = min(figure.head_stop, cue.start)
        distance = clauses.distance(start, cue.start)
        if cue.start == figure.head_stop + 1 and sentence.word(figure.head_stop) in DASHES:
            distance = 0.0
    if price is None:
        return None
    if clauses.in_aside(cue.start) and not clauses.in_aside(figure.start):
        price += _INTO_ASIDE
    return Link(figure, cue.cue.measure, cue, price + distance, [f"{kind}:{cue.cue.measure}"])


def _price_before(
    clauses: Clauses, figure: FigurePhrase, cue: CueAt, *, is_free: bool
) -> tuple[float | None, str]:
    """Price a cue that stands in front of the figure."""
    kinds = cue.cue.kinds
    sentence = clauses.sentence
    if _is_agent(sentence, figure):
        return None, ""
    if "object" in kinds:
        return 0.0, "object"
    if "close" in kinds and clauses.distance(cue.stop, figure.bound_start) <= _CLOSE:
        return 0.0, "object"
    if "toll" in kinds:
        return (None if _is_title(sentence, figure) else 0.3), "toll"
    if "verb" in kinds:
        if is_free or is_active(clauses, cue):
            return 0.0, "object"
        return 2.6, "subject"
    if "subject" in kinds:
        return (0.2 if is_free else 3.4), "subject"
    if "counted" not in kinds:
        return None, ""
    leads = sentence.word(cue.stop) == ":" or _is_apposed(sentence, figure, cue)
    return (0.0 if leads else 4.0), "counted"


def _is_title(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether a number stands before a name with capitals: "the 19321 Indore Express"."""
    return figure.head == "unknown" and sentence.is_capital(figure.head_start)


def _is_apposed(sentence: Sentence, figure: FigurePhrase, cue: CueAt) -> bool:
    """Tell whether a bare figure only numbers the noun before it: "the deaths, 132, were"."""
    opened = sentence.word(cue.stop) == "," and figure.bound_start == cue.stop + 1
    return opened and figure.head == "bare" and sentence.word(figure.bound_stop) == ","


def _price_after(
    clauses: Clauses, figure: FigurePhrase, cue: CueAt, *, is_free: bool
) -> tuple[float | None, str]:
    """Price a cue that stands behind the figure."""
    kinds = cue.cue.kinds
    if _is_agent(clauses.sentence, figure):
        return None, ""
    touches = cue.start == figure.head_stop
    if _says_of_all(clauses.sentence, figure, cue):
        return _OF_ALL, "subject"
    if "subject" in kinds or "follows" in kinds:
        closeness = _PHRASE if cue.stop - cue.start > 1 else _TOUCHING
        return (closeness if touches else 0.0), "subject"
    if "verb" in kinds:
        return _price_of_verb(clauses, cue, touches=touches, is_free=is_free), "subject"
    if "counted" in kinds:
        return (0.6 if clauses.sentence.has(cue.start - 1, "aux") else 1.6), "counted"
    if "object" in kinds:
        return (2.5 if is_free else 6.0), "object"
    if "weak" in kinds:
        return _WEAK, "weak"
    if "toll" not in kinds:
        return None, ""
    leads = is_free or clauses.sentence.has(figure.bound_start - 1, "revision_to")
    return (1.0 if leads else 6.0), "toll"


def _says_of_all(sentence: Sentence, figure: FigurePhrase, cue: CueAt) -> bool:
    """Tell whether a cue is said of all those counted: "with 62 aboard, all dead"."""
    said = cue.cue.kinds & {"counted", "subject", "verb"} and cue.cue.measure != "other"
    behind = sentence.ending(cue.start, "all_word", 3)
    return bool(said) and behind is not None and sentence.word(behind[1] - 1) == ","


def _price_of_verb(clauses: Clauses, cue: CueAt, *, touches: bool, is_free: bool) -> float:
    """Price a verb behind a figure: cheap where it tells what was done to those counted."""
    takes_object = is_active(clauses, cue)
    if takes_object and (not is_free or "active" in cue.cue.kinds):
        return _DOER
    if touches and not takes_object:
        return _TOUCHING
    return 0.3 if is_free else 0.0


def is_active(clauses: Clauses, cue: CueAt) -> bool:
    """Tell whether a verb that can be either is used with an object behind it."""
    sentence = clauses.sentence
    for back in (1, 2):
        if sentence.has(cue.start - back, "aux"):
            return False
    for ahead in range(_ACTIVE_REACH):
        at = cue.stop + ahead
        if at >= len(sentence.words):
            return False
        marks = sentence.marks[at]
        if at in clauses.starts or "people" in marks:
            return True
        if "bound" in marks and "determiner" not in marks:
            return False
        plain = "determiner" in marks or "party" in marks
        if not plain and not (sentence.words[at].isalpha() and not _parts(marks)):
            return False
    return False


def _parts(marks: Mapping[str, object]) -> bool:
    return any(
        name in marks for name in ("function", "clause", "and", "place", "of", "agent", "cue")
    )


def _takes_next(clauses: Clauses, cue: CueAt) -> bool:
    """Tell whether a verb behind a comma has a figure of its own behind it."""
    return clauses.sentence.word(cue.start - 1) == "," and not clauses.starts.isdisjoint(
        (cue.stop, cue.stop + 1)
    )


def _begins_clause(sentence: Sentence, cue: CueAt) -> bool:
    """Tell whether a verb that comes first in its clause stands behind a comma or "and"."""
    before = cue.start - 1
    return sentence.word(before) == "," or sentence.has(before, "and")


def _is_after_change(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether a verb of change leads up to a figure: "has risen to", "was raised to"."""
    start = figure.bound_start
    return any(sentence.has(start - back, "change") for back in range(1, 7))


def _is_agent(sentence: Sentence, figure: FigurePhrase) -> bool:
    """Tell whether a figure counts those who acted: "killed by two gunmen"."""
    return sentence.has(figure.bound_start - 1, "agent") and figure.head in ("people", "unknown")


def is_hypothetical(clauses: Clauses, link: Link) -> bool:
    """Tell whether what is said of a figure did not happen: "could kill", "will die"."""
    sentence, figure, cue = clauses.sentence, link.figure, link.cue
    first = min(figure.bound_start, cue.start if cue else figure.bound_start)
    last = max(figure.start, cue.start if cue else figure.start)
    at = first
    for _ in range(7):
        at -= 1
        if at < 0 or sentence.words[at] == "," or "stop" in sentence.marks[at]:
            break
        if "contrast" in sentence.marks[at]:
            break
    return any(
        _says_unreal(sentence, place)
        for place in range(max(at, 0), last)
        if place < first or place >= last - _BEFORE_CUE
    )


def _says_unreal(sentence: Sentence, at: int) -> bool:
    mark = sentence.mark(at, "hypothetical")
    if mark is None or _is_real_at(sentence, at):
        return False
    if at > 0 and sentence.has(at, "month") and sentence.is_capital(at):
        return False
    real = sentence.mark(at, "real")
    if real and real[1] >= mark[1]:
        return False
    return not sentence.has(at + mark[1], "attribution")


def _is_real_at(sentence: Sentence, at: int) -> bool:
    """Tell whether a longer phrase around a token says that it did happen."""
    for back in range(1, 4):
        mark = sentence.mark(at - back, "real")
        if mark and mark[1] > back:
            return True
    return False


def is_rate(sentence: Sentence, link: Link) -> bool:
    """Tell whether a figure is so many per day, month or year."""
    places = {link.figure.head_stop, link.figure.head_stop + 1, link.figure.stop}
    if link.cue and link.cue.start >= link.figure.stop:
        places |= {link.cue.stop}
    before = link.figure.bound_start - 1
    if sentence.has(before, "rate") or sentence.has(before - 1, "rate"):
        return True
    if any(sentence.has(p, "rate") and not sentence.has(p, "not_rate") for p in places):
        return True
    before = link.figure.bound_start
    for at in range(before - 1, max(-1, before - _RATE_BEFORE), -1):
        if "stop" in sentence.marks[at] or "contrast" in sentence.marks[at]:
            break
        if "rate_far" in sentence.marks[at]:
            return True
    behind = max(link.figure.head_stop, link.cue.stop if link.cue else 0)
    return any(sentence.has(at, "rate_far") for at in range(behind, behind + _RATE_REACH))
