"""How well figures are read: what people made of what a machine had read, counted.

Counted in the database, in a fixed number of queries however many figures there are. The rules
that read a figure, and the fields that were mended, stand in JSON, which each database unfolds
in its own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count

from claims.domain.intake import CandidateState
from claims.models import Candidate

_BY_RULE = {
    "postgresql": """
        SELECT part.value, figure.state, COUNT(*) FROM claims_candidate figure
        CROSS JOIN LATERAL jsonb_array_elements_text(figure.rules) AS part(value) GROUP BY 1, 2""",
    "sqlite": """
        SELECT part.value, figure.state, COUNT(*) FROM claims_candidate figure,
        json_each(figure.rules) AS part GROUP BY 1, 2""",
}
_MENDED = {
    "postgresql": """
        SELECT part.value, COUNT(*) FROM claims_candidate figure
        CROSS JOIN LATERAL jsonb_object_keys(figure.mended_fields) AS part(value)
        WHERE figure.state = 'mended' GROUP BY 1""",
    "sqlite": """
        SELECT part.key, COUNT(*) FROM claims_candidate figure,
        json_each(figure.mended_fields) AS part WHERE figure.state = 'mended' GROUP BY 1""",
}
# The latest three that a person had to mend or reject, of each rule.
_EXAMPLES = {
    "postgresql": """
        SELECT rule, id FROM (
            SELECT part.value AS rule, figure.id AS id, ROW_NUMBER() OVER (
                PARTITION BY part.value ORDER BY figure.decided_at DESC, figure.id DESC) AS place
            FROM claims_candidate figure
            CROSS JOIN LATERAL jsonb_array_elements_text(figure.rules) AS part(value)
            WHERE figure.state IN ('mended', 'rejected')
        ) ranked WHERE place <= 3 ORDER BY rule, place""",
    "sqlite": """
        SELECT rule, id FROM (
            SELECT part.value AS rule, figure.id AS id, ROW_NUMBER() OVER (
                PARTITION BY part.value ORDER BY figure.decided_at DESC, figure.id DESC) AS place
            FROM claims_candidate figure, json_each(figure.rules) AS part
            WHERE figure.state IN ('mended', 'rejected')
        ) ranked WHERE place <= 3 ORDER BY rule, place""",
}


@dataclass(slots=True)
class Fates:
    """What became of the figures of one kind, by state, with the latest that went wrong."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    examples: list[Candidate] = field(default_factory=list)

    def number(self, state: str) -> int:
        """Return how many have a state."""
        return self.counts.get(state, 0)

    @property
    def total(self) -> int:
        """All figures read."""
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        """Those that a person has decided about."""
        return self.total - self.number(CandidateState.OPEN)

    def share(self, state: str) -> int | None:
        """Return the percentage of the decided that have a state; ``None`` where none is."""
        return round(100 * self.number(state) / self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class ExtractionNumbers:
    """The numbers, in each list first what people rejected or mended most often."""

    whole: Fates
    by_rule: list[Fates]
    by_language: list[Fates]
    by_measure: list[Fates]
    by_version: list[Fates]
    mended_fields: list[tuple[str, int]]


def extraction_numbers() -> ExtractionNumbers:
    """Return what became of all figures read; five SQL queries, four without an example."""
    kinds = _kinds()
    by_measure = _fates((measure, *rest) for measure, _, _, *rest in kinds)
    by_rule = _fates(_rows(_BY_RULE))
    _add_examples(by_rule)
    return ExtractionNumbers(
        whole=_summed(by_measure),
        by_rule=by_rule,
        by_language=_fates((language, *rest) for _, language, _, *rest in kinds),
        by_measure=by_measure,
        by_version=_fates((version, *rest) for _, _, version, *rest in kinds),
        mended_fields=sorted(_rows(_MENDED), key=lambda row: (-row[1], row[0])),
    )


def _rows(statement: dict[str, str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor])
        return list(cursor.fetchall())


def _kinds() -> list[tuple[str, str, str, str, int]]:
    """Return measure, language and version with state and number: a few rows for each."""
    columns = ("measure", "stored_text__language", "extractor_version", "state")
    counted = Candidate.objects.order_by().values(*columns).annotate(number=Count("pk"))
    return list(counted.values_list(*columns, "number"))


def _fates(rows: Iterable[tuple[Any, ...]]) -> list[Fates]:
    found: dict[str, Fates] = {}
    for name, state, number in rows:
        counts = found.setdefault(name, Fates(name)).counts
        counts[state] = counts.get(state, 0) + number
    return sorted(found.values(), key=lambda fates: (-_wrong(fates), -fates.total, fates.name))


def _wrong(fates: Fates) -> int:
    return fates.number(CandidateState.MENDED) + fates.number(CandidateState.REJECTED)


def _summed(parts: list[Fates]) -> Fates:
    whole = Fates("")
    for state in CandidateState:
        whole.counts[state] = sum(part.number(state) for part in parts)
    return whole


def _add_examples(by_rule: list[Fates]) -> None:
    pairs = _rows(_EXAMPLES)
    shown = Candidate.objects.select_related("stored_text__document").defer(
        "stored_text__text", "stored_text__warc"
    )
    known = shown.in_bulk([key for _, key in pairs])
    named = {fates.name: fates for fates in by_rule}
    for rule, key in pairs:
        named[rule].examples.append(known[key])
