"""The synthetic dataset imported the ordinary way and published, so that there is a load."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User

from claims.ingest.pipeline import import_at_once
from claims.ingest.progress import Progress
from claims.ingest.reading import CLAIMS_CSV
from claims.ingest.system_users import import_user, review_user
from claims.models import ImportBatch

WAIVER = "Synthetic: made up to measure with; nobody reviewed it."


def load_synthetic(
    path: Path, *, agreed_by: User | None = None, progress: Progress | None = None
) -> ImportBatch:
    """Import and publish a synthetic file, the review waived in words; raise ``Refused``.

    ``agreed_by`` is the second person for a load far larger than what was imported before.
    """
    batch = ImportBatch.objects.create(
        dataset=CLAIMS_CSV, file_name=path.name[:250], publish=True, by=import_user()
    )
    return import_at_once(
        batch,
        path,
        by=import_user(),
        reviewed_by=review_user(),
        waiver_reason=WAIVER,
        agreed_by=agreed_by,
        progress=progress,
    )
