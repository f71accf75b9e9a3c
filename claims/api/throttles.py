"""How many requests a client may make, and the headers that say so.

Rates are settings; a client is an address. Searches and exports, which cost more, have rates of
their own beside the common one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework.settings import api_settings
from rest_framework.throttling import AnonRateThrottle, BaseThrottle, ScopedRateThrottle


class CurrentRate:
    """Reads the rate from the settings of this moment, not of the moment of import."""

    scope: str

    def get_rate(self) -> str | None:
        """Return a rate such as 600/min, or ``None`` for no limit."""
        rate = api_settings.DEFAULT_THROTTLE_RATES[self.scope]
        return None if rate is None else str(rate)


class ClientThrottle(CurrentRate, AnonRateThrottle):
    """The common limit of one client."""


class ScopeThrottle(CurrentRate, ScopedRateThrottle):
    """The limit of one client for what a view names as its ``throttle_scope``."""


def rate_headers(throttles: Iterable[BaseThrottle]) -> dict[str, str]:
    """Return the RateLimit headers of the limit that is nearest to being reached."""
    states = [_state(throttle) for throttle in throttles if getattr(throttle, "key", None)]
    if not states:
        return {}
    remaining, limit, reset = min(states)
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(remaining),
        "RateLimit-Reset": str(reset),
    }


def _state(throttle: Any) -> tuple[int, int, int]:
    """Return how many requests remain, of how many, and in how many seconds one comes back."""
    oldest = throttle.history[-1] if throttle.history else throttle.now
    reset = max(0, round(oldest + throttle.duration - throttle.now))
    return max(0, throttle.num_requests - len(throttle.history)), throttle.num_requests, reset
