"""What every answer of the API has: limits, entity tags, dates, one shape of refusal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from claims.api.throttles import ClientThrottle, ScopeThrottle, rate_headers
from claims.queries.freshness import Freshness

# Readers may keep an answer but ask each time whether it still holds: corrections show at once.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class ApiView(APIView):
    """A view that reads: GET and HEAD, with entity tag and rate limit headers."""

    http_method_names: Sequence[str] = ("get", "head", "options")
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)
    throttle_classes: Sequence[type[BaseThrottle]] = (ClientThrottle, ScopeThrottle)

    def get_throttles(self) -> list[BaseThrottle]:
        """Return the limits of this request, kept so that the answer can tell what is left."""
        self.throttles = super().get_throttles()
        return self.throttles

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer which methods there are."""
        return HttpResponse(status=204)

    def finalize_response(
        self,
        request: Request,
        response: Any,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Add the headers that every answer has."""
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in rate_headers(getattr(self, "throttles", ())).items():
            response[name] = value
        if "Cache-Control" not in response:
            response["Cache-Control"] = CACHE_CONTROL
        if isinstance(response, Response):
            response.add_post_render_callback(tagged)
        if request.method == "HEAD" and not response.streaming:
            _without_body(response)
        return response


def json_answer(body: dict[str, Any], freshness: Freshness | None = None) -> Response:
    """Return an answer of 200, dated where it is known when anything was last edited."""
    response = Response(body)
    dated(response, freshness)
    return response


def dated(response: HttpResponseBase, freshness: Freshness | None) -> None:
    """Set Last-Modified where the time of the last edit is known."""
    if freshness and freshness.modified:
        response["Last-Modified"] = http_date(freshness.modified.timestamp())


def tagged(response: HttpResponse) -> None:
    """Set the entity tag of a whole answer from its bytes."""
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def _without_body(response: Any) -> None:
    """Leave the headers of an answer to HEAD, its length included, and drop the body."""

    def drop(response: HttpResponse) -> None:
        response["Content-Length"] = str(len(response.content))
        response.content = b""

    if isinstance(response, Response):
        response.add_post_render_callback(drop)
    else:
        drop(response)
