"""Text made fit for a page, remembered where it recurs: names of claimants, labels of ours."""

from __future__ import annotations

from functools import lru_cache
from html import escape


@lru_cache(maxsize=4096)
def recurring(text: str) -> str:
    """Return text without markup, for words that stand on a page again and again."""
    return escape(text)
