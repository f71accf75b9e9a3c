"""Who acts: the person logged in at the desk, as the services want to know them."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def actor(request: HttpRequest) -> User:
    """Return the person; the desk's pages are only reached after logging in."""
    return cast("User", request.user)
