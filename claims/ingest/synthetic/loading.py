"""The synthetic dataset imported the ordinary way and published, so that there is a load."""

from __future__ import annotations

from pathlib import Path

from claims.ingest.claims_csv import commit_import, read_plan
from claims.ingest.plan import Result
from claims.ingest.system_users import import_user, review_user

WAIVER = "Synthetic: made up to measure with; nobody reviewed it."


def load_synthetic(path: Path) -> Result:
    """Import and publish a synthetic file, the review waived in words; raise ``Refused``."""
    return commit_import(
        read_plan(path),
        by=import_user(),
        publish=True,
        reviewed_by=review_user(),
        waiver_reason=WAIVER,
    )
