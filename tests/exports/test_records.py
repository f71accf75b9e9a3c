"""Records as rows: what each table says of them, and what none says."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict

from claims.exports import lists as tables
from claims.exports.claims import CLAIMS
from claims.exports.tables import Table
from claims.queries import lists
from claims.queries.lists import Listing
from claims.services import claims as claim_services
from claims.services import reviews
from tests import factories
from tests.exports.reading import read_back


def exported(listing: Listing, table: Table, query: str = "") -> list[dict[str, str]]:
    return read_back(table, listing.every(listing.read(QueryDict(query))))


def test_a_claim_is_a_row_per_citation(db: None) -> None:
    paper = factories.source(name="Paper", kind="news_media")
    original = factories.document(title="Statement", published_on=date(2023, 1, 3))
    claim = factories.claim(wording="about 400", documents=[original])
    factories.citation(
        claim,
        document=factories.document(
            title="Relay", publisher=paper, published_on=date(2023, 1, 31),
            published_on_precision="month", url="https://paper.example/1",
        ),
        wording="four hundred", quote="Some 400", locator="p. 2", via=original,
    )  # fmt: skip

    first, second = exported(lists.CLAIMS, CLAIMS)

    assert list(first) == CLAIMS.header
    assert {(r["claim_key"], r["best"], r["low"]) for r in (first, second)} == {
        (claim.public_id, "400", "")
    }
    assert (first["document"], first["wording"], first["via"]) == ("Statement", "about 400", "")
    assert {
        name: second[name]
        for name in (
            "document", "publisher", "wording", "quote", "locator", "via", "published_on", "url"
        )
    } == {
        "document": "Relay",
        "publisher": "Paper",
        "wording": "four hundred",
        "quote": "Some 400",
        "locator": "p. 2",
        "via": "Statement",
        "published_on": "2023-01",
        "url": "https://paper.example/1",
    }  # fmt: skip


def test_keys_name_claims_and_events_where_there_are_any(db: None) -> None:
    war = factories.event(title="War", key="war", date_end=None)
    event = factories.event(key="strike", parent=war)
    claim = factories.claim(event=event, key="strike/63", wording="63")
    factories.publish(
        claim_services.revise_claim(
            claim, by=factories.user(), changes={"wording": "89"},
            citations=[{"document": factories.document()}],
        )
    )  # fmt: skip

    later, earlier = exported(lists.CLAIMS, CLAIMS, "order=-added")

    assert (earlier["claim_key"], earlier["revises"]) == ("strike/63", "")
    assert (later["claim_key"][:3], later["revises"]) == ("cl_", "strike/63")
    assert (later["event_key"], later["parent"]) == ("strike", "war")


def test_an_event_is_told_with_its_claims(db: None) -> None:
    russia, ukraine = factories.party("Russia"), factories.party("Ukraine")
    event = factories.event(
        title="Strike", aliases=["A", "B"], parties=[russia, ukraine], countries=["UA", "RU"],
        latitude="48.04780", longitude="37.92580",
    )  # fmt: skip
    speaker = factories.source(speaks_for=russia)
    factories.claim(event=event, claimant=speaker, victims_party=russia, victims="combatants")

    (row,) = exported(lists.CLAIMS, CLAIMS)

    assert {name: row[name] for name in ("event_aliases", "country", "parties", "latitude",
            "event_start", "speaks_for", "victims_party", "is_compilation")} == {
        "event_aliases": "A | B",
        "country": "UA | RU",
        "parties": "Russia | Ukraine",
        "latitude": "48.04780",
        "event_start": "2023-01-01",
        "speaks_for": "Russia",
        "victims_party": "Russia",
        "is_compilation": "false",
    }  # fmt: skip


def test_an_event_row_has_its_headline(db: None) -> None:
    event = factories.event(title="Strike")
    for wording in ("89", "about 400"):
        factories.claim(event=event, wording=wording)
    factories.event(title="Quiet", date_start=date(2022, 1, 1))

    strike, quiet = exported(lists.EVENTS, tables.EVENTS)

    assert (strike["id"], strike["claim_count"], strike["headline_verdict"]) == (
        event.public_id, "2", "contradictory",
    )  # fmt: skip
    assert (strike["headline_gap_low"], strike["headline_gap_ratio"]) == ("89", "3.9326")
    assert {value for name, value in quiet.items() if name.startswith("headline_")} == {""}
    assert quiet["claim_count"] == "0"


def test_a_comparison_without_a_gap_has_empty_cells_for_it(db: None) -> None:
    claim = factories.claim(wording="89")

    (row,) = exported(lists.COMPARISONS, tables.COMPARISONS)

    assert row["event_id"] == claim.event.public_id
    assert (row["lowest"], row["verdict"]) == ("89", "single")
    assert [row[f"gap_{name}"] for name in ("low", "high", "absolute", "ratio")] == [""] * 4


def test_sources_and_documents_are_told(db: None) -> None:
    source = factories.source(name="Paper", kind="news_media", url="https://paper.example")
    factories.document(title="", publisher=source, language="")

    (paper,) = exported(lists.SOURCES, tables.SOURCES)
    (document,) = exported(lists.DOCUMENTS, tables.DOCUMENTS)

    assert (paper["name"], paper["is_compilation"], paper["url"]) == (
        "Paper", "false", "https://paper.example",
    )  # fmt: skip
    assert (document["title"], document["publisher"]) == ("Paper, 5 January 2023", "Paper")


def test_the_log_is_told_without_names(db: None) -> None:
    claim = factories.claim()
    reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="Never said.")

    rows = exported(lists.CHANGES, tables.CHANGES)

    assert (rows[0]["kind"], rows[0]["record_id"], rows[0]["reason"]) == (
        "withdrawn", claim.public_id, "Never said.",
    )  # fmt: skip
    assert "by" not in rows[0]


def test_every_chunk_takes_the_same_queries(db: None, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        factories.claim()

    with django_assert_num_queries(4):
        rows = exported(lists.CLAIMS, CLAIMS)

    assert len(rows) == 3
