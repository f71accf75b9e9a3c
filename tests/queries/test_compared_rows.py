"""The quick path of comparisons says what the rows of the tables say, field by field."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.domain.figures import Reading
from claims.models import Citation, Claim, Document, Event
from claims.queries.compared import ComparedEvent
from claims.queries.compared_rows import compared_claims, compared_event, compared_events
from claims.queries.compared_spool import Spool
from claims.queries.comparison_document import as_body, comparisons_document
from claims.queries.comparisons import compare_claims, event_comparisons
from claims.queries.parameters import ComparisonOptions
from claims.queries.stored_comparisons import stored_comparisons
from claims.services import documents
from tests import factories
from tests.queries.rows_of_models import claims_of, facts

DAY = date(2023, 1, 1)
WORDINGS = ("63", "about 400", "at least 25", "up to 90", "hundreds", "none", "between 5 and 70")
OPTIONS = [
    ComparisonOptions(as_of=day, reading=reading, compilations=vote)
    for day in (None, date(2023, 1, 10))
    for reading in Reading
    for vote in (False, True)
]

said = st.fixed_dictionaries(
    {
        "wording": st.sampled_from(WORDINGS),
        "claimant": st.integers(0, 2),
        "document": st.integers(0, 3),
        "day": st.none() | st.integers(0, 20),
        "precision": st.sampled_from(("day", "month", "year", "approximate")),
        "measure": st.sampled_from(("killed", "injured")),
        "party": st.none() | st.integers(0, 1),
        "area": st.sampled_from(("", "one district")),
        "count_basis": st.sampled_from(("all_reported", "identified_by_name")),
    }
)


def published(event: Event, what: dict[str, Any], known: dict[str, list[Any]]) -> None:
    """Publish a claim that a strategy made up, of what is ``known``."""
    day, party = what["day"], what["party"]
    factories.claim(
        event=event,
        wording=what["wording"],
        claimant=known["sources"][what["claimant"]],
        documents=[known["documents"][what["document"]]],
        claimed_on=None if day is None else DAY + timedelta(days=day),
        claimed_on_precision=what["precision"],
        measure=what["measure"],
        victims_party=None if party is None else known["parties"][party],
        area=what["area"],
        count_basis=what["count_basis"],
    )


def an_event() -> tuple[Event, dict[str, list[Any]]]:
    """Return an event of two sides, one of which speaks, and documents of every kind."""
    sides = [factories.party("Ours"), factories.party("Theirs")]
    sources = [
        factories.source(speaks_for=sides[0]),
        factories.source(is_compilation=True),
        factories.source(),
    ]
    papers = [
        factories.document(published_on=None, title=""),
        factories.document(published_on=DAY + timedelta(days=9), publisher=None),
        factories.document(published_on_precision="month", archived_url="https://a.example/1"),
        factories.document(url=""),
    ]
    event = factories.event(title="Бахмут & “co”", parties=sides, date_start=DAY)
    return event, {"parties": sides, "sources": sources, "documents": papers}


class QuickPath(TestCase):
    """Made-up events, read both ways."""

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(said, min_size=1, max_size=5))
    def test_claims_made_up_are_read_and_compared_alike_both_ways(self, claims: Any) -> None:
        event, known = an_event()
        for what in claims:
            published(event, what, known)
        row = Event.objects.get(pk=event.pk)

        quick, slow = compared_claims([event.pk])[event.pk], claims_of(row)

        assert [facts(claim) for claim in quick] == [facts(claim) for claim in slow]
        for options in OPTIONS:
            expected = comparisons_document(compare_claims(ComparedEvent.of(row), slow, options))
            found = comparisons_document(event_comparisons(row, options))
            assert found == expected
        assert stored_comparisons(event.public_id).body == json.dumps(
            comparisons_document(event_comparisons(row)), ensure_ascii=False, separators=(",", ":")
        )


@pytest.mark.django_db
def test_what_is_not_public_is_read_by_neither() -> None:
    event = factories.event()
    hidden = factories.document(state="draft")
    shown = factories.document(title="Shown")
    claim = factories.claim(event=event, documents=[shown])
    factories.claim(event=event, state="draft", documents=[factories.document()])
    Citation.objects.create(claim=claim, document=hidden, state="published")
    Citation.objects.create(claim=claim, document=factories.document(), state="withdrawn")
    Citation.objects.filter(document=shown).update(via=hidden)

    (read,) = compared_claims([event.pk])[event.pk]

    assert [c.document.title for c in read.published_citations] == ["Shown"]
    assert [c.via for c in read.published_citations] == [None]
    assert [facts(read)] == [facts(row) for row in claims_of(event)]


@pytest.mark.django_db
def test_an_event_is_read_alike_by_id_and_with_others() -> None:
    event = factories.event(parties=[factories.party("A"), factories.party("B")])
    draft = factories.event(state="draft")

    by_id = compared_event(event.public_id)

    assert by_id == ComparedEvent.of(Event.objects.get(pk=event.pk))
    assert compared_events([event.pk, draft.pk]) == [by_id]
    assert (compared_event(draft.public_id), compared_events([])) == (None, [])


@pytest.mark.django_db
def test_the_document_of_an_event_changes_its_moment_only_with_its_text() -> None:
    claim = factories.claim()
    paper = Document.objects.get()
    long_ago = claim.created_at - timedelta(days=3)
    claim.event.digest.__class__.objects.update(changed_at=long_ago)

    documents.edit_document(paper, by=factories.user(), changes={"note": "for us"})
    untouched = stored_comparisons(claim.event.public_id)
    paper.refresh_from_db()
    documents.edit_document(paper, by=factories.user(), changes={"title": "Another title"})
    changed = stored_comparisons(claim.event.public_id)

    assert untouched.changed_at == long_ago
    assert changed.changed_at is None
    assert (changed.body, changed.etag) == as_body(
        comparisons_document(event_comparisons(Event.objects.get()))
    )
    assert Claim.objects.count() == 1


@pytest.mark.django_db
def test_spooled_event_is_read_with_every_date_it_has() -> None:
    event = factories.event(date_start=DAY, date_end=DAY + timedelta(days=3))
    printed = factories.document(published_on=DAY + timedelta(days=5))
    relayed = factories.document(published_on=DAY + timedelta(days=4))
    bare = {"claimed_on": None, "as_of": None, "period_start": None, "period_end": None}
    dated = {name: DAY + timedelta(days=n) for n, name in enumerate(bare, start=1)}
    compilation = factories.source(is_compilation=True)
    factories.claim(event=event, claimant=compilation, documents=[printed], **dated)
    factories.claim(event=event, documents=[factories.document(published_on=None)], **bare)
    Citation.objects.filter(document=printed).update(via=relayed)

    with Spool(f"SELECT id FROM claims_event WHERE id = {event.pk}") as spool:
        ((read, claims),) = spool.read()

    assert read == ComparedEvent.of(Event.objects.get(pk=event.pk))
    assert [facts(claim) for claim in claims] == [facts(claim) for claim in claims_of(event)]
    assert [claim.claimant.is_compilation for claim in claims] == [True, False]
