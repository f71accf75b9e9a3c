"""The hottest reads answered without the framework's ceremony, by its rules all the same.

An ordinary question (GET or HEAD, from somebody who takes JSON) gets limits, parameters, headers
and refusals of the very same functions as everywhere in the API. Everything else, and everybody
who has asked too often, is left to the view itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from claims.api.base import CACHE_CONTROL
from claims.api.errors import problem_handler
from claims.api.throttles import ClientThrottle, rate_headers
from claims.queries.addresses import Moved, NothingThere, Withdrawn
from claims.queries.parameters import BadParameter

Answer = Callable[..., HttpResponse]
_JSON = ("application/json", "application/*", "*/*")


def quickly(answer: Answer, view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Return the view with a quick way for ordinary questions: ``answer``.

    ``answer`` takes the request and the parts of its address and gives the whole answer or raises
    a refusal that ``problem_handler`` knows.
    """

    @wraps(view)
    def quick(request: HttpRequest, **address: str) -> HttpResponseBase:
        throttle = ClientThrottle()
        if not _is_ordinary(request) or not throttle.allow_request(request, None):
            return view(request, **address)
        try:
            response: Any = answer(request, **address)
        except (BadParameter, Moved, NothingThere, Withdrawn) as error:
            response = problem_handler(error, {"request": request, "kwargs": address})
        headers = response.headers
        headers["Allow"] = "GET, HEAD, OPTIONS"
        headers.setdefault("Cache-Control", CACHE_CONTROL)
        for name, value in rate_headers([throttle]).items():
            headers[name] = value
        if request.method == "HEAD":
            headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return quick


def json_body(body: bytes | str, etag: str) -> HttpResponse:
    """Return a whole answer of 200 with its strong entity tag."""
    response = HttpResponse(body, status=HTTPStatus.OK, content_type="application/json")
    response["ETag"] = f'"{etag}"'
    return response


def _is_ordinary(request: HttpRequest) -> bool:
    """Tell whether a request is a plain read by somebody who takes JSON, as nearly all are."""
    accepted = request.headers.get("Accept", "*/*")
    return (
        request.method in ("GET", "HEAD")
        and "q=0" not in accepted
        and any(name in accepted for name in _JSON)
    )
