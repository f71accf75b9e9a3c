"""A tracker with one disputed strike, and a way to ask the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from claims.services import claims as claim_services
from tests import factories

Get = Callable[..., Any]


@pytest.fixture
def get(db: None, client: Client) -> Get:
    """Ask an address below /api/v1/ and return the answer."""

    def ask(address: str = "", params: dict[str, str] | None = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(f"/api/v1/{address}", params or {}, headers=named)

    return ask


@pytest.fixture
def strike(db: None) -> SimpleNamespace:
    """A strike of which two sides and a paper speak, one of them twice."""
    russia, ukraine = factories.party("Russia"), factories.party("Ukraine")
    war = factories.event(
        title="War", kind="war", date_start=date(2022, 2, 24), date_end=None, place=""
    )
    event = factories.event(
        title="Makiivka barracks strike",
        aliases=["Makeevka"],
        parent=war,
        parties=[russia, ukraine],
        latitude="48.04780",
        longitude="37.92580",
        date_start=date(2023, 1, 1),
    )
    moscow = factories.source(name="Ministry of Defence of Russia", speaks_for=russia)
    kyiv = factories.source(name="Stratcom", speaks_for=ukraine)
    dataset = factories.source(name="Dataset", kind="dataset", is_compilation=True)
    about = {"event": event, "victims": "combatants", "victims_party": russia}
    report = factories.document(title="Report", archived_url="https://archive.example/1")
    first = factories.claim(
        **about, claimant=moscow, wording="63", claimed_on=date(2023, 1, 2), documents=[report]
    )
    factories.claim(**about, claimant=kyiv, wording="about 400", claimed_on=date(2023, 1, 1))
    factories.claim(**about, claimant=dataset, wording="between 60 and 400")
    second = factories.publish(
        claim_services.revise_claim(
            first,
            by=factories.user(),
            changes={"wording": "89", "claimed_on": date(2023, 1, 4), "credibility": "probable"},
            citations=[{"document": factories.document(), "via": report, "quote": "89 dead"}],
        )
    )
    return SimpleNamespace(
        war=war, event=event, moscow=moscow, kyiv=kyiv, dataset=dataset,
        first=first, second=second, report=report, russia=russia,
    )  # fmt: skip
