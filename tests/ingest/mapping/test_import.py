"""What shipped mappings make of their datasets, written into the tracker by the one pipeline."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Document, Event
from tests.ingest.importing import plan, put, refusals
from tests.ingest.mapping.reading import DATASETS

FILES = [
    pytest.param("ucdp-ged", "ged-23-1.csv", 3, 8, 3, id="UCDP GED"),
    pytest.param("gtd", "extract.csv", 2, 4, 3, id="GTD"),
    pytest.param("iraq-body-count", "incidents.csv", 5, 5, 7, id="Iraq Body Count"),
    pytest.param("radford-2023", "replication-data.csv", 1, 4, 1, id="Radford"),
    pytest.param("economist-war-dead", "estimates.csv", 1, 7, 6, id="Economist"),
    pytest.param(
        "ukraine-general-staff",
        "russia_losses_personnel.json",
        1,
        6,
        1,
        id="General Staff of Ukraine",
    ),
    pytest.param(
        "techforpalestine-daily",
        "casualties_daily.json",
        1,
        14,
        1,
        id="Gaza by day",
    ),
    pytest.param(
        "techforpalestine-west-bank",
        "west_bank_daily.json",
        1,
        15,
        1,
        id="West Bank by day",
    ),
    pytest.param(
        "techforpalestine-lebanon",
        "lebanon_casualties_daily.json",
        2,
        9,
        1,
        id="Lebanon by phase",
    ),
    pytest.param("eventreport", "maverick.csv", 1, 4, 3, id="MAVERICK"),
]
PUBLIC = {"publish": True, "released_on": date(2021, 6, 1), "release": "21"}


@pytest.mark.parametrize(("dataset", "file", "events", "claims", "documents"), FILES)
def test_dataset_when_imported_and_published_is_there_whole_and_only_once(
    dataset: str, file: str, events: int, claims: int, documents: int, editor: User, reviewer: User
) -> None:
    path = DATASETS / dataset / file

    batch = put(path, editor, reviewed_by=reviewer, dataset=dataset, **PUBLIC)

    assert refusals(batch) == []
    assert (
        Event.objects.filter(state="published").count(),
        Claim.objects.filter(state="published").count(),
        Document.objects.filter(state="published").count(),
    ) == (events, claims, documents)
    again = plan(path, dataset=dataset, **PUBLIC).counts["claim"]
    assert (again["new"], again["changed"], again["same"]) == (0, 0, claims)


def test_figures_when_out_of_order_are_kept_as_printed(editor: User) -> None:
    put(DATASETS / "ucdp-ged" / "ged-23-1.csv", editor, dataset="ucdp-ged")

    claim = Claim.objects.get(key="ucdp-ged/1002/killed")
    assert (claim.low, claim.best, claim.high, claim.disordered) == (2, 4, 3, True)


def test_release_when_it_changes_a_figure_revises_it(editor: User, tmp_path: Path) -> None:
    old = DATASETS / "ucdp-ged" / "ged-23-1.csv"
    new = tmp_path / "ged-24-1.csv"
    new.write_text(old.read_text().replace(",3,7,1,1,12,15,10,", ",3,7,1,3,14,15,10,"))
    put(old, editor, dataset="ucdp-ged", release="23.1", released_on=date(2023, 6, 1))

    put(new, editor, dataset="ucdp-ged", release="24.1", released_on=date(2024, 6, 1))

    revision = Claim.objects.exclude(revises=None).get()
    assert (revision.key, revision.best, revision.revises.best) == (
        "ucdp-ged/1001/killed@24.1",
        14,
        12,
    )
