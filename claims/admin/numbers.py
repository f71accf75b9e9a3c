"""Editors' numbers: how well figures are read, by rule, language and measure.

What people accept as read, mend and reject is how the grammar gets better: a rule whose figures
are rejected is wrong, a field that is always mended is read badly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.admin.actor import actor
from claims.domain.intake import CandidateState
from claims.domain.vocabularies import MEASURE
from claims.models import Candidate
from claims.queries.extraction_numbers import ExtractionNumbers, Fates, extraction_numbers
from claims.services import permissions

COLUMNS = {
    CandidateState.ACCEPTED: "Accepted as read",
    CandidateState.MENDED: "Mended",
    CandidateState.MERGED: "Merged",
    CandidateState.REJECTED: "Rejected",
}
LISTED = 200

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a name, how many of each state, and examples of what went wrong."""

    name: str
    cells: list[tuple[int, int | None]]
    decided: int
    open: int
    examples: list[Candidate]


def urls(protected: Callable[[View], View]) -> list[URLPattern]:
    """Return the address of the page, open to whoever may draft."""
    return [path("intake/numbers/", protected(numbers_view), name="intake_numbers")]


def numbers_view(request: HttpRequest) -> HttpResponse:
    """Show what people made of the figures that were read."""
    if not permissions.has(actor(request), permissions.DRAFTING):
        raise PermissionDenied
    numbers = extraction_numbers()
    context = {
        **admin.site.each_context(request),
        "title": "How well figures are read",
        "columns": list(COLUMNS.values()),
        "whole": _row(numbers.whole, "All"),
        "shares": [
            (name, numbers.whole.number(state), numbers.whole.share(state))
            for state, name in COLUMNS.items()
        ],
        "tables": _tables(numbers),
        "mended": [(_field(name), number) for name, number in numbers.mended_fields],
    }
    return TemplateResponse(request, "admin/intake/numbers.html", context)


def _tables(numbers: ExtractionNumbers) -> list[dict[str, Any]]:
    measures = {term.code: term.label for term in MEASURE.terms}
    lists: tuple[tuple[str, str, list[Fates], dict[str, str]], ...] = (
        ("rule", "By rule", numbers.by_rule, {}),
        ("language", "By language", numbers.by_language, {"": "not yet known"}),
        ("measure", "By measure", numbers.by_measure, measures),
        ("version", "By version of the extraction", numbers.by_version, {}),
    )
    return [
        {
            "kind": kind,
            "title": title,
            "rows": [_row(f, names.get(f.name, f.name)) for f in found[:LISTED]],
            "left_out": max(0, len(found) - LISTED),
            "has_examples": kind == "rule",
        }
        for kind, title, found, names in lists
    ]


def _row(fates: Fates, name: str) -> Row:
    return Row(
        name=name,
        cells=[(fates.number(state), fates.share(state)) for state in COLUMNS],
        decided=fates.decided,
        open=fates.number(CandidateState.OPEN),
        examples=fates.examples,
    )


def _field(name: str) -> str:
    """Return what a field is called at the desk."""
    return name.replace("_", " ").capitalize()
