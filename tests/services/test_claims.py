"""Claims drafted, edited, corrected, revised and merged."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.models import Change, Citation, Claim, Comparison
from claims.services import claims, comparisons, reviews
from claims.services.refusals import (
    FigureMismatch,
    Incomplete,
    NotAllowed,
    ReasonNeeded,
    RevisionCycle,
    StaleVersion,
    WrongClaimant,
    WrongState,
)
from tests import factories

pytestmark = pytest.mark.django_db


def numbers(claim: Claim) -> tuple[str, int | None, int | None, int | None]:
    return claim.qualifier, claim.low, claim.best, claim.high


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        pytest.param("at least 400", ("at_least", 400, None, None), id="a floor"),
        pytest.param("about 400", ("about", None, 400, None), id="an estimate"),
        pytest.param("between 200 and 600", ("between", 200, None, 600), id="a range"),
        pytest.param("hundreds", ("order", 200, None, 999), id="an order of size"),
    ],
)
def test_draft_with_a_wording_alone_takes_its_figure_from_it(
    contributor: User, wording: str, expected: tuple
) -> None:
    claim = claims.draft_claim(
        by=contributor,
        event=factories.event(),
        claimant=factories.source(),
        measure="killed",
        wording=wording,
    )

    assert numbers(claim) == expected
    assert (claim.state, claim.created_by, claim.version) == ("draft", contributor, 1)


@pytest.mark.parametrize(
    ("given", "qualifier"),
    [
        ({"best": 5}, "exactly"),
        ({"low": 5}, "at_least"),
        ({"high": 5}, "at_most"),
        ({"low": 5, "best": 6, "high": 9}, "between"),
    ],
)
def test_draft_with_numbers_alone_takes_the_qualifier_from_their_columns(
    contributor: User, given: dict, qualifier: str
) -> None:
    claim = claims.draft_claim(
        by=contributor,
        event=factories.event(),
        claimant=factories.source(),
        measure="killed",
        **given,
    )

    assert claim.qualifier == qualifier


def test_draft_with_an_unknown_wording_needs_a_person(contributor: User) -> None:
    with pytest.raises(Incomplete, match="A person has to read"):
        claims.draft_claim(
            by=contributor,
            event=factories.event(),
            claimant=factories.source(),
            measure="killed",
            wording="a whole lot",
        )


def test_draft_whose_figure_is_not_what_its_wording_says_needs_a_reason(contributor: User) -> None:
    fields = {
        "event": factories.event(),
        "claimant": factories.source(),
        "measure": "killed",
        "wording": "at least 400",
        "qualifier": "exactly",
        "best": 400,
    }

    with pytest.raises(FigureMismatch, match=r"reads as at_least \(low 400\)"):
        claims.draft_claim(by=contributor, **fields)
    claim = claims.draft_claim(by=contributor, **fields, mismatch_reason="The table says 400")

    assert claim.mismatch_reason == "The table says 400"


def test_draft_with_an_order_that_cannot_be_is_refused_in_a_sentence(contributor: User) -> None:
    with pytest.raises(Incomplete, match="low <= best <= high, got 400, none, 63"):
        claims.draft_claim(
            by=contributor,
            event=factories.event(),
            claimant=factories.source(),
            measure="killed",
            qualifier="between",
            low=400,
            high=63,
        )


def test_draft_text_loses_nul_bytes_and_outer_space(contributor: User) -> None:
    claim = claims.draft_claim(
        by=contributor,
        event=factories.event(),
        claimant=factories.source(),
        measure="killed",
        wording=" 6\x003 ",
        key="",
    )

    assert (claim.wording, claim.best, claim.key) == ("63", 63, None)


def test_draft_dated_to_a_month_counts_from_its_last_day(contributor: User) -> None:
    claim = claims.draft_claim(
        by=contributor,
        event=factories.event(),
        claimant=factories.source(),
        measure="killed",
        wording="63",
        claimed_on=date(2023, 2, 1),
        claimed_on_precision="month",
    )

    assert claim.claimed_on == date(2023, 2, 28)


def test_state_cannot_be_set_by_an_edit(editor: User) -> None:
    claim = factories.claim(state="draft")

    with pytest.raises(Incomplete, match="cannot be edited"):
        claims.edit_claim(claim, by=editor, changes={"state": "published"})


def test_edit_that_changes_nothing_writes_nothing(editor: User) -> None:
    claim = factories.claim(state="draft", wording="63")

    held = claims.edit_claim(claim, by=editor, changes={"measure": "killed", "note": ""})

    assert (held.version, held.history.count()) == (1, 1)


def test_edit_of_a_stale_version_is_refused_and_keeps_the_first_edit(editor: User) -> None:
    claim = factories.claim(state="draft", wording="63")
    claims.edit_claim(claim, by=editor, changes={"wording": "89"}, expected_version=1)

    with pytest.raises(StaleVersion):
        claims.edit_claim(claim, by=editor, changes={"wording": "400"}, expected_version=1)

    assert Claim.objects.get().best == 89


def test_edit_of_a_published_claim_is_refused(editor: User) -> None:
    claim = factories.claim()

    with pytest.raises(WrongState, match="corrected or revised"):
        claims.edit_claim(claim, by=editor, changes={"wording": "1"})


def test_edit_of_anothers_draft_by_a_contributor_is_refused(contributor: User) -> None:
    claim = factories.claim(state="draft")

    with pytest.raises(NotAllowed):
        claims.edit_claim(claim, by=contributor, changes={"note": "x"})


def test_correction_that_needs_no_review_is_public_and_logged_at_once(editor: User) -> None:
    claim = factories.claim(victims_wording="soldier")

    held = claims.correct_claim(
        claim, by=editor, changes={"victims_wording": "soldiers"}, reason="Misprint of ours"
    )

    assert held.state == "published"
    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.reason, entry.fields) == (
        "corrected",
        "Misprint of ours",
        [{"field": "victims_wording", "before": "soldier", "after": "soldiers"}],
    )
    assert '"victims_wording":"soldiers"' in claim.event.digest.comparisons_json
    assert comparisons.differences() == []


def test_correction_of_the_figure_is_logged_when_it_has_been_reviewed(
    editor: User, other_editor: User
) -> None:
    claim = factories.claim(wording="63")
    before = Change.objects.told().count()

    held = claims.correct_claim(claim, by=editor, changes={"wording": "89"}, reason="Misread")
    assert (held.state, held.best, held.reviewed_by) == ("submitted", 89, None)
    assert Comparison.objects.count() == 0
    assert Change.objects.told().count() == before
    reviews.publish_claim(claim, by=other_editor, reason="Checked")

    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.reason, entry.by) == ("corrected", "Misread", other_editor)
    assert entry.fields == [
        {"field": "wording", "before": "63", "after": "89"},
        {"field": "best", "before": 63, "after": 89},
    ]
    assert Change.objects.told().count() == before + 1
    assert Comparison.objects.get().highest == 89


def test_correction_taken_back_before_review_leaves_no_entry(
    editor: User, other_editor: User
) -> None:
    claim = factories.claim(wording="63")
    before = Change.objects.told().count()
    claims.correct_claim(claim, by=editor, changes={"wording": "89"}, reason="Misread")
    claims.edit_claim(claim, by=editor, changes={"wording": "63"})

    reviews.publish_claim(claim, by=other_editor)

    assert Change.objects.told().count() == before


def test_correction_of_a_note_is_kept_but_not_logged(editor: User) -> None:
    claim = factories.claim()
    before = Change.objects.told().count()

    held = claims.correct_claim(claim, by=editor, changes={"note": "Ask again"}, reason="Memo")

    assert (held.note, held.version) == ("Ask again", claim.version + 1)
    assert Change.objects.told().count() == before


def test_correction_without_a_reason_is_refused(editor: User) -> None:
    with pytest.raises(ReasonNeeded):
        claims.correct_claim(factories.claim(), by=editor, changes={"area": "city"}, reason=" ")


def test_correction_by_a_contributor_is_refused(contributor: User) -> None:
    with pytest.raises(NotAllowed):
        claims.correct_claim(
            factories.claim(), by=contributor, changes={"area": "city"}, reason="Wrong"
        )


def test_correction_that_moves_a_claim_refreshes_both_events(
    editor: User, other_editor: User
) -> None:
    claim, elsewhere = factories.claim(), factories.event()
    claims.correct_claim(claim, by=editor, changes={"event": elsewhere}, reason="Wrong strike")
    reviews.publish_claim(claim, by=other_editor)

    assert Comparison.objects.get().event == elsewhere
    assert claim.event.digest.claim_count == 0
    assert comparisons.differences() == []


def test_revision_keeps_the_question_and_points_to_the_old_claim(contributor: User) -> None:
    party = factories.party("Russia")
    earlier = factories.claim(wording="63", victims="combatants", victims_party=party)

    later = claims.revise_claim(earlier, by=contributor, changes={"wording": "89"})

    assert (later.revises, later.victims, later.victims_party, later.best, later.state) == (
        earlier,
        "combatants",
        party,
        89,
        "draft",
    )


def test_revision_of_another_claimant_is_refused_and_says_both(contributor: User) -> None:
    earlier = factories.claim(claimant=factories.source(name="Army"))
    changes = {"wording": "9", "claimant": factories.source(name="Navy")}

    with pytest.raises(WrongClaimant) as refused:
        claims.revise_claim(earlier, by=contributor, changes=changes)

    assert str(refused.value).endswith(
        f" and {earlier.public_id} differ in claimant (“Navy” and “Army”). Mend the one that is "
        "wrong, or let the later one revise none."
    )


@pytest.mark.parametrize(
    ("field", "value"), [("measure", "injured"), ("victims", "children"), ("event", None)]
)
def test_revision_of_another_question_is_refused(
    contributor: User, field: str, value: str | None
) -> None:
    earlier = factories.claim()

    with pytest.raises(WrongClaimant, match=f"differ in {field}"):
        claims.revise_claim(
            earlier,
            by=contributor,
            changes={"wording": "9", field: value or factories.event()},
        )


def test_correction_may_not_tear_a_claim_from_its_revision(editor: User) -> None:
    earlier = factories.claim()
    claims.revise_claim(earlier, by=editor, changes={"wording": "9"})

    with pytest.raises(WrongClaimant):
        claims.correct_claim(earlier, by=editor, changes={"measure": "injured"}, reason="Misread")


def test_revisions_in_a_circle_are_refused(editor: User) -> None:
    first = factories.claim(state="draft")
    second = claims.revise_claim(first, by=editor, changes={"wording": "2"})
    third = claims.revise_claim(second, by=editor, changes={"wording": "3"})

    with pytest.raises(RevisionCycle):
        claims.edit_claim(first, by=editor, changes={"revises": third})


def test_second_public_revision_of_one_claim_is_refused(editor: User) -> None:
    earlier = factories.claim()
    for wording in ("2", "3"):
        claims.revise_claim(
            earlier,
            by=factories.user(),
            changes={"wording": wording},
            citations=[{"document": factories.document()}],
        )
    second, third = Claim.objects.filter(revises=earlier).order_by("id")
    factories.publish(second, by=editor)

    with pytest.raises(Incomplete, match="already revises that one"):
        factories.publish(third, by=editor)


def test_merge_moves_citations_and_revisions_and_leaves_a_tombstone(chief: User) -> None:
    event, claimant = factories.event(), factories.source()
    shared = factories.document()
    kept = factories.claim(event=event, claimant=claimant, wording="63", documents=[shared])
    gone = factories.claim(
        event=event, claimant=claimant, wording="63", documents=[shared, factories.document()]
    )
    older = factories.claim(event=event, claimant=claimant, wording="63")
    claims.merge_claims(older, into=gone, by=chief, reason="Same statement")
    later = claims.revise_claim(gone, by=chief, changes={"wording": "89"})

    claims.merge_claims(gone, into=kept, by=chief, reason="Same statement")

    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("withdrawn", kept)
    assert Claim.objects.get(pk=older.pk).merged_into == kept
    assert Claim.objects.get(pk=later.pk).revises == kept
    assert kept.citations.published().count() == 3
    assert Citation.objects.filter(state="withdrawn").count() == 1
    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.record_id, entry.target_id) == (
        "merged",
        gone.public_id,
        kept.public_id,
    )
    assert Comparison.objects.get().claim_count == 1
    assert comparisons.differences() == []


def test_merge_of_a_revision_into_what_it_revises_makes_no_circle(chief: User) -> None:
    earlier = factories.claim(wording="63")
    later = claims.revise_claim(earlier, by=chief, changes={"wording": "89"})

    kept = claims.merge_claims(earlier, into=factories.publish(_cited(later)), by=chief, reason="x")

    assert kept.revises is None


def _cited(claim: Claim) -> Claim:
    factories.citation(claim)
    return claim


def test_merge_into_another_claimants_claim_is_refused(chief: User) -> None:
    event = factories.event()

    with pytest.raises(WrongState, match="one claimant on one event"):
        claims.merge_claims(
            factories.claim(event=event), into=factories.claim(event=event), by=chief, reason="x"
        )


def test_merge_by_an_editor_is_refused(editor: User) -> None:
    with pytest.raises(NotAllowed, match="merge records"):
        claims.merge_claims(factories.claim(), into=factories.claim(), by=editor, reason="x")
