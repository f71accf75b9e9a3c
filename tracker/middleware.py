"""What happens to a request before and after every view."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tracker.failures import database_down, is_database_down

logger = logging.getLogger(__name__)


class DatabaseDownMiddleware:
    """Turns a database that does not answer into 503 with Retry-After instead of 500.

    Django hands exceptions of views to ``process_exception``. Those of other middlewares (the
    session, the user) become responses before they get here; ``failures.server_error`` sees them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let every request through; only a view's exception is our business."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that could not reach the database; leave other faults alone."""
        if not is_database_down(error):
            return None
        logger.error("Database down at %s: %s", request.path, str(error).strip())
        return database_down(request)
