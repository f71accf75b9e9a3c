"""What tests of pages share: reading an answer as people and machines see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def text_of(html: str) -> str:
    """Return the words of a page's main part, with single spaces."""
    main = re.search(r"<main\b.*?</main>", html, re.DOTALL)
    found = unescape(_TAGS.sub(" ", main[0] if main else html))
    return re.sub(r" ([.,;:?)])", r"\1", " ".join(found.split()))


@pytest.fixture
def words_at(db: None, client: Client) -> Callable[[str], str]:
    """Return a function that opens an address, expects a page, and returns its words."""

    def read(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return text_of(answer.content.decode())

    return read
