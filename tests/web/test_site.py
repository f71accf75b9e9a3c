"""What machines ask of the site, and pages for what is not there or has failed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.core.exceptions import BadRequest
from django.test import Client, RequestFactory

from claims.queries import site_map
from tests import factories
from tracker import failures

SECRET = "quokka"


def located(client: Client, address: str) -> list[str]:
    """Return the addresses in one file of the map, without the host."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    found = re.findall("<loc>(.*?)</loc>", answer.content.decode())
    assert all(one.startswith("http://127.0.0.1:8000/") for one in found)
    return [one.removeprefix("http://127.0.0.1:8000") for one in found]


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in answer.content.decode()


def test_map_leads_to_every_public_record_and_page(db: None, client: Client) -> None:
    claim = factories.claim()
    document = claim.citations.get().document

    files = located(client, "/sitemap.xml")
    found = {address for file in files for address in located(client, file)}

    assert found == {
        "/",
        "/events/",
        "/sources/",
        "/changes/",
        "/data/",
        "/methods/",
        "/about/",
        claim.event.get_absolute_url(),
        claim.get_absolute_url(),
        claim.claimant.get_absolute_url(),
        document.get_absolute_url(),
        document.publisher.get_absolute_url(),
    }
    assert all(client.get(address).status_code == 200 for address in found)


def test_map_holds_nothing_that_is_not_public(db: None, client: Client) -> None:
    draft = factories.claim(state="draft", event=factories.event(title=SECRET, state="draft"))
    factories.claim(state="withdrawn")

    maps = "".join(client.get(file).content.decode() for file in located(client, "/sitemap.xml"))

    assert SECRET not in maps
    assert draft.public_id not in maps
    assert "/claims/cl_" not in maps


def test_map_is_cut_into_stretches_of_keys(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_map, "STRETCH", 2)
    own = [factories.event() for _ in range(3)]

    files = [file for file in located(client, "/sitemap.xml") if "events" in file]
    stretches = [located(client, file) for file in files]

    assert [one for stretch in stretches for one in stretch] == [e.get_absolute_url() for e in own]
    assert all(len(stretch) <= 2 for stretch in stretches)
    assert client.get(f"/sitemap-events-{len(files) + 1}.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_map_takes_the_same_queries_for_any_number_of_records(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    for _ in range(count):
        factories.claim()

    with django_assert_num_queries(4):
        client.get("/sitemap.xml")
    for section, number in dict(site_map.stretches()).items():  # the last one of each
        with django_assert_num_queries(1):
            assert client.get(f"/sitemap-{section}-{number}.xml").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/nowhere/", id="no page"),
        pytest.param("/events/ev_0000000000/", id="no event"),
        pytest.param("/sources/so_0000000000-any/", id="no source"),
        pytest.param("/claims/cl_0000000000/", id="no claim"),
        pytest.param("/documents/do_0000000000/", id="no document"),
    ],
)
def test_404_helps_on(db: None, client: Client, address: str) -> None:
    answer = client.get(address)

    html = answer.content.decode()
    assert answer.status_code == 404
    assert re.search("<h1>(There is nothing|Nothing public is) at this address</h1>", html)
    assert 'action="/events/"' in html
    assert 'content="noindex"' in html


def test_500_helps_on_without_database_or_context(settings: object) -> None:
    # Without the database fixture any query fails the test.
    answer = failures.server_error(RequestFactory().get("/events/"))

    html = answer.content.decode()
    assert answer.status_code == 500
    assert "<h1>This page failed</h1>" in html
    assert 'href="/events/"' in html


def test_400_helps_on_without_database_or_context() -> None:
    answer = failures.bad_request(RequestFactory().get("/events/"), BadRequest("no"))

    html = answer.content.decode()
    assert answer.status_code == 400
    assert "<h1>This request could not be understood</h1>" in html


@pytest.mark.parametrize("address", ["/events/", "/admin/login/"])
def test_a_form_without_its_token_gets_a_page_of_ours(address: str) -> None:
    # Without the database fixture any query fails the test.
    answer = Client(enforce_csrf_checks=True).post(address, {"username": "x"})

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>This form was not accepted</h1>" in html
    assert "<style" not in html
    assert "Content-Security-Policy" in answer


PAGES = ["/", "/events/", "/sources/", "/changes/", "/data/", "/methods/", "/about/"]


def every_kind_of_page() -> list[str]:
    """Return an address of each kind of page of ours, with something on it."""
    claim = factories.claim()
    document = claim.citations.get().document
    records = (claim, claim.claimant, document)
    return [*PAGES, *(record.get_absolute_url() for record in records)]


def test_every_page_says_what_it_is_to_machines_and_readers(db: None, client: Client) -> None:
    titles = {}
    for address in every_kind_of_page():
        html = client.get(address).content.decode()
        titles[address] = re.search("<title>(.*?)</title>", html)[1]
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in html
        assert re.search('<meta name="description" content="[^"]{40,400}">', html), address
        assert html.count("<h1") == 1
        assert levels_rise_one_by_one(html), address

    assert len(set(titles.values())) == len(titles)


def levels_rise_one_by_one(html: str) -> bool:
    """Tell whether no heading skips a level."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    return levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


def test_every_page_is_small_sets_no_cookie_and_needs_no_script(db: None, client: Client) -> None:
    for address in every_kind_of_page():
        answer = client.get(address)
        assert len(answer.content) < 100_000
        assert not answer.cookies
        assert "style=" not in answer.content.decode()
        # A block of data is no script: no browser runs it.
        assert not re.search(
            r'<script(?! src=| type="application/ld\+json">)', answer.content.decode()
        )


def test_every_page_answers_head_and_refuses_to_be_written_to(db: None, client: Client) -> None:
    for address in [*every_kind_of_page(), "/robots.txt", "/sitemap.xml"]:
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


def test_every_page_refuses_a_parameter_it_does_not_know(db: None, client: Client) -> None:
    for address in every_kind_of_page():
        answer = client.get(f"{address}?utm=1")
        assert answer.status_code == 400
        assert "<code>utm</code>" in answer.content.decode()
