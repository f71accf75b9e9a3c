"""Claims on their way to the public, per role: asked about on a page, one service call each."""

import pytest
from django.urls import reverse

from claims.models import Claim
from tests import factories
from tests.admin.posting import move, state


def test_submit_when_contributor_owns_the_draft_then_waiting(desk):
    connie = factories.user(role="contributor")
    claim = factories.claim(state="draft", by=connie)

    answer = move(desk(connie), "submit", claim)

    assert (answer.status_code, state(claim)) == (302, "submitted")


def test_submit_when_it_is_anothers_draft_then_contributor_is_told(desk):
    claim = factories.claim(state="draft")

    answer = move(desk("contributor"), "submit", claim)

    assert (answer.status_code, state(claim)) == (409, "draft")
    assert "Contributors edit claims that they have drafted themselves" in answer.text


def test_publish_when_by_another_editor_then_public(desk):
    claim = factories.claim(state="submitted")

    answer = move(desk("editor"), "publish", claim)

    assert (answer.status_code, state(claim)) == (302, "published")


def test_publish_when_by_its_author_then_refused_in_a_sentence(desk):
    ed = factories.user(role="editor")
    claim = factories.claim(state="submitted", by=ed)

    answer = move(desk(ed), "publish", claim)

    assert (answer.status_code, state(claim)) == (409, "submitted")
    assert "somebody else has to review it" in answer.text


def test_publish_when_one_of_three_is_refused_then_others_done_and_it_is_named(desk):
    ed = factories.user(role="editor")
    theirs = [factories.claim(state="submitted") for _ in range(2)]
    own = factories.claim(state="submitted", by=ed)

    answer = move(desk(ed), "publish", theirs[0], own, theirs[1])

    assert [state(c) for c in (*theirs, own)] == ["published", "published", "submitted"]
    assert [one.record.pk for one in answer.context["asked"]] == [own.pk]


def test_publish_when_changed_since_the_page_was_opened_then_refused(desk):
    claim = factories.claim(state="submitted")

    answer = move(desk("editor"), "publish", claim, **{f"version-{claim.pk}": claim.version - 1})

    assert (answer.status_code, state(claim)) == (409, "submitted")
    assert "Somebody else has changed this claim meanwhile" in answer.text


@pytest.mark.parametrize(
    ("name", "before", "after", "role"),
    [
        pytest.param("reject", "submitted", "rejected", "editor", id="an editor rejects"),
        pytest.param("withdraw", "published", "withdrawn", "chief", id="a chief withdraws"),
        pytest.param("reinstate", "withdrawn", "submitted", "chief", id="a chief reinstates"),
    ],
)
def test_move_that_needs_a_reason_when_given_then_made(desk, name, before, after, role):
    claim = factories.claim(state=before)
    client = desk(role)

    without = move(client, name, claim)
    kept = state(claim)
    answer = move(client, name, claim, reason="The source took it back.")

    assert (without.status_code, kept) == (400, before)
    assert (answer.status_code, state(claim)) == (302, after)
    assert Claim.history.filter(id=claim.pk).latest().history_change_reason == (
        "The source took it back."
    )


@pytest.mark.parametrize(
    ("name", "before", "role"),
    [
        pytest.param("publish", "submitted", "contributor", id="contributors do not publish"),
        pytest.param("reject", "submitted", "contributor", id="contributors do not reject"),
        pytest.param("withdraw", "published", "editor", id="editors do not withdraw"),
        pytest.param("reinstate", "withdrawn", "editor", id="editors do not reinstate"),
    ],
)
def test_move_when_role_does_not_include_it_then_forbidden(desk, name, before, role):
    claim = factories.claim(state=before)

    answer = move(desk(role), name, claim, reason="Because")

    assert (answer.status_code, state(claim)) == (403, before)


def test_move_page_when_asked_then_nothing_is_done_yet(desk):
    claim = factories.claim(state="submitted")
    url = reverse("admin:claims_claim_move", args=["publish"])

    answer = desk("editor").get(url, {"ids": claim.pk})

    assert (answer.status_code, state(claim)) == (200, "submitted")


@pytest.mark.parametrize("ids", ["", "x", "999999999999999999999999", "0"])
def test_move_page_when_no_record_is_named_then_not_found(desk, ids):
    url = reverse("admin:claims_claim_move", args=["publish"])

    assert desk("editor").get(url, {"ids": ids}).status_code == 404


def test_move_when_next_leads_elsewhere_then_stays_on_this_site(desk):
    claim = factories.claim(state="submitted")

    answer = move(desk("editor"), "publish", claim, next="https://elsewhere.invalid/")

    assert answer.url == reverse("admin:claims_claim_change", args=[claim.pk])


def test_list_action_when_chosen_then_leads_to_the_page_that_asks(desk):
    claims = [factories.claim(state="submitted") for _ in range(2)]
    keys = sorted(c.pk for c in claims)

    answer = desk("editor").post(
        reverse("admin:claims_claim_changelist"), {"action": "publish", "_selected_action": keys}
    )

    page = reverse("admin:claims_claim_move", args=["publish"])
    assert answer.url == f"{page}?ids={keys[0]},{keys[1]}"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        pytest.param("contributor", ["submit", "reopen"], id="contributor"),
        pytest.param("editor", ["submit", "publish", "reject", "reopen"], id="editor"),
        pytest.param(
            "chief",
            ["submit", "publish", "reject", "reopen", "withdraw", "reinstate"],
            id="chief",
        ),
    ],
)
def test_list_actions_when_shown_then_those_of_the_role(desk, role, expected):
    factories.claim()

    answer = desk(role).get(reverse("admin:claims_claim_changelist"))

    form = answer.context["action_form"]
    assert [name for name, _ in form.fields["action"].choices if name] == expected


def test_waiting_when_editor_then_others_submitted_and_own_unfinished(desk):
    ed = factories.user(role="editor")
    others = factories.claim(state="submitted")
    factories.claim(state="submitted", by=ed)
    factories.claim(state="draft")
    draft = factories.claim(state="draft", by=ed)
    rejected = factories.claim(state="rejected", by=ed)

    answer = desk(ed).get(reverse("admin:waiting"))

    found = {s["title"]: [c.pk for c in s["claims"]] for s in answer.context["sections"]}
    assert found == {
        "For your review": [others.pk],
        "Your drafts": [draft.pk],
        "Your rejected claims": [rejected.pk],
    }


def test_waiting_when_contributor_then_own_only(desk):
    connie = factories.user(role="contributor")
    factories.claim(state="submitted")
    draft = factories.claim(state="draft", by=connie)

    answer = desk(connie).get(reverse("admin:waiting"))

    found = {s["title"]: [c.pk for c in s["claims"]] for s in answer.context["sections"]}
    assert found == {"Your drafts": [draft.pk], "Your rejected claims": []}


@pytest.mark.parametrize(
    ("role", "expected"), [("contributor", "0"), ("editor", "2"), ("chief", "2")]
)
def test_index_when_claims_wait_then_counted_for_the_role(desk, role, expected):
    factories.claim(state="submitted")
    factories.claim(state="submitted")

    answer = desk(role).get(reverse("admin:index"))

    assert answer.context["waiting"] == expected


def test_index_when_more_wait_than_are_counted_then_said_so(desk, monkeypatch):
    monkeypatch.setattr("claims.admin.waiting.MOST_COUNTED", 1)
    factories.claim(state="submitted")
    factories.claim(state="submitted")

    assert desk("editor").get(reverse("admin:index")).context["waiting"] == "1+"


def test_waiting_when_one_or_three_claims_then_as_many_queries(desk, django_assert_num_queries):
    client = desk("editor")
    for _ in range(2):
        factories.claim(state="submitted")
        with django_assert_num_queries(8):
            client.get(reverse("admin:waiting"))
        factories.claim(state="submitted")
