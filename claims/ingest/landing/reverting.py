"""Records that an import changed, given back what they had in them before.

One by one through an edit, so that each has its version, history and entry in the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from claims.ingest.landing.arriving import MODELS
from claims.ingest.reasons import reason_of
from claims.models import Claim, Event, ImportBatch, ImportEdit
from claims.models.base import Record
from claims.services import changes
from claims.services.events import save_with_parties
from claims.services.records import Edit

ORDER = ("source", "document", "event", "claim", "citation")
KEPT = frozenset({"id", "version", "created_at", "created_by_id", "public_id", "published_at"})
WITHDRAWN_TO_PUBLIC = [{"field": "state", "before": "withdrawn", "after": "published"}]


def put_back(
    batch: ImportBatch, edit: Edit, *, told: Callable[[int], object] = lambda records: None
) -> list[str]:
    """Put back what a batch changed; return what somebody changed since and was left alone.

    ``told`` hears how many more records are done.
    """
    left_alone = []
    edits = sorted(batch.edits.all(), key=lambda one: ORDER.index(one.record_kind))
    for one in edits:
        record = MODELS[one.record_kind]._default_manager.get(pk=one.record_id)
        if not _put_back(batch, edit, one, record):
            left_alone.append(str(getattr(record, "public_id", record)))
        told(1)
    return left_alone


def _put_back(batch: ImportBatch, edit: Edit, one: ImportEdit, record: Any) -> bool:
    held = edit.lock(record)
    model: Any = type(held)
    then = model.history.filter(id=held.pk, version=one.version_before).order_by("-pk").first()
    after = _after(batch, one, held)
    if then is None or after is None or _stands(held) != _stands(after):
        return False
    before = changes.values_of(held)
    for field in model._meta.concrete_fields:
        if field.attname not in KEPT:
            setattr(held, field.attname, getattr(then, field.attname))
    _save(edit, held, then)
    _log(edit, held, before)
    return True


def _after(batch: ImportBatch, one: ImportEdit, held: Any) -> Any:
    """Return the last of the versions that the batch made of a record, from its history.

    Files of one name give one reason: what a later import changed begins where that found it.
    """
    rows = held.history.filter(version__gt=one.version_before).order_by("version", "pk")
    later = (
        ImportEdit.objects.filter(record_kind=one.record_kind, record_id=one.record_id)
        .filter(version_before__gt=one.version_before)
        .order_by("version_before")
        .values_list("version_before", flat=True)
        .first()
    )
    if later is not None:
        rows = rows.filter(version__lte=later)
    own = (batch.by_id, reason_of(batch))
    ours = takewhile(lambda row: (row.history_user_id, row.history_change_reason) == own, rows)
    return next(iter(deque(ours, maxlen=1)), None)


def _stands(record: Any) -> tuple[Any, ...]:
    """Return everything that a record, or a version of it, says."""
    model = getattr(record, "instance_type", type(record))
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in KEPT]
    said = [getattr(record, name) for name in names]
    return (*said, _parties(record))


def _parties(record: Any) -> list[int]:
    if isinstance(record, Event):
        return sorted(record.parties.values_list("pk", flat=True))
    if getattr(record, "instance_type", None) is Event:
        return sorted(row.party_id for row in record.parties.all())
    return []


def _save(edit: Edit, held: Record, then: Any) -> None:
    if isinstance(held, Event):
        save_with_parties(edit, held, [row.party for row in then.parties.select_related("party")])
    else:
        edit.save(held)


def _log(edit: Edit, held: Any, before: dict[str, Any]) -> None:
    """Log what readers can notice: a record that is public again, or no longer, or mended."""
    was, now = before["state"] == "published", held.state == "published"
    if was and not now:
        edit.log("withdrawn", held)
    elif now and not was and isinstance(held, Claim):
        edit.log("corrected", held, fields=WITHDRAWN_TO_PUBLIC)
    elif now and was:
        public = changes.public_changes(before, changes.values_of(held), type(held))
        if public:
            edit.log("corrected", held, fields=public)
