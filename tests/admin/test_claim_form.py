"""Entering and mending a claim: by its wording, with its documents, one service call a save."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from claims.models import Citation, Claim
from tests import factories
from tests.admin.posting import add_page, errors, opened, page, save

pytestmark = pytest.mark.django_db


def figure(claim):
    claim.refresh_from_db()
    return claim.qualifier, claim.low, claim.best, claim.high


def new_claim(client, url="", **changes):
    """Fill in the form for a new claim."""
    data = opened(client, url or add_page("claim"))
    defaults = {
        "event": factories.event().pk,
        "claimant": factories.source().pk,
        "measure": "killed",
        "wording": "about 400",
        "citations-0-document": factories.document().pk,
    }
    return save(client, url or add_page("claim"), data, **(defaults | changes))


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_new_claim_when_only_worded_then_numbers_filled_in_and_read_back(desk):
    answer = new_claim(desk("contributor"))

    claim = Claim.objects.get()
    assert answer.status_code == 302
    assert (claim.state, *figure(claim)) == ("draft", "about", None, 400, None)
    assert "Read as about 400: 350 to 450; strictly: nothing." in told(answer)


def test_new_claim_when_saved_then_citation_and_author_are_there(desk):
    connie = factories.user(role="contributor")

    new_claim(desk(connie), **{"citations-0-wording": "some 400", "citations-0-locator": "p. 3"})

    claim, citation = Claim.objects.get(), Citation.objects.get()
    assert (claim.created_by, citation.claim) == (connie, claim)
    assert (citation.wording, citation.locator, citation.state) == ("some 400", "p. 3", "draft")


def test_new_claim_when_citation_is_left_empty_then_draft_without_one(desk):
    new_claim(desk("contributor"), **{"citations-0-document": None})

    assert (Claim.objects.count(), Citation.objects.count()) == (1, 0)


def test_new_claim_when_nobody_can_read_the_wording_then_asked_what_it_says(desk):
    answer = new_claim(desk("editor"), wording="a great many")

    assert Claim.objects.count() == 0
    assert list(errors(answer)) == ["wording", "qualifier"]
    assert errors(answer)["wording"][0].startswith('A person has to read "a great many"')


def test_new_claim_when_figure_is_not_what_the_wording_says_then_reason_asked(desk):
    answer = new_claim(desk("editor"), qualifier="exactly", best="40")

    assert Claim.objects.count() == 0
    said = (
        "“about 400” reads as about (best 400), but the figure is exactly (best 40). "
        "Correct one of them or say why they differ."
    )
    assert errors(answer) == {"mismatch_reason": [said]}


def test_new_claim_when_mismatch_has_a_reason_then_saved(desk):
    new_claim(desk("editor"), qualifier="exactly", best="40", mismatch_reason="A misprint.")

    claim = Claim.objects.get()
    assert (figure(claim), claim.mismatch_reason) == (
        ("exactly", None, 40, None),
        "A misprint.",
    )


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        pytest.param("2023", date(2023, 12, 31), "year", id="a year counts from its last day"),
        pytest.param("2023-02", date(2023, 2, 28), "month", id="a month from its last day"),
        pytest.param("2023-02-03", date(2023, 2, 3), "day", id="a day"),
        pytest.param("about 2023-02-03", date(2023, 2, 3), "approximate", id="about a day"),
        pytest.param("", None, "day", id="nothing"),
    ],
)
def test_new_claim_when_date_is_known_in_part_then_kept_with_its_precision(
    desk, typed, day, precision
):
    new_claim(desk("editor"), claimed_on=typed)

    claim = Claim.objects.get()
    assert (claim.claimed_on, claim.claimed_on_precision) == (day, precision)


@pytest.mark.parametrize("typed", ["last week", "2023-13", "about 2023", "2023-02-30"])
def test_new_claim_when_date_is_none_then_refused_at_the_field(desk, typed):
    answer = new_claim(desk("editor"), claimed_on=typed)

    assert (Claim.objects.count(), list(errors(answer))) == (0, ["claimed_on"])


def test_new_claim_when_asked_for_review_then_led_there(desk):
    answer = new_claim(desk("editor"), _review="1")

    claim = Claim.objects.get()
    assert answer.url == f"{reverse('admin:claims_claim_move', args=['submit'])}?ids={claim.pk}"


def test_new_claim_when_another_follows_then_same_event_and_document(desk):
    event, document = factories.event(), factories.document()

    answer = new_claim(
        desk("editor"), event=event.pk, _addanother="1", **{"citations-0-document": document.pk}
    )

    assert answer.url == f"{add_page('claim')}?event={event.pk}&document={document.pk}"


def test_new_claim_when_document_is_in_the_address_then_cited_on_saving(desk):
    document, event = factories.document(), factories.event()
    url = f"{add_page('claim')}?document={document.pk}&event={event.pk}"
    client = desk("editor")

    shown = opened(client, url)
    new_claim(client, url, event=event.pk, **{"citations-0-document": document.pk})

    assert (shown["event"], shown["citations-0-document"]) == (str(event.pk), str(document.pk))
    assert Citation.objects.get().document == document


def test_edit_when_wording_changes_then_numbers_follow(desk):
    ed = factories.user(role="editor")
    claim = factories.claim(state="draft", wording="about 400", by=ed)
    client = desk(ed)

    save(client, page(claim), opened(client, page(claim)), wording="at least 25")

    assert figure(claim) == ("at_least", 25, None, None)


def test_edit_when_numbers_are_emptied_then_read_from_the_wording_again(desk):
    claim = factories.claim(
        state="draft", wording="about 400", qualifier="exactly", best=40, mismatch_reason="x"
    )
    client = desk("editor")
    data = opened(client, page(claim))

    save(client, page(claim), data, qualifier=None, best=None)

    assert figure(claim) == ("about", None, 400, None)


def test_edit_when_zero_is_typed_then_it_is_a_number(desk):
    claim = factories.claim(state="draft", wording="", qualifier="exactly", best=5)
    client = desk("editor")

    save(client, page(claim), opened(client, page(claim)), best="0")

    assert figure(claim) == ("exactly", None, 0, None)


def test_edit_when_nothing_changes_then_no_new_version(desk):
    claim = factories.claim(state="draft")
    client = desk("editor")

    answer = save(client, page(claim), opened(client, page(claim)))

    assert answer.status_code == 302
    assert Claim.objects.get(pk=claim.pk).version == claim.version


def test_edit_when_draft_is_anothers_then_contributor_only_sees_it(desk):
    claim = factories.claim(state="draft")
    client = desk("contributor")
    shown = client.get(page(claim))

    answer = client.post(page(claim), {"wording": "99"})

    assert shown.context["has_change_permission"] is False
    assert answer.status_code == 403


def test_edit_when_published_then_only_shown_until_opened_for_correction(desk):
    claim = factories.claim()
    client = desk("editor")

    assert client.get(page(claim)).context["has_change_permission"] is False
    assert client.post(page(claim), {"wording": "99"}).status_code == 403
    assert client.get(f"{page(claim)}?correct=1").context["has_change_permission"] is True


def test_correction_when_no_reason_is_given_then_asked_for(desk):
    claim = factories.claim(wording="89")
    url, client = f"{page(claim)}?correct=1", desk("editor")

    answer = save(client, url, opened(client, url), wording="98")

    assert list(errors(answer)) == ["reason"]
    assert Claim.objects.get(pk=claim.pk).wording == "89"


def test_correction_of_the_figure_when_saved_then_waits_for_a_new_review(desk):
    claim = factories.claim(wording="89")
    url, client = f"{page(claim)}?correct=1", desk("editor")

    save(client, url, opened(client, url), wording="98", reason="Digits swapped.")

    claim.refresh_from_db()
    assert (claim.state, claim.wording, claim.best) == ("submitted", "98", 98)


def test_correction_of_the_area_when_saved_then_stays_public(desk):
    claim = factories.claim(wording="89")
    url, client = f"{page(claim)}?correct=1", desk("editor")

    save(client, url, opened(client, url), victims_wording="servicemen", reason="Left out.")

    claim.refresh_from_db()
    assert (claim.state, claim.victims_wording) == ("published", "servicemen")


def test_correction_when_contributor_then_not_offered(desk):
    claim = factories.claim()
    client = desk("contributor")

    assert client.get(f"{page(claim)}?correct=1").context["has_change_permission"] is False


def test_revision_when_new_figure_is_entered_then_draft_that_revises(desk):
    earlier = factories.claim(wording="63", victims="combatants")
    url, client = f"{add_page('claim')}?revises={earlier.pk}", desk("contributor")
    data = opened(client, url)

    save(
        client,
        url,
        data,
        wording="89",
        claimed_on="2023-01-04",
        **{"citations-0-document": factories.document().pk},
    )

    later = Claim.objects.get(revises=earlier)
    assert data["claimant"] == str(earlier.claimant_id)
    assert (later.state, later.best, later.victims) == ("draft", 89, "combatants")
    assert (later.event, later.claimant) == (earlier.event, earlier.claimant)


def test_revision_when_claimant_is_another_then_refused_at_the_field(desk):
    earlier = factories.claim(wording="63")
    url, client = f"{add_page('claim')}?revises={earlier.pk}", desk("editor")
    data = opened(client, url)

    answer = save(client, url, data, wording="89", claimant=factories.source().pk)

    assert (list(errors(answer)), Claim.objects.count()) == (["revises"], 1)


def test_citation_when_added_to_a_draft_then_there(desk):
    claim, document = factories.claim(state="draft"), factories.document()
    client = desk("editor")
    data = opened(client, page(claim))

    save(
        client,
        page(claim),
        data,
        **{"citations-TOTAL_FORMS": "2", "citations-1-document": document.pk},
    )

    assert claim.citations.filter(document=document).count() == 1


def test_citation_when_mended_then_one_new_version_of_it_alone(desk):
    claim = factories.claim(state="draft")
    client = desk("editor")
    data = opened(client, page(claim))

    save(client, page(claim), data, **{"citations-0-wording": "25 at least"})

    citation = claim.citations.get()
    assert (citation.wording, citation.version) == ("25 at least", 2)
    assert Claim.objects.get(pk=claim.pk).version == claim.version


def test_citation_when_taken_back_then_withdrawn_not_deleted(desk):
    claim = factories.claim(state="draft", documents=[factories.document() for _ in range(2)])
    client = desk("editor")
    data = opened(client, page(claim))

    save(client, page(claim), data, **{"citations-0-withdraw": "on"})

    states = list(claim.citations.order_by("pk").values_list("state", flat=True))
    assert states == ["withdrawn", "draft"]
    assert len(opened(client, page(claim))) < len(data)


def test_citation_when_only_one_of_a_public_claim_then_not_taken_back(desk):
    claim = factories.claim()
    url, client = f"{page(claim)}?correct=1", desk("editor")

    answer = save(
        client, url, opened(client, url), reason="Wrong link", **{"citations-0-withdraw": "on"}
    )

    (form,) = answer.context["inline_admin_formsets"][0].formset.forms
    assert form.errors["__all__"][0].startswith("This is the only document")
    assert claim.citations.get().state == "published"


def test_save_when_a_citation_is_refused_then_the_claim_is_not_saved_either(desk):
    claim = factories.claim(state="draft", wording="25")
    client = desk("editor")
    data = opened(client, page(claim))
    document = data["citations-0-document"]

    answer = save(client, page(claim), data, wording="26", **{"citations-0-via": document})

    assert answer.status_code == 200
    assert Claim.objects.get(pk=claim.pk).wording == "25"


def test_change_page_when_one_or_three_citations_then_as_many_queries(
    desk, django_assert_num_queries
):
    client = desk("editor")
    for number in (1, 3):
        claim = factories.claim(
            state="draft", documents=[factories.document() for _ in range(number)]
        )
        with django_assert_num_queries(11):
            client.get(page(claim))


def test_reading_when_wording_is_typed_then_answered_without_saving(desk):
    url = reverse("admin:claims_claim_reading")

    answer = desk("contributor").get(url, {"wording": "about 400"})

    assert answer.json() == {
        "known": True,
        "qualifier": "about",
        "low": None,
        "best": 400,
        "high": None,
        "sentence": "about 400: 350 to 450; strictly: nothing.",
    }


@pytest.mark.parametrize("wording", ["", "a great many", "400 km", "x" * 2000])
def test_reading_when_nobody_can_tell_then_said_so(desk, wording):
    answer = desk("editor").get(reverse("admin:claims_claim_reading"), {"wording": wording})

    assert (answer.status_code, answer.json()["known"]) == (200, False)


def test_reading_when_not_logged_in_then_not_answered(client):
    assert client.get(reverse("admin:claims_claim_reading"), {"wording": "63"}).status_code == 302


def test_deleting_when_tried_by_address_then_forbidden_for_everybody(desk):
    claim = factories.claim(state="draft")

    answer = desk("superuser").post(page(claim, "delete"), {"post": "yes"})

    assert (answer.status_code, Claim.objects.count()) == (403, 1)


def test_save_when_made_at_the_desk_then_history_says_who_and_why(desk):
    ed = factories.user(role="editor")
    claim = factories.claim(state="draft", wording="25")
    client = desk(ed)

    save(client, page(claim), opened(client, page(claim)), wording="26", reason="Misread.")

    latest = Claim.history.filter(id=claim.pk).latest()
    assert (latest.history_user, latest.history_change_reason) == (ed, "Misread.")
