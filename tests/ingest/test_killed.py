"""An import whose process is killed leaves nothing, and can be begun again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from claims.domain.importing import BatchState
from claims.ingest.landing.bare_tables import DERIVED, LOG, RECORDS, rules_of
from claims.ingest.pipeline import commit_batch, plan_batch
from claims.ingest.system_users import import_user
from claims.models import Change, Citation, Claim, Document, Event, ImportBatch, Source
from tests.ingest.killing import kill_at
from tests.ingest.load import write_load

MODELS = (Event, Source, Document, Claim, Citation, Change)

CHILD = """
import django, os, sys, time
django.setup()
from django.conf import settings
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
from pathlib import Path
from claims.ingest.landing import bare_tables, committing
from claims.ingest.pipeline import commit_batch, import_at_once
from claims.ingest.system_users import import_user
from claims.models import ImportBatch

class Slow:
    def step(self, name, total):
        print(name, flush=True)
        if name == sys.argv[4]:
            time.sleep(60)
    def advance(self, rows):
        pass

if sys.argv[4] == "Written":
    kept = committing.id_ranges
    def slow(landing):
        print("Written", flush=True)
        time.sleep(60)
        return kept(landing)
    committing.id_ranges = slow
batch = ImportBatch.objects.get(pk=sys.argv[2])
if sys.argv[5:] == ["first load"]:
    bare_tables.LEAST_ROWS = 1
    import_at_once(batch, Path(sys.argv[3]), by=import_user(), progress=Slow())
else:
    commit_batch(batch, Path(sys.argv[3]), by=import_user(), progress=Slow())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "moment",
    ["Reading and checking", "Comparing with what is here", "Writing new records", "Written"],
)
def test_killed_import_leaves_nothing_and_comes_again(
    tmp_path: Path, root: Path, moment: str
) -> None:
    path = tmp_path / "load.csv"
    write_load(path, claims=30)
    batch = plan_batch(ImportBatch.objects.create(dataset="claims-csv", file_name="l.csv"), path)
    import_user()

    kill_at(moment, CHILD, str(batch.pk), str(path), moment, root=root)

    assert {model.__name__: model.objects.count() for model in MODELS} == {
        model.__name__: 0 for model in MODELS
    }
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTING
    ImportBatch.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    commit_batch(batch, path, by=import_user())
    assert (Claim.objects.count(), Event.objects.count(), batch.state) == (30, 6, "committed")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["Writing new records", "Comparing claims", "Written"])
def test_killed_first_load_leaves_the_tables_as_they_were(
    tmp_path: Path, root: Path, moment: str
) -> None:
    path = tmp_path / "load.csv"
    write_load(path, claims=30)
    before = set(rules_of(RECORDS + DERIVED + LOG))
    batch = ImportBatch.objects.create(dataset="claims-csv", file_name="l.csv")
    import_user()

    kill_at(moment, CHILD, str(batch.pk), str(path), moment, "first load", root=root)

    assert [model.__name__ for model in MODELS if model.objects.exists()] == []
    assert set(rules_of(RECORDS + DERIVED + LOG)) == before
