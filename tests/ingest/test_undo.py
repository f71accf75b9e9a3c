"""An import taken back as a whole: withdrawn, put back, and free to come again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.ingest.pipeline import undo_batch
from claims.models import Change, Citation, Claim, Document, Event, Source, Tally
from claims.services import claims as claim_services
from claims.services import comparisons, plain_records
from claims.services.integrity import problems
from claims.services.refusals import NotAllowed, ReasonNeeded, WrongState
from tests import factories
from tests.ingest.importing import put, totals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]
MODELS = (Event, Source, Document, Claim, Citation)


def test_undone_import_withdraws_all_that_it_added(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    batch = put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    Change.objects.all().delete()

    undo_batch(batch, by=editor, reason="Wrong file")

    assert {m.__name__: set(m.objects.values_list("state", flat=True)) for m in MODELS} == {
        m.__name__: {"withdrawn"} for m in MODELS
    }
    assert (Claim.objects.get().key, Event.objects.get().key) == (None, None)
    assert sorted(Change.objects.values_list("kind", "record_kind", "reason")) == [
        ("withdrawn", "claim", "Wrong file"),
        ("withdrawn", "document", "Wrong file"),
        ("withdrawn", "event", "Wrong file"),
        ("withdrawn", "source", "Wrong file"),
        ("withdrawn", "source", "Wrong file"),
    ]
    latest = Claim.objects.get().history.latest()
    assert (latest.state, latest.version, latest.history_change_reason) == (
        "withdrawn",
        2,
        "Wrong file",
    )
    assert set(Tally.objects.values_list("value", flat=True)) == {0}
    assert (batch.state, batch.undone_by, batch.undo_reason) == ("undone", editor, "Wrong file")
    assert comparisons.differences() == []
    assert problems() == []


def test_undone_file_can_come_again(csv_file: Write, editor: User, reviewer: User) -> None:
    path = csv_file(row())
    undo_batch(
        put(path, editor, publish=True, reviewed_by=reviewer), by=editor, reason="Wrong file"
    )

    again = put(path, editor, publish=True, reviewed_by=reviewer)

    assert totals(again) == {"new": 6, "changed": 0, "same": 0, "refused": 0}
    assert Claim.objects.published().get().key == "bridge/army"


def test_what_an_import_changed_goes_back(csv_file: Write, editor: User, reviewer: User) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    second = put(
        csv_file(row(place="Elsewhere", best="410", wording="about 410")),
        editor,
        publish=True,
        reviewed_by=reviewer,
    )

    undo_batch(second, by=editor, reason="Wrong file")

    claim = Claim.objects.get()
    assert (claim.state, claim.best, claim.wording) == ("published", 400, "about 400")
    assert (claim.event.place, claim.citations.get().wording) == ("Bridge town", "about 400")
    assert sorted(p.name for p in claim.event.parties.all()) == ["Graustark", "Ruritania"]
    assert comparisons.differences() == []


def test_what_somebody_changed_since_is_left_alone_and_said(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor)
    second = put(csv_file(row(credibility="doubtful")), editor)
    claim_services.edit_claim(Claim.objects.get(), by=reviewer, changes={"area": "The north"})

    undo_batch(second, by=editor, reason="Wrong file")

    claim = Claim.objects.get()
    assert (claim.credibility, claim.area) == ("doubtful", "The north")
    assert second.problem == f"Changed by somebody since, and left as they are: {claim.public_id}."


def test_undoing_what_published_records_of_others_rest_on_is_refused(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    batch = put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    other = factories.claim(event=Event.objects.get())

    with pytest.raises(WrongState, match=f"rest on an event of this import: {other.public_id}"):
        undo_batch(batch, by=editor, reason="Wrong file")

    assert Claim.objects.published().count() == 2
    batch.refresh_from_db()
    assert batch.state == "committed"


def test_added_citation_of_an_older_claim_is_withdrawn_alone(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    relay = put(csv_file(row(document="Relay", url="https://relay.example", publisher="")), editor)
    Change.objects.all().delete()

    undo_batch(relay, by=editor, reason="Wrong file")

    assert Claim.objects.get().state == "published"
    assert sorted(Citation.objects.values_list("document__title", "state")) == [
        ("Army: about 400 killed", "published"),
        ("Relay", "withdrawn"),
    ]
    assert sorted(Change.objects.values_list("kind", "record_kind")) == [
        ("withdrawn", "citation"),
        ("withdrawn", "document"),
    ]
    assert comparisons.differences() == []


def test_undoing_needs_a_reason_a_role_and_a_written_import(csv_file: Write, editor: User) -> None:
    batch = put(csv_file(row()), editor)

    with pytest.raises(ReasonNeeded):
        undo_batch(batch, by=editor, reason="")
    with pytest.raises(NotAllowed):
        undo_batch(batch, by=factories.user(role="contributor"), reason="Wrong file")
    undo_batch(batch, by=editor, reason="Wrong file")
    with pytest.raises(WrongState, match="cannot be undone now; it is undone"):
        undo_batch(batch, by=editor, reason="Wrong file")


def test_record_of_an_import_that_was_not_written_is_found(csv_file: Write, editor: User) -> None:
    batch = put(csv_file(row()), editor)
    batch.committed_at = None
    batch.save()

    found = problems()

    assert f"The claim {Claim.objects.get().pk} comes from an import that was not written." in found
    assert len(found) == 6


def test_undoing_two_imports_of_one_file_name_goes_back_step_by_step(
    csv_file: Write, editor: User
) -> None:
    put(csv_file(row()), editor)
    second = put(csv_file(row(place="Second")), editor)
    third = put(csv_file(row(place="Third")), editor)

    places = []
    for batch in (third, second):
        undo_batch(batch, by=editor, reason="Wrong file")
        places.append(Event.objects.get().place)

    assert places == ["Second", "Bridge town"]
    assert (second.problem, third.problem) == ("", "")


def test_undoing_an_import_before_another_leaves_what_that_one_changed(
    csv_file: Write, editor: User
) -> None:
    put(csv_file(row()), editor)
    second = put(csv_file(row(place="Second")), editor)
    put(csv_file(row(place="Third")), editor)

    undo_batch(second, by=editor, reason="Wrong file")

    event = Event.objects.get()
    assert event.place == "Third"
    assert second.problem == f"Changed by somebody since, and left as they are: {event.public_id}."


@pytest.mark.parametrize("kind", ["source", "event", "document"])
def test_draft_that_an_import_published_stays_public_under_claims_of_others(
    csv_file: Write, editor: User, reviewer: User, kind: str
) -> None:
    event = factories.event(title="Strike on the bridge", state="draft", key="bridge")
    source = factories.source(name="Army of Ruritania", state="draft")
    daily = factories.source(name="The Daily", state="draft")
    document = factories.document(url="https://daily.example/400", publisher=daily, state="draft")
    batch = put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    rests = {"source": "claimant", "event": "event"}
    given = {"source": source, "event": event, "document": document}[kind]
    given.refresh_from_db()
    theirs = factories.claim(
        **({"documents": [given]} if kind == "document" else {rests[kind]: given})
    )

    with pytest.raises(WrongState, match=f"rest on an? {kind} of this import: {theirs.public_id}"):
        undo_batch(batch, by=editor, reason="Wrong file")

    given.refresh_from_db()
    assert given.state == "published"
    assert problems() == []


def test_undoing_gives_a_document_its_publisher_back_and_withdraws_the_new_one(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    daily, evening = row(), row(publisher="The Evening")
    put(csv_file(daily), editor, publish=True, reviewed_by=reviewer)
    second = put(csv_file(evening), editor, publish=True, reviewed_by=reviewer)
    assert Document.objects.get().publisher.name == "The Evening"

    undo_batch(second, by=editor, reason="Wrong file")

    document = Document.objects.get()
    assert (document.publisher.name, document.state) == ("The Daily", "published")
    assert Source.objects.get(name="The Evening").state == "withdrawn"
    assert (second.problem, comparisons.differences(), problems()) == ("", [], [])


def test_undoing_is_refused_where_an_editor_has_changed_a_document_with_a_new_publisher(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor, publish=True, reviewed_by=reviewer)
    evening = row(publisher="The Evening")
    second = put(csv_file(evening), editor, publish=True, reviewed_by=reviewer)
    document = Document.objects.get()
    plain_records.edit_record(
        document,
        by=reviewer,
        changes={"author": "A. Writer"},
        expected_version=None,
        reason="Found out",
    )

    with pytest.raises(WrongState, match=f"rest on a source of this import: {document.public_id}"):
        undo_batch(second, by=editor, reason="Wrong file")

    document.refresh_from_db()
    assert (document.publisher.name, document.author) == ("The Evening", "A. Writer")


def test_undoing_makes_drafts_again_of_an_event_and_of_the_one_that_it_is_part_of(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    part = {"event_key": "bridge", "parent": "war"}
    war = row(claim_key="war/army", event_key="war", event="The war")
    put(csv_file(war, row(**part)), editor)
    new = row(**part, claim_key="bridge/navy", claimant="Navy")
    batch = put(csv_file(new, name="new.csv"), editor, publish=True, reviewed_by=reviewer)
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}

    undo_batch(batch, by=editor, reason="Too soon")

    assert set(Event.objects.values_list("state", flat=True)) == {"draft"}
    assert batch.problem == ""


def test_undoing_leads_claims_and_events_back_from_those_that_the_import_added(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    war = {"event": "War", "event_kind": "war", "claim_key": "war/army", "event_key": "war"}
    own = row(wording="", note="", qualifier="exactly")
    put(csv_file(own), editor, publish=True, reviewed_by=reviewer)
    moved = {**own, "claimant": "Navy of Ruritania", "parent": "war"}
    second = put(
        csv_file(moved, {**own, **war, "document": "Other", "url": "https://other.example"}),
        editor,
        publish=True,
        reviewed_by=reviewer,
    )
    assert Event.objects.get(key="bridge").parent.key == "war"

    undo_batch(second, by=editor, reason="Wrong file")

    claim = Claim.objects.get(key="bridge/army")
    assert (claim.claimant.name, claim.event.parent) == ("Army of Ruritania", None)
    assert Event.objects.published().get() == claim.event
    assert (comparisons.differences(), problems()) == ([], [])
