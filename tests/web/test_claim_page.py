"""The page of one claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from claims.models import Claim
from claims.services import citations, claims, documents, reviews
from tests import factories

SECRET = "quokka"  # a word that no page of ours has


def makiivka(**fields: object) -> Claim:
    """Return a public claim with everything that the page can show."""
    russia = factories.party("Russia")
    event = factories.event(title="Makiivka strike", parties=[russia])
    ministry = factories.source(
        name="Ministry of Defence of Russia", kind="military", speaks_for=russia
    )
    defaults = {
        "event": event,
        "claimant": ministry,
        "wording": "63",
        "victims": "combatants",
        "victims_wording": "Russian servicemen",
        "victims_party": russia,
        "claimed_on": date(2023, 1, 2),
    }
    return factories.claim(**defaults | fields)


def test_page_when_public_then_says_who_said_what_when_about_whom(
    words_at: Callable[[str], str],
) -> None:
    claim = makiivka(wording="about 400")

    words = words_at(claim.get_absolute_url())

    assert (
        "The Ministry of Defence of Russia said on 2 January 2023 that "
        "about 400 Russian servicemen were killed." in words
    )
    assert "As worded “about 400”" in words
    assert "Bounds, plain reading 350 to 450 Bounds, strict reading no bounds" in words
    assert "Stance own losses" in words
    assert "“Russian servicemen” combatants, Russia" in words
    assert "Combatants of Russia killed Makiivka strike: 1 claimant, 1 claim single claimant" in (
        words
    )


def test_page_links_its_question_on_the_event_page(db: None, client: Client) -> None:
    claim = makiivka()
    comparison = claim.event.comparisons.get()

    html = client.get(claim.get_absolute_url()).content.decode()

    assert f'href="{claim.event.get_absolute_url()}#{comparison.public_id}"' in html


def test_page_shows_how_each_document_prints_it(words_at: Callable[[str], str]) -> None:
    agency = factories.document(title="Wire report")
    claim = makiivka()
    factories.citation(
        claim,
        document=factories.document(
            title="Front page story",
            archived_url="https://archive.example/1",
            published_on=date(2023, 1, 3),
        ),
        wording="63 dead",
        quote="The ministry said 63 had died.",
        locator="paragraph 2",
        via=agency,
    )

    words = words_at(claim.get_absolute_url())

    assert "Front page story" in words
    assert (
        "3 January 2023 · paragraph 2 Recorded wording: “63 dead” The ministry said 63 had died."
        in words
    )
    assert "Got it from Wire report" in words
    assert "archived copy" in words


def test_page_when_revised_then_each_end_of_the_chain_names_the_other(
    words_at: Callable[[str], str],
) -> None:
    earlier = makiivka()
    later = factories.publish(
        claims.revise_claim(
            earlier,
            by=factories.user(role="editor"),
            changes={"wording": "89", "claimed_on": date(2023, 1, 4)},
            citations=[{"document": factories.document()}],
        )
    )

    before, after = (words_at(c.get_absolute_url()) for c in (earlier, later))

    assert "Revised. The same claimant gave 89 on 4 January 2023." in before
    assert "Replaces the same claimant’s 63 of 2 January 2023." in after
    assert "2 January 2023 63 4 January 2023 89 this claim" in after


def test_page_when_corrected_then_shows_before_after_and_reason_but_no_name(
    words_at: Callable[[str], str],
) -> None:
    claim = makiivka()
    editor = factories.user(role="editor", username=f"{SECRET}-editor", first_name=SECRET)
    claims.correct_claim(
        claim, by=editor, changes={"area": "Makiivka"}, reason="The statement names the town."
    )

    words = words_at(claim.get_absolute_url())

    assert "corrected area not given → Makiivka Reason: The statement names the town." in words
    assert SECRET not in words


def test_page_when_being_corrected_then_404_says_so_and_nothing_else(
    db: None, client: Client
) -> None:
    claim = makiivka(wording="89")
    claims.correct_claim(
        claim,
        by=factories.user(role="editor"),
        changes={"wording": "63"},
        reason=f"A slip of the {SECRET}.",
    )

    answer = client.get(claim.get_absolute_url())

    html = answer.content.decode()
    assert answer.status_code == 404
    assert f"The claim {claim.public_id} is being corrected and is not public just now." in html
    assert SECRET not in html
    assert "Ministry" not in html


def test_page_when_withdrawn_then_410_tombstone_without_the_text(db: None, client: Client) -> None:
    claim = makiivka(victims_wording=f"{SECRET} servicemen")
    reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="It was never said.")

    answer = client.get(claim.get_absolute_url())

    html = answer.content.decode()
    assert answer.status_code == 410
    assert "This claim was withdrawn" in html
    assert "It was never said." in html
    assert SECRET not in html
    assert "Ministry" not in html


def test_page_when_merged_then_moved_for_ever(db: None, client: Client) -> None:
    kept = makiivka()
    gone = factories.claim(
        event=kept.event,
        claimant=kept.claimant,
        wording="63",
        victims="combatants",
        victims_party=kept.victims_party,
        claimed_on=kept.claimed_on,
    )
    claims.merge_claims(gone, into=kept, by=factories.user(role="chief"), reason="The same.")

    answer = client.get(gone.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_page_when_never_public_then_404_as_for_an_id_that_never_was(
    db: None, client: Client, state: str
) -> None:
    claim = factories.claim(state=state, victims_wording=SECRET)

    answer = client.get(claim.get_absolute_url())

    html = answer.content.decode()
    assert answer.status_code == 404
    assert f"There is no claim {claim.public_id}." in html
    assert SECRET not in html


def test_page_never_shows_what_is_for_editors_only(db: None, client: Client) -> None:
    claim = makiivka(note=SECRET)
    factories.citation(claim, note=SECRET)
    draft = claims.revise_claim(
        claim,
        by=factories.user(role="editor"),
        changes={"wording": "89", "victims_wording": SECRET},
        citations=[{"document": factories.document(title=SECRET, state="draft")}],
    )
    withdrawn = factories.citation(claim, document=factories.document(title=SECRET))
    citations.withdraw_citation(withdrawn, by=factories.user(role="editor"), reason="Not there.")
    documents.withdraw_document(
        withdrawn.document, by=factories.user(role="chief"), reason="Not ours."
    )

    html = client.get(claim.get_absolute_url()).content.decode()

    assert draft.state == "draft"
    assert SECRET not in html


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_however_much_is_shown(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    earlier = makiivka()
    revision = claims.revise_claim(
        earlier,
        by=factories.user(role="editor"),
        changes={"wording": "89", "claimed_on": date(2023, 1, 4)},
        citations=[{"document": factories.document()}],
    )
    claim = factories.publish(revision)
    for _ in range(count):
        factories.citation(claim)
        factories.claim(
            event=claim.event,
            claimant=claim.claimant,
            victims="combatants",
            victims_party=claim.victims_party,
        )

    with django_assert_num_queries(8):
        client.get(claim.get_absolute_url())
