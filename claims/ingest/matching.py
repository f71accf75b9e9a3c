"""Which records of a file are there already: a few queries for any number of rows.

Events and claims are known by key, sources by name or other name, documents by address or by
title, publisher and date, parties by name. Names are compared folded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Model, Q

from claims.domain.folding import folded
from claims.ingest.wanted import DocumentKey
from claims.models import Citation, Claim, Document, Party, Source

M = TypeVar("M", bound=Model)

CHUNK = 500


class Ambiguous(ValueError):
    """A name that several records go by."""


def by_key(model: type[M], keys: Collection[str]) -> dict[str, M]:
    """Return events or claims by key, withdrawn ones too."""
    return {str(getattr(one, "key")): one for one in _found(model, "key", keys)}  # noqa: B009


def parties() -> dict[str, Party]:
    """Return all parties by folded name."""
    return {folded(party.name): party for party in Party.objects.all()}


def taken_public_ids(model: type[Model], public_ids: Collection[str]) -> set[str]:
    """Return those of the ids that records have already."""
    return {str(getattr(one, "public_id")) for one in _found(model, "public_id", public_ids)}  # noqa: B009


class Sources:
    """The sources that stand, by name and other name."""

    def __init__(self) -> None:
        self._by_name: dict[str, Source] = {}
        self._by_alias: dict[str, list[Source]] = defaultdict(list)
        for source in Source.objects.not_withdrawn().order_by("pk"):
            self._by_name.setdefault(folded(source.name), source)
            for alias in source.aliases:
                self._by_alias[folded(alias)].append(source)

    def find(self, name: str) -> Source | None:
        """Return the source of that name; raise ``Ambiguous`` where an other name is shared."""
        if source := self._by_name.get(folded(name)):
            return source
        others = self._by_alias.get(folded(name), [])
        if len(others) > 1:
            names = " or ".join(f"“{source}”" for source in others[:3])
            raise Ambiguous(f"“{name}” may be {names}; use the name itself.")
        return others[0] if others else None


def documents(keys: Collection[DocumentKey]) -> dict[DocumentKey, Document]:
    """Return documents by what identifies them, following those that were merged."""
    urls = [key[1] for key in keys if key[0] == "url"]
    titles = {key[1] for key in keys if key[0] == "title"}
    found: dict[DocumentKey, Document] = {}
    for document in _documents(Q(url__in=some) for some in _chunks(urls)):
        _keep(found, ("url", document.url), document)
    for document in _documents(Q(title__in=some) for some in _chunks(titles)):
        publisher = folded(document.publisher.name) if document.publisher else ""
        day = document.published.isoformat() if document.published else ""
        _keep(found, ("title", document.title, publisher, day), document)
    return found


def documents_named(names: Collection[str]) -> dict[str, list[Document]]:
    """Return the standing documents that go by a title or address."""
    found: dict[str, list[Document]] = defaultdict(list)
    wanted = set(names)
    queries = (Q(url__in=some) | Q(title__in=some) for some in _chunks(wanted))
    for document in _documents(queries):
        if document.state != "withdrawn":
            for name in {document.url, document.title} & wanted:
                found[name].append(document)
    return found


def citations(claims: Iterable[Claim]) -> dict[int, list[Citation]]:
    """Return the citations of claims by claim, withdrawn ones too."""
    found: dict[int, list[Citation]] = defaultdict(list)
    for some in _chunks([claim.pk for claim in claims]):
        for citation in Citation.objects.filter(claim__in=some).order_by("pk"):
            found[citation.claim_id].append(citation)
    return found


def _documents(queries: Iterable[Q]) -> Iterator[Document]:
    for query in queries:
        yield from Document.objects.filter(query).select_related("publisher", "merged_into")


def _keep(found: dict[DocumentKey, Document], key: DocumentKey, document: Document) -> None:
    """Prefer the one that stands; one that was merged stands for where it went."""
    if document.merged_into is not None:
        found.setdefault(key, document.merged_into)
    elif document.state != "withdrawn" or key not in found:
        found[key] = document


def _found(model: type[M], field: str, values: Collection[Any]) -> Iterator[M]:
    for some in _chunks(values):
        yield from model._default_manager.filter(**{f"{field}__in": some})


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = list(values)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
