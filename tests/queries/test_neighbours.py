"""What stands around one public record."""

from __future__ import annotations

from datetime import date

from claims.models import Claim
from claims.queries import neighbours
from claims.services import claims as claim_services
from claims.services import reviews
from tests import factories


def revised(claim: Claim, number: int) -> Claim:
    later = claim_services.revise_claim(
        claim,
        by=factories.user(),
        changes={"wording": str(number), "claimed_on": date(2023, 1, 5)},
        citations=[{"document": factories.document()}],
    )
    return factories.publish(later)


def test_the_chain_of_a_claim_is_the_same_from_each_of_its_links(db: None) -> None:
    first = factories.claim(wording="10")
    second = revised(first, 22)
    third = revised(second, 25)
    factories.claim(event=first.event, claimant=first.claimant, wording="7", measure="injured")

    chains = [neighbours.chain_of(claim) for claim in (first, second, third)]

    assert chains == [[first, second, third]] * 3


def test_the_chain_ends_where_a_claim_is_not_public(db: None) -> None:
    first = factories.claim(wording="10")
    second = revised(first, 22)
    third = revised(second, 25)
    reviews.withdraw_claim(second, by=factories.user(role="chief"), reason="Never said.")

    assert neighbours.chain_of(third) == [third]
    assert neighbours.chain_of(first) == [first]


def test_claims_that_revise_each_other_in_a_circle_end(db: None) -> None:
    first = factories.claim(wording="10")
    second = revised(first, 22)
    Claim.objects.filter(pk=first.pk).update(revises=second)
    first.refresh_from_db()

    assert set(neighbours.chain_of(first)) == {first, second}


def test_the_parts_of_an_event_are_public_ones_by_date(db: None) -> None:
    war = factories.event(date_end=None)
    later = factories.event(parent=war, date_start=date(2023, 2, 1))
    earlier = factories.event(parent=war, date_start=date(2023, 1, 2))
    factories.event(parent=war, state="draft")

    assert list(neighbours.children_of(war)) == [earlier, later]


def test_the_citations_of_a_document_are_those_of_public_claims(db: None) -> None:
    document = factories.document()
    public = factories.claim(documents=[document])
    factories.claim(documents=[document], state="draft")
    withdrawn = factories.claim(documents=[document])
    reviews.withdraw_claim(withdrawn, by=factories.user(role="chief"), reason="Never said.")

    assert [c.claim for c in neighbours.citations_of(document)] == [public]
