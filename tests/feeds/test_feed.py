"""The feed for mirrors: its shape, its cursor, its cost, and what it keeps to itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Change
from claims.services import claims, documents, events, parties, reviews, sources
from tests import factories
from tests.feeds.mirror import Mirror

pytestmark = pytest.mark.django_db
FEED = "/api/v1/changes/"
QUERIES = 8


def ask(client: Client, since: str = "", **params: str) -> Any:
    return client.get(FEED, {"since": since, **params})


def entries(client: Client, since: str = "") -> list[tuple[str, str, bool]]:
    found = ask(client, since).json()["results"]
    return [(e["kind"], e["record_id"], e["record"] is not None) for e in found]


def newest(client: Client) -> str:
    return str(Change.objects.latest("id").pk) if Change.objects.exists() else ""


def test_an_entry_holds_what_was_done_and_the_record_as_its_list_shows_it(client: Client) -> None:
    claim = factories.claim(wording="63")
    last = ask(client).json()["results"][-1]
    (listed,) = client.get("/api/v1/claims/").json()["results"]

    assert last == {
        "cursor": newest(client),
        "at": last["at"],
        "kind": "added",
        "record_kind": "claim",
        "record_id": claim.public_id,
        "target_id": None,
        "reason": "",
        "fields": [],
        "record": {**listed, "key": None},
    }


def test_the_event_of_a_claim_comes_along_with_its_comparisons(client: Client) -> None:
    event = factories.event()
    cursor = newest(client)
    factories.claim(event=event, wording="63")

    (beside,) = ask(client, cursor).json()["also"]

    assert beside["record_id"] == event.public_id
    assert beside["record"]["claim_count"] == 1
    assert [c["lowest"] for c in beside["record"]["comparisons"]] == [63]


def test_next_is_always_given_and_goes_on_from_the_last_entry(client: Client) -> None:
    factories.claim()
    page = ask(client, page_size="2").json()

    assert page["next"].endswith(f"/changes/?since={page['results'][-1]['cursor']}&page_size=2")
    cursor = newest(client)
    assert ask(client, cursor).json() == {
        "results": [],
        "also": [],
        "next": f"http://testserver{FEED}?since={cursor}",
    }


def test_an_empty_tracker_gives_an_empty_feed_that_can_be_asked_again(client: Client) -> None:
    assert ask(client).json() == {
        "results": [],
        "also": [],
        "next": f"http://testserver{FEED}?since=",
    }


@pytest.mark.parametrize(
    ("params", "at_fault"),
    [
        pytest.param({"since": "x"}, "since", id="no cursor"),
        pytest.param({"since": "-1"}, "since", id="before the beginning"),
        pytest.param({"since": "٣"}, "since", id="a digit of another script"),
        pytest.param({"since": "9" * 30}, "since", id="too long"),
        pytest.param({"since": "999999999"}, "since", id="beyond the newest entry"),
        pytest.param({"since": "", "kind": "added"}, "kind", id="narrowed: a mirror needs all"),
        pytest.param({"since": "", "page_size": "1001"}, "page_size", id="too large a page"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: Client, params: dict[str, str], at_fault: str
) -> None:
    factories.claim()

    answer = client.get(FEED, params)

    assert (answer.status_code, answer.json()["parameter"]) == (400, at_fault)


def test_a_claim_that_leaves_for_a_new_review_is_dropped_without_a_word(client: Client) -> None:
    claim = factories.claim(wording="63")
    cursor = newest(client)

    claims.correct_claim(
        claim, by=factories.user(), changes={"wording": "89"}, reason="Misread in secret"
    )

    assert entries(client, cursor) == [("refreshed", claim.public_id, False)]
    assert "secret" not in ask(client, cursor).content.decode()
    assert client.get(FEED).json()["results"][0]["kind"] == "added"


def test_a_withdrawn_claim_is_a_tombstone_with_its_reason(client: Client) -> None:
    claim = factories.claim()
    cursor = newest(client)

    reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="Never said.")

    (entry,) = ask(client, cursor).json()["results"]
    assert (entry["kind"], entry["record"], entry["reason"]) == ("withdrawn", None, "Never said.")


def test_a_merged_event_says_into_which_and_its_claims_follow(client: Client) -> None:
    gone, kept = factories.event(), factories.event()
    claim = factories.claim(event=gone)
    cursor = newest(client)

    events.merge_events(gone, into=kept, by=factories.user(role="chief"), reason="The same")

    assert entries(client, cursor) == [
        ("merged", gone.public_id, False),
        ("refreshed", claim.public_id, True),
    ]
    page = ask(client, cursor).json()
    assert page["results"][0]["target_id"] == kept.public_id
    assert [a["record_id"] for a in page["also"]] == [kept.public_id]


def test_an_earlier_claim_comes_along_with_what_revises_it(client: Client) -> None:
    first = factories.claim(wording="63")
    cursor = newest(client)

    later = factories.publish(
        claims.revise_claim(
            first,
            by=factories.user(),
            changes={"wording": "89"},
            citations=[{"document": factories.document()}],
        )
    )

    mirror = Mirror()
    mirror.next = f"{FEED}?since={cursor}"
    mirror.follow(client)
    assert mirror.records[first.public_id]["revised_by"] == later.public_id


def test_whatever_shows_a_renamed_party_follows(client: Client) -> None:
    side = factories.party("Ruritania")
    source = factories.source(speaks_for=side)
    event = factories.event(parties=[side])
    claim = factories.claim(event=event, claimant=source, victims_party=side)
    other = factories.event(parties=[side])
    factories.claim()
    cursor = newest(client)

    parties.edit_party(side, by=factories.user(role="chief"), changes={"name": "Graustark"})

    assert set(entries(client, cursor)) == {
        ("refreshed", source.public_id, True),
        ("refreshed", claim.public_id, True),
        ("refreshed", other.public_id, True),
    }
    assert "Ruritania" not in ask(client, cursor).content.decode()
    assert [a["record_id"] for a in ask(client, cursor).json()["also"]] == [event.public_id]


def test_whatever_shows_a_renamed_publisher_follows(client: Client) -> None:
    paper = factories.source(name="The Daily")
    document = factories.document(publisher=paper)
    claim = factories.claim(documents=[document])
    cursor = newest(client)

    sources.edit_source(paper, by=factories.user(), changes={"name": "The Weekly"})

    assert entries(client, cursor) == [
        ("corrected", paper.public_id, True),
        ("refreshed", claim.public_id, True),
        ("refreshed", document.public_id, True),
    ]


def test_a_claim_follows_the_publisher_of_what_it_was_got_from(client: Client) -> None:
    wire = factories.source(name="The Wire")
    claim = factories.claim()
    factories.citation(claim, via=factories.document(publisher=wire))
    cursor = newest(client)

    sources.edit_source(wire, by=factories.user(), changes={"name": "The Cable"})

    assert ("refreshed", claim.public_id, True) in entries(client, cursor)


def test_claims_follow_the_parties_of_their_event(client: Client) -> None:
    ours, theirs = factories.party("Ruritania"), factories.party("Graustark")
    event = factories.event(parties=[theirs])
    speaker = factories.source(speaks_for=ours)
    claim = factories.claim(event=event, claimant=speaker, victims_party=theirs)
    cursor = newest(client)

    events.edit_event(event, by=factories.user(), changes={"parties": [ours, theirs]})

    (page,) = [e for e in ask(client, cursor).json()["results"] if e["record_kind"] == "claim"]
    assert (page["record_id"], page["record"]["claimant"]["stance"]) == (
        claim.public_id,
        "enemy_losses",
    )


def test_what_is_shown_nowhere_else_does_not_bring_everything_along(client: Client) -> None:
    document = factories.document()
    factories.claim(documents=[document])
    cursor = newest(client)

    documents.edit_document(document, by=factories.user(), changes={"language": "uk"})

    assert entries(client, cursor) == [("corrected", document.public_id, True)]


def test_a_note_for_editors_leaves_no_entry(client: Client) -> None:
    source = factories.source()
    cursor = newest(client)

    sources.edit_source(source, by=factories.user(), changes={"note": "Ask again"})

    assert entries(client, cursor) == []


def test_people_are_not_told_what_only_mirrors_need(client: Client) -> None:
    event = factories.event()
    events.edit_event(event, by=factories.user(), changes={"key": "strike/1"})

    assert entries(client)[-1] == ("refreshed", event.public_id, True)
    for address in ("/api/v1/changes/", "/api/v1/changes.csv", "/changes/"):
        answer = client.get(address)
        text = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert "refreshed" not in text, address


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_queries_whatever_its_size(client: Client, number: int) -> None:
    for _ in range(number):
        claim = factories.claim(victims_party=factories.party())
        factories.publish(
            claims.revise_claim(
                claim,
                by=factories.user(),
                changes={"wording": "89"},
                citations=[{"document": factories.document(), "via": factories.document()}],
            )
        )

    with CaptureQueriesContext(connection) as queries:
        assert ask(client, page_size="1000").status_code == 200

    assert len(queries) == QUERIES
