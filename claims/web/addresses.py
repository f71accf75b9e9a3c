"""Addresses of pages that never change, looked up once; those of records are in ``compared``."""

from __future__ import annotations

from functools import cache

from django.urls import reverse


@cache
def page_address(name: str, *args: str) -> str:
    """Return the address of a page by its name; ``args`` from a closed list, such as a format."""
    return reverse(name, args=args)
