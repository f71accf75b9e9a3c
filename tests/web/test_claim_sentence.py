"""A claim as one sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.domain.wording import parse_wording
from claims.models import Claim, Party, Source
from claims.web.claim_sentence import claim_sentence

MINISTRY = "Ministry of Defence of Russia"


def said(wording: str = "63", **fields: Any) -> Claim:
    """Return an unsaved claim of a ministry about soldiers killed."""
    figure = parse_wording(wording)
    claimant = Source(name=fields.pop("claimant", MINISTRY))
    party = fields.pop("party", "")
    defaults = {
        "measure": "killed",
        "victims": "combatants",
        "victims_wording": "Russian servicemen",
        "claimed_on": date(2023, 1, 2),
    }
    return Claim(
        claimant=claimant,
        victims_party=Party(name=party) if party else None,
        wording=wording,
        qualifier=figure.qualifier,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        **defaults | fields,
    )


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        pytest.param(
            said(),
            "The Ministry of Defence of Russia said on 2 January 2023 that "
            "63 Russian servicemen were killed.",
            id="a plain number",
        ),
        pytest.param(
            said("hundreds", claimant="Reuters"),
            "Reuters said on 2 January 2023 that hundreds of Russian servicemen were killed.",
            id="a size takes of",
        ),
        pytest.param(
            said("several hundred", claimant="Reuters"),
            "Reuters said on 2 January 2023 that several hundred Russian servicemen were killed.",
            id="a counted size takes no of",
        ),
        pytest.param(
            said("400 dead", claimant="Reuters", party="Russia"),
            "Reuters gave this figure on 2 January 2023 for combatants of Russia killed: "
            "“400 dead”.",
            id="words with a noun of their own are quoted",
        ),
        pytest.param(
            said("1", claimant="Reuters"),
            "Reuters gave this figure on 2 January 2023 for combatants killed: “1”.",
            id="one person is no plural",
        ),
        pytest.param(
            said("an unknown number", claimant="Reuters"),
            "Reuters said on 2 January 2023 that the number of combatants killed is not known.",
            id="unknown",
        ),
        pytest.param(
            said("at least 92", claimant="BBC News Russian", count_basis="identified_by_name"),
            "BBC News Russian said on 2 January 2023 that at least 92 Russian servicemen were "
            "killed (identified by name).",
            id="a partial count says so",
        ),
        pytest.param(
            said(claimed_on_precision="month"),
            "The Ministry of Defence of Russia said in January 2023 that "
            "63 Russian servicemen were killed.",
            id="known to the month",
        ),
        pytest.param(
            said(claimed_on_precision="approximate"),
            "The Ministry of Defence of Russia said on or about 2 January 2023 that "
            "63 Russian servicemen were killed.",
            id="approximate day",
        ),
        pytest.param(
            said(claimed_on=None, victims="civilians", victims_wording="", party="Ukraine"),
            "The Ministry of Defence of Russia said, on a day that is not recorded, that "
            "63 civilians of Ukraine were killed.",
            id="no day, our own word for the victims",
        ),
        pytest.param(
            said("25", claimant="Reuters", victims_wording="people, five of them children"),
            "Reuters said on 2 January 2023 that 25 people, five of them children, were killed.",
            id="an insertion is closed",
        ),
        pytest.param(
            said(measure="bodies_recovered", victims_wording="", victims="people"),
            "The Ministry of Defence of Russia said on 2 January 2023 that "
            "the bodies of 63 people were recovered.",
            id="bodies",
        ),
        pytest.param(
            said(measure="excess_deaths", victims_wording="", victims="people"),
            "The Ministry of Defence of Russia gave this figure on 2 January 2023 for "
            "excess deaths among people: “63”.",
            id="a measure that has no verb",
        ),
    ],
)
def test_sentence(claim: Claim, sentence: str) -> None:
    assert claim_sentence(claim) == sentence


def test_sentence_when_only_numbers_are_kept_then_our_words_stand_for_them() -> None:
    claim = said("60 to 400", claimant="Reuters")
    claim.wording = ""

    assert claim_sentence(claim) == (
        "Reuters said on 2 January 2023 that 60 to 400 Russian servicemen were killed."
    )


def test_sentence_when_out_of_order_then_quoted() -> None:
    claim = said("60 to 400", claimant="Reuters")
    claim.disordered = True

    assert claim_sentence(claim) == (
        "Reuters gave this figure on 2 January 2023 for combatants killed: “60 to 400”."
    )
