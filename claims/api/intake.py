"""Documents sent in by editors' scripts: the one address of the API that writes.

It takes a token and nothing else: no cookie is read, so no page elsewhere can use the login of an
editor who happens to look at it, and browsers on other sites are not told that they may post.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import intake_shapes, shapes
from claims.api.base import ApiView
from claims.api.bodies import LARGEST_BODY, Key, a_date, an_address, raw_body, read_body
from claims.api.errors import problem
from claims.api.intake_records import arrived_record
from claims.api.schema import ERRORS, PROBLEM
from claims.api.throttles import ScopeThrottle
from claims.domain.intake import LONGEST_TEXT, Origin
from claims.intake.arrivals import Arrival, arrival_of_page, take_arrival
from claims.intake.reading_apart import LARGEST_PAGE
from claims.models.kept_answer import LONGEST_KEY
from claims.queries.parameters import BadParameter, check_known
from claims.queries.read_candidates import read_candidates
from claims.services import permissions
from claims.services.kept_answers import Answered, KeyUsedAlready, answer_once
from claims.services.refusals import NotAllowed, Refused

KEYS = (
    Key("text", LONGEST_TEXT),
    Key("html", LARGEST_PAGE),
    Key("title", 500),
    Key("publisher", 250),
    Key("author", 250),
    Key("published_on", 10, a_date),
    Key("language", 8),
    Key("url", 1000, an_address),
)
HEADER = "Idempotency-Key"

_EXAMPLE = OpenApiExample(
    "A text",
    request_only=True,
    value={
        "text": "At least 25 people were killed in Ardena on Friday, the hospital said.",
        "title": "Shelling of Ardena",
        "publisher": "The Harbour Post",
        "published_on": "2023-03-05",
        "url": "https://harbour-post.example/ardena",
    },
)
_PROBLEMS = {
    401: "No token, or one that does not hold.",
    403: "The person may not draft.",
    405: "Only POST and OPTIONS.",
    413: f"More than {LARGEST_BODY:,} bytes.",
    415: "Another type than application/json.",
    422: "The document cannot be taken, or the key was used for another body.",
}
_RESPONSES = {
    200: OpenApiResponse(intake_shapes.Arrived, "The text was there already."),
    201: OpenApiResponse(intake_shapes.Arrived, "The text is kept and read."),
    **ERRORS,
    **{(s, PROBLEM): OpenApiResponse(shapes.Problem, said) for s, said in _PROBLEMS.items()},
}


class MayDraft(BasePermission):
    """Whoever may draft records at the desk may send documents in."""

    message = "Your role does not allow you to draft records. Ask a chief for a role at the desk."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the person of the token may."""
        user = cast("User", request.user)
        return bool(user.is_staff) and permissions.has(user, permissions.DRAFTING)


@extend_schema_view(
    post=extend_schema(
        operation_id="take_document",
        request=intake_shapes.Arrival,
        examples=[_EXAMPLE],
        parameters=[
            OpenApiParameter(
                HEADER,
                {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
                OpenApiParameter.HEADER,
                description="Your name for this request. The same key with the same body, within "
                "a day, gets the same answer and does nothing twice.",
            )
        ],
        responses=_RESPONSES,
    )
)
class Intake(ApiView):
    """Take a document in: its text is kept for editors and read for figures.

    What was read are candidates, not claims: a person accepts, mends or rejects them at the desk,
    and another one publishes. The same text, or the same web address, leads to the document that
    is there already.
    """

    http_method_names = ("post", "options")
    authentication_classes = (TokenAuthentication,)
    permission_classes = (MayDraft,)
    throttle_classes = (ScopeThrottle,)
    throttle_scope = "intake"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say that an address has no such method before asking who wants to know."""
        if (request.method or "").lower() not in self.http_method_names:
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)

    def post(self, request: Request) -> HttpResponseBase:
        """Keep and read the document, or answer again what was answered before."""
        check_known(request.GET, ())
        raw = raw_body(request._request)
        sent = read_body(raw, KEYS)
        key = _key(request)
        try:
            answered = _answered(cast("User", request.user), key, raw, sent)
        except Refused as refusal:
            return _refused(request, refusal)
        response = Response(answered.body, status=answered.status)
        response["Location"] = request.build_absolute_uri(answered.body["text"]["page"])
        if key:
            response["Idempotency-Replayed"] = "true" if answered.is_repeated else "false"
        return response

    def finalize_response(self, request: Request, response: Any, *a: Any, **k: Any) -> Any:
        """Let nobody keep an answer that only editors may see."""
        response["Cache-Control"] = "no-store"
        return super().finalize_response(request, response, *a, **k)


def _key(request: Request) -> str:
    key = request.headers.get(HEADER, "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise BadParameter(
            HEADER, f"“{HEADER}” has at most {LONGEST_KEY} printable characters, got {len(key)}."
        )
    return key


def _answered(by: User, key: str, raw: bytes, sent: dict[str, Any]) -> Answered:
    """Return what taking the document says, once for every key."""
    arrival = _arrival(sent)

    def take() -> tuple[int, dict[str, Any]]:
        arrived = take_arrival(arrival, by=by)
        found = read_candidates(arrived.stored)
        body = arrived_record(arrived.document, arrived.stored, found, is_new=arrived.is_new)
        return (201 if arrived.is_new else 200), body

    if not key:
        return Answered(*take(), is_repeated=False)
    return answer_once(by=by, key=key, digest=hashlib.sha256(raw).hexdigest(), answer=take)


def _arrival(sent: dict[str, Any]) -> Arrival:
    """Return the document that was sent; what the script says stands before what a page says."""
    text, page = sent["text"], sent["html"]
    if bool(text.strip()) == bool(page.strip()):
        raise BadParameter(
            "text",
            "Expected one of “text” and “html”, got " + ("both." if text.strip() else "neither."),
        )
    known = {name: value for name, value in sent.items() if value and name not in {"text", "html"}}
    if page:
        return replace(arrival_of_page(page, origin=Origin.HTML), **known)
    return Arrival(text=text, **known)


def _refused(request: Request, refusal: Refused) -> HttpResponse:
    status = 403 if isinstance(refusal, NotAllowed) else 422
    more = {"parameter": HEADER} if isinstance(refusal, KeyUsedAlready) else {}
    return problem(request, status, str(refusal), **more)
