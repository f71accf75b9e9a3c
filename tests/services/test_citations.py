"""Documents that carry a claim: added, mended, taken back; public with the claim."""

import pytest
from django.contrib.auth.models import User

from claims.models import Change, Comparison
from claims.services import citations, comparisons
from claims.services.refusals import Incomplete, NotAllowed, ReasonNeeded, StaleVersion, WrongState
from tests import factories

pytestmark = pytest.mark.django_db


def test_citation_of_a_draft_is_a_draft_without_a_public_trace(contributor: User) -> None:
    claim = factories.claim(state="draft", by=contributor)

    citation = citations.add_citation(
        claim, by=contributor, document=factories.document(state="draft"), wording="four hundred"
    )

    assert (citation.state, citation.document.state) == ("draft", "draft")
    assert Change.objects.told().count() == 0


def test_citation_of_a_public_claim_is_public_with_its_document(editor: User) -> None:
    claim = factories.claim()
    document = factories.document(state="draft")

    citation = citations.add_citation(claim, by=editor, document=document, reason="Found it")

    assert citation.state == "published"
    assert list(
        Change.objects.told()
        .order_by("id")
        .values_list("kind", "record_kind", "record_id", "target_id")
    )[-3:] == [
        ("added", "source", document.publisher.public_id, ""),
        ("added", "document", document.public_id, ""),
        ("added", "citation", claim.public_id, document.public_id),
    ]
    assert Comparison.objects.get().citation_count == 2
    assert comparisons.differences() == []


def test_citation_added_to_a_public_claim_by_a_contributor_is_refused(contributor: User) -> None:
    with pytest.raises(NotAllowed):
        citations.add_citation(factories.claim(), by=contributor, document=factories.document())


def test_same_document_at_the_same_place_twice_is_refused(editor: User) -> None:
    claim = factories.claim()
    document = claim.citations.get().document

    with pytest.raises(Incomplete, match="already cited for this claim there"):
        citations.add_citation(claim, by=editor, document=document)


def test_citation_got_from_its_own_document_is_refused(editor: User) -> None:
    document = factories.document()

    with pytest.raises(Incomplete, match="cannot have got a claim from itself"):
        citations.add_citation(factories.claim(), by=editor, document=document, via=document)


def test_mended_citation_of_a_public_claim_is_logged(editor: User) -> None:
    citation = factories.claim().citations.get()

    citations.edit_citation(
        citation, by=editor, changes={"quote": "25 were killed"}, reason="Quote was missing"
    )

    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.record_kind, entry.reason, entry.fields) == (
        "corrected",
        "citation",
        "Quote was missing",
        [{"field": "quote", "before": "", "after": "25 were killed"}],
    )
    assert comparisons.differences() == []


def test_document_exchanged_in_a_public_citation_becomes_public(editor: User) -> None:
    citation = factories.claim().citations.get()
    document = factories.document(state="draft")

    held = citations.edit_citation(citation, by=editor, changes={"document": document})

    assert held.document.state == "published"
    assert comparisons.differences() == []


def test_stale_edit_of_a_citation_is_refused(editor: User) -> None:
    citation = factories.claim().citations.get()
    citations.edit_citation(citation, by=editor, changes={"locator": "p. 1"})

    with pytest.raises(StaleVersion):
        citations.edit_citation(
            citation, by=editor, changes={"locator": "p. 2"}, expected_version=citation.version - 1
        )


def test_withdrawn_citation_leaves_the_comparison(editor: User) -> None:
    claim = factories.claim()
    citation = factories.citation(claim)

    citations.withdraw_citation(citation, by=editor, reason="Says something else")

    assert Comparison.objects.get().citation_count == 1
    assert Change.objects.told().latest("id").kind == "withdrawn"
    with pytest.raises(WrongState, match="withdrawn"):
        citations.edit_citation(citation, by=editor, changes={"locator": "p. 2"})
    assert comparisons.differences() == []


def test_only_citation_of_a_public_claim_cannot_be_withdrawn(editor: User) -> None:
    citation = factories.claim().citations.get()

    with pytest.raises(WrongState, match="only document that carries a public claim"):
        citations.withdraw_citation(citation, by=editor, reason="Wrong")


def test_withdrawing_in_public_needs_a_reason(editor: User) -> None:
    citation = factories.citation(factories.claim())

    with pytest.raises(ReasonNeeded):
        citations.withdraw_citation(citation, by=editor, reason="")
