"""Decisions about figures read by machine: each a person's, each undone, the changes kept."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.figures import Figure, Qualifier
from claims.models import Candidate, Citation, Claim, Event, Source
from claims.services import claims, reviews
from claims.services.candidates import (
    accept_candidate,
    merge_candidate,
    reject_candidate,
    reopen_candidate,
    submit_drafts,
)
from claims.services.readings import record_reading
from claims.services.refusals import (
    FigureMismatch,
    FigureNotInQuote,
    Incomplete,
    NotAllowed,
    StaleVersion,
    WrongState,
)
from tests import factories
from tests.factories import read

pytestmark = pytest.mark.django_db

TEXT = (
    "A strike hit a barracks.\n\nMoscow raised the toll to 89 from 63, it said. "
    "Kyiv put it at about 400."
)


@pytest.fixture
def event() -> Event:
    return factories.event(state="draft")


@pytest.fixture
def moscow() -> Source:
    return factories.source(name="Russian Ministry of Defence", state="draft")


@pytest.fixture
def figures(contributor: User) -> list[Candidate]:
    """The candidates 89, 63 and about 400, the first revising the second."""
    stored = factories.stored_text(TEXT, by=contributor)
    return factories.candidates(
        stored,
        read(TEXT, "89", claimant="Moscow", revises=1, victims="combatants"),
        read(TEXT, "63", claimant="Moscow", victims="combatants"),
        read(TEXT, "about 400", claimant="Kyiv"),
        by=contributor,
    )


def decision(candidate: Candidate) -> tuple[str, str | None, Claim | None, str]:
    candidate.refresh_from_db()
    by = candidate.decided_by.username if candidate.decided_by else None
    return candidate.state, by, candidate.claim, candidate.reason


def test_candidate_when_accepted_as_read_then_draft_cited_with_its_sentence(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    candidate = figures[2]

    claim = accept_candidate(candidate, by=contributor, event=event, claimant=moscow)

    citation = claim.citations.get()
    assert (claim.state, claim.event, claim.claimant, claim.created_by) == (
        "draft", event, moscow, contributor,
    )  # fmt: skip
    assert (claim.wording, claim.qualifier, claim.low, claim.best, claim.high) == (
        "about 400", "about", None, 400, None,
    )  # fmt: skip
    assert (claim.measure, claim.victims, claim.count_basis, claim.claimed_on) == (
        "killed", "people", "all_reported", date(2023, 1, 4),
    )  # fmt: skip
    assert (citation.document, citation.wording, citation.quote, citation.locator) == (
        candidate.stored_text.document, "about 400", "Kyiv put it at about 400.", "paragraph 2",
    )  # fmt: skip
    assert claim.victims_party is None
    assert decision(candidate) == ("accepted", contributor.username, claim, "")
    assert (candidate.citation, candidate.mended_fields) == (citation, {})


def test_candidate_when_changed_then_mended_with_both_kept(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    russia = factories.party(name="Russia")

    claim = accept_candidate(
        figures[2],
        by=contributor,
        event=event,
        claimant=moscow,
        changes={
            "wording": "up to 400",
            "measure": "killed_or_injured",
            "victims_party": russia,
            "claimed_on": date(2023, 1, 4),
            "quote": "Kyiv put it  at about 400.",
            "area": "Makiivka",
        },
    )

    assert (claim.wording, claim.qualifier, claim.best, claim.high) == (
        "up to 400", "at_most", None, 400,
    )  # fmt: skip
    assert (claim.measure, claim.victims_party, claim.area) == (
        "killed_or_injured", russia, "Makiivka",
    )  # fmt: skip
    assert decision(figures[2])[0] == "mended"
    assert figures[2].mended_fields == {
        "wording": ["about 400", "up to 400"],
        "measure": ["killed", "killed_or_injured"],
        "victims_party": ["", "Russia"],
    }
    assert (figures[2].wording, figures[2].measure) == ("about 400", "killed")


def test_candidate_when_event_and_claimant_are_new_then_made_with_the_claim(
    contributor: User, figures: list[Candidate]
) -> None:
    claim = accept_candidate(
        figures[0],
        by=contributor,
        event={"title": "Barracks strike", "kind": "strike"},
        claimant={"name": "Moscow", "kind": "government"},
    )

    assert (claim.event.title, claim.event.state) == ("Barracks strike", "draft")
    assert (claim.claimant.name, claim.claimant.kind) == ("Moscow", "government")


def test_candidate_when_refused_then_nothing_of_it_is_left(
    contributor: User, figures: list[Candidate]
) -> None:
    with pytest.raises(FigureMismatch):
        accept_candidate(
            figures[0],
            by=contributor,
            event={"title": "Barracks strike"},
            claimant={"name": "Moscow"},
            changes={"qualifier": "exactly", "best": 90},
        )

    assert (Event.objects.count(), Claim.objects.count()) == (0, 0)
    assert not Source.objects.filter(name="Moscow").exists()
    assert decision(figures[0]) == ("open", None, None, "")


def test_wording_when_nobody_can_read_what_was_typed_then_refused(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    with pytest.raises(Incomplete, match="a great many"):
        accept_candidate(
            figures[0],
            by=contributor,
            event=event,
            claimant=moscow,
            changes={"wording": "a great many"},
        )


def test_foreign_wording_when_accepted_as_read_then_says_who_read_it(
    contributor: User, event: Event, moscow: Source
) -> None:
    text = "Погибли не менее 63 человек."
    stored = factories.stored_text(text, by=contributor, language="ru")
    figure = Figure(Qualifier.AT_LEAST, low=63, wording="не менее 63")
    found = factories.reading(read(text, "не менее 63", figure=figure), language="ru")
    record_reading(stored, reading=found, by=contributor)

    claim = accept_candidate(stored.candidates.get(), by=contributor, event=event, claimant=moscow)

    assert (claim.low, claim.mismatch_reason) == (
        63, "Read in ru by the extraction, version 1; accepted by a person.",
    )  # fmt: skip
    assert stored.candidates.get().state == "accepted"


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        pytest.param(date(2022, 2, 24), None, id="the war itself, which began in that month"),
        pytest.param(date(2023, 1, 1), date(2022, 2, 1), id="another stretch of time"),
    ],
)
def test_period_when_it_is_the_event_itself_then_no_other_scope(
    contributor: User, moscow: Source, started: date, expected: date | None
) -> None:
    since = PartialDate(date(2022, 2, 1), DatePrecision.MONTH)
    candidate = factories.candidate(by=contributor, period_start=since)
    event = factories.event(date_start=started, state="draft")

    claim = accept_candidate(candidate, by=contributor, event=event, claimant=moscow)

    assert claim.period_start == expected


def test_revision_when_the_earlier_figure_was_accepted_then_carried_over(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    eighty_nine, sixty_three, _ = figures
    earlier = accept_candidate(sixty_three, by=contributor, event=event, claimant=moscow)

    later = accept_candidate(eighty_nine, by=contributor, event=event, claimant=moscow)

    assert later.revises == earlier


def test_revision_when_the_earlier_figure_comes_second_then_linked_all_the_same(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    eighty_nine, sixty_three, _ = figures
    later = accept_candidate(eighty_nine, by=contributor, event=event, claimant=moscow)

    earlier = accept_candidate(sixty_three, by=contributor, event=event, claimant=moscow)

    later.refresh_from_db()
    assert later.revises == earlier


def test_revision_when_another_claimant_said_the_earlier_figure_then_none(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    eighty_nine, sixty_three, _ = figures
    accept_candidate(sixty_three, by=contributor, event=event, claimant=factories.source())

    later = accept_candidate(eighty_nine, by=contributor, event=event, claimant=moscow)

    assert later.revises is None


def test_candidate_when_decided_meanwhile_then_refused_and_says_by_whom(
    contributor: User, editor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    reject_candidate(figures[0], by=editor, reason="A date.")

    with pytest.raises(WrongState, match=f"decided meanwhile by {editor.username}: rejected"):
        accept_candidate(figures[0], by=contributor, event=event, claimant=moscow)
    with pytest.raises(StaleVersion):
        accept_candidate(
            figures[0], by=contributor, event=event, claimant=moscow, expected_version=1
        )

    assert decision(figures[0]) == ("rejected", editor.username, None, "A date.")
    assert Claim.objects.count() == 0


def test_candidate_when_merged_then_citation_of_the_claim(
    editor: User, figures: list[Candidate]
) -> None:
    claim = factories.claim(wording="about 400")
    via = factories.document()

    citation = merge_candidate(figures[2], into=claim, by=editor, via=via)

    assert (citation.claim, citation.via, citation.state) == (claim, via, "published")
    assert (citation.quote, citation.locator) == ("Kyiv put it at about 400.", "paragraph 2")
    assert decision(figures[2]) == ("merged", editor.username, claim, "")
    assert Claim.objects.count() == 1


def test_candidate_when_merged_into_another_measure_then_refused(
    editor: User, figures: list[Candidate]
) -> None:
    claim = factories.claim(wording="about 400", measure="injured")

    with pytest.raises(WrongState, match="different measures are different claims"):
        merge_candidate(figures[2], into=claim, by=editor)


def test_candidate_when_merged_into_a_public_claim_by_a_contributor_then_refused(
    contributor: User, figures: list[Candidate]
) -> None:
    with pytest.raises(NotAllowed):
        merge_candidate(figures[2], into=factories.claim(), by=contributor)


def test_candidate_when_merged_into_a_withdrawn_claim_then_refused(
    editor: User, figures: list[Candidate]
) -> None:
    with pytest.raises(WrongState, match="A withdrawn claim takes no citation"):
        merge_candidate(figures[2], into=factories.claim(state="withdrawn"), by=editor)


def test_rejection_when_undone_then_open_again(contributor: User, figures: list[Candidate]) -> None:
    rejected = reject_candidate(figures[0], by=contributor, reason="A date.")

    reopen_candidate(rejected, by=contributor, expected_version=rejected.version)

    assert decision(figures[0]) == ("open", None, None, "")


def test_acceptance_when_undone_and_made_again_then_the_same_claim(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    claim = accept_candidate(figures[2], by=contributor, event=event, claimant=moscow)
    reopen_candidate(figures[2], by=contributor)
    claim.refresh_from_db()
    put_aside = claim.state
    other = factories.event(state="draft")

    again = accept_candidate(
        figures[2],
        by=contributor,
        event=other,
        claimant=moscow,
        changes={"wording": "over 400", "quote": "Over 400."},
    )

    assert put_aside == "rejected"
    assert (again.pk, again.state, again.event, again.wording, again.low) == (
        claim.pk, "draft", other, "over 400", 400,
    )  # fmt: skip
    assert list(Citation.objects.values_list("claim", "wording", "quote")) == [
        (claim.pk, "over 400", "Over 400.")
    ]
    assert decision(figures[2])[0] == "mended"


def test_acceptance_when_its_claim_is_public_then_not_undone(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    claim = accept_candidate(figures[2], by=contributor, event=event, claimant=moscow)
    factories.publish(claim)

    with pytest.raises(WrongState, match="is or was public"):
        reopen_candidate(figures[2], by=factories.user(role="editor"))

    assert decision(figures[2])[0] == "accepted"


def test_acceptance_when_another_figure_was_merged_into_it_then_undone_after_that(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    claim = accept_candidate(figures[0], by=contributor, event=event, claimant=moscow)
    merge_candidate(figures[2], into=claim, by=contributor)
    with pytest.raises(WrongState, match="undo those first"):
        reopen_candidate(figures[0], by=contributor)

    reopen_candidate(figures[2], by=contributor)
    reopen_candidate(figures[0], by=contributor)

    assert [decision(figure)[0] for figure in figures] == ["open", "open", "open"]
    assert sorted(Citation.objects.values_list("state", flat=True)) == ["draft", "withdrawn"]


def test_merge_into_a_public_claim_when_undone_then_reason_asked(
    editor: User, figures: list[Candidate]
) -> None:
    merge_candidate(figures[2], into=factories.claim(), by=editor)

    reopened = reopen_candidate(figures[2], by=editor, reason="Another statement.")

    citation = Citation.objects.get(document=reopened.stored_text.document)
    assert (citation.state, decision(figures[2])[0]) == ("withdrawn", "open")


def test_undecided_when_undone_then_refused(contributor: User, figures: list[Candidate]) -> None:
    with pytest.raises(WrongState, match="Nobody has decided"):
        reopen_candidate(figures[0], by=contributor)


def test_drafts_when_submitted_together_then_each_waits_or_says_why_not(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    mine = accept_candidate(figures[0], by=contributor, event=event, claimant=moscow)
    theirs = accept_candidate(
        figures[2], by=factories.user(), event=event, claimant=factories.source()
    )
    reject_candidate(figures[1], by=contributor)

    result = submit_drafts(figures[0].stored_text, by=contributor)

    assert [claim.pk for claim in result.done] == [mine.pk]
    assert [claim.pk for claim, _ in result.refused] == [theirs.pk]
    assert result.refused[0][1].startswith("Contributors edit claims that they have drafted")
    assert list(Claim.objects.order_by("pk").values_list("state", flat=True)) == [
        "submitted", "draft",
    ]  # fmt: skip


def test_claims_when_made_one_then_candidates_follow(
    chief: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    gone = accept_candidate(figures[0], by=chief, event=event, claimant=moscow)
    kept = accept_candidate(figures[1], by=chief, event=event, claimant=moscow)

    claims.merge_claims(gone, into=kept, by=chief, reason="Entered twice.")

    assert [decision(figure)[2] for figure in figures[:2]] == [kept, kept]


@pytest.mark.parametrize("name", ["accept", "reject", "merge", "reopen", "submit"])
def test_decision_when_made_by_somebody_without_a_role_then_refused(
    name: str, figures: list[Candidate], event: Event, moscow: Source
) -> None:
    nobody = factories.user(role="")
    make = {
        "accept": lambda: accept_candidate(figures[0], by=nobody, event=event, claimant=moscow),
        "reject": lambda: reject_candidate(figures[0], by=nobody),
        "merge": lambda: merge_candidate(figures[0], by=nobody, into=factories.claim()),
        "reopen": lambda: reopen_candidate(figures[0], by=nobody),
        "submit": lambda: submit_drafts(figures[0].stored_text, by=nobody),
    }[name]

    with pytest.raises(NotAllowed):
        make()


def test_figure_when_no_quote_prints_it_then_published_only_with_a_reason(
    contributor: User, editor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    claim = accept_candidate(
        figures[2],
        by=contributor,
        event=event,
        claimant=moscow,
        changes={"quote": "Kyiv named a far higher number."},
    )
    submit_drafts(figures[2].stored_text, by=contributor)

    with pytest.raises(FigureNotInQuote, match="No quote of this claim prints “about 400”"):
        reviews.publish_claim(claim, by=editor)
    published = reviews.publish_claim(claim, by=editor, reason="The number is in the headline.")

    assert published.state == "published"


@pytest.mark.parametrize(
    "quotes",
    [
        pytest.param(["", ""], id="no quotes at all"),
        pytest.param(["Many died.", "Some 400 died."], id="one of two prints it"),
    ],
)
def test_figure_when_a_quote_prints_it_or_none_is_kept_then_published(
    editor: User, quotes: list[str]
) -> None:
    claim = factories.claim(state="draft", wording="about 400", documents=[])
    for quote in quotes:
        factories.citation(claim, quote=quote)
    reviews.submit_claim(claim, by=claim.created_by)

    assert reviews.publish_claim(claim, by=editor).state == "published"


def test_party_when_chosen_for_the_words_then_nothing_is_mended(
    contributor: User, event: Event, moscow: Source, figures: list[Candidate]
) -> None:
    russia = factories.party(name="Russia")

    claim = accept_candidate(
        figures[2], by=contributor, event=event, claimant=moscow, victims_party=russia
    )

    assert (claim.victims_party, decision(figures[2])[0]) == (russia, "accepted")
