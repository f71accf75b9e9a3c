"""Events created, mended, placed in the tree, withdrawn and merged."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.models import (
    Change,
    Claim,
    Comparison,
    Event,
    EventCountry,
    EventDigest,
    EventWord,
    StoredText,
)
from claims.services import comparisons, events
from claims.services.intake import choose_event
from claims.services.refusals import (
    EventCycle,
    Incomplete,
    NotAllowed,
    ReasonNeeded,
    StaleVersion,
    WrongState,
)
from tests import factories

pytestmark = pytest.mark.django_db


def words(event: Event) -> set[str]:
    found = EventWord.objects.filter(event=event).exclude(word=EventWord.EVERY)
    return set(found.values_list("word", flat=True))


def test_create_makes_a_draft_with_parties_words_countries_and_one_row_of_history(
    contributor: User,
) -> None:
    russia = factories.party("Russia")

    event = events.create_event(
        by=contributor,
        title="Makiivka strike",
        aliases=["Макіївка", "", "Макіївка"],
        countries=["ua"],
        place="Donetsk region",
        parties=[russia],
        reason="In the news",
    )

    assert (event.state, event.aliases, event.countries) == ("draft", ["Макіївка"], ["UA"])
    assert words(event) == {"makiivka", "strike", "макіівка", "donetsk", "region"}
    assert EventCountry.objects.get().code == "UA"
    first = event.history.get()
    assert (first.history_type, first.history_user, first.history_change_reason) == (
        "+",
        contributor,
        "In the news",
    )
    assert [row.party for row in first.parties.all()] == [russia]
    assert EventDigest.objects.count() == 0


def test_create_by_somebody_without_a_role_is_refused() -> None:
    with pytest.raises(NotAllowed):
        events.create_event(by=factories.user(role=""), title="Strike")


def test_create_with_an_unknown_country_is_refused(contributor: User) -> None:
    with pytest.raises(Incomplete, match="no ISO 3166-1 code"):
        events.create_event(by=contributor, title="Strike", countries=["XX"])


def test_create_dated_to_a_year_covers_the_year(contributor: User) -> None:
    event = events.create_event(
        by=contributor,
        title="War",
        date_start=date(2023, 5, 5),
        date_start_precision="year",
        date_end=date(2023, 5, 5),
        date_end_precision="month",
    )

    assert (event.date_start, event.date_end) == (date(2023, 1, 1), date(2023, 5, 31))


def test_edit_of_a_public_event_is_logged_and_shown(editor: User) -> None:
    event = factories.claim().event

    events.edit_event(event, by=editor, changes={"title": "New title"}, reason="Common name")

    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.record_id, entry.reason) == (
        "corrected",
        event.public_id,
        "Common name",
    )
    assert [f["field"] for f in entry.fields] == ["title"]
    assert '"title":"New title"' in EventDigest.objects.get(event=event).comparisons_json
    assert words(event) >= {"new", "title"}
    assert comparisons.differences() == []


def test_edit_of_parties_alone_is_one_version_and_one_row_of_history(editor: User) -> None:
    ours, theirs = factories.party("Ours"), factories.party("Theirs")
    event = factories.event(parties=[ours])
    claimant = factories.source(speaks_for=ours)
    factories.claim(event=event, claimant=claimant, victims_party=theirs)

    held = events.edit_event(event, by=editor, changes={"parties": [ours, theirs]})

    assert held.version == event.version + 1
    assert event.history.count() == 2
    newest = event.history.latest()
    assert {row.party for row in newest.parties.all()} == {ours, theirs}
    assert Change.objects.told().latest("id").fields == [
        {"field": "parties", "before": ["Ours"], "after": ["Ours", "Theirs"]}
    ]
    assert '"stance":"enemy_losses"' in EventDigest.objects.get().comparisons_json
    assert comparisons.differences() == []


def test_edit_that_says_the_same_writes_nothing(editor: User) -> None:
    party = factories.party()
    event = factories.event(parties=[party])

    held = events.edit_event(event, by=editor, changes={"title": event.title, "parties": [party]})

    assert (held.version, event.history.count()) == (1, 1)


def test_edit_of_a_public_event_by_a_contributor_is_refused(contributor: User) -> None:
    with pytest.raises(NotAllowed):
        events.edit_event(factories.event(), by=contributor, changes={"title": "x"})


def test_edit_of_a_stale_version_is_refused(editor: User) -> None:
    event = factories.event()
    events.edit_event(event, by=editor, changes={"place": "Here"})

    with pytest.raises(StaleVersion):
        events.edit_event(event, by=editor, changes={"place": "There"}, expected_version=1)


def test_event_part_of_its_own_part_is_refused(editor: User) -> None:
    war = factories.event()
    battle = factories.event(parent=war)
    strike = factories.event(parent=battle)

    with pytest.raises(EventCycle, match="would be part of itself"):
        events.edit_event(war, by=editor, changes={"parent": strike})


def test_log_does_not_name_a_draft_that_a_public_event_is_made_part_of(editor: User) -> None:
    event = factories.event()
    war = factories.event(state="draft", title="Secret war")
    before = Change.objects.told().count()

    held = events.edit_event(event, by=editor, changes={"parent": war, "place": "Here"})
    events.edit_event(held, by=editor, changes={"parent": None})

    assert [c.fields for c in Change.objects.told().order_by("id")[before:]] == [
        [{"field": "place", "before": "Makiivka", "after": "Here"}]
    ]


def test_mark_checked_is_no_public_change(editor: User) -> None:
    event = factories.event()
    before = Change.objects.told().count()

    held = events.mark_checked(event, by=editor, on=date(2024, 1, 2))

    assert held.checked_on == date(2024, 1, 2)
    assert Change.objects.told().count() == before


def test_publish_makes_an_event_public_alone(editor: User) -> None:
    event = factories.event(state="draft")

    events.publish_event(event, by=editor)

    assert Change.objects.told().latest("id").kind == "added"
    assert EventDigest.objects.get().comparisons_json == '{"results":[]}'
    with pytest.raises(WrongState, match="public already"):
        events.publish_event(event, by=editor)


def test_withdraw_takes_the_public_claims_along(chief: User) -> None:
    event = factories.event()
    public, draft = factories.claim(event=event), factories.claim(event=event, state="draft")

    events.withdraw_event(event, by=chief, reason="Never happened")

    assert Claim.objects.get(pk=public.pk).state == "withdrawn"
    assert Claim.objects.get(pk=draft.pk).state == "draft"
    assert list(
        Change.objects.filter(kind="withdrawn").order_by("id").values_list("record_id", "reason")
    ) == [(public.public_id, "Never happened"), (event.public_id, "Never happened")]
    assert (Comparison.objects.count(), EventDigest.objects.count()) == (0, 0)
    assert comparisons.differences() == []


def test_withdraw_needs_a_chief_and_a_reason(editor: User, chief: User) -> None:
    event = factories.event()

    with pytest.raises(NotAllowed):
        events.withdraw_event(event, by=editor, reason="Never happened")
    with pytest.raises(ReasonNeeded):
        events.withdraw_event(event, by=chief, reason="")


def test_withdrawn_event_can_be_brought_back(chief: User) -> None:
    event = factories.event()
    events.withdraw_event(event, by=chief, reason="Never happened")

    events.publish_event(event, by=chief, reason="It did happen")

    assert Event.objects.get().state == "published"
    assert Change.objects.told().latest("id").kind == "corrected"


def test_merge_moves_claims_parts_parties_and_names(chief: User) -> None:
    ours, theirs = factories.party(), factories.party()
    kept = factories.event(title="Makiivka strike", identifiers=["gtd:1"], parties=[ours])
    gone = factories.event(
        title="Makeyevka strike",
        aliases=["Makeevka"],
        identifiers=["ucdp-ged:412700"],
        parties=[theirs],
    )
    older = factories.event()
    events.merge_events(older, into=gone, by=chief, reason="Same strike")
    child = factories.event(parent=gone)
    claim = factories.claim(event=gone)
    draft = factories.claim(event=gone, state="draft")
    stored = choose_event(factories.stored_text(), by=chief, event=gone)

    events.merge_events(gone, into=kept, by=chief, reason="Same strike")

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("withdrawn", kept)
    assert Event.objects.get(pk=older.pk).merged_into == kept
    assert {c.event for c in Claim.objects.filter(pk__in=[claim.pk, draft.pk])} == {kept}
    assert Event.objects.get(pk=child.pk).parent == kept
    assert StoredText.objects.get(pk=stored.pk).event == kept
    assert kept.aliases == ["Makeyevka strike", "Makeevka", older.title]
    assert kept.identifiers == ["gtd:1", "ucdp-ged:412700"]
    assert set(kept.parties.all()) == {ours, theirs}
    assert Comparison.objects.get().event == kept
    entry = Change.objects.told().latest("id")
    assert (entry.kind, entry.record_id, entry.target_id) == (
        "merged",
        gone.public_id,
        kept.public_id,
    )
    assert comparisons.differences() == []


def test_merge_of_a_parent_into_its_part_lifts_the_part(chief: User) -> None:
    war = factories.event()
    battle = factories.event(parent=war)

    kept = events.merge_events(war, into=battle, by=chief, reason="Same thing")

    assert kept.parent is None


def test_merge_into_a_part_of_a_part_is_refused(chief: User) -> None:
    war = factories.event()
    strike = factories.event(parent=factories.event(parent=war))

    with pytest.raises(EventCycle):
        events.merge_events(war, into=strike, by=chief, reason="Same thing")


def test_merge_of_a_public_event_into_a_draft_is_refused(chief: User) -> None:
    with pytest.raises(WrongState, match="publish that one first"):
        events.merge_events(
            factories.event(), into=factories.event(state="draft"), by=chief, reason="Same"
        )


def test_merge_into_itself_is_refused(chief: User) -> None:
    event = factories.event()

    with pytest.raises(WrongState, match="merged into itself"):
        events.merge_events(event, into=event, by=chief, reason="Same")
