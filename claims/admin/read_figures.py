"""What a machine read of a claim, beside what a person made of it: for the claim's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.models import Candidate, Claim

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A candidate that became this claim or a citation of it, with what was changed."""

    candidate: Candidate
    changes: list[tuple[str, Any, Any]]


def read_figures(claim_key: int) -> list[ReadFigure]:
    """Return what was read of a claim, the earliest decision first; one SQL query."""
    found = (
        Candidate.objects.filter(claim=claim_key)
        .exclude(state="open")
        .select_related("stored_text__document__publisher", "decided_by")
        .defer("stored_text__text", "stored_text__warc")
        .order_by("decided_at", "pk")
    )
    return [ReadFigure(candidate, changes_of(candidate)) for candidate in found[:MOST_SHOWN]]


def changes_of(candidate: Candidate) -> list[tuple[str, Any, Any]]:
    """Return each field that a person entered otherwise: its name, what was read, what entered."""
    return [
        (_label(name), _shown(read), _shown(entered))
        for name, (read, entered) in candidate.mended_fields.items()
    ]


def _label(name: str) -> str:
    columns = {f.name: f for f in Claim._meta.concrete_fields}
    return str(columns[name].verbose_name) if name in columns else name


def _shown(value: Any) -> Any:
    return "nothing" if value in (None, "") else value
