"""Lines that show a chart of an event in somebody else's page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
ORIGIN = "http://127.0.0.1:8000"


def lines_of(page: str) -> str:
    (found,) = re.findall(r'<pre id="embed-[^"]+"[^>]*>(.*?)</pre>', page, re.DOTALL)
    return unescape(found)


@pytest.mark.parametrize("view", ["", "?reading=strict", "?as_of=2023-06-01&reading=strict"])
def test_lines_show_a_picture_of_the_view_that_leads_to_it(client: Client, view: str) -> None:
    claim = factories.claim(wording="63")
    page = client.get(claim.event.get_absolute_url() + view).content.decode()

    lines = lines_of(page)

    (picture,), (target,) = re.findall('src="([^"]+)"', lines), re.findall('href="([^"]+)"', lines)
    chart = client.get(unescape(picture).removeprefix(ORIGIN))
    assert (chart.status_code, chart["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert chart["Cross-Origin-Resource-Policy"] == "cross-origin"
    where = urlsplit(unescape(target).removeprefix(ORIGIN))
    led_to = client.get(f"{where.path}?{where.query}").content.decode()
    assert f'<section class="panel" id="{where.fragment}"' in led_to
    for asked in filter(None, view[1:].split("&")):
        assert asked in where.query
        assert asked in urlsplit(unescape(picture)).query


def test_words_of_a_record_cannot_leave_the_lines(client: Client) -> None:
    event = factories.event(title='Strike"><script>alert(1)</script>')
    page = client.get(factories.claim(event=event).event.get_absolute_url()).content.decode()

    lines = lines_of(page)

    assert "<script>" not in page.partition('<pre id="embed-')[2].partition("</pre>")[0]
    assert "<script>" not in lines
    assert 'alt="Strike&quot;&gt;&lt;script&gt;' in lines


def test_what_draws_nothing_has_no_lines(client: Client) -> None:
    claim = factories.claim(wording="an unknown number")

    assert "embed-" not in client.get(claim.event.get_absolute_url()).content.decode()
