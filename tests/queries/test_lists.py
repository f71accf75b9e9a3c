"""The public lists: what they bring along, at which cost, and what never gets in."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from claims.models import Claim
from claims.queries import lists
from claims.queries.lists import Listing
from claims.services import citations, events, reviews, sources
from claims.services import claims as claim_services
from tests import factories

ALL = [
    pytest.param(lists.EVENTS, 3, id="events: places, rows, parties"),
    pytest.param(lists.COMPARISONS, 2, id="comparisons: places, rows"),
    pytest.param(lists.CLAIMS, 4, id="claims: places, rows, parties, citations"),
    pytest.param(lists.SOURCES, 1, id="sources: rows"),
    pytest.param(lists.DOCUMENTS, 1, id="documents: rows"),
    pytest.param(lists.CHANGES, 1, id="changes: rows"),
]


def everything_shown(listing: Listing) -> list[object]:
    """Read one page and touch all that is shown of its rows."""
    rows = listing.page(QueryDict("")).rows
    for row in rows:
        match row:
            case Claim():
                assert row.published_citations
                assert row.revised_by_id is None
                assert row.claimant.speaks_for is None
                assert list(row.event.parties.all()) == []
            case _ if listing is lists.EVENTS:
                assert row.digest.headline.victims_party is None
                assert row.parent is None
                assert list(row.parties.all()) == []
            case _ if listing is lists.COMPARISONS:
                assert row.event.title
            case _ if listing is lists.DOCUMENTS:
                assert row.publisher.name
            case _ if listing is lists.CHANGES:
                assert row.event is None or row.event.title
    return rows


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("listing", "queries"), ALL)
def test_a_page_takes_the_same_queries_for_any_number_of_rows(
    db: None, django_assert_num_queries: object, listing: Listing, queries: int, count: int
) -> None:
    for _ in range(count):
        factories.claim()

    with django_assert_num_queries(queries):
        rows = everything_shown(listing)

    assert len(rows) >= count


def test_what_is_not_public_is_in_no_list(db: None) -> None:
    factories.claim(state="draft")
    factories.claim(state="submitted")
    factories.claim(state="rejected")
    for state in ("draft", "withdrawn"):
        factories.event(state=state)
        factories.source(state=state)
        factories.document(state=state, publisher=None)

    found = {
        listing.name: listing.page(QueryDict("")).rows
        for listing in (
            lists.EVENTS, lists.COMPARISONS, lists.CLAIMS, lists.SOURCES, lists.DOCUMENTS,
        )
    }  # fmt: skip

    assert found == {
        "events": [], "comparisons": [], "claims": [], "sources": [], "documents": []
    }  # fmt: skip


def test_a_claim_brings_its_public_citations_only(db: None) -> None:
    claim = factories.claim(documents=[factories.document(title="Kept")])
    taken_back = factories.citation(claim, document=factories.document(title="Taken back"))
    citations.withdraw_citation(taken_back, by=factories.user(role="chief"), reason="Not there.")

    (shown,) = lists.CLAIMS.page(QueryDict("")).rows

    assert [citation.document.title for citation in shown.published_citations] == ["Kept"]


def test_a_claim_brings_the_public_claim_that_revises_it_only(db: None) -> None:
    editor = factories.user()
    earlier = factories.claim(wording="63")
    later = claim_services.revise_claim(
        earlier,
        by=editor,
        changes={"wording": "89", "claimed_on": date(2023, 1, 4)},
        citations=[{"document": factories.document()}],
    )

    before = lists.CLAIMS.page(QueryDict("order=claimed_on")).rows
    factories.publish(later)
    after = lists.CLAIMS.page(QueryDict("order=-added")).rows

    assert [row.revised_by_id for row in before] == [None]
    assert [row.revised_by_id for row in after] == [None, later.public_id]


def test_the_log_holds_no_entry_about_what_never_was_public(db: None) -> None:
    factories.claim(state="draft")

    assert lists.CHANGES.page(QueryDict("")).rows == []


def fields_shown() -> list[tuple[str, str, bool]]:
    rows = lists.CHANGES.page(QueryDict("")).rows
    return [(row.record_kind, row.kind, bool(row.fields_are_public)) for row in rows if row.fields]


def test_the_log_shows_fields_only_while_their_record_is_public(db: None) -> None:
    chief, editor = factories.user(role="chief"), factories.user()
    claim = factories.claim(wording="63")
    event, source = claim.event, factories.source()
    claim_services.correct_claim(
        claim, by=editor, changes={"area": "the barracks"}, reason="Read again."
    )
    events.edit_event(event, by=editor, changes={"place": "Makeevka"}, reason="As printed.")
    sources.edit_source(source, by=editor, changes={"kind": "military"}, reason="It is one.")

    before = fields_shown()
    reviews.withdraw_claim(claim, by=chief, reason="Not said.")
    events.withdraw_event(event, by=chief, reason="Never happened.")
    sources.withdraw_source(source, by=chief, reason="Does not exist.")

    assert before == [
        ("source", "corrected", True),
        ("event", "corrected", True),
        ("claim", "corrected", True),
    ]
    assert fields_shown() == [
        ("source", "corrected", False),
        ("event", "corrected", False),
        ("claim", "corrected", False),
    ]


def test_the_log_keeps_back_the_words_of_a_withdrawn_citation(db: None) -> None:
    chief, editor = factories.user(role="chief"), factories.user()
    claim = factories.claim(documents=[factories.document()])
    cited = factories.citation(claim, document=factories.document(), quote="Then.")
    citations.edit_citation(cited, by=editor, changes={"quote": "Now."}, reason="As printed.")

    before = fields_shown()
    cited.refresh_from_db()
    citations.withdraw_citation(cited, by=chief, reason="Not there.")

    assert before == [("citation", "corrected", True)]
    assert fields_shown() == [("citation", "corrected", False)]
