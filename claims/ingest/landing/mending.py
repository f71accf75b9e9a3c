"""Records that are here already and change: one by one, through the services that editors use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby, islice
from typing import Any

from claims.ingest.columns import COLUMN_OF
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.landing.fates import Difference
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.together import AT_ONCE, is_plain, put_into, write_together
from claims.ingest.ordering import in_order
from claims.models import Claim, Event, ImportEdit, Party
from claims.models.base import Record
from claims.services import citations as citing
from claims.services import claims as claim_services
from claims.services import events as event_services
from claims.services import permissions, plain_records, publishing
from claims.services.records import Edit
from claims.services.refusals import Incomplete, Refused


class Mending:
    """The records that an import changes; each one's version before is kept for the undoing."""

    def __init__(self, edit: Edit, refusals: Refusals, batch_id: int) -> None:
        self.edit, self.refusals, self.batch_id = edit, refusals, batch_id
        self._kept: set[tuple[str, int]] = set()

    def mend_all(self, differences: Iterable[Difference], arrival: Arrival) -> None:
        """Change records in their order, those that touch no others as sets."""
        for (kind, plain), several in groupby(differences, lambda d: (d.kind, is_plain(d))):
            if not plain:
                for difference in several:
                    self.mend(difference)
                continue
            while some := list(islice(several, AT_ONCE)):
                self._mend_together(kind, some, arrival)

    def _mend_together(self, kind: str, some: list[Difference], arrival: Arrival) -> None:
        rows: dict[int, Any] = self.edit.lock_together(MODELS[kind], [d.record.pk for d in some])
        first = {d.record.pk: d for d in reversed(some)}
        changing = [d for pk, d in first.items() if self._put_into(rows[pk], d)]
        alone = [d for d in some if first[d.record.pk] is not d]  # the file names it twice
        if changing:
            held = [rows[difference.record.pk] for difference in changing]
            self._keep(held)
            if not write_together(arrival, self.edit, changing, held):
                alone = [*changing, *alone]
        for difference in alone:
            self.mend(difference)

    def _put_into(self, held: Any, difference: Difference) -> bool:
        """Put values into a locked record; tell whether they change it and nothing is refused."""
        changes = False

        def put() -> None:
            nonlocal changes
            self._check_may_change(held)
            changes = put_into(self.edit, held, difference)

        self._try(difference.kind, difference.row, difference.rows, put)
        return changes

    def mend(self, difference: Difference) -> None:
        """Change a record; what the services refuse is refused at its cell."""
        self._try(difference.kind, difference.row, difference.rows, self._mend, difference)

    def _mend(self, difference: Difference) -> None:
        held = self.hold(difference.record)
        for name, value in difference.values.items():
            setattr(held, name, value)
        match difference.kind:
            case "event":
                self._mend_event(held, difference)
            case "claim" if held.state == "published":
                claim_services.save_corrected(self.edit, held)
            case "claim":
                claim_services.check(held)
                self.edit.save(held)
            case "citation":
                citing.save_edited(self.edit, held)
            case _:
                plain_records.save_edited(self.edit, held)

    def _mend_event(self, held: Event, difference: Difference) -> None:
        if not difference.parties:
            event_services.save_within(self.edit, held)
            return
        there = set(held.parties.all())
        added = set(Party.objects.filter(pk__in=difference.parties))
        event_services.save_within(self.edit, held, there | added)

    def hold(self, record: Record) -> Any:
        """Lock a record that is about to change; who imports must be allowed to change it."""
        held = self.edit.lock(record)
        self._check_may_change(held)
        self._keep([held])
        return held

    def _check_may_change(self, held: Any) -> None:
        if self.edit.by.is_active:  # the import's own users cannot log in and have no role
            permissions.check_edit(getattr(held, "claim", held), self.edit.by)

    def _keep(self, held: Iterable[Any]) -> None:
        """Keep each record's version before, once."""
        new = {(str(one._meta.model_name), int(one.pk)): one.version for one in held}
        new = {key: version for key, version in new.items() if key not in self._kept}
        self._kept |= new.keys()
        ImportEdit.objects.bulk_create(
            ImportEdit(
                batch_id=self.batch_id, record_kind=kind, record_id=key, version_before=version
            )
            for (kind, key), version in new.items()
        )

    def publish_records(self, records: Iterable[Record]) -> None:
        """Publish records that were drafts, with what they rest on themselves."""
        for record in records:
            self.hold(record)
            publishing.publish_record(self.edit, record)

    def publish_claims(
        self, claims: Iterable[tuple[Claim, int]], review: dict[str, Any]
    ) -> list[Claim]:
        """Publish claims that were not public, each after the one it revises."""
        found = {str(claim.pk): (claim, row) for claim, row in claims}
        order, _ = in_order({key: str(claim.revises_id or "") for key, (claim, _) in found.items()})
        for key in order:
            claim, row = found[key]
            self._try("claim", row, {}, self._publish, claim, review)
        return [found[key][0] for key in order]

    def _publish(self, claim: Claim, review: dict[str, Any]) -> None:
        held = self.hold(claim)
        for record in publishing.drafts_below(held):
            if record.import_batch_id != self.batch_id:
                self.hold(record)
        for name, value in review.items():
            setattr(held, name, value)
        publishing.make_public(self.edit, held)

    def _try(
        self, kind: str, row: int, rows: dict[str, int], action: Callable[..., Any], *given: Any
    ) -> None:
        names, default = COLUMN_OF[kind], COLUMN_OF[kind]["__all__"]
        try:
            action(*given)
        except Incomplete as error:
            for name, messages in error.errors.items():
                column = names.get(name, name)
                self.refusals.add(rows.get(column, row), column, " ".join(messages))
        except Refused as error:
            self.refusals.add(row, default, str(error))
