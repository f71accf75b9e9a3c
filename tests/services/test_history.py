"""An earlier version's values come back through the rules of today."""

import pytest
from django.contrib.auth.models import User

from claims.models import Change, Claim
from claims.services import claims, comparisons, events, history, sources
from claims.services.refusals import ReasonNeeded, StaleVersion, WrongState
from tests import factories

pytestmark = pytest.mark.django_db


def first_version(record: object) -> int:
    return record.history.earliest().history_id


def test_revert_of_a_draft_is_an_edit(editor: User) -> None:
    claim = factories.claim(state="draft", wording="63")
    claims.edit_claim(claim, by=editor, changes={"wording": "89"})

    held = history.revert(claim, history_id=first_version(claim), by=editor, reason="63 was right")

    assert (held.wording, held.best, held.version) == ("63", 63, 3)
    assert held.history.latest().history_change_reason == "63 was right"


def test_revert_of_a_public_figure_is_a_correction_that_needs_review(
    editor: User, other_editor: User
) -> None:
    claim = factories.claim(wording="63")
    claims.correct_claim(claim, by=editor, changes={"wording": "89"}, reason="Misread")
    factories.publish(claim, by=other_editor)

    held = history.revert(
        Claim.objects.get(), history_id=first_version(claim), by=editor, reason="63 was right"
    )

    assert (held.state, held.best) == ("submitted", 63)


def test_revert_brings_no_state_back(editor: User) -> None:
    claim = factories.claim()

    with pytest.raises(WrongState, match="no such version"):
        history.revert(claim, history_id=10**9, by=editor, reason="x")
    held = history.revert(claim, history_id=first_version(claim), by=editor, reason="As it was")

    assert held.state == "published"
    assert Claim.objects.get().version == claim.version


def test_revert_of_an_event_brings_its_parties_back(editor: User) -> None:
    party = factories.party()
    event = factories.event(title="Old", parties=[party])
    events.edit_event(event, by=editor, changes={"title": "New", "parties": []})

    held = history.revert(event, history_id=first_version(event), by=editor, reason="As it was")

    assert (held.title, list(held.parties.all())) == ("Old", [party])
    assert Change.objects.told().latest("id").kind == "corrected"
    assert comparisons.differences() == []


def test_revert_of_a_source_and_a_citation(editor: User) -> None:
    claim = factories.claim()
    source, citation = claim.claimant, claim.citations.get()
    name = source.name
    sources.edit_source(source, by=editor, changes={"name": "Other"})

    assert (
        history.revert(source, history_id=first_version(source), by=editor, reason="x").name == name
    )
    assert (
        history.revert(citation, history_id=first_version(citation), by=editor, reason="x").state
        == "published"
    )


def test_revert_needs_a_reason_and_the_current_version(editor: User) -> None:
    claim = factories.claim(state="draft")
    claims.edit_claim(claim, by=editor, changes={"note": "x"})

    with pytest.raises(ReasonNeeded):
        history.revert(claim, history_id=first_version(claim), by=editor, reason=" ")
    with pytest.raises(StaleVersion):
        history.revert(
            claim, history_id=first_version(claim), by=editor, reason="x", expected_version=1
        )


def test_class_of_a_history_is_made_once_and_each_table_has_its_own_versions() -> None:
    claim = factories.claim()

    assert type(Claim.history) is type(Claim.history) is type(claim.event.history)
    assert {version.id for version in claim.history.all()} == {claim.pk}
    assert {version.id for version in claim.event.history.all()} == {claim.event.pk}
    assert (claim.history.count(), claim.event.history.count()) == (2, 1)
