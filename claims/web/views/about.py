"""The page about the tracker: what it is, who may use it how, how to reach its editors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.queries.parameters import check_known
from claims.web.answers import refuses_bad_parameters


@require_safe
@refuses_bad_parameters
def about(request: HttpRequest) -> HttpResponse:
    """Show purpose, licence, contact and how to report an error; asks the database nothing."""
    check_known(request.GET, ())
    return render(request, "web/about.html")
