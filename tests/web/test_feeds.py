"""Atom feeds: held to RFC 4287, careful in their words, the same bytes while nothing changes."""

from __future__ import annotations

from datetime import date, datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from claims.models import Change
from claims.services import claims, events, reviews
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CHANGES = "/feeds/changes.atom"


def feed(client: Client, address: str = CHANGES, **params: str) -> ET.Element:
    answer = client.get(address, params)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = fromstring(answer.content)
    check_rfc_4287(root)
    return root


def check_rfc_4287(root: ET.Element) -> None:
    """Hold a feed to what sections 4.1.1 and 4.1.2 of the RFC ask of feeds and entries."""
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{ATOM}{name}")
            assert only.text, name
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") != "self"]
        assert [link.get("rel") for link in alternates] == ["alternate"]
        assert (alternates[0].get("href") or "").startswith("http")
        assert element.findtext(f"{ATOM}id", "").startswith("tag:127.0.0.1,2026:")
        for published in element.findall(f"{ATOM}published"):
            datetime.fromisoformat(published.text or "")
        assert len(element.findall(f"{ATOM}summary")) <= 1
        for category in element.findall(f"{ATOM}category"):
            assert category.get("term")
    (self_link,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert (self_link.get("href") or "").startswith("http")
    (author,) = root.findall(f"{ATOM}author")
    assert author.findtext(f"{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_text_that_looks_like_markup_stays_text(client: Client) -> None:
    claim = factories.claim()
    reviews.withdraw_claim(
        claim, by=factories.user(role="chief"), reason="Fewer: 5 < 7 & <img src=x onerror=alert(1)>"
    )

    entry = feed(client).find(f"{ATOM}entry")

    assert entry is not None
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert unescape(summary.text or "") == ("Reason: Fewer: 5 < 7 & <img src=x onerror=alert(1)>")
    assert "<" not in (summary.text or "")


def titles(root: ET.Element) -> list[str]:
    return [e.findtext(f"{ATOM}title", "") for e in root.findall(f"{ATOM}entry")]


def summaries(root: ET.Element) -> list[str]:
    return [e.findtext(f"{ATOM}summary", "") for e in root.findall(f"{ATOM}entry")]


@pytest.fixture
def ministry() -> Any:
    return factories.source(name="Ministry of Health")


def test_a_revision_says_who_said_what_and_what_earlier(client: Client, ministry: Any) -> None:
    first = factories.claim(
        claimant=ministry, wording="63", event=factories.event(title="Strike on the bridge")
    )
    factories.publish(
        claims.revise_claim(
            first,
            by=factories.user(),
            changes={"wording": "89", "claimed_on": date(2023, 1, 9)},
            citations=[{"document": factories.document()}],
        )
    )

    root = feed(client)

    assert titles(root)[:1] == ["Ministry of Health: 89 killed (earlier 63)"]
    assert summaries(root)[0].startswith("The Ministry of Health said on 9 January 2023 that 89")
    assert "On the event “Strike on the bridge”." in summaries(root)[0]


def test_other_entries_say_what_was_done(client: Client, ministry: Any) -> None:
    chief = factories.user(role="chief")
    kept = factories.claim(claimant=ministry, wording="at least 400 dead", best=None)
    gone = factories.claim(claimant=ministry, wording="63")
    claims.correct_claim(
        kept, by=chief, changes={"victims_wording": "soldiers"}, reason="Misprint of ours"
    )
    reviews.withdraw_claim(gone, by=chief, reason="Never said.")

    root = feed(client)

    assert titles(root)[:2] == [
        f"Withdrawn: a claim {gone.public_id} (not public now)",
        "Corrected: Ministry of Health: “at least 400 dead” (killed)",
    ]
    assert summaries(root)[0] == "Reason: Never said."
    assert "victims, as worded: not given → soldiers." in summaries(root)[1]
    assert "63" not in "".join(titles(root))


def test_ids_stay_and_an_unchanged_feed_is_the_same_bytes(client: Client) -> None:
    factories.claim()

    first = client.get(CHANGES)
    again = client.get(CHANGES, headers={"if-none-match": first.headers["ETag"]})
    since = client.get(CHANGES, headers={"if-modified-since": first.headers["Last-Modified"]})

    newest = Change.objects.told().latest("id").pk
    assert f"tag:127.0.0.1,2026:change:{newest}</id>" in first.content.decode()
    assert client.get(CHANGES).content == first.content
    assert (again.status_code, since.status_code) == (304, 304)


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    root = feed(client)

    assert titles(root) == []
    assert root.findtext(f"{ATOM}updated") == "2000-01-01T00:00:00+00:00"


def test_the_feed_of_an_event_holds_its_own_entries_only(client: Client) -> None:
    claim = factories.claim(wording="63")
    factories.claim(wording="4141")

    root = feed(client, f"/events/{claim.event.public_id}/feed.atom")

    assert root.findtext(f"{ATOM}title") == claim.event.title
    assert (
        titles(root)
        == [
            f"{claim.claimant.name}: 63 killed",
            f"Added: event “{claim.event.title}”",
        ][: len(titles(root))]
    )


def test_the_feed_of_a_source_holds_its_claims(client: Client, ministry: Any) -> None:
    factories.claim(claimant=ministry, wording="63")
    factories.claim(wording="4141")

    root = feed(client, f"/sources/{ministry.public_id}/feed.atom")

    assert titles(root) == ["Ministry of Health: 63 killed"]


def test_a_feed_follows_the_filter_of_the_list(client: Client, ministry: Any) -> None:
    there = factories.event(title="Brücke", countries=["DE"])
    factories.claim(event=there, claimant=ministry, wording="63")
    factories.claim(wording="4141")

    for params in ({"country": "DE"}, {"q": "brucke"}, {"source": ministry.public_id}):
        root = feed(client, "/feeds/events.atom", **params)
        assert titles(root) == ["Ministry of Health: 63 killed"], params
    assert len(titles(feed(client, "/feeds/events.atom"))) == 2
    assert titles(feed(client, CHANGES, kind="withdrawn")) == []
    assert titles(feed(client, CHANGES, event=there.public_id)) == ["Ministry of Health: 63 killed"]


@pytest.mark.parametrize(
    ("address", "params"),
    [
        (CHANGES, {"kind": "nonsense"}),
        (CHANGES, {"country": "UA"}),
        ("/feeds/events.atom", {"order": "-date"}),
        ("/feeds/events.atom", {"q": "\x00"}),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: Client, address: str, params: dict[str, str]
) -> None:
    assert client.get(address, params).status_code == 400


def test_feeds_of_what_moved_or_went_say_so(client: Client) -> None:
    chief = factories.user(role="chief")
    gone, kept, withdrawn = (factories.event() for _ in range(3))
    events.merge_events(gone, into=kept, by=chief, reason="The same")
    events.withdraw_event(withdrawn, by=chief, reason="It did not happen")

    moved = client.get(f"/events/{gone.public_id}/feed.atom")

    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        f"/events/{kept.public_id}/feed.atom",
    )
    assert client.get(f"/events/{withdrawn.public_id}/feed.atom").status_code == 410
    assert client.get("/events/ev_0000000000/feed.atom").status_code == 404


def test_text_that_would_break_the_feed_does_not(client: Client) -> None:
    factories.event(title="A <b>bold</b> & “quoted” \u202e title \U0001f480")
    Change.objects.update(reason="\ufffe]]>")

    feed(client)


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_costs_the_same_queries_whatever_there_is(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    event = factories.event()
    for _ in range(number):
        factories.claim(event=event)

    with django_assert_num_queries(2):
        client.get(f"/events/{event.public_id}/feed.atom")
    with django_assert_num_queries(1):
        client.get("/feeds/events.atom?country=UA")


def test_pages_name_their_feeds(client: Client, ministry: Any) -> None:
    event = factories.claim(claimant=ministry).event

    for page, address in (
        ("/", CHANGES),
        ("/changes/?kind=added", f"{CHANGES}?kind=added"),
        ("/events/?country=UA&order=date", "/feeds/events.atom?country=UA"),
        (event.get_absolute_url(), f"/events/{event.public_id}/feed.atom"),
        (ministry.get_absolute_url(), f"/sources/{ministry.public_id}/feed.atom"),
    ):
        found = client.get(page).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" href="{address}"' in found, page
        assert client.get(address).status_code == 200
