"""A text cut at the figures read in it, paragraph by paragraph, for a page that marks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.models import Candidate

WHOLE = 60_000
"""Characters up to which a text is shown whole; of a longer one, what is around the figures."""
AROUND = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with the candidates whose figure it is, where it is marked."""

    text: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The paragraphs shown, each in pieces, and whether some of the text is left out."""

    paragraphs: list[list[Piece]]
    is_cut_before: bool
    is_cut_after: bool


def marked_text(text: str, candidates: Sequence[Candidate]) -> MarkedText:
    """Return a text with the wording of every candidate marked."""
    start, stop = _shown(text, candidates)
    paragraphs: list[list[Piece]] = [[]]
    for piece in _pieces(text, candidates, start, stop):
        first, *rest = piece.text.split("\n")
        paragraphs[-1].append(Piece(first, piece.candidates))
        paragraphs += [[Piece(line)] for line in rest]
    filled = [[p for p in pieces if p.text] for pieces in paragraphs]
    return MarkedText(
        paragraphs=[pieces for pieces in filled if any(p.text.strip() for p in pieces)],
        is_cut_before=start > 0,
        is_cut_after=stop < len(text),
    )


def _shown(text: str, candidates: Sequence[Candidate]) -> tuple[int, int]:
    """Return which stretch of the text is shown: all of it, or around the candidates."""
    if len(text) <= WHOLE:
        return 0, len(text)
    if not candidates:
        return 0, WHOLE
    first = max(0, min(c.sentence_start for c in candidates) - AROUND)
    last = min(len(text), max(c.sentence_end for c in candidates) + AROUND)
    # At the end of a line where one is near: some texts are one line of a million characters.
    start = text.rfind("\n", max(0, first - AROUND), first) + 1
    stop = text.find("\n", last, last + AROUND)
    return start or max(0, first - AROUND), stop if stop >= 0 else min(len(text), last + AROUND)


def _pieces(text: str, candidates: Iterable[Candidate], start: int, stop: int) -> Iterator[Piece]:
    """Cut at the wordings; those that overlap are one piece."""
    at = start
    for first, last, marked in _stretches(candidates):
        if at < first:
            yield Piece(text[at:first])
        yield Piece(text[first:last], marked)
        at = last
    if at < stop:
        yield Piece(text[at:stop])


def _stretches(
    candidates: Iterable[Candidate],
) -> list[tuple[int, int, tuple[Candidate, ...]]]:
    found: list[tuple[int, int, tuple[Candidate, ...]]] = []
    for candidate in sorted(candidates, key=lambda c: (c.wording_start, c.pk)):
        if found and candidate.wording_start < found[-1][1]:
            first, last, marked = found[-1]
            found[-1] = (first, max(last, candidate.wording_end), (*marked, candidate))
        else:
            found.append((candidate.wording_start, candidate.wording_end, (candidate,)))
    return found
