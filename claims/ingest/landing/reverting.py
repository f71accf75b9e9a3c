"""Records that an import changed, given back what they had in them before.

As sets; each has its version, its row of history and its entry in the log.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, takewhile
from typing import Any

from django.apps import apps

from claims.ingest.landing.arriving import MODELS, Purpose
from claims.ingest.landing.staging import Staging
from claims.ingest.landing.together import AT_ONCE, Changing, write_together
from claims.ingest.reasons import reason_of
from claims.models import Citation, Claim, Event, ImportBatch, ImportEdit
from claims.services import changes, publishing
from claims.services.events import save_with_parties
from claims.services.records import Edit

ORDER = ("source", "document", "event", "claim", "citation")
KEPT = frozenset({"id", "version", "created_at", "created_by_id", "public_id", "published_at"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A locked record, the version that it goes back to, and the parties now and then."""

    held: Any
    then: Any
    parties: frozenset[int]
    parties_then: frozenset[int]

    def put_in(self) -> None:
        """Give the record what it had; it is not saved by this."""
        for field in self.held._meta.concrete_fields:
            if field.attname not in KEPT:
                setattr(self.held, field.attname, getattr(self.then, field.attname))

    @property
    def changing(self) -> Changing:
        """What is to be written."""
        gained = dict.fromkeys(self.parties_then - self.parties, "")
        return Changing(self.held, gained, lost=self.parties - self.parties_then)


class Reverting:
    """Puts back what a batch changed; ``told`` hears how many more records are done."""

    def __init__(
        self,
        batch: ImportBatch,
        edit: Edit,
        staging: Staging,
        purpose: Purpose,
        told: Callable[[int], object],
    ) -> None:
        self.batch, self.edit, self.staging, self.purpose = batch, edit, staging, purpose
        self.told = told
        self._named: changes.Named = {}
        self._returned: set[int] = set()
        """The claims that are public again."""

    def put_back(self) -> list[str]:
        """Put everything back; return what somebody changed since and was left alone."""
        left_alone = []
        every = sorted(self.batch.edits.all(), key=lambda one: ORDER.index(one.record_kind))
        for kind, edits in groupby(every, key=lambda one: one.record_kind):
            while some := list(islice(edits, AT_ONCE)):
                left_alone += self._put_some(kind, some)
                self.told(len(some))
        return left_alone

    def _put_some(self, kind: str, some: Sequence[ImportEdit]) -> list[str]:
        rows: dict[int, Any] = self.edit.lock_together(MODELS[kind], [e.record_id for e in some])
        versions = Versions(self.batch, kind, some)
        left_alone, earlier = [], []
        for one in some:
            if found := versions.earlier(one, rows[one.record_id]):
                earlier.append(found)
            else:
                held = rows[one.record_id]
                left_alone.append(str(getattr(held, "public_id", held)))
        if earlier:
            self._write(earlier)
        return left_alone

    def _write(self, earlier: Sequence[Earlier]) -> None:
        """Write records as a set, or one by one where the table does not take them together."""
        before = [changes.values_of(one.held) for one in earlier]
        for one in earlier:
            one.put_in()
        changing = [one.changing for one in earlier]
        is_written = write_together(self.staging, self.purpose, self.edit, changing, {})
        claims = [one.held.public_id for one in earlier if isinstance(one.held, Claim)]
        gone = publishing.told_gone(claims)
        for one, was in zip(earlier, before, strict=True):
            if not is_written:
                _save(self.edit, one)
            else:
                if isinstance(one.held, Event):
                    self.edit.noticed.note_elsewhere(one.held)  # whoever shows its parties
                self.edit.note_written(one.held)
            self._log(one.held, was, gone)
        self.edit.forget(one.held for one in earlier)

    def _log(self, held: Any, before: dict[str, Any], gone: set[str]) -> None:
        """Log what readers can notice: a record that is public again, or no longer, or mended.

        Nobody was told of a claim that left the public for a review, so nobody is of its return,
        nor of what became of its citations meanwhile.
        """
        was, now = before["state"] == "published", held.state == "published"
        if isinstance(held, Citation):
            is_told = held.claim.state == "published" and held.claim_id not in self._returned
            was, now = was and is_told, now and is_told
        if isinstance(held, Claim) and now and not was:
            self._returned.add(held.pk)
        if was and not now:
            self.edit.log("withdrawn", held)
        elif now and not was and getattr(held, "public_id", "") in gone:
            self.edit.log("corrected", held, fields=[publishing.WITHDRAWN_TO_PUBLIC])
        elif now and was:
            after = changes.values_of(held)
            public = changes.public_changes(before, after, type(held), self._named)
            if public:
                self.edit.log("corrected", held, fields=public)


class Versions:
    """The versions of some records that a batch changed, from their histories."""

    def __init__(self, batch: ImportBatch, kind: str, some: Sequence[ImportEdit]) -> None:
        model: Any = MODELS[kind]
        ids = [one.record_id for one in some]
        self._own = (batch.by_id, reason_of(batch))
        self._rows: dict[int, list[Any]] = defaultdict(list)
        for row in model.history.filter(id__in=ids).order_by("id", "version", "pk"):
            self._rows[row.id].append(row)
        self._edits: dict[int, list[int]] = defaultdict(list)
        edits = ImportEdit.objects.filter(record_kind=kind, record_id__in=ids)
        for key, version in edits.values_list("record_id", "version_before"):
            self._edits[key].append(version)
        self._parties = _parties(ids) if kind == "event" else {}
        self._parties_then = self._parties_of_versions() if kind == "event" else {}

    def earlier(self, one: ImportEdit, held: Any) -> Earlier | None:
        """Return what a record goes back to; ``None`` where somebody changed it since."""
        rows = self._rows[one.record_id]
        then = [row for row in rows if row.version == one.version_before]
        after = self._after(one, rows)
        if not then or after is None:
            return None
        parties = self._parties.get(held.pk, frozenset())
        if (_said(held), parties) != (_said(after), self._then(after)):
            return None
        return Earlier(held, then[-1], parties, self._then(then[-1]))

    def _then(self, row: Any) -> frozenset[int]:
        return self._parties_then.get(row.pk, frozenset())

    def _after(self, one: ImportEdit, rows: Sequence[Any]) -> Any:
        """Return the last of the versions that the batch made of a record.

        Files of one name give one reason: what a later import changed begins where that found it.
        """
        later = [v for v in self._edits[one.record_id] if v > one.version_before]
        last = min(later, default=None)
        since = (
            row
            for row in rows
            if row.version > one.version_before and (last is None or row.version <= last)
        )
        ours = takewhile(
            lambda row: (row.history_user_id, row.history_change_reason) == self._own, since
        )
        return next(iter(deque(ours, maxlen=1)), None)

    def _parties_of_versions(self) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        told = apps.get_model("claims", "HistoricalEvent_parties").objects
        for version, party in told.filter(event_id__in=list(self._rows)).values_list(
            "history_id", "party_id"
        ):
            found[version].add(party)
        return {version: frozenset(parties) for version, parties in found.items()}


def _parties(event_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Event.parties.through._default_manager.filter(event__in=event_ids)
    for event_id, party_id in pairs.values_list("event_id", "party_id"):
        found[event_id].add(party_id)
    return {event_id: frozenset(parties) for event_id, parties in found.items()}


def _said(record: Any) -> list[Any]:
    """Return everything that the columns of a record, or of a version of it, say."""
    model = getattr(record, "instance_type", type(record))
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in KEPT]
    return [getattr(record, name) for name in names]


def _save(edit: Edit, one: Earlier) -> None:
    if isinstance(one.held, Event):
        then = one.then.parties.select_related("party")
        save_with_parties(edit, one.held, [row.party for row in then])
    else:
        edit.save(one.held)
