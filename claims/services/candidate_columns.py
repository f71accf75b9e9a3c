"""The columns of a claim and its citation as a candidate has them, and what a person changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from claims.models import Candidate, Event, Party
from claims.services.claims import FIGURE

OF_CLAIM = (
    "wording",
    "qualifier",
    "low",
    "best",
    "high",
    "measure",
    "victims",
    "victims_wording",
    "count_basis",
    "claimed_on",
    "claimed_on_precision",
    "period_start",
)
"""Fields of a claim that are read by machine."""

OF_CITATION = frozenset({"quote", "locator"})
PARTY = "victims_party"
_READ = frozenset({*OF_CLAIM, *OF_CITATION}) - {"claimed_on_precision"}


def read_columns(held: Candidate) -> dict[str, Any]:
    """Return what was read, by the field that a person can change."""
    found = {name: getattr(held, name) for name in OF_CLAIM}
    return found | {"quote": held.sentence, "locator": held.locator}


def split(
    held: Candidate, entered: Mapping[str, Any], event: Event
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of the claim and of its citation, as entered where entered."""
    read = {name: getattr(held, name) for name in OF_CLAIM}
    if "period_start" not in entered and _is_the_event_itself(held, event):
        read["period_start"] = None
    if "wording" in entered and FIGURE.isdisjoint(set(entered) - {"wording"}):
        read |= {"qualifier": "", "low": None, "best": None, "high": None}
    columns = read | {name: value for name, value in entered.items() if name not in OF_CITATION}
    return columns, citation_columns(held, entered)


def citation_columns(held: Candidate, entered: Mapping[str, Any]) -> dict[str, Any]:
    """Return document, wording, quote and locator of the citation."""
    return {
        "document": held.stored_text.document,
        "wording": entered.get("wording", held.wording),
        "quote": entered.get("quote", held.sentence),
        "locator": entered.get("locator", held.locator),
    }


def mended_fields(held: Candidate, entered: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return by field what was read and what was entered, where the two differ.

    A party is mended against the text's word for it.
    """
    read = read_columns(held)
    found = {
        name: [_plain(read[name]), _plain(value)]
        for name, value in entered.items()
        if name in _READ and _plain(read[name]) != _plain(value)
    }
    if PARTY in entered:
        found[PARTY] = [held.victims_party_words, _plain(entered[PARTY])]
    return found


def _is_the_event_itself(held: Candidate, event: Event) -> bool:
    """Tell whether the period read starts where the event does: then it is no other scope."""
    period = held.period
    return (
        period is not None
        and event.date_start is not None
        and period.first <= event.date_start <= period.last
    )


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it; nothing and empty text are the same."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Party):
        return value.name
    return " ".join(value.split()) if isinstance(value, str) else value
