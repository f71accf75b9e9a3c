"""Whoever goes round the services is found out."""

import pytest

from claims.models import Citation, Claim, Document, Event, Source
from claims.services import claims
from claims.services.candidates import accept_candidate
from claims.services.integrity import problems
from tests import factories

pytestmark = pytest.mark.django_db


def force(record: object, **columns: object) -> None:
    """Write straight to the table, past every rule of the services."""
    type(record).objects.filter(pk=record.pk).update(**columns)


def test_nothing_is_wrong_where_everything_went_through_the_services() -> None:
    earlier = factories.claim()
    later = claims.revise_claim(earlier, by=factories.user(), changes={"wording": "89"})
    factories.citation(later)
    factories.publish(later)
    accept_candidate(
        factories.candidate(), by=factories.user(), event=later.event, claimant=later.claimant
    )

    assert problems() == []


def test_events_in_a_circle() -> None:
    one = factories.event(state="draft")
    two = factories.event(state="draft", parent=one)
    factories.event(state="draft", parent=two)
    force(one, parent=two)

    assert problems() == [f"The event {one.pk} is part of itself by way of others."]


def test_claims_in_a_circle() -> None:
    one = factories.claim(state="draft")
    two = claims.revise_claim(one, by=factories.user(), changes={"wording": "2"})
    force(one, revises=two)

    assert problems() == [f"The claim {one.pk} is a revision of itself by way of others."]


def test_revision_of_another_claimant() -> None:
    one = factories.claim(state="draft")
    two = claims.revise_claim(one, by=factories.user(), changes={"wording": "2"})
    force(two, claimant=factories.source(state="draft"))

    assert problems() == [
        f"The claim {two.public_id} revises one of another claimant, event or question."
    ]


def test_public_claim_without_a_public_document() -> None:
    claim = factories.claim()
    force(Citation.objects.get(), state="draft")

    assert (
        f"The public claim {claim.public_id} has no public document that carries it." in problems()
    )


def test_public_claim_on_an_event_and_claimant_that_are_not() -> None:
    claim = factories.claim()
    force(claim.event, state="draft")
    force(claim.claimant, state="draft")

    found = problems()

    assert f"The event of public claim {claim.public_id} is not public." in found
    assert f"The claimant of public claim {claim.public_id} is not public." in found


def test_public_document_of_a_publisher_that_is_not() -> None:
    document = factories.document()
    force(document.publisher, state="draft")

    assert f"The publisher of public document {document.public_id} is not public." in problems()


@pytest.mark.parametrize("model", [Event, Source, Document, Claim])
def test_record_merged_in_two_steps(model: type) -> None:
    make = getattr(factories, model.__name__.lower())
    one, two, three = (make(state="draft") for _ in range(3))
    force(two, merged_into=three, state="withdrawn")
    force(one, merged_into=two, state="withdrawn")

    assert problems() == [
        f"{one.public_id} was merged into a record that was itself merged elsewhere."
    ]


def test_text_that_is_not_what_was_read() -> None:
    candidate = factories.candidate()
    text = candidate.stored_text
    force(text, text="Short.")

    assert problems() == [
        f"The kept text {text.pk} is not the one whose SHA-256 was kept.",
        f"The figure {candidate.pk} read in a text points beyond its end.",
    ]


def test_figure_cited_from_another_document() -> None:
    candidate = factories.candidate()
    accept_candidate(
        candidate, by=factories.user(), event=factories.event(), claimant=factories.source()
    )
    force(candidate.stored_text, document=factories.document())

    assert problems() == [
        f"The figure {candidate.pk} read in a text is cited from another document."
    ]
