"""Nothing that is not public leaves: a canary in every such field, every address asked."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.authtoken.models import Token

from claims.models import (
    Citation,
    Claim,
    Document,
    Event,
    ImportBatch,
    ImportRefusal,
    KeptAnswer,
    Source,
)
from claims.services import reviews
from tests import factories
from tests.api.conftest import Get

CANARY = "canary"
RECORDS = {"events": Event, "claims": Claim, "sources": Source, "documents": Document}


@pytest.fixture
def cage(strike: SimpleNamespace) -> SimpleNamespace:
    """Public records with canaries in their private fields, among records that are not public."""
    for model in (*RECORDS.values(), Citation):
        model.objects.update(note=f"{CANARY} note")
    Claim.objects.update(waiver_reason=f"{CANARY} waiver", mismatch_reason=f"{CANARY} mismatch")
    for number, user in enumerate(User.objects.all()):
        User.objects.filter(pk=user.pk).update(username=f"{CANARY}{number}")
    for state in ("draft", "submitted", "rejected", "withdrawn"):
        hidden(state, strike)
    text = f"{CANARY} said that 777777 died."
    stored = factories.stored_text(text, document=Document.objects.published().earliest("pk"))
    factories.candidates(stored, factories.read(text, "777777", claimant=CANARY, place=CANARY))
    sender = factories.user()
    KeptAnswer.objects.create(user=sender, key=CANARY, answer={"text": text})
    Token.objects.create(user=sender, key=CANARY)
    imported(sender)
    return strike


def imported(by: User) -> None:
    """Let every record come from an import with a canary in all that it says."""
    batch = ImportBatch.objects.create(
        dataset=CANARY, release=CANARY, mapping=CANARY, file_name=CANARY, sha256=CANARY,
        problem=CANARY, passed_over={CANARY: 1}, waiver_reason=CANARY, by=by,
    )  # fmt: skip
    ImportRefusal.objects.create(batch=batch, row=1, column=CANARY, reason=CANARY)
    for model in (*RECORDS.values(), Citation):
        model.objects.update(import_batch=batch)


def hidden(state: str, strike: SimpleNamespace) -> None:
    """Make a claim of a state that is not public, with all it rests on, in the public event."""
    other = "withdrawn" if state == "withdrawn" else "draft"
    event = factories.event(
        title=f"{CANARY} event {state}", aliases=[f"{CANARY} alias"], place=f"{CANARY} place",
        explanation=f"{CANARY} why", state=other, parent=strike.war,
    )  # fmt: skip
    claimant = factories.source(
        name=f"{CANARY} source {state}", aliases=[f"{CANARY} alias"], state=other
    )
    document = factories.document(
        title=f"{CANARY} report {state}", author=CANARY, state=other, publisher=claimant,
        url=f"https://{CANARY}.example/{state}",
    )  # fmt: skip
    factories.claim(event=event, claimant=claimant, state="draft", documents=[document])
    claim = factories.claim(
        event=strike.event, claimant=strike.moscow, state="draft",
        wording="777777", victims_wording=f"{CANARY} victims", area=f"{CANARY} area",
        documents=[factories.document()],
    )  # fmt: skip
    Citation.objects.filter(claim=claim).update(
        quote=f"{CANARY} quote", wording=f"{CANARY} wording", locator=f"{CANARY} locator"
    )
    if state == "withdrawn":
        claim = factories.publish(claim, reason="The number is in the headline.")
        reviews.withdraw_claim(claim, by=factories.user(role="chief"), reason="Never said.")
    elif state != "draft":
        Claim.objects.filter(pk=claim.pk).update(state=state)


def addresses(cage: SimpleNamespace) -> Iterator[str]:
    """Yield every address of the API that data can be asked at."""
    for name in ("events", "comparisons", "claims", "sources", "documents", "changes"):
        yield f"{name}/"
        for ending in ("csv", "json", "jsonl"):
            yield f"{name}.{ending}"
    yield "changes/?since=&page_size=1000"
    yield "events.geojson"
    yield "claims.csv?for=spreadsheet&hxl=1"
    for name, model in RECORDS.items():
        for public_id in model.objects.values_list("public_id", flat=True):
            yield f"{name}/{public_id}/"
            for parameter in ("event", "claimant", "document"):
                yield f"claims/?{parameter}={public_id}"
            yield f"documents/?publisher={public_id}"
            yield f"events/?parent={public_id}"
    for event in Event.objects.all():
        yield f"events/{event.public_id}/comparisons/"
        yield f"events/{event.public_id}/comparisons/?reading=strict&compilations=1"
        yield f"events/{event.public_id}/comparisons.csv"


def text_of(answer: Any) -> str:
    body = answer.getvalue() if answer.streaming else answer.content
    return (body.decode() + str(answer.headers)).casefold()


def test_no_answer_holds_what_is_not_public(get: Get, cage: SimpleNamespace) -> None:
    asked = 0
    for address in addresses(cage):
        text = text_of(get(address))
        asked += 1
        assert CANARY not in text, address
        assert "777777" not in text, address
        assert "777,777" not in text, address

    assert asked > 150


def test_what_is_not_public_cannot_be_searched_for(get: Get, cage: SimpleNamespace) -> None:
    for name in ("events", "comparisons", "sources"):
        answer = get(f"{name}/", {"q": CANARY})

        assert answer.json()["results"] == [], name


def test_the_cage_is_not_empty(cage: SimpleNamespace, client: Client) -> None:
    assert Claim.objects.exclude(state="published").count() == 8
    assert Event.objects.filter(title__contains=CANARY).count() == 4
    assert "Makiivka" in client.get("/api/v1/events/").content.decode()
