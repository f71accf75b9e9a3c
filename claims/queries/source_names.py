"""Sources meant by words: by exactly their name, or by words that are like it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Count
from rapidfuzz import fuzz

from claims.domain.folding import folded, words
from claims.domain.intake import WITH_CLAIM
from claims.models import Candidate, Source, SourceWord

MOST_CANDIDATES = 200
MOST_SUGGESTED = 4
ALIKE = 70
SURE, LEAD = 80, 8
"""How like a name has to be to be taken without being chosen, and by how much the likest."""
SHORTEST_WORD = 3
MOST_WORDS = 400
"""Different words that are looked up together, the longest first."""

K = TypeVar("K")


def source_named(name: str) -> Source | None:
    """Return the standing source whose name or other name this is, whatever its spelling.

    Two SQL queries, one where no source has all the words.
    """
    wanted = folded(name)
    found = Source.objects.not_withdrawn()
    spoken = sorted(set(words(name)))
    if not spoken:
        return None
    having = (
        SourceWord.objects.filter(word__in=spoken)
        .values("source")
        .annotate(shared=Count("word"))
        .filter(shared=len(spoken))
        .values_list("source", flat=True)
    )
    keys = list(having[:MOST_CANDIDATES])
    named = found.filter(pk__in=keys).order_by("pk") if keys else ()
    return next((s for s in named if wanted in map(folded, [s.name, *s.aliases])), None)


def source_suggestions(said: Mapping[K, str]) -> dict[K, list[Source]]:
    """Return for each key the standing sources that its words may mean, the likeliest first.

    Two SQL queries however many words there are; one where no source shares any.
    """
    pool = _sources_sharing({word for text in said.values() for word in words(text)})
    return {key: _likeliest(text, pool) for key, text in said.items()}


def source_meant(text: str, suggested: Iterable[Source]) -> Source | None:
    """Return the suggested source that words mean beyond doubt; ``None`` where a person chooses.

    "Ukraine's military" shares a word with many sources and means none of them for sure.
    """
    scored = _scored(text, suggested)
    is_sure = bool(scored) and scored[0][0] >= SURE
    return scored[0][1] if is_sure and _is_ahead(scored) else None


def fits_several(text: str, suggested: Iterable[Source]) -> bool:
    """Tell whether words fit more than one source, as "the ministry" fits every ministry."""
    scored = _scored(text, suggested)
    return bool(scored) and not _is_ahead(scored)


def _scored(text: str, suggested: Iterable[Source]) -> list[tuple[float, Source]]:
    """Return sources with how alike their names are, the likest first."""
    scored = [(_alike(text, source), source) for source in suggested]
    return sorted(scored, key=lambda found: (-found[0], found[1].pk))


def _is_ahead(scored: Sequence[tuple[float, Source]]) -> bool:
    return len(scored) == 1 or scored[0][0] - scored[1][0] >= LEAD


def _sources_sharing(spoken: Collection[str]) -> list[Source]:
    """Return the sources that share most words, at most ``MOST_CANDIDATES``."""
    telling = sorted(
        (word for word in spoken if len(word) >= SHORTEST_WORD), key=lambda w: (-len(w), w)
    )[:MOST_WORDS]
    keys = list(
        SourceWord.objects.filter(word__in=telling)
        .values("source")
        .annotate(shared=Count("word"))
        .order_by("-shared", "-source")
        .values_list("source", flat=True)[:MOST_CANDIDATES]
    )
    if not keys:
        return []
    return list(Source.objects.not_withdrawn().filter(pk__in=keys).order_by("pk"))


def _likeliest(text: str, pool: Iterable[Source]) -> list[Source]:
    alike = [source for score, source in _scored(text, pool) if score >= ALIKE]
    return alike[:MOST_SUGGESTED]


def _alike(text: str, source: Source) -> float:
    """Return how alike words and the most alike name of a source are, from 0 to 100."""
    said = folded(text)
    if not said:
        return 0.0
    return max(_alike_names(said, folded(name)) for name in [source.name, *source.aliases])


def _alike_names(said: str, name: str) -> float:
    """Words that all belong to a longer name ("Russian ministry") count nearly as the name."""
    return max(fuzz.token_sort_ratio(said, name), 0.9 * fuzz.token_set_ratio(said, name))


def chosen_before(said: Collection[str], *, event_id: int | None = None) -> dict[str, list[Source]]:
    """Return by folded words the sources that were chosen for a claimant of these words.

    Where some were chosen for claims about the event, only those; the latest first. One SQL
    query, over at most ``MOST_CANDIDATES`` decisions.
    """
    spoken = sorted({text for text in said if text})[:MOST_WORDS]
    decided = (
        Candidate.objects.filter(claimant_words__in=spoken, state__in=WITH_CLAIM)
        .exclude(claim__claimant__state="withdrawn")
        .select_related("claim__claimant")
        .order_by("-decided_at", "-pk")[:MOST_CANDIDATES]
    )
    here: dict[str, list[Source]] = {}
    elsewhere: dict[str, list[Source]] = {}
    for candidate in decided:
        if candidate.claim is not None:
            chosen = here if candidate.claim.event_id == event_id else elsewhere
            of_words = chosen.setdefault(folded(candidate.claimant_words), [])
            if candidate.claim.claimant not in of_words:
                of_words.append(candidate.claim.claimant)
    return elsewhere | here
