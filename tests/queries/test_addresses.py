"""What stands at a public id."""

from __future__ import annotations

import pytest

from claims.models import Claim, Event, Source
from claims.queries.addresses import Moved, NothingThere, Withdrawn, record_at
from claims.services import claims as claim_services
from claims.services import events, reviews, sources
from tests import factories


def test_a_public_record_stands_there_for_one_query(
    db: None, django_assert_num_queries: object
) -> None:
    event = factories.event()

    with django_assert_num_queries(1):
        assert record_at(Event.objects.published(), event.public_id) == event


def test_a_withdrawn_record_says_since_when_and_why(db: None) -> None:
    claim = factories.claim()
    reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="Never said.")

    with pytest.raises(Withdrawn) as gone:
        record_at(Claim.objects.published(), claim.public_id)

    entry = claim.changes.get(kind="withdrawn")
    assert gone.value == Withdrawn("claim", claim.public_id, entry.at, "Never said.")


def test_a_merged_record_leads_to_the_one_that_remains(db: None) -> None:
    chief = factories.user(role="chief")
    first, second, third = (factories.event() for _ in range(3))
    events.merge_events(first, into=second, by=chief, reason="The same.")
    events.merge_events(second, into=third, by=chief, reason="The same again.")

    for public_id in (first.public_id, second.public_id):
        with pytest.raises(Moved) as moved:
            record_at(Event.objects.published(), public_id)
        assert moved.value.public_id == third.public_id


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_never_was_public_does_not_stand_anywhere(db: None, state: str) -> None:
    source = factories.source(state=state)

    with pytest.raises(NothingThere, match=f"There is no source {source.public_id}"):
        record_at(Source.objects.published(), source.public_id)


def test_a_draft_merged_into_another_leads_nowhere(db: None) -> None:
    gone, kept = factories.source(state="draft"), factories.source()
    sources.merge_sources(gone, into=kept, by=factories.user(role="chief"), reason="The same.")

    with pytest.raises(NothingThere):
        record_at(Source.objects.published(), gone.public_id)


def test_a_claim_being_corrected_says_so(db: None) -> None:
    claim = factories.claim(wording="63")
    claim_services.correct_claim(
        claim, by=factories.user(), changes={"wording": "89", "best": 89}, reason="Misread."
    )

    with pytest.raises(NothingThere, match="is being corrected"):
        record_at(Claim.objects.published(), claim.public_id)
