"""Under which words an import changes records."""

from __future__ import annotations

from claims.models import ImportBatch
from claims.services.tidying import tidy_text


def reason_of(batch: ImportBatch) -> str:
    """Return the reason that the public log shows; what a person calls a file of theirs is not."""
    if batch.stored_as:
        return tidy_text(f"Import {batch.pk}: {batch.dataset} {batch.release}")
    return tidy_text(f"Imported from {batch.file_name}")
