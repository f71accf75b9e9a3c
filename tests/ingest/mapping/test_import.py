"""What shipped mappings make of their datasets, written into the tracker."""

import pytest
from django.contrib.auth.models import User

from claims.ingest.claims_csv import commit_import
from claims.ingest.csv_table import Row
from claims.ingest.plan import Plan
from claims.ingest.reading import open_reading
from claims.ingest.wanted import wanted_from
from claims.models import Claim, Document, Event
from tests.ingest.mapping.reading import DATASETS

FILES = [
    pytest.param("ucdp-ged", "ucdp-ged/ged-23-1.csv", 3, 8, 3, id="UCDP GED"),
    pytest.param("gtd", "gtd/extract.csv", 2, 4, 3, id="GTD"),
    pytest.param("iraq-body-count", "iraq-body-count/incidents.csv", 5, 5, 7, id="Iraq Body Count"),
    pytest.param("radford-2023", "radford-2023/replication-data.csv", 1, 4, 1, id="Radford"),
    pytest.param("economist-war-dead", "economist-war-dead/estimates.csv", 1, 7, 6, id="Economist"),
    pytest.param(
        "ukraine-general-staff",
        "ukraine-general-staff/russia_losses_personnel.json",
        1,
        6,
        1,
        id="General Staff of Ukraine",
    ),
    pytest.param(
        "techforpalestine-daily",
        "techforpalestine-daily/casualties_daily.json",
        1,
        14,
        1,
        id="Gaza by day",
    ),
    pytest.param(
        "techforpalestine-west-bank",
        "techforpalestine-west-bank/west_bank_daily.json",
        1,
        15,
        1,
        id="West Bank by day",
    ),
    pytest.param(
        "techforpalestine-lebanon",
        "techforpalestine-lebanon/lebanon_casualties_daily.json",
        2,
        9,
        1,
        id="Lebanon by phase",
    ),
    pytest.param("eventreport", "eventreport/maverick.csv", 1, 4, 3, id="MAVERICK"),
]


@pytest.mark.parametrize(("dataset", "file", "events", "claims", "documents"), FILES)
def test_dataset_when_imported_and_published_is_there_whole(
    dataset: str, file: str, events: int, claims: int, documents: int, editor: User, reviewer: User
) -> None:
    reading = open_reading(dataset, DATASETS / file, release="2021")
    rows = [row for row in reading.rows() if isinstance(row, Row)]

    wanted = wanted_from(rows)
    assert wanted.refused == []
    commit_import(Plan(file, wanted), by=editor, publish=True, reviewed_by=reviewer)

    assert (
        Event.objects.filter(state="published").count(),
        Claim.objects.filter(state="published").count(),
        Document.objects.filter(state="published").count(),
    ) == (events, claims, documents)
