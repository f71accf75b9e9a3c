"""The page on methods: definitions, tables and rules, printed from the domain that applies them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.domain import vocabularies
from claims.domain.figures import LARGEST_NUMBER
from claims.domain.review import REVIEWED_FIELDS
from claims.models import Claim
from claims.queries.parameters import check_known
from claims.web import worked_examples
from claims.web.answers import refuses_bad_parameters


@require_safe
@refuses_bad_parameters
def methods(request: HttpRequest) -> HttpResponse:
    """Show how words become bounds and bounds become verdicts; asks the database nothing."""
    check_known(request.GET, ())
    first_days = settings.FIRST_DAYS
    verdicts = worked_examples.verdict_examples(first_days)
    return render(
        request,
        "web/methods.html",
        {
            "wordings": worked_examples.wording_rules(),
            "roundings": worked_examples.rounding_examples(),
            "partial_bases": [
                term for term in vocabularies.COUNT_BASIS if term.code in vocabularies.PARTIAL_BASES
            ],
            "relations": vocabularies.RELATION,
            "pairs": worked_examples.pair_examples(first_days),
            "verdicts": [(term, verdicts.get(term.code)) for term in vocabularies.VERDICT],
            "agreements": worked_examples.agreement_examples(),
            "moves": worked_examples.review_moves(),
            "reviewed_fields": [field_name(name) for name in sorted(REVIEWED_FIELDS)],
            "vocabularies": vocabularies.ALL,
            "first_days": first_days,
            "largest_number": LARGEST_NUMBER,
            "is_one_person_desk": settings.ONE_PERSON_DESK,
        },
    )


def field_name(name: str) -> str:
    """Return what editors call a column of a claim."""
    return str(Claim._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
