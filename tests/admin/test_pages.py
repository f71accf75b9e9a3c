"""Every page of the desk opens, for every role."""

import pytest
from django.urls import reverse

from tests import factories


def addresses() -> list[str]:
    claim = factories.claim(wording="about 400")
    draft = factories.claim(state="draft", event=claim.event)
    document = claim.citations.get().document
    found = [reverse("admin:index"), reverse("admin:waiting"), reverse("admin:password_change")]
    for record in (claim, draft, claim.event, claim.claimant, document):
        name = record._meta.model_name
        found += [
            reverse(f"admin:claims_{name}_change", args=[record.pk]),
            reverse(f"admin:claims_{name}_history", args=[record.pk]),
            reverse(f"admin:claims_{name}_changelist"),
            reverse(f"admin:claims_{name}_add"),
        ]
    return found


@pytest.mark.parametrize("role", ["contributor", "editor", "chief", "superuser"])
def test_pages_when_opened_by_a_role_then_shown(desk, role):
    client = desk(role)

    answers = {address: client.get(address).status_code for address in addresses()}

    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("key", ["9" * 40, "-1", "x", "1e3", "²", ""])
def test_new_claim_when_address_or_form_names_no_record_then_refused_not_failed(desk, key):
    client = desk("editor")
    url = reverse("admin:claims_claim_add")
    asked = {"event": key, "revises": key, "document": key, "claimant": key}

    shown = client.get(url, asked)
    sent = client.post(
        url,
        asked
        | {
            "citations-TOTAL_FORMS": "1",
            "citations-INITIAL_FORMS": "0",
            "citations-0-document": key,
        },
    )

    assert (shown.status_code, sent.status_code) == (200, 200)
