"""The demo events as they are loaded: what the product must show on its first day."""

import csv
from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.domain.comparison import Verdict
from claims.ingest.demo import DEMO_FILE, WAIVER, load_demo
from claims.models import Change, Citation, Claim, Comparison, Event, Tally
from claims.queries.comparisons import ComparisonView, event_comparisons
from claims.queries.parameters import ComparisonOptions
from claims.services import comparisons
from claims.services.integrity import problems
from tests.ingest.importing import plan, totals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def view(key: str, measure: str, victims: str, **options: object) -> ComparisonView:
    event = Event.objects.get(key=key)
    return next(
        v
        for v in event_comparisons(event, ComparisonOptions(**options))
        if (v.question.measure, v.question.victims) == (measure, victims)
    )


def gap(found: ComparisonView) -> tuple[int, int, int, float]:
    it = found.result.gap
    return it.low, it.high, it.absolute, float(it.ratio)


def spoken(found: ComparisonView) -> dict[str, str]:
    """The voters' words by claimant."""
    by_id = {c.claim.public_id: c.claim for c in found.claims}
    claims = (by_id[v.statement.key] for v in found.result.voters)
    return {claim.claimant.name: claim.wording for claim in claims}


def test_every_row_of_the_file_is_there_and_public() -> None:
    with DEMO_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert Event.objects.published().count() == len({row["event_key"] for row in rows})
    assert Claim.objects.published().count() == len({row["claim_key"] for row in rows})
    assert Citation.objects.published().count() == len(rows)
    assert Tally.objects.get(name="claim").value == Claim.objects.count()


def test_every_rule_holds_and_everything_derived_is_right() -> None:
    assert problems() == []
    assert comparisons.differences() == []


def test_every_claim_says_why_its_review_was_waived() -> None:
    assert set(Claim.objects.values_list("review_waived", "waiver_reason")) == {(True, WAIVER)}
    assert set(User.objects.values_list("username", "is_active")) == {
        ("import", False),
        ("import-review", False),
    }


def test_every_new_figure_of_a_claimant_is_logged_as_a_revision() -> None:
    revisions = Claim.objects.filter(revises__isnull=False).count()

    assert revisions > 0
    assert Change.objects.filter(kind="revised").count() == revisions
    assert Change.objects.filter(kind="added", record_kind="claim").count() == (
        Claim.objects.count() - revisions
    )


def test_importing_the_file_again_would_change_nothing() -> None:
    found = totals(plan(DEMO_FILE, publish=True))

    assert (found["new"], found["changed"], found["refused"]) == (0, 0, 0)


def test_loading_again_does_nothing() -> None:
    assert load_demo() is False


def test_makiivka_by_default() -> None:
    found = view("makiivka-2023", "killed", "combatants")

    assert found.result.verdict == Verdict.CONTRADICTORY
    assert gap(found) == (89, 350, 261, 3.9326)
    assert [(s.low, s.high, s.claimants, s.of) for s in found.result.agreement] == [
        (350, 400, 4, 5)
    ]
    assert spoken(found) == {
        "Ministry of Defence of Russia": "89",
        "Armed Forces of Ukraine, StratCom": "about 400",
        "BBC News Russian": "at least 92",
        "Idel.Realii": "at least 83",
        "World Socialist Web Site": "between 60 and 400",
    }


def test_makiivka_stored_row_and_digest_say_the_same() -> None:
    event = Event.objects.get(key="makiivka-2023")
    row = Comparison.objects.get(event=event, measure="killed")

    assert (row.verdict, row.gap_low, row.gap_high, row.gap_absolute, float(row.gap_ratio)) == (
        "contradictory",
        89,
        350,
        261,
        3.9326,
    )
    assert event.digest.headline == row
    assert event.digest.gap_order == 39326


def test_makiivka_moscow_revised_63_to_89() -> None:
    found = view("makiivka-2023", "killed", "combatants")
    moscow = [c for c in found.claims if c.claim.claimant.name == "Ministry of Defence of Russia"]

    assert [(c.claim.wording, c.votes) for c in moscow] == [("63", False), ("89", True)]
    assert moscow[0].revised_by == moscow[1].claim


def test_makiivka_as_of_3_january() -> None:
    found = view("makiivka-2023", "killed", "combatants", as_of=date(2023, 1, 3))

    assert set(spoken(found).values()) == {"63", "about 400"}
    assert found.result.verdict == Verdict.CONTRADICTORY
    assert gap(found) == (63, 350, 287, 5.5556)


def test_belgorod_is_developing_and_the_governor_revises_himself() -> None:
    found = view("belgorod-2023-12-30", "killed", "people")
    governor = [c.claim for c in found.claims if "Gladkov" in c.claim.claimant.name]

    assert found.result.verdict == Verdict.DEVELOPING
    assert [claim.wording for claim in governor] == ["22", "24", "25"]
    assert [claim.revises_id for claim in governor] == [None, *(c.pk for c in governor[:2])]
    assert "10" in spoken(found).values()


def test_gaza_identified_children_are_a_floor_of_those_reported() -> None:
    found = view("gaza-toll-2024-05", "killed", "children")

    said = {c.claim.wording: c for c in found.claims}
    assert said["7,797"].claim.count_basis == "identified_by_name"
    assert (said["7,797"].bounds.low, said["7,797"].bounds.high) == (7797, None)
    assert spoken(found)["Gaza Government Media Office"] == "at least 15,002"
    assert found.result.verdict == Verdict.COMPATIBLE


def test_gaza_identified_people_are_a_floor_of_those_reported() -> None:
    found = view("gaza-toll-2024-05", "killed", "people")

    bounds = {c.claim.wording: c.bounds for c in found.claims if c.bounds}
    assert bounds["24,686"].overlaps(bounds["34,844"])
    assert found.result.verdict != Verdict.CONTRADICTORY
