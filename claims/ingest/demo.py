"""The demo events, loaded into a tracker that has none yet."""

from __future__ import annotations

from pathlib import Path

from claims.ingest.pipeline import import_at_once
from claims.ingest.reading import CLAIMS_CSV
from claims.ingest.system_users import import_user, review_user
from claims.models import Event, ImportBatch

DEMO_FILE = Path(__file__).parent / "data" / "demo_claims.csv"
WAIVER = "Demo data, checked by its makers"


def load_demo() -> bool:
    """Load the demo events where there are no events at all; tell whether they were loaded.

    What editors have made of the demo since is theirs and is never overwritten.
    """
    if Event.objects.exists():
        return False
    batch = ImportBatch.objects.create(
        dataset=CLAIMS_CSV, file_name=DEMO_FILE.name, publish=True, by=import_user()
    )
    import_at_once(
        batch, DEMO_FILE, by=import_user(), reviewed_by=review_user(), waiver_reason=WAIVER
    )
    return True
