"""Rows for tests: plain functions with sensible defaults, one module per model.

``state="published"`` goes through the same building blocks as the desk, so counters, words,
comparisons and the log are there as in real life.
"""

from tests.factories.citations import citation
from tests.factories.claims import claim, publish
from tests.factories.documents import document
from tests.factories.events import event
from tests.factories.imports import HEADER, claims_csv, import_batch
from tests.factories.parties import party
from tests.factories.sources import source
from tests.factories.texts import candidate, candidates, read, reading, stored_text
from tests.factories.users import user

__all__ = [
    "HEADER",
    "candidate",
    "candidates",
    "citation",
    "claim",
    "claims_csv",
    "document",
    "event",
    "import_batch",
    "party",
    "publish",
    "read",
    "reading",
    "source",
    "stored_text",
    "user",
]
