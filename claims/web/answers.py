"""Answers that every public page gives alike: refused parameters, withdrawn and merged records."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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


def gone(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Answer 410 with a tombstone: the record was withdrawn, and its text with it."""
    return render(
        request, "web/gone.html", {"kind": kind, "public_id": public_id}, status=HTTPStatus.GONE
    )
