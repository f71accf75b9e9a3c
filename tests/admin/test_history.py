"""The history of a record: what changed, by whom and why; going back through the service."""

import pytest
from django.urls import reverse

from claims.models import Change, Claim
from claims.services import citations, events, sources
from claims.services import claims as service
from tests import factories
from tests.admin.posting import page

pytestmark = pytest.mark.django_db


def entries(client, record):
    return [
        (
            e.what,
            str(e.version.history_user),
            e.version.history_change_reason,
            [(d.label, d.before, d.after) for d in e.differences],
        )
        for e in client.get(page(record, "history")).context["entries"]
    ]


def go_back(client, record, version, **data):
    url = reverse(
        f"admin:claims_{record._meta.model_name}_revert",
        args=[record.pk, record.history.get(version=version).history_id],
    )
    return client.post(url, {"expected_version": record.version, **data})


def test_history_when_a_claim_was_mended_then_before_after_who_and_why(desk):
    ed = factories.user(username="ed")
    one, two = factories.source(name="One"), factories.source(name="Two")
    claim = factories.claim(state="draft", wording="25", claimant=one)
    service.edit_claim(
        claim, by=ed, changes={"wording": "at least 26", "claimant": two}, reason="Misread."
    )

    assert entries(desk("contributor"), claim)[0] == (
        "Changed",
        "ed",
        "Misread.",
        [
            ("Claimant", "One", "Two"),
            ("Wording", "25", "at least 26"),
            ("Qualifier", "exactly", "at least"),
            ("Low", "", "26"),
            ("Best", "25", ""),
        ],
    )


def test_history_of_a_claim_when_its_citation_changed_then_told_there_too(desk):
    ed = factories.user(username="ed")
    claim = factories.claim(state="draft", documents=[factories.document(title="Report")])
    citations.edit_citation(claim.citations.get(), by=ed, changes={"locator": "p. 3"})

    assert entries(desk("editor"), claim)[0] == (
        "Changed citation: Report",
        "ed",
        None,
        [("Locator", "", "p. 3")],
    )


def test_history_when_date_is_known_to_the_month_then_said_so(desk):
    ed = factories.user(username="ed")
    claim = factories.claim(state="draft")
    changes = {"claimed_on": claim.claimed_on, "claimed_on_precision": "month"}
    service.edit_claim(claim, by=ed, changes=changes)

    assert entries(desk("editor"), claim)[0][3] == [
        ("Claimed on", "5 January 2023", "January 2023")
    ]


def test_history_of_an_event_when_parties_changed_then_named(desk):
    ed, red, blue = factories.user(), factories.party(name="Red"), factories.party(name="Blue")
    event = factories.event(parties=[red])
    events.edit_event(event, by=ed, changes={"parties": [red, blue]})

    assert entries(desk("editor"), event)[0][3] == [("Parties", "Red", "Blue, Red")]


def test_history_when_one_or_three_versions_then_as_many_queries(desk, django_assert_num_queries):
    client, ed = desk("editor"), factories.user()
    claim = factories.claim(state="draft")
    for number in range(2):
        service.edit_claim(claim, by=ed, changes={"note": f"{number}"})
        with django_assert_num_queries(12):
            client.get(page(claim, "history"))
        service.edit_claim(claim, by=ed, changes={"note": f"{number} again"})


def test_history_when_longer_than_a_page_then_older_versions_follow(desk, monkeypatch):
    monkeypatch.setattr("claims.admin.histories.PAGE", 2)
    ed, source = factories.user(), factories.source()
    client = desk("editor")
    for number in range(3):
        sources.edit_source(source, by=ed, changes={"note": f"{number}"})

    first = client.get(page(source, "history"))
    second = client.get(page(source, "history"), {"before": first.context["older"]})

    versions = [
        [e.version.version for e in answer.context["entries"]] for answer in (first, second)
    ]
    assert versions == [[4, 3], [2, 1]]
    assert second.context["entries"][0].differences[0].before == ""


@pytest.mark.parametrize("before", ["x", "2023-01-01", "'"])
def test_history_when_before_is_no_time_then_taken_as_the_latest(desk, before):
    claim = factories.claim()

    answer = desk("editor").get(page(claim, "history"), {"before": before})

    assert answer.status_code == 200
    assert answer.context["entries"] != []


def test_going_back_when_asked_then_shown_what_would_change(desk):
    claim = factories.claim(state="draft", wording="25")
    service.edit_claim(claim, by=factories.user(), changes={"note": "Look."})
    first = claim.history.get(version=1)

    answer = desk("editor").get(
        reverse("admin:claims_claim_revert", args=[claim.pk, first.history_id])
    )

    assert [(d.label, d.before, d.after) for d in answer.context["differences"]] == [
        ("Note", "Look.", "")
    ]


def test_going_back_when_a_reason_is_given_then_a_new_version_with_the_old_values(desk):
    ed = factories.user(username="ed")
    claim = factories.claim(state="draft", wording="25")
    changed = service.edit_claim(claim, by=factories.user(), changes={"wording": "26"})
    client = desk(ed)

    without = go_back(client, changed, 1)
    answer = go_back(client, changed, 1, reason="It was right.")

    claim.refresh_from_db()
    latest = claim.history.latest()
    assert (without.status_code, answer.status_code) == (200, 302)
    assert (claim.wording, claim.best, claim.version) == ("25", 25, 3)
    assert (latest.history_user, latest.history_change_reason) == (ed, "It was right.")


def test_going_back_when_published_then_by_way_of_a_correction(desk):
    claim = factories.claim(wording="25")
    changed = service.correct_claim(
        claim, by=factories.user(), changes={"victims_wording": "men"}, reason="Left out."
    )

    go_back(desk("editor"), changed, 1, reason="It was right.")

    claim.refresh_from_db()
    assert (claim.victims_wording, claim.state) == ("", "published")
    assert Change.objects.filter(claim=claim, kind="corrected").count() == 2


def test_going_back_when_changed_meanwhile_then_refused(desk):
    claim = factories.claim(state="draft", wording="25")
    ed = factories.user()
    seen = service.edit_claim(claim, by=ed, changes={"wording": "26"})
    service.edit_claim(claim, by=ed, changes={"wording": "27"})

    answer = go_back(desk("editor"), seen, 1, reason="It was right.")

    assert "Somebody else has changed this claim meanwhile" in answer.text
    assert Claim.objects.get().wording == "27"


def test_going_back_when_it_is_anothers_draft_then_forbidden_to_contributors(desk):
    claim = factories.claim(state="draft", wording="25")
    changed = service.edit_claim(claim, by=factories.user(), changes={"wording": "26"})

    answer = go_back(desk("contributor"), changed, 1, reason="It was right.")

    assert (answer.status_code, Claim.objects.get().wording) == (403, "26")


def test_going_back_when_a_citation_is_meant_then_it_alone_goes_back(desk):
    claim = factories.claim(state="draft")
    citation = claim.citations.get()
    citations.edit_citation(citation, by=factories.user(), changes={"locator": "p. 3"})
    first = citation.history.get(version=1)
    url = reverse("admin:claims_claim_revert", args=[claim.pk, first.history_id])

    desk("editor").post(
        f"{url}?citation={citation.pk}", {"expected_version": 2, "reason": "No page."}
    )

    citation.refresh_from_db()
    assert (citation.locator, citation.version) == ("", 3)


def test_going_back_when_version_is_of_another_record_then_not_found(desk):
    one, two = factories.claim(state="draft"), factories.claim(state="draft")
    url = reverse("admin:claims_claim_revert", args=[one.pk, two.history.get(version=1).history_id])

    assert desk("editor").post(url, {"reason": "No."}).status_code == 404
