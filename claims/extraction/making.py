"""Making a candidate: a linked figure with its words, claimant, time and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.domain.dates import PartialDate
from claims.domain.figures import Figure
from claims.extraction import dating
from claims.extraction.linking import Link
from claims.extraction.reach import Statement, statement_of
from claims.extraction.reading import Candidate, Span
from claims.extraction.tokens import Sentence

_CONFIDENCE_OF_HEAD = {"counted": 0.95, "people": 0.9, "bare": 0.75, "unknown": 0.6}
_DEAREST = 8.0
_BASIS_BEFORE, _BASIS_BEHIND = 6, 4
Name = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sentence says around its figures: who speaks, when, where."""

    sentence: Sentence
    statements: Sequence[Statement]
    names: Mapping[int, Name]
    times: dating.Times
    measures: frozenset[str]
    default_day: PartialDate | None


def make_candidate(
    around: Surroundings, link: Link, figure: Figure, places: Mapping[int, int]
) -> Candidate:
    """Return the candidate of a link; ``places`` are those of the links in the list.

    "400 dead, 300 more wounded" counts no wounded on top of others.
    """
    sentence, phrase = around.sentence, link.figure
    statement = statement_of(around.statements, phrase.start)
    claimant = around.names.get(id(statement))
    period = dating.period_of(around.times, link)
    return Candidate(
        figure_span=span_of(sentence, phrase.start, phrase.stop),
        wording_span=wording_span(sentence, link),
        sentence_span=Span(sentence.start, sentence.end),
        figure=figure,
        measure=link.measure,
        victims=phrase.victims,
        victims_wording=_printed(sentence, phrase.noun_start, phrase.noun_stop),
        victims_party=phrase.party,
        count_basis=_basis(sentence, link),
        claimant=claimant[0] if claimant else None,
        claimant_span=claimant[1] if claimant else None,
        attribution=statement.kind if statement else None,
        attribution_words=_printed(sentence, statement.at, statement.at_stop) if statement else "",
        place=dating.place_of(around.times, link, sentence),
        date_words=dating.words_of_day(around.times, link, statement, sentence),
        claimed_on=dating.claimed_on(around.times, statement) or around.default_day,
        period_start=period.day if period else None,
        period_words=dating.printed(period, sentence),
        is_part=link.is_part,
        is_more=phrase.is_more and (not around.measures or link.measure in around.measures),
        is_earlier=link.is_earlier,
        part_of=places.get(id(link.part_of)),
        revises=places.get(id(link.revises)),
        confidence=_confidence(link),
        rules=tuple(phrase.rules + link.rules),
    )


def span_of(sentence: Sentence, start: int, stop: int) -> Span:
    """Return the characters of tokens."""
    return Span(sentence.starts[start], sentence.ends[stop - 1])


def wording_span(sentence: Sentence, link: Link) -> Span:
    """Return the characters of a figure with the words that bound it."""
    phrase = link.figure
    return span_of(sentence, phrase.bound_start, phrase.wording_stop or phrase.bound_stop)


def name_of(sentence: Sentence, statement: Statement, prefixes: Mapping[str, str]) -> Name:
    """Return the claimant's words on one line, without a preposition written onto them.

    ``prefixes`` are such prepositions and what remains of each, the longest first. One of which
    nothing remains is taken off only behind words of the category ``prefixed``, since names may
    begin so themselves.
    """
    span = span_of(sentence, *statement.name)
    name = " ".join(span.of(sentence.text).split())
    if sentence.has(statement.at, "according"):
        is_prefixed = sentence.has(statement.at, "prefixed")
        for prefix, instead in prefixes.items():
            if name.startswith(prefix) and (instead or is_prefixed):
                return instead + name[len(prefix) :], span
    return name, span


def _printed(sentence: Sentence, start: int, stop: int) -> str:
    if stop <= start:
        return ""
    return " ".join(span_of(sentence, start, stop).of(sentence.text).split())


def _basis(sentence: Sentence, link: Link) -> str:
    """Return the count basis that words near the figure name."""
    first = max(0, link.figure.bound_start - _BASIS_BEFORE)
    last = min(len(sentence.words), link.figure.head_stop + _BASIS_BEHIND)
    named = (sentence.mark(at, "basis") for at in range(first, last))
    return next((str(mark[0]) for mark in named if mark), "all_reported")


def _confidence(link: Link) -> float:
    share = min(max(link.price, 0.0), _DEAREST) / _DEAREST
    return round(_CONFIDENCE_OF_HEAD[link.figure.head] * (1 - 0.5 * share), 2)
