"""Jinja as the pages with long tables use it: escaped, strict, and without circles."""

from __future__ import annotations

import gc

import pytest
from django.template import engines
from django.test import Client
from jinja2 import UndefinedError

from claims.queries.compared import ComparedClaim
from claims.web.jinja import paragraphs
from tests import factories


def test_names_that_a_template_misspells_are_errors() -> None:
    template = engines["jinja2"].from_string("{{ evnt.title }}")

    with pytest.raises(UndefinedError, match="evnt"):
        template.render({"event": "x"})


def test_text_is_escaped_and_markup_of_ours_is_not() -> None:
    template = engines["jinja2"].from_string('{{ text }} {{ verdict("single") }}')

    written = template.render({"text": "<b>"})

    assert written.startswith("&lt;b&gt; <span")


def test_paragraphs_are_of_text_alone() -> None:
    assert paragraphs("One <b>.\n\nTwo.") == "<p>One &lt;b&gt;.</p>\n\n<p>Two.</p>"


@pytest.mark.django_db
def test_event_page_is_freed_without_a_search_for_garbage(client: Client) -> None:
    claim = factories.claim()
    factories.claim(event=claim.event, claimant=claim.claimant, wording="30", revises=claim)
    address = claim.event.get_absolute_url()
    client.get(address)
    gc.collect()

    gc.disable()
    try:
        client.get(address)
        left = [one for one in gc.get_objects() if type(one) is ComparedClaim]
    finally:
        gc.enable()

    assert left == []
