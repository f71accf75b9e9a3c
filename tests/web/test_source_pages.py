"""The list of sources and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from claims.queries import source_claims
from claims.services import claims, sources
from tests import factories

SECRET = "quokka"


def test_page_shows_each_claim_beside_what_others_claimed(
    words_at: Callable[[str], str],
) -> None:
    event = factories.event(title="Makiivka strike")
    ministry = factories.source(name="Ministry of Defence")
    factories.claim(event=event, claimant=ministry, wording="89", claimed_on=date(2023, 1, 4))
    factories.claim(event=event, claimant=factories.source(name="Kyiv"), wording="about 400")
    factories.claim(event=event, claimant=factories.source(name="BBC"), wording="at least 92")

    words = words_at(ministry.get_absolute_url())

    assert (
        "Makiivka strike people killed This source, 4 January 2023 89 "
        "Others 92 to 400 Kyiv: about 400 BBC: at least 92" in words
    )
    assert "All claims on this question together: contradictory" in words


def test_page_when_alone_then_says_so(words_at: Callable[[str], str]) -> None:
    claim = factories.claim()

    words = words_at(claim.claimant.get_absolute_url())

    assert "Others nobody else is on record" in words


def test_page_when_others_do_not_vote_then_does_not_say_there_is_nobody(
    words_at: Callable[[str], str],
) -> None:
    claim = factories.claim(wording="89")
    factories.claim(event=claim.event, wording="an unknown number")

    words = words_at(claim.claimant.get_absolute_url())

    assert "Others no claim that can be compared with it" in words


def test_page_marks_a_revised_claim(words_at: Callable[[str], str]) -> None:
    earlier = factories.claim(wording="63")
    factories.publish(
        claims.revise_claim(
            earlier,
            by=factories.user(role="editor"),
            changes={"wording": "89", "claimed_on": date(2023, 1, 9)},
            citations=[{"document": factories.document()}],
        )
    )

    words = words_at(earlier.claimant.get_absolute_url())

    assert "63 revised to 89" in words


def test_page_lists_the_documents_it_published(words_at: Callable[[str], str]) -> None:
    paper = factories.source(name="The Daily")
    factories.document(title="Dozens dead", publisher=paper, published_on=date(2023, 1, 3))
    factories.document(title=SECRET, publisher=paper, state="draft")

    words = words_at(paper.get_absolute_url())

    assert "Documents it published Dozens dead 3 January 2023" in words
    assert SECRET not in words


def test_page_pages_claims_and_documents_independently(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_claims, "CLAIMS_SHOWN", 1)
    monkeypatch.setattr(source_claims, "DOCUMENTS_SHOWN", 1)
    source = factories.source()
    first, second = (
        factories.claim(claimant=source, claimed_on=date(2023, 1, day)) for day in (9, 5)
    )
    newest, oldest = reversed([factories.document(publisher=source) for _ in range(2)])

    start = client.get(source.get_absolute_url())
    further = client.get(start.context["claims_pager"].next)
    furthest = client.get(further.context["documents_pager"].next)

    assert [row.claim for row in start.context["claims"]] == [first]
    assert list(start.context["documents"]) == [newest]
    assert [row.claim for row in furthest.context["claims"]] == [second]
    assert list(furthest.context["documents"]) == [oldest]


def test_page_when_documents_cursor_is_damaged_then_400_names_that_one(
    db: None, client: Client
) -> None:
    source = factories.source()

    answer = client.get(f"{source.get_absolute_url()}?documents=nonsense")

    assert answer.status_code == 400
    assert "<code>documents</code>" in answer.content.decode()


@pytest.mark.parametrize(
    "ending", [pytest.param("-other-name/", id="wrong slug"), pytest.param("/", id="no slug")]
)
def test_page_when_slug_is_wrong_then_moved_with_its_query(
    db: None, client: Client, ending: str
) -> None:
    source = factories.source(name="The Daily")

    answer = client.get(f"/sources/{source.public_id}{ending}?cursor=")

    assert answer.status_code == 301
    assert answer["Location"] == f"{source.get_absolute_url()}?cursor="


def test_page_when_gone_then_410_and_when_merged_then_301(db: None, client: Client) -> None:
    chief = factories.user(role="chief")
    gone, merged = factories.source(name=SECRET), factories.source(name="Old name")
    kept = factories.source(name="New name")
    sources.withdraw_source(gone, by=chief, reason="Nobody.")
    sources.merge_sources(merged, into=kept, by=chief, reason="The same.")

    tombstone = client.get(f"/sources/{gone.public_id}-any/")
    moved = client.get(merged.get_absolute_url(), follow=True)

    assert tombstone.status_code == 410
    assert SECRET not in tombstone.content.decode()
    assert [status for _, status in moved.redirect_chain] == [301, 301]
    assert moved.redirect_chain[-1][0] == kept.get_absolute_url()


def test_page_shows_nothing_that_is_not_public(db: None, client: Client) -> None:
    claim = factories.claim(note=SECRET)
    factories.claim(claimant=claim.claimant, state="draft", victims_wording=SECRET)
    factories.claim(event=claim.event, claimant=factories.source(name=SECRET), state="submitted")

    assert SECRET not in client.get(claim.claimant.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_claims(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    source = factories.source()
    for _ in range(count):
        claim = factories.claim(claimant=source)
        factories.claim(event=claim.event)
        factories.document(publisher=source)

    with django_assert_num_queries(6):
        client.get(source.get_absolute_url())


def test_list_is_narrowed_by_name_and_kind(words_at: Callable[[str], str]) -> None:
    factories.source(name="Ministry of Health", kind="health_authority")
    factories.source(name="Ministry of Defence", kind="military")
    factories.source(name=f"Ministry of {SECRET}", kind="military", state="draft")

    words = words_at("/sources/?q=minis&kind=military")

    assert "Ministry of Defence military" in words
    assert "Ministry of Health" not in words
    assert SECRET not in words


def test_list_when_nothing_is_found_then_says_what_was_asked(
    words_at: Callable[[str], str],
) -> None:
    factories.source(name="Ministry of Health")

    words = words_at("/sources/?q=minster&kind=court")

    assert (
        "No source has all of the words “minster” in its names and is of the kind court." in words
    )


def test_list_when_parameter_is_unknown_then_400_names_the_nearest(
    db: None, client: Client
) -> None:
    answer = client.get("/sources/?knd=court")

    assert answer.status_code == 400
    assert "Did you mean “kind”?" in answer.content.decode()


def test_list_goes_on_from_page_to_page(db: None, client: Client) -> None:
    for name in ("Alpha", "Beta", "Gamma"):
        factories.source(name=name)

    first = client.get("/sources/?page_size=2")
    second = client.get(first.context["pager"].next)
    back = client.get(second.context["pager"].previous)

    names = [[s.name for s in answer.context["sources"]] for answer in (first, second, back)]
    assert names == [["Alpha", "Beta"], ["Gamma"], ["Alpha", "Beta"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_one_query(
    db: None, client: Client, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count):
        factories.source(speaks_for=factories.party(f"Party {number}"))

    with django_assert_num_queries(1):
        client.get("/sources/")
