"""How many requests a client may make, and the headers that say so.

Rates are settings; a client is an address. Searches and exports, which cost more, have rates of
their own beside the common one.

A limit is kept as one moment a client: when all that it has asked for so far would be worked off
at the rate of the limit (the generic cell rate algorithm, ITU-T I.371). One read and one write of
the cache, however high the rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle


class Limit(SimpleRateThrottle):
    """A number of requests in a stretch of time, at once or one after the other."""

    scope: str
    num_requests: Any
    duration: Any
    key: str | None = None

    def get_rate(self) -> str | None:
        """Return a rate such as 600/min, or ``None`` for no limit: that of this moment."""
        rate = api_settings.DEFAULT_THROTTLE_RATES[self.scope]
        return None if rate is None else str(rate)

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        """Return the name under which the client's moment is kept."""
        return f"limit:{self.scope}:{self.get_ident(request)}"

    def allow_request(self, request: Any, view: Any) -> bool:
        """Count a request; tell whether it is within the limit."""
        if self.rate is None:
            return True
        self.key = self.get_cache_key(request, view)
        self.now = self.timer()
        self.busy_until = max(self.cache.get(self.key, 0.0), self.now)
        each = self.duration / self.num_requests
        # The slack takes care of sums of fractions that miss a whole number by a hair.
        if self.busy_until + each - self.now > self.duration + each / 1000:
            return False
        self.busy_until += each
        self.cache.set(self.key, self.busy_until, self.duration)
        return True

    def wait(self) -> float:
        """Return in how many seconds one request is free again."""
        each = self.duration / self.num_requests
        return max(0.0, self.busy_until + each - self.now - self.duration)

    def state(self) -> tuple[int, int, int]:
        """Return how many requests remain, of how many, and in how many seconds all are free."""
        busy = self.busy_until - self.now
        taken = ceil(busy * self.num_requests / self.duration - 1 / 1000)
        return max(0, self.num_requests - taken), self.num_requests, ceil(busy)


class ClientThrottle(Limit):
    """The common limit of one client."""

    scope = "anon"


class ScopeThrottle(Limit):
    """The limit of one client for what a view names as its ``throttle_scope``."""

    def __init__(self) -> None:
        """The view is known only when it is asked."""

    def allow_request(self, request: Any, view: Any) -> bool:
        """Count a request to a view that has a limit of its own."""
        scope = getattr(view, "throttle_scope", None)
        if not scope:
            return True
        self.scope = scope
        self.rate = self.get_rate()
        if self.rate is not None:
            self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        """Return a name for an editor who sent a key, wherever they are, else for the address."""
        if request.user and request.user.is_authenticated:
            return f"limit:{self.scope}:user:{request.user.pk}"
        return super().get_cache_key(request, view)


def rate_headers(throttles: Iterable[BaseThrottle]) -> dict[str, str]:
    """Return the RateLimit headers of the limit that is nearest to being reached."""
    states = [
        throttle.state() for throttle in throttles if isinstance(throttle, Limit) and throttle.key
    ]
    if not states:
        return {}
    remaining, limit, reset = min(states)
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(remaining),
        "RateLimit-Reset": str(reset),
    }
