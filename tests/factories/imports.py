"""Imports: a file that was kept, and the batch made of it."""

from __future__ import annotations

from typing import Any

from claims.ingest.desk.batches import create_batch
from claims.ingest.desk.uploads import keep_upload
from claims.models import ImportBatch
from tests.factories.users import author

HEADER = (
    "claim_key,event_key,event,event_start,claimant,measure,victims,wording,claimed_on,document"
)
ROW = "{key}/army,{key},Strike,2023-01-01,Army,killed,people,{wording},2023-01-02,Report"


def claims_csv(*wordings: str, header: str = HEADER) -> bytes:
    """Return a file of the interchange format with one event and claim for each wording."""
    rows = [ROW.format(key=f"strike-{n}", wording=wording) for n, wording in enumerate(wordings)]
    return "\n".join([header, *rows]).encode()


def import_batch(content: bytes = b"", *, name: str = "claims.csv", **fields: Any) -> ImportBatch:
    """Return an import of a file that nobody has read yet."""
    upload = keep_upload([content or claims_csv("63")], name=name, size=1)
    by = fields.pop("by", None) or author()
    return create_batch(upload, by=by, dataset=fields.pop("dataset", "claims-csv"), **fields)
