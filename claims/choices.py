"""Choices of columns and forms, taken from the domain's vocabularies.

Columns take these functions as ``choices``, so a vocabulary grows without a migration.
"""

from __future__ import annotations

from claims.domain import vocabularies
from claims.domain.countries import COUNTRIES
from claims.domain.importing import BATCH_STATE_LABELS
from claims.domain.intake import CANDIDATE_STATE_LABELS, ORIGIN_LABELS


def measures() -> list[tuple[str, str]]:
    """Return what can have happened to the people counted."""
    return vocabularies.MEASURE.choices()


def victims() -> list[tuple[str, str]]:
    """Return whom a figure can count."""
    return vocabularies.VICTIMS.choices()


def count_bases() -> list[tuple[str, str]]:
    """Return how a number can have been arrived at."""
    return vocabularies.COUNT_BASIS.choices()


def qualifiers() -> list[tuple[str, str]]:
    """Return how a wording can bound a number."""
    return vocabularies.QUALIFIER.choices()


def states() -> list[tuple[str, str]]:
    """Return where a record can stand on its way to the public."""
    return vocabularies.STATE.choices()


def source_kinds() -> list[tuple[str, str]]:
    """Return what kinds of bodies sources are."""
    return vocabularies.SOURCE_KIND.choices()


def event_kinds() -> list[tuple[str, str]]:
    """Return what kinds of events there are."""
    return vocabularies.EVENT_KIND.choices()


def date_precisions() -> list[tuple[str, str]]:
    """Return how precisely dates can be known."""
    return vocabularies.DATE_PRECISION.choices()


def place_precisions() -> list[tuple[str, str]]:
    """Return how precisely places can be known."""
    return vocabularies.PLACE_PRECISION.choices()


def credibilities() -> list[tuple[str, str]]:
    """Return the scale of information credibility."""
    return vocabularies.CREDIBILITY.choices()


def verdicts() -> list[tuple[str, str]]:
    """Return what the voters of a comparison can say taken together."""
    return vocabularies.VERDICT.choices()


def change_kinds() -> list[tuple[str, str]]:
    """Return what entries of the log can record; the last only in the feed for mirrors."""
    return [*vocabularies.CHANGE_KIND.choices(), ("refreshed", "refreshed")]


def countries() -> list[tuple[str, str]]:
    """Return ISO 3166-1 alpha-2 codes with English short names, by name."""
    return sorted(COUNTRIES.items(), key=lambda item: item[1])


def text_origins() -> list[tuple[str, str]]:
    """Return how a kept text can have come here."""
    return [(str(code), label) for code, label in ORIGIN_LABELS.items()]


def candidate_states() -> list[tuple[str, str]]:
    """Return what can have been decided about a figure read in a text."""
    return [(str(code), label) for code, label in CANDIDATE_STATE_LABELS.items()]


def batch_states() -> list[tuple[str, str]]:
    """Return where an import can stand."""
    return list(BATCH_STATE_LABELS.items())
