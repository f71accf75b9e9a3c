"""The page of one claim: the figure as worded and as bounds, what carries it, what became of it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.domain.figures import Reading
from claims.models import Claim
from claims.queries.claim_page import claim_page
from claims.queries.parameters import check_known
from claims.web.answers import refuses_bad_parameters, says_where_records_went
from claims.web.citations_text import Cited
from claims.web.claim_sentence import claim_sentence
from claims.web.json_ld import block, claim_node
from claims.web.log_entries import log_entries
from claims.web.worked_examples import in_words


@require_safe
@refuses_bad_parameters
@says_where_records_went
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one public claim."""
    check_known(request.GET, ())
    page = claim_page(public_id)
    figure = page.claim.figure
    sentence = claim_sentence(page.claim)
    return render(
        request,
        "web/claim.html",
        {
            "page": page,
            "claim": page.claim,
            "sentence": sentence,
            "plain": in_words(figure.bounds(Reading.PLAIN)),
            "strict": in_words(figure.bounds(Reading.STRICT)),
            "entries": log_entries(page.changes),
            "cited": _cited(page.claim, sentence),
            "json_ld": block(claim_node(page.claim, page.citations)),
        },
    )


def _cited(claim: Claim, sentence: str) -> Cited:
    return Cited(
        title=sentence.rstrip("."),
        public_id=claim.public_id,
        site=settings.SITE_NAME,
        view="",
        address=f"{settings.SITE_URL}{claim.get_absolute_url()}",
        read_on=timezone.now().date(),
    )
