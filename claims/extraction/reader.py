"""Reading a whole text: sentence by sentence, with what the text spoke of before in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from claims.domain.dates import PartialDate
from claims.domain.figures import Figure, FigureError
from claims.extraction import dating
from claims.extraction.clauses import Clauses, read_clauses
from claims.extraction.detecting import detect_language
from claims.extraction.lexicon import Lexicon, lexicon
from claims.extraction.linking import Link, is_hypothetical, is_rate
from claims.extraction.making import Name, Surroundings, make_candidate, name_of, wording_span
from claims.extraction.reach import Statement
from claims.extraction.reading import EXTRACTOR_VERSION, Attribution, Candidate, TextReading
from claims.extraction.relations import link_figures
from claims.extraction.statements import statements
from claims.extraction.tokens import Sentence, sentences, tokenise
from claims.extraction.zeros import denied_at, denied_behind

LONGEST_TEXT = 2_000_000
"""Characters; a longer text is refused rather than read for minutes."""

_FORGETS_AFTER = 3
_DENIAL_REACH = 4
_NO_CASUALTY = ("", "other", "same")


class TextTooLong(ValueError):
    """A text longer than can be read at once."""


@dataclass(slots=True)
class _Reader:
    """A text being read, and what its sentences so far spoke of.

    ``measure`` is the measure spoken of last, forgotten after some sentences without a figure;
    ``measures`` are all counted so far. ``speaker`` is who spoke last, ``passed`` the sentence
    passed over last, whose speaker is read only when a pronoun refers to it.
    """

    text: str
    language: Lexicon
    published_on: date | None
    candidates: list[Candidate] = field(default_factory=list)
    measure: str = ""
    measures: set[str] = field(default_factory=set)
    silent: int = 0
    speaker: Name | None = None
    passed: Sentence | None = None


def read_text(
    text: str, *, language: str | None = None, published_on: date | None = None, title: str = ""
) -> TextReading:
    """Return every casualty figure of a text with its words, in the order of the text.

    The language is detected where none is given. Raises ``TextTooLong``, and ``BadLanguageFile``
    for a language without a file. Reading takes time in proportion to the text.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(
            f"Expected at most {LONGEST_TEXT:,} characters, got {len(text):,}; read it in parts."
        )
    code = language or detect_language(f"{title}\n{text}")
    reader = _Reader(text, lexicon(code), published_on)
    reader.measure = _measure_of_title(title, reader.language)
    for start, end in sentences(text, reader.language.abbreviations):
        _read_sentence(reader, start, end)
    return TextReading(code, EXTRACTOR_VERSION, tuple(reader.candidates))


def _measure_of_title(title: str, language: Lexicon) -> str:
    """Return what a title says happened, for figures that the text gives without saying it."""
    sentence = tokenise(title, 0, len(title))
    language.mark(sentence)
    cues = (marks["cue"][0] for marks in sentence.marks if "cue" in marks)
    return next((cue.measure for cue in cues if cue.measure not in _NO_CASUALTY), "")


def _read_sentence(reader: _Reader, start: int, end: int) -> None:
    language = reader.language
    sentence = tokenise(reader.text, start, end)
    language.split(sentence)
    reader.silent += 1
    if reader.silent > _FORGETS_AFTER:
        reader.measure = ""
    speaks_on = _speaks_on(language, sentence)
    if not (speaks_on or language.may_count(sentence)):
        reader.passed = sentence
        return
    language.mark(sentence)
    if not (speaks_on or _may_concern(reader, sentence)):
        reader.passed = sentence
        return
    clauses = read_clauses(sentence, language)
    if not (speaks_on or clauses.figures or clauses.cues):
        reader.passed = sentence
        return
    found = statements(clauses, language)
    names = _names(reader, sentence, found)
    if speaks_on and found and not clauses.figures:
        _attribute_backward(reader, found[0], names)
    links = link_figures(clauses, language, reader.measure) + _denied(clauses, found)
    _keep(reader, clauses, links, found, names)


def _may_concern(reader: _Reader, sentence: Sentence) -> bool:
    """Tell whether a sentence says what happened to people, or goes on about what was said."""
    for marks in sentence.marks:
        if "dual" in marks or ("cue" in marks and marks["cue"][0].measure != "other"):
            return True
    return bool(reader.measure) and any(
        "saying" in marks or "part_before" in marks for marks in sentence.marks
    )


def _keep(
    reader: _Reader,
    clauses: Clauses,
    links: Sequence[Link],
    found: Sequence[Statement],
    names: dict[int, Name],
) -> None:
    """Make candidates of the links that count casualties which did happen."""
    kept = [
        (link, figure)
        for link in sorted(links, key=lambda link: link.figure.start)
        if _is_kept(clauses, link, found)
        and (figure := _figure(clauses.sentence, link)) is not None
    ]
    if not kept:
        return
    first = len(reader.candidates)
    places = {id(link): first + place for place, (link, _) in enumerate(kept)}
    around = Surroundings(
        clauses.sentence,
        found,
        names,
        dating.times_of(clauses.sentence, reader.language, reader.published_on),
        frozenset(reader.measures),
        PartialDate(reader.published_on) if reader.published_on else None,
    )
    reader.candidates += [make_candidate(around, link, figure, places) for link, figure in kept]
    reader.measures |= {link.measure for link, _ in kept}
    wholes = [link.measure for link, _ in kept if not link.is_part]
    if wholes:
        reader.measure, reader.silent = wholes[-1], 0


def _is_kept(clauses: Clauses, link: Link, found: Sequence[Statement]) -> bool:
    if link.measure in _NO_CASUALTY:
        return False
    if any(s.name[0] <= link.figure.start < s.name[1] for s in found):
        return False
    return not (is_hypothetical(clauses, link) or is_rate(clauses.sentence, link))


def _figure(sentence: Sentence, link: Link) -> Figure | None:
    """Return the domain's figure with its wording; ``None`` for numbers that are none."""
    phrase = link.figure
    words = wording_span(sentence, link).of(sentence.text)
    try:
        return phrase.figure(" ".join(words.split()))
    except FigureError:
        return None


def _denied(clauses: Clauses, found: Sequence[Statement]) -> list[Link]:
    """Return the zeros of denials: "denied any losses"."""
    made: list[Link] = []
    for statement in found:
        if statement.kind is not Attribution.DENIES:
            continue
        last = min(statement.last + _DENIAL_REACH, len(clauses.sentence.words))
        denied = (denied_at(clauses.sentence, at) for at in range(statement.last, last))
        phrase = next((phrase for phrase in denied if phrase), None)
        phrase = phrase or denied_behind(clauses.sentence, statement.at_stop, last)
        near = [c for c in clauses.cues if c.start >= statement.at_stop]
        cue = phrase and min(near, key=lambda c: abs(c.start - phrase.start), default=None)
        if phrase and cue and cue.cue.measure not in _NO_CASUALTY:
            made.append(Link(phrase, cue.cue.measure, cue, 1.0, ["denied"]))
    return made


def _names(reader: _Reader, sentence: Sentence, found: Sequence[Statement]) -> dict[int, Name]:
    """Return who speaks in each statement; a pronoun stands for the one who spoke before."""
    if any(statement.is_pronoun for statement in found):
        _recall_speaker(reader)
    reader.passed = None
    names: dict[int, Name] = {}
    for statement in found:
        if not statement.is_pronoun:
            prefixes = reader.language.settings.get("claimant_prefixes", {})
            reader.speaker = name_of(sentence, statement, prefixes)
        if reader.speaker is not None:
            names[id(statement)] = reader.speaker
    return names


def _recall_speaker(reader: _Reader) -> None:
    """Read who spoke in the sentence passed over last, now that a pronoun refers to it."""
    passed, reader.passed = reader.passed, None
    if passed is None:
        return
    if not passed.marks:
        reader.language.mark(passed)
    spoken = statements(read_clauses(passed, reader.language), reader.language)
    _names(reader, passed, spoken)


def _speaks_on(language: Lexicon, sentence: Sentence) -> bool:
    """Tell whether a sentence says who gave the figures of the one before: "Об этом сообщил"."""
    starts = language.starts(sentence.word(0))
    known = [*starts.longer.get(sentence.word(1), ()), *starts.by_stem]
    return "backward" in starts.alone or any(phrase[1] == "backward" for phrase in known)


def _attribute_backward(reader: _Reader, statement: Statement, names: dict[int, Name]) -> None:
    """Give the figures of the sentence before to whom this one names."""
    name = names.get(id(statement))
    place = len(reader.candidates) - 1
    if name is None or place < 0:
        return
    last = reader.candidates[-1].sentence_span
    while place >= 0 and reader.candidates[place].sentence_span == last:
        candidate = reader.candidates[place]
        if candidate.claimant is None:
            reader.candidates[place] = replace(
                candidate, claimant=name[0], claimant_span=name[1], attribution=statement.kind
            )
        place -= 1
