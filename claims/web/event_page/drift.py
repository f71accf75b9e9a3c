"""Relays and drift: which documents print which wording of one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims.domain.folding import folded
from claims.queries.compared import ComparedCitation, ComparedDocument
from claims.queries.comparisons import ClaimInComparison
from claims.web import words


@dataclass(frozen=True, slots=True)
class Printed:
    """One other wording of a statement and the documents that print it."""

    wording: str
    documents: tuple[ComparedDocument, ...]


@dataclass(frozen=True, slots=True)
class Relay:
    """A document that says from which other document it got the statement."""

    document: ComparedDocument
    via: ComparedDocument


@dataclass(frozen=True, slots=True)
class Drift:
    """One statement with its own words, the other words it is printed in, and its relays."""

    shown: ClaimInComparison
    printed: tuple[Printed, ...]
    relays: tuple[Relay, ...]

    @property
    def own_words(self) -> str:
        """The statement as the claim records it."""
        return words.figure(self.shown.claim.figure)


def drifts(claims: Sequence[ClaimInComparison]) -> list[Drift]:
    """Return the statements that travelled: printed in other words, or passed on."""
    found = [Drift(shown, _printed(shown), _relays(shown.citations)) for shown in claims]
    return [drift for drift in found if drift.printed or drift.relays]


def _printed(shown: ClaimInComparison) -> tuple[Printed, ...]:
    said = words.figure(shown.claim.figure)
    if all(citation.wording in ("", said) for citation in shown.citations):
        return ()
    own = folded(said)
    others: dict[str, list[ComparedDocument]] = defaultdict(list)
    spelt: dict[str, str] = {}
    for citation in shown.citations:
        wording = folded(citation.wording)
        if wording and wording != own:
            spelt.setdefault(wording, citation.wording)
            others[wording].append(citation.document)
    return tuple(Printed(spelt[wording], tuple(docs)) for wording, docs in others.items())


def _relays(citations: Sequence[ComparedCitation]) -> tuple[Relay, ...]:
    return tuple(
        Relay(citation.document, citation.via) for citation in citations if citation.via is not None
    )
