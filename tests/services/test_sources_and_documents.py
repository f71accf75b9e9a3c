"""Sources, documents and parties: created, mended wherever they are shown, withdrawn, merged."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.models import Change, Citation, Claim, Document, Event, EventDigest, Source, SourceWord
from claims.services import comparisons, documents, parties, sources
from claims.services.refusals import Incomplete, NotAllowed, StaleVersion, WrongState
from tests import factories
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db


def body(claim: Claim) -> str:
    return EventDigest.objects.get(event=claim.event).comparisons_json


def test_source_is_created_as_a_draft_found_by_its_words(contributor: User) -> None:
    source = sources.create_source(by=contributor, name="Ministry of Health", aliases=["MoH"])

    assert (source.state, source.created_by) == ("draft", contributor)
    assert set(SourceWord.objects.values_list("word", flat=True)) == {
        "ministry",
        "of",
        "health",
        "moh",
    }


def test_second_source_of_one_name_is_refused(contributor: User) -> None:
    factories.source(name="Ministry of Health")

    with pytest.raises(Incomplete, match="already a source of this name"):
        sources.create_source(by=contributor, name="Ministry of Health")


def test_new_name_of_a_source_shows_where_it_claims_and_publishes(editor: User) -> None:
    claim = factories.claim()
    publisher = claim.citations.get().document.publisher

    sources.edit_source(claim.claimant, by=editor, changes={"name": "New claimant"}, reason="x")
    sources.edit_source(publisher, by=editor, changes={"name": "New publisher"}, reason="x")

    assert '"name":"New claimant"' in body(claim)
    assert '"publisher":"New publisher"' in body(claim)
    assert comparisons.differences() == []


def test_source_turned_compilation_no_longer_votes(editor: User) -> None:
    claim = factories.claim()

    sources.edit_source(claim.claimant, by=editor, changes={"is_compilation": True})

    assert claim.event.comparisons.get().claimant_count == 0
    assert comparisons.differences() == []


def test_source_that_public_records_rest_on_cannot_be_withdrawn(chief: User) -> None:
    claim = factories.claim()

    with pytest.raises(WrongState, match="Withdraw those first"):
        sources.withdraw_source(claim.claimant, by=chief, reason="No such body")


def test_source_that_nothing_rests_on_can_be_withdrawn(chief: User) -> None:
    source = factories.source()

    sources.withdraw_source(source, by=chief, reason="No such body")

    assert Source.objects.get().state == "withdrawn"
    assert Change.objects.told().latest("id").kind == "withdrawn"
    assert comparisons.differences() == []


def test_merged_source_leaves_its_claims_documents_and_names(chief: User) -> None:
    claim = factories.claim(claimant=factories.source(name="MoD", aliases=["Defence"]))
    document = factories.document(publisher=claim.claimant)
    kept = factories.source(name="Ministry of Defence")

    sources.merge_sources(claim.claimant, into=kept, by=chief, reason="Same body")

    kept.refresh_from_db()
    assert kept.aliases == ["MoD", "Defence"]
    assert Claim.objects.get().claimant == kept
    assert Document.objects.get(pk=document.pk).publisher == kept
    assert '"name":"Ministry of Defence"' in body(claim)
    assert Source.objects.get(name="MoD").merged_into == kept
    assert comparisons.differences() == []


def test_merge_by_an_editor_is_refused(editor: User) -> None:
    with pytest.raises(NotAllowed):
        sources.merge_sources(factories.source(), into=factories.source(), by=editor, reason="x")


def test_new_title_of_a_document_shows_where_it_is_cited(editor: User) -> None:
    claim = factories.claim()
    document = claim.citations.get().document

    held = documents.edit_document(document, by=editor, changes={"title": "New title"})

    assert held.version == document.version + 1
    assert '"title":"New title"' in body(claim)
    assert comparisons.differences() == []


def test_new_title_of_a_document_shows_where_others_got_it_from(editor: User) -> None:
    claim, wire = factories.claim(), factories.document()
    factories.citation(claim, via=wire)

    documents.edit_document(wire, by=editor, changes={"title": "The wire"})

    assert '"via":{"id":"' + wire.public_id in body(claim)
    assert '"title":"The wire"' in body(claim)
    assert comparisons.differences() == []


def test_new_publisher_of_a_public_document_becomes_public_with_it(editor: User) -> None:
    claim, publisher = factories.claim(), factories.source(state="draft")

    documents.edit_document(
        claim.citations.get().document, by=editor, changes={"publisher": publisher}
    )

    assert Source.objects.get(pk=publisher.pk).state == "published"
    entries = Change.objects.told().order_by("-id")[:2]
    assert [(e.kind, e.record_kind) for e in entries] == [
        ("corrected", "document"),
        ("added", "source"),
    ]
    assert comparisons.differences() == []


def test_published_document_brings_its_publisher_along(editor: User) -> None:
    document = factories.document(state="draft")

    documents.publish_document(document, by=editor)

    assert Source.objects.get().state == "published"


def test_document_of_a_withdrawn_publisher_stays_withdrawn(chief: User) -> None:
    publisher = factories.source(name="The Harbour Post")
    document = factories.document(publisher=publisher)
    documents.withdraw_document(document, by=chief, reason="Never printed.")
    sources.withdraw_source(publisher, by=chief, reason="There is no such paper.")

    with pytest.raises(WrongState, match="“The Harbour Post” was withdrawn; nothing public can"):
        documents.publish_document(document, by=chief, reason="Found it.")

    assert Document.objects.get(pk=document.pk).state == "withdrawn"


def test_stale_edit_of_a_document_is_refused(editor: User) -> None:
    document = factories.document()
    documents.edit_document(document, by=editor, changes={"title": "One"})

    with pytest.raises(StaleVersion):
        documents.edit_document(document, by=editor, changes={"title": "Two"}, expected_version=1)


def test_document_without_anything_to_be_found_by_is_refused(contributor: User) -> None:
    with pytest.raises(Incomplete, match="a title, a web address or a publisher"):
        documents.create_document(by=contributor, language="en")


def test_second_document_at_one_address_is_refused(contributor: User) -> None:
    factories.document(url="https://a.example/1")

    with pytest.raises(Incomplete, match="already a document with this web address"):
        documents.create_document(by=contributor, url="https://a.example/1")


def test_document_that_alone_carries_a_public_claim_cannot_be_withdrawn(chief: User) -> None:
    claim = factories.claim()

    with pytest.raises(WrongState, match=claim.public_id):
        documents.withdraw_document(
            claim.citations.get().document, by=chief, reason="Not published there"
        )


def test_withdrawn_document_leaves_the_comparison(chief: User) -> None:
    claim, document = factories.claim(), factories.document(title="Gone tomorrow")
    factories.citation(claim, document=document)
    assert "Gone tomorrow" in body(claim)

    documents.withdraw_document(document, by=chief, reason="Not published there")

    assert "Gone tomorrow" not in body(claim)
    assert comparisons.differences() == []


def test_merged_document_leaves_its_citations_and_relays(chief: User) -> None:
    claim, kept = factories.claim(), factories.document()
    gone = claim.citations.get().document
    factories.citation(claim, document=kept, wording="25")
    relay = factories.citation(claim, via=gone)
    from_itself = factories.citation(claim, document=kept, via=gone, wording="twenty-five")

    documents.merge_documents(gone, into=kept, by=chief, reason="Same page")

    assert Citation.objects.filter(document=gone).count() == 0
    assert Citation.objects.get(pk=relay.pk).via == kept
    assert Citation.objects.get(pk=from_itself.pk).via is None
    assert Document.objects.get(pk=gone.pk).merged_into == kept
    assert comparisons.differences() == []


def test_merged_document_that_is_cited_twice_in_one_place_is_cited_once(chief: User) -> None:
    one, two = factories.document(), factories.document()
    claim = factories.claim(documents=[one, two])

    documents.merge_documents(one, into=two, by=chief, reason="Same page")

    assert claim.citations.published().count() == 1
    assert comparisons.differences() == []


def test_party_is_made_and_renamed_by_a_chief_only(editor: User, chief: User) -> None:
    with pytest.raises(NotAllowed, match="change parties"):
        parties.create_party(by=editor, name="Ruritania")
    party = parties.create_party(by=chief, name="Ruritania")
    claim = factories.claim(victims_party=party)

    held = parties.edit_party(party, by=chief, changes={"name": "Graustark"}, expected_version=1)

    assert (held.name, held.version) == ("Graustark", 2)
    assert '"name":"Graustark"' in body(claim)
    assert comparisons.differences() == []


def test_second_party_of_one_name_is_refused(chief: User) -> None:
    factories.party("Ruritania")

    with pytest.raises(Incomplete):
        parties.create_party(by=chief, name="Ruritania")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_merge_of_sources_waits_for_the_first_of_the_events_and_holds_none_of_the_others(
    chief: User,
) -> None:
    gone, kept = factories.source(), factories.source()
    published_by = factories.claim()
    factories.citation(published_by, document=factories.document(publisher=gone))
    events = [published_by.event, factories.claim(claimant=gone).event]

    def merge() -> None:
        sources.merge_sources(gone, into=kept, by=chief, reason="One and the same")

    with transaction.atomic():
        first, second = (Event.objects.filter(pk=event.pk).select_for_update() for event in events)
        list(first)
        merging = in_a_thread(merge)
        merging.join(1)
        is_waiting = merging.is_alive()
        list(second)
    merging.join()

    assert is_waiting
    assert kept.claims.count() == 1
    assert comparisons.differences() == []
