"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def claim(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Answer 404 until the page is there."""
    raise Http404
