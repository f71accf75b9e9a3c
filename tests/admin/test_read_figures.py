"""A claim's page shows what a machine read beside what a person made of it."""

import pytest
from django.urls import reverse

from claims.services.candidates import accept_candidate, reopen_candidate
from tests import factories
from tests.admin.posting import page

pytestmark = pytest.mark.django_db


def test_claim_when_read_by_machine_then_both_are_side_by_side(desk):
    candidate = factories.candidate(claimant="Officials")
    claim = accept_candidate(
        candidate,
        by=factories.user(username="connie"),
        event=factories.event(),
        claimant=factories.source(),
        changes={"victims": "combatants", "victims_wording": "soldiers"},
    )

    answer = desk("editor").get(page(claim))

    (read,) = answer.context["read_figures"]
    html = " ".join(answer.content.decode().split())
    assert (read.candidate, read.changes) == (
        candidate,
        [("victims", "people", "combatants"), ("victims, as worded", "nothing", "soldiers")],
    )
    assert f"characters {candidate.figure_start} to {candidate.figure_end}" in html
    assert "version 1 <code>number</code> <code>verb of dying</code>" in html
    assert "accepted with changes by connie" in html
    assert f"{reverse('admin:intake_reading', args=[candidate.stored_text_id])}#candidate-" in html


@pytest.mark.parametrize("was_read", [False, True])
def test_claim_when_nothing_read_became_it_then_nothing_is_shown(desk, was_read):
    claim = factories.claim(state="draft")
    if was_read:
        candidate = factories.candidate()
        claim = accept_candidate(
            candidate, by=factories.user(), event=factories.event(), claimant=factories.source()
        )
        reopen_candidate(candidate, by=factories.user())

    answer = desk("editor").get(page(claim))

    assert answer.context["read_figures"] == []
    assert "Read by machine" not in answer.content.decode()


def test_document_when_its_text_is_kept_then_leads_to_the_figures(desk):
    stored = factories.stored_text()

    moves = desk("editor").get(page(stored.document)).context["open_moves"]

    assert (moves[0].label, moves[0].url) == (
        "Figures in its text",
        reverse("admin:intake_reading", args=[stored.pk]),
    )
