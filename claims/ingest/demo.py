"""The demo events, loaded into a tracker that has none yet."""

from __future__ import annotations

from pathlib import Path

from claims.ingest.claims_csv import commit_import, read_plan
from claims.ingest.system_users import import_user, review_user
from claims.models import Event

DEMO_FILE = Path(__file__).parent / "data" / "demo_claims.csv"
WAIVER = "Demo data, checked by its makers"


def load_demo() -> bool:
    """Load the demo events where there are no events at all; tell whether they were loaded.

    What editors have made of the demo since is theirs and is never overwritten.
    """
    if Event.objects.exists():
        return False
    commit_import(
        read_plan(DEMO_FILE),
        by=import_user(),
        publish=True,
        reviewed_by=review_user(),
        waiver_reason=WAIVER,
    )
    return True
