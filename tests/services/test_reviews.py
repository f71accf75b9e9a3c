"""Each move of the table: made, and refused from elsewhere, by others, without what it needs."""

import pytest
from django.contrib.auth.models import User

from claims.models import Change, Claim, Comparison, Tally
from claims.services import claims, comparisons, reviews
from claims.services.refusals import (
    Incomplete,
    NotAllowed,
    NotReviewed,
    ReasonNeeded,
    StaleVersion,
    WrongState,
)
from tests import factories

pytestmark = pytest.mark.django_db


def log() -> list[tuple[str, str]]:
    return list(Change.objects.told().order_by("id").values_list("kind", "record_id"))


def test_submit_by_the_author_waits_for_review(contributor: User) -> None:
    claim = factories.claim(state="draft", by=contributor)

    held = reviews.submit_claim(claim, by=contributor, reason="Please look")

    assert (held.state, held.submitted_by, held.version) == ("submitted", contributor, 2)
    newest = held.history.latest()
    assert (newest.history_user, newest.history_change_reason) == (contributor, "Please look")
    assert log() == []


def test_submit_of_somebody_elses_draft_needs_an_editor(contributor: User, editor: User) -> None:
    claim = factories.claim(state="draft", by=editor)

    with pytest.raises(NotAllowed, match="Contributors edit claims that they have drafted"):
        reviews.submit_claim(claim, by=contributor)


def test_submit_without_a_document_is_refused(contributor: User) -> None:
    claim = factories.claim(state="draft", by=contributor, documents=[])

    with pytest.raises(Incomplete, match="at least one document"):
        reviews.submit_claim(claim, by=contributor)


def test_publish_by_another_editor_makes_public_what_the_claim_rests_on(
    contributor: User, editor: User
) -> None:
    parent = factories.event(state="draft")
    event = factories.event(state="draft", parent=parent)
    claim = factories.claim(state="submitted", by=contributor, event=event)
    document = claim.citations.get().document

    held = reviews.publish_claim(claim, by=editor)

    assert (held.state, held.reviewed_by, held.review_waived) == ("published", editor, False)
    assert log() == [
        ("added", parent.public_id),
        ("added", event.public_id),
        ("added", claim.claimant.public_id),
        ("added", document.publisher.public_id),
        ("added", document.public_id),
        ("added", claim.public_id),
    ]
    assert held.citations.get().state == "published"
    assert dict(Tally.objects.values_list("name", "value")) == {
        "claim": 1,
        "document": 1,
        "event": 2,
        "source": 2,
    }
    assert Comparison.objects.get().event == event
    assert comparisons.differences() == []


def test_publish_of_ones_own_draft_is_refused(editor: User) -> None:
    claim = factories.claim(state="submitted", by=editor)

    with pytest.raises(NotReviewed, match="somebody else has to review it"):
        reviews.publish_claim(claim, by=editor)

    assert Claim.objects.get().state == "submitted"


def test_publish_by_who_changed_the_figure_before_review_is_refused(
    contributor: User, editor: User, other_editor: User
) -> None:
    claim = factories.claim(state="submitted", by=contributor, wording="63")
    claims.edit_claim(claim, by=editor, changes={"wording": "89"})

    with pytest.raises(NotReviewed):
        reviews.publish_claim(claim, by=editor)

    assert reviews.publish_claim(claim, by=other_editor).best == 89


def test_publish_by_who_only_passed_on_anothers_draft_is_allowed(
    contributor: User, editor: User
) -> None:
    claim = factories.claim(state="draft", by=contributor)
    reviews.submit_claim(claim, by=editor)

    assert reviews.publish_claim(claim, by=editor).state == "published"


def test_publish_by_who_reinstated_the_claim_is_refused(chief: User) -> None:
    claim = factories.claim()
    reviews.withdraw_claim(claim, by=chief, reason="Never said")
    reviews.reinstate_claim(claim, by=chief, reason="It was said")

    with pytest.raises(NotReviewed):
        reviews.publish_claim(claim, by=chief)


def test_publish_by_who_only_wrote_a_note_is_allowed(contributor: User, editor: User) -> None:
    claim = factories.claim(state="submitted", by=contributor)
    claims.edit_claim(claim, by=editor, changes={"note": "Looks right"})

    assert reviews.publish_claim(claim, by=editor).state == "published"


def test_publish_of_ones_own_draft_at_a_one_person_desk_says_so(
    editor: User, settings: object
) -> None:
    settings.ONE_PERSON_DESK = True
    claim = factories.claim(state="submitted", by=editor)

    held = reviews.publish_claim(claim, by=editor)

    assert (held.review_waived, held.waiver_reason, held.reviewed_by) == (
        True,
        "one-person desk",
        editor,
    )


def test_publish_of_anothers_draft_at_a_one_person_desk_is_a_review(
    contributor: User, editor: User, settings: object
) -> None:
    settings.ONE_PERSON_DESK = True
    claim = factories.claim(state="submitted", by=contributor)

    assert reviews.publish_claim(claim, by=editor).review_waived is False


def test_publish_by_a_contributor_is_refused(contributor: User) -> None:
    claim = factories.claim(state="submitted")

    with pytest.raises(NotAllowed, match="Your role does not allow you to review"):
        reviews.publish_claim(claim, by=contributor)


def test_publish_of_a_stale_version_is_refused_with_the_current_row(editor: User) -> None:
    claim = factories.claim(state="submitted")
    claims.edit_claim(claim, by=factories.user(), changes={"note": "new"})

    with pytest.raises(StaleVersion, match="you started from version 2, it is now version 3") as no:
        reviews.publish_claim(claim, by=editor, expected_version=2)

    assert no.value.current.note == "new"


def test_publish_on_a_withdrawn_event_is_refused(editor: User) -> None:
    event = factories.event(state="withdrawn")
    claim = factories.claim(state="submitted", event=event)

    with pytest.raises(WrongState, match="was withdrawn; nothing public can rest on it"):
        reviews.publish_claim(claim, by=editor)


def test_publish_of_a_revision_is_logged_as_one(editor: User) -> None:
    earlier = factories.claim(wording="63")
    later = claims.revise_claim(
        earlier,
        by=factories.user(),
        changes={"wording": "89"},
        citations=[{"document": factories.document()}],
    )

    held = factories.publish(later, by=editor, reason="New count")

    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.record_id, entry.target_id, entry.reason) == (
        "revised",
        held.public_id,
        earlier.public_id,
        "New count",
    )
    assert Claim.objects.published().count() == 2
    assert Comparison.objects.get().claimant_count == 1


def test_reject_needs_a_reason_and_leaves_no_public_trace(editor: User) -> None:
    claim = factories.claim(state="submitted")

    with pytest.raises(ReasonNeeded):
        reviews.reject_claim(claim, by=editor)
    held = reviews.reject_claim(claim, by=editor, reason="No source says this")

    assert held.state == "rejected"
    assert held.history.latest().history_change_reason == "No source says this"
    assert log() == []


@pytest.mark.parametrize("state", ["rejected", "submitted"])
def test_reopen_takes_a_claim_up_again(contributor: User, state: str) -> None:
    claim = factories.claim(state=state, by=contributor)

    assert reviews.reopen_claim(claim, by=contributor).state == "draft"


def test_withdraw_keeps_the_row_and_takes_the_figure_from_the_comparison(chief: User) -> None:
    claim = factories.claim()

    held = reviews.withdraw_claim(claim, by=chief, reason="Never said")

    assert held.state == "withdrawn"
    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.claim, entry.reason, entry.by) == (
        "withdrawn",
        claim,
        "Never said",
        chief,
    )
    assert Comparison.objects.count() == 0
    assert claim.event.digest.claim_count == 0
    assert Tally.objects.get(name="claim").value == 0
    assert comparisons.differences() == []


def test_withdraw_takes_back_a_claim_that_was_public_until_its_correction(
    chief: User, editor: User
) -> None:
    claim = factories.claim(wording="63")
    claims.correct_claim(claim, by=editor, changes={"wording": "36"}, reason="Misread")

    held = reviews.withdraw_claim(claim, by=chief, reason="Never said")

    assert held.state == "withdrawn"
    assert log()[-1] == ("withdrawn", claim.public_id)


def test_withdraw_of_what_never_was_public_is_refused(chief: User) -> None:
    claim = factories.claim(state="submitted")

    with pytest.raises(WrongState, match="Only a claim that was public"):
        reviews.withdraw_claim(claim, by=chief, reason="Never said")

    assert log() == []


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_withdraw_by_anybody_but_a_chief_is_refused(role: str) -> None:
    claim = factories.claim()

    with pytest.raises(NotAllowed, match="withdraw published records"):
        reviews.withdraw_claim(claim, by=factories.user(role=role), reason="Wrong")


def test_reinstated_claim_is_reviewed_again_and_logged_as_corrected(
    chief: User, editor: User
) -> None:
    claim = factories.claim()
    reviews.withdraw_claim(claim, by=chief, reason="Never said")

    back = reviews.reinstate_claim(claim, by=chief, reason="It was said after all")
    assert (back.state, back.reviewed_by) == ("submitted", None)
    reviews.publish_claim(claim, by=editor)

    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.fields) == (
        "corrected",
        [{"field": "state", "before": "withdrawn", "after": "published"}],
    )
    assert comparisons.differences() == []


@pytest.mark.parametrize(
    ("function", "state"),
    [
        (reviews.submit_claim, "submitted"),
        (reviews.submit_claim, "published"),
        (reviews.publish_claim, "draft"),
        (reviews.publish_claim, "published"),
        (reviews.publish_claim, "withdrawn"),
        (reviews.reject_claim, "draft"),
        (reviews.reopen_claim, "published"),
        (reviews.withdraw_claim, "draft"),
        (reviews.withdraw_claim, "withdrawn"),
        (reviews.reinstate_claim, "published"),
    ],
)
def test_move_from_a_state_the_table_does_not_have_is_refused(
    function: object, state: str, chief: User
) -> None:
    claim = factories.claim(state=state)

    with pytest.raises(WrongState, match="this one is"):
        function(claim, by=chief, reason="Because")

    assert Claim.objects.get().state == state


def test_moves_open_to_a_person_are_those_that_would_be_made(
    contributor: User, editor: User, chief: User
) -> None:
    claim = factories.claim(state="submitted", by=contributor)

    def names(by: User) -> list[str]:
        return [move.name for move in reviews.moves_open_to(claim, by=by)]

    assert names(contributor) == ["reopen"]
    assert names(editor) == ["publish", "reject", "reopen"]
    assert names(factories.user(role="")) == []
