"""Everything that can go wrong in the API, in one shape: problem+json after RFC 9457."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from claims.exports.formats.format import FormatNotInstalled, TooManyRows
from claims.queries.addresses import Moved, NothingThere, Withdrawn
from claims.queries.parameters import BadParameter

CONTENT_TYPE = "application/problem+json"


def problem(request: Request, status: int, detail: str, **more: Any) -> HttpResponse:
    """Return an error; ``more`` are members beyond those of the RFC, such as ``parameter``."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "instance": request.get_full_path(),
        **more,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE
    )
    # An error is of this moment: a record may be published, a mistake in an address mended.
    response["Cache-Control"] = "no-cache"
    return response


def problem_handler(error: Exception, context: dict[str, Any]) -> HttpResponseBase | None:
    """Return the answer to a refusal; ``None`` for a fault of ours, which is then raised.

    Faults, and a database that does not answer, get the same shape in ``tracker.failures``.
    """
    request = context["request"]
    match error:
        case BadParameter():
            return problem(request, HTTPStatus.BAD_REQUEST, error.message, parameter=error.name)
        case NothingThere():
            return problem(request, HTTPStatus.NOT_FOUND, str(error))
        case Http404():
            return problem(request, HTTPStatus.NOT_FOUND, f"There is nothing at {request.path}.")
        case FormatNotInstalled():
            return problem(request, HTTPStatus.NOT_IMPLEMENTED, str(error))
        case TooManyRows():
            return problem(request, HTTPStatus.BAD_REQUEST, str(error))
        case Withdrawn():
            return gone(request, error)
        case Moved():
            return moved(request, context, error)
        case APIException():
            return refused(request, error)
    return None


def gone(request: Request, error: Withdrawn) -> HttpResponse:
    """Answer 410 with the tombstone of a withdrawn record: that and when, never what it said."""
    return problem(
        request,
        HTTPStatus.GONE,
        f"The {error.kind} {error.public_id} was withdrawn.",
        id=error.public_id,
        state="withdrawn",
        since=error.since.isoformat().replace("+00:00", "Z"),
        reason=error.reason,
    )


def moved(request: Request, context: dict[str, Any], error: Moved) -> HttpResponseBase:
    """Send the reader to the record that this one was merged into, for ever."""
    old = context["kwargs"]["public_id"]
    address = request.get_full_path().replace(old, error.public_id, 1)
    return HttpResponsePermanentRedirect(address)


def refused(request: Request, error: APIException) -> HttpResponse:
    """Answer what the framework refuses: method, media type, too many requests."""
    detail = str(error.detail)
    response = problem(request, error.status_code, detail)
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(max(1, math.ceil(wait)))
    if scheme := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = scheme
    return response
