"""Reading a whole text: sentence by sentence, with what the text spoke of before in mind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from claims.domain.figures import FigureError
from claims.extraction import dating
from claims.extraction.claimants import Statement, statement_of, statements
from claims.extraction.clauses import Clauses, read_clauses
from claims.extraction.detecting import detect_language
from claims.extraction.lexicon import Lexicon, lexicon
from claims.extraction.linking import Link, is_hypothetical, is_rate
from claims.extraction.reading import (
    EXTRACTOR_VERSION,
    Attribution,
    Candidate,
    Span,
    TextReading,
)
from claims.extraction.relations import link_figures
from claims.extraction.tokens import Sentence, sentences, tokenise
from claims.extraction.zeros import denied_at

LONGEST_TEXT = 2_000_000
"""Characters; a longer text is refused rather than read for minutes."""

_CONFIDENCE_OF_HEAD = {"counted": 0.95, "people": 0.9, "bare": 0.75, "unknown": 0.6}
_FORGETS_AFTER = 3
_PREFIXED = {"prefixed": {"لل": "ال", "ل": ""}}


class TextTooLong(ValueError):
    """A text longer than can be read at once."""


Name = tuple[str, Span]


@dataclass(slots=True)
class _Memory:
    """What the sentences before spoke of: the measure, the claimant, and how long ago."""

    measure: str = ""
    claimant: Name | None = None
    silent: int = 0
    passed: Sentence | None = None


@dataclass(slots=True)
class _Reader:
    text: str
    language: Lexicon
    published_on: date | None
    candidates: list[Candidate] = field(default_factory=list)
    memory: _Memory = field(default_factory=_Memory)


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
    if title:
        reader.memory.measure = _measure_of_title(title, reader.language)
    for start, end in sentences(text, reader.language.abbreviations):
        _read_sentence(reader, start, end)
    return TextReading(code, EXTRACTOR_VERSION, tuple(reader.candidates))


def _measure_of_title(title: str, language: Lexicon) -> str:
    """Return what a title says happened, for figures that the text gives without saying it."""
    sentence = tokenise(title, 0, len(title))
    language.mark(sentence)
    found = (sentence.marks[at]["cue"][0] for at in range(len(sentence)) if sentence.has(at, "cue"))
    return next((cue.measure for cue in found if cue.measure not in ("same", "other")), "")


def _read_sentence(reader: _Reader, start: int, end: int) -> None:
    sentence = tokenise(reader.text, start, end)
    reader.language.split(sentence)
    memory = reader.memory
    memory.silent += 1
    if memory.silent > _FORGETS_AFTER:
        memory.measure = ""
    if not (reader.language.may_count(sentence) or _speaks_on(reader, sentence)):
        memory.passed = sentence
        return
    reader.language.mark(sentence)
    clauses = read_clauses(sentence, reader.language)
    if not (clauses.figures or clauses.cues or _speaks_on(reader, sentence)):
        memory.passed = sentence
        return
    found = statements(clauses, reader.language)
    names = _names(reader, sentence, found)
    if found and not clauses.figures and sentence.has(0, "backward"):
        _attribute_backward(reader, found[0], names)
    links = link_figures(clauses, reader.language, memory.measure)
    links += _denied(clauses, found)
    kept = [link for link in links if _is_kept(clauses, link)]
    kept.sort(key=lambda link: link.figure.start)
    _remember(reader, clauses, found, kept)
    first = len(reader.candidates)
    places = {id(link): first + place for place, link in enumerate(kept)}
    times = dating.times_of(sentence, reader.language, reader.published_on) if kept else None
    for link in kept:
        made = _candidate(reader, clauses, link, found, names, places, times)
        if made is not None:
            reader.candidates.append(made)


def _attribute_backward(
    reader: _Reader, statement: Statement, names: dict[int, Name]
) -> None:
    """Give the figures of the sentence before to whom this one names: "The mayor reported this"."""
    name = names.get(id(statement))
    if name is None or not reader.candidates:
        return
    last = reader.candidates[-1].sentence_span
    for place, candidate in enumerate(reader.candidates):
        if candidate.sentence_span == last and candidate.claimant is None:
            reader.candidates[place] = replace(
                candidate, claimant=name[0], claimant_span=name[1], attribution=statement.kind
            )


def _denied(clauses: Clauses, found: list[Statement]) -> list[Link]:
    """Return the zeros of denials: "denied any losses"."""
    made: list[Link] = []
    for statement in found:
        if statement.kind is not Attribution.DENIES:
            continue
        first = max(statement.at_stop, statement.name_stop)
        for at in range(first, min(first + 4, len(clauses.sentence))):
            phrase = denied_at(clauses.sentence, at)
            if phrase is not None:
                cue = next((c for c in clauses.cues if c.start >= at), None)
                if cue and cue.cue.measure not in ("same", "other"):
                    made.append(Link(phrase, cue.cue.measure, cue, 1.0, ["denied"]))
                break
    return made


def _is_kept(clauses: Clauses, link: Link) -> bool:
    if link.measure in ("", "other", "same"):
        return False
    return not (is_hypothetical(clauses, link) or is_rate(clauses.sentence, link))


def _remember(
    reader: _Reader, clauses: Clauses, found: list[Statement], kept: list[Link]
) -> None:
    wholes = [link for link in kept if not link.is_part]
    if wholes:
        reader.memory.measure = wholes[-1].measure
        reader.memory.silent = 0


def _candidate(
    reader: _Reader,
    clauses: Clauses,
    link: Link,
    found: list[Statement],
    names: dict[int, Name],
    places: dict[int, int],
    times: dating.Times,
) -> Candidate | None:
    sentence, phrase = clauses.sentence, link.figure
    span = _span(sentence, phrase.start, phrase.stop)
    wording = _span(sentence, phrase.bound_start, phrase.bound_stop)
    try:
        figure = phrase.figure(wording.of(reader.text))
    except FigureError:
        return None
    statement = statement_of(found, phrase.start)
    claimant = names.get(id(statement))
    period = dating.period_of(times, link)
    return Candidate(
        figure_span=span,
        wording_span=wording,
        sentence_span=Span(sentence.start, sentence.end),
        figure=figure,
        measure=link.measure,
        victims=phrase.victims,
        victims_wording=_victims_wording(sentence, link),
        victims_party=phrase.party,
        count_basis=_basis(sentence, link),
        claimant=claimant[0] if claimant else None,
        claimant_span=claimant[1] if claimant else None,
        attribution=statement.kind if statement else None,
        attribution_words=_span(sentence, statement.at, statement.at_stop).of(reader.text)
        if statement
        else "",
        place=dating.place_of(times, link, sentence),
        date_words=dating.words_of_day(times, link, statement, sentence),
        claimed_on=dating.claimed_on(times, statement, reader.published_on),
        period_start=period.day if period else None,
        period_words=dating.printed(period, sentence),
        is_part=link.is_part,
        is_more=phrase.is_more,
        is_earlier=link.is_earlier,
        part_of=places.get(id(link.part_of)) if link.part_of else None,
        revises=places.get(id(link.revises)) if link.revises else None,
        confidence=_confidence(link),
        rules=tuple(phrase.rules + link.rules),
    )


def _span(sentence: Sentence, start: int, stop: int) -> Span:
    return Span(sentence.starts[start], sentence.ends[stop - 1])


def _names(reader: _Reader, sentence: Sentence, found: list[Statement]) -> dict[int, Name]:
    """Return who speaks in each statement; a pronoun stands for the one who spoke before."""
    names: dict[int, Name] = {}
    if any(statement.is_pronoun for statement in found):
        _recall_speaker(reader)
    reader.memory.passed = None
    for statement in found:
        if not statement.is_pronoun:
            span = _span(sentence, statement.name_start, statement.name_stop)
            reader.memory.claimant = _unprefixed(sentence, statement, span)
        if reader.memory.claimant is not None:
            names[id(statement)] = reader.memory.claimant
    return names


def _speaks_on(reader: _Reader, sentence: Sentence) -> bool:
    """Tell whether a sentence without numbers says who gave those of the sentence before."""
    starts = reader.language.starts(sentence.word(0))
    known = [*starts.longer.get(sentence.word(1), ()), *starts.by_stem]
    return "backward" in starts.alone or any(phrase[1] == "backward" for phrase in known)


def _recall_speaker(reader: _Reader) -> None:
    """Read who spoke in the sentence passed over last, now that a pronoun refers to it."""
    passed = reader.memory.passed
    if passed is None:
        return
    reader.memory.passed = None
    if not passed.marks:
        reader.language.mark(passed)
    spoken = statements(read_clauses(passed, reader.language), reader.language)
    _names(reader, passed, spoken)


def _unprefixed(sentence: Sentence, statement: Statement, span: Span) -> Name:
    """Return a name without the preposition written onto it, where the language does so."""
    name = span.of(sentence.text)
    prefixes: dict[str, str] = {}
    if mark := sentence.mark(statement.at, "prefixed"):
        prefixes = _PREFIXED.get(mark[0], _PREFIXED["prefixed"])
    for prefix, instead in prefixes.items():
        if name.startswith(prefix):
            skipped = len(prefix) if not instead else 0
            return instead + name[len(prefix) :], Span(span.start + skipped, span.end)
    return name, span


def _victims_wording(sentence: Sentence, link: Link) -> str:
    figure = link.figure
    if figure.noun_stop <= figure.noun_start:
        return ""
    return _span(sentence, figure.noun_start, figure.noun_stop).of(sentence.text)


def _basis(sentence: Sentence, link: Link) -> str:
    """Return the count basis that words near the figure name."""
    figure = link.figure
    for at in range(max(0, figure.bound_start - 6), min(len(sentence), figure.head_stop + 4)):
        if mark := sentence.mark(at, "basis"):
            return str(mark[0])
    return "all_reported"


def _confidence(link: Link) -> float:
    price = min(link.price, 8.0) / 8.0
    return round(_CONFIDENCE_OF_HEAD[link.figure.head] * (1 - 0.5 * price), 2)
