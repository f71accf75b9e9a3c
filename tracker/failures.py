"""Answers for requests that failed outside every view: problem+json for the API, pages elsewhere.

The API's own refusals are made in claims.api; these are the ones that never get there, such as
an address that does not exist or a database that does not answer.
"""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults

RETRY_AFTER_SECONDS = 30

# No template, no style sheet, no query: it has to work while everything else does not.
DATABASE_DOWN_PAGE = """<!doctype html>
<html lang="en-gb">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Out of reach for a moment</title></head>
<body><main>
<h1>Out of reach for a moment</h1>
<p>The database does not answer just now. Nothing has been lost: the claims are kept there, and
this page will work again as soon as it is back.</p>
<p>Please try again in half a minute.</p>
</main></body>
</html>
"""


def is_database_down(error: BaseException | None) -> bool:
    """Tell whether ``error`` means that the database is out of reach or overloaded for now.

    SQLite reports a missing table or column under the same class; that is our mistake, waiting
    does not mend it, and it stays a 500.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return not str(error).startswith(("no such table", "no such column", "near "))


def database_down(request: HttpRequest) -> HttpResponse:
    """Answer 503 and say when to come back, without asking the database anything."""
    response: HttpResponse
    if is_api(request):
        response = problem(
            request, HTTPStatus.SERVICE_UNAVAILABLE, "The database does not answer just now."
        )
    else:
        response = HttpResponse(DATABASE_DOWN_PAGE, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to a request that Django itself refuses."""
    if is_api(request):
        return problem(request, HTTPStatus.BAD_REQUEST, "The request could not be understood.")
    return defaults.bad_request(request, exception)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that came without the token of its page; why is for the log alone."""
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: there is nothing at this address."""
    if is_api(request):
        return problem(request, HTTPStatus.NOT_FOUND, f"There is nothing at {request.path}.")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where a middleware met a database that does not answer."""
    if is_database_down(sys.exc_info()[1]):
        return database_down(request)
    if is_api(request):
        return problem(
            request,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "The tracker failed here; the fault is recorded.",
        )
    return defaults.server_error(request)


def is_api(request: HttpRequest) -> bool:
    """Tell whether the client asked the API and so expects JSON."""
    return request.path_info.startswith("/api/")


def problem(request: HttpRequest, status: HTTPStatus, detail: str) -> JsonResponse:
    """Return an error in the shape of RFC 9457."""
    return JsonResponse(
        {
            "type": "about:blank",
            "title": status.phrase,
            "status": status.value,
            "detail": detail,
            "instance": request.get_full_path(),
        },
        status=status.value,
        content_type="application/problem+json",
    )
