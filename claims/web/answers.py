"""Answers that every public page gives alike: refused parameters, withdrawn and merged records."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from claims.domain.public_ids import PREFIXES
from claims.queries.addresses import Moved, NothingThere, Withdrawn
from claims.queries.compared import address
from claims.queries.parameters import BadParameter

View = Callable[..., HttpResponse]


def refuses_bad_parameters(view: View) -> View:
    """Make a view answer ``BadParameter`` with a page that says which one and leads on."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadParameter as error:
            return bad_parameter(request, error)

    return answered


def bad_parameter(request: HttpRequest, error: BadParameter) -> HttpResponse:
    """Answer 400: which parameter, what was expected, and this address without it."""
    rest = request.GET.copy()
    rest.pop(error.name, None)
    address = f"{request.path}?{rest.urlencode()}" if rest else request.path
    return render(
        request,
        "web/bad_parameter.html",
        {"error": error, "address_without": address, "address_plain": request.path},
        status=HTTPStatus.BAD_REQUEST,
    )


def says_where_records_went(view: View) -> View:
    """Make a view answer for a record that moved, was withdrawn or was never public."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(address_of(moved.public_id))
        except Withdrawn as withdrawn:
            return gone(request, withdrawn)
        except NothingThere as nothing:
            return nothing_there(request, nothing)

    return answered


def address_of(public_id: str) -> str:
    """Return where a record is shown, by its public id alone."""
    kind = next(k for k, prefix in PREFIXES.items() if public_id.startswith(f"{prefix}_"))
    return address(kind, public_id)


def gone(request: HttpRequest, withdrawn: Withdrawn) -> HttpResponse:
    """Answer 410 with a tombstone: the record was withdrawn, and its text with it."""
    return render(request, "web/gone.html", {"withdrawn": withdrawn}, status=HTTPStatus.GONE)


def nothing_there(request: HttpRequest, nothing: NothingThere) -> HttpResponse:
    """Answer 404 with the sentence that says what is not there, or not just now."""
    return render(request, "404.html", {"sentence": str(nothing)}, status=HTTPStatus.NOT_FOUND)
