"""A public claim that revises one that is not public: nothing of the earlier one can be read.

It comes so when an earlier release waits as drafts and the next one is published, and when a
figure that was revised since is corrected and waits for its review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from claims.models import Change, Claim, Document
from claims.services import claims
from tests import factories
from tests.web.test_canary import SEEDS, addresses_of, body_of

pytestmark = pytest.mark.django_db

CANARY = "bilbyword"
FIGURE = {"wording": "about 41414141", "qualifier": "about", "best": 41414141}
WORDS = {"victims_wording": f"{CANARY} people", "area": CANARY, "interval": CANARY, "note": CANARY}
SECRETS = (CANARY, "41414141", "41,414,141")


def of_event(state: str, **fields: Any) -> Claim:
    """Return a claim about a public event by a public source, in its own draft document."""
    return factories.claim(
        event=factories.event(),
        claimant=factories.source(),
        state=state,
        documents=[factories.document(title=f"{CANARY} report", author=CANARY, state="draft")],
        **fields,
    )


def revised(earlier: Claim, wording: str) -> Claim:
    """Return a published claim that revises another one."""
    changes = {"wording": wording, "victims_wording": "people", "area": "", "interval": ""}
    later = claims.revise_claim(
        earlier,
        by=factories.user(),
        changes=changes,
        citations=[{"document": factories.document(), "quote": f"{wording} died"}],
    )
    return factories.publish(later)


def never_public() -> tuple[Claim, list[Claim]]:
    """A draft of which nobody was told."""
    earlier = of_event("draft", **FIGURE, **WORDS)
    return earlier, [revised(earlier, "about 300")]


def waiting_first() -> tuple[Claim, list[Claim]]:
    """A claim that waits for its first review."""
    earlier = of_event("submitted", **FIGURE, **WORDS)
    return earlier, [revised(earlier, "about 300")]


def being_corrected() -> tuple[Claim, list[Claim]]:
    """A claim that was public, was revised, and waits with other words for another review."""
    earlier = factories.claim(wording="about 200")
    later = revised(earlier, "about 300")
    claims.correct_claim(earlier, by=factories.user(), changes=FIGURE | WORDS, reason="Misread")
    return earlier, [later]


def in_the_middle() -> tuple[Claim, list[Claim]]:
    """A claim between two public ones, of which it revises one and the other revises it."""
    first = factories.claim(wording="about 200")
    middle = revised(first, "about 250")
    last = revised(middle, "about 300")
    claims.correct_claim(middle, by=factories.user(), changes=FIGURE | WORDS, reason="Misread")
    return middle, [first, last]


def pointed_to_later() -> tuple[Claim, list[Claim]]:
    """A draft that a public claim was said to revise after it was public."""
    public = factories.claim(wording="about 300")
    earlier = factories.claim(
        event=public.event, claimant=public.claimant, state="draft", **FIGURE, **WORDS
    )
    claims.correct_claim(
        public, by=factories.user(), changes={"revises": earlier}, reason="It was one and the same"
    )
    return earlier, [Claim.objects.get(pk=public.pk)]


def addresses(earlier: Claim, public: list[Claim]) -> Iterator[str]:
    """Yield the addresses where something of the claims is or could be shown."""
    yield from SEEDS
    event, source = earlier.event, earlier.claimant
    for record in (earlier, *public, event, source, *Document.objects.all()):
        yield from addresses_of(record)
    yield f"/events/{event.public_id}/feed.atom"
    yield f"/sources/{source.public_id}/feed.atom"
    for asked in ("as_of=2023-01-05", "reading=strict", "compilations=1"):
        yield f"/api/v1/events/{event.public_id}/comparisons/?{asked}"
        yield f"/events/{event.public_id}/?{asked}"


@pytest.mark.parametrize(
    "planted", [never_public, waiting_first, being_corrected, in_the_middle, pointed_to_later]
)
def test_draft_that_a_public_claim_revises_is_nowhere_to_be_read(
    planted: Callable[[], tuple[Claim, list[Claim]]], client: Client
) -> None:
    earlier, public = planted()
    earlier.refresh_from_db()
    is_told = Change.objects.told().filter(record_id=earlier.public_id).exists()
    secrets = {CANARY, "41414141", "41,414,141", *(() if is_told else (earlier.public_id,))}

    told = {address: client.get(address) for address in addresses(earlier, public)}

    assert (earlier.state != "published", earlier.best, earlier.area) == (True, 41414141, CANARY)
    assert [
        (address, secret)
        for address, answer in told.items()
        for secret in secrets
        if secret in (body_of(answer) + str(answer.headers)).casefold() and secret not in address
    ] == []
    assert {told[one.get_absolute_url()].status_code for one in (*public, earlier.event)} == {200}
    assert "300" in body_of(told["/api/v1/claims.csv"])
