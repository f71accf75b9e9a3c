"""Records that are here already and change: one by one, through the services that editors use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from claims.ingest.columns import COLUMN_OF
from claims.ingest.landing.arriving import MODELS, Arrival
from claims.ingest.landing.fates import Difference
from claims.ingest.landing.refusing import Refusals
from claims.ingest.landing.together import (
    AT_ONCE,
    bound_claims,
    correct_together,
    is_plain,
    leaves,
    put_into,
    victims_parties,
    with_parties,
)
from claims.ingest.ordering import in_order
from claims.models import Claim, Document, Event, ImportEdit, Party
from claims.models.base import Record
from claims.services import citations as citing
from claims.services import claims as claim_services
from claims.services import events as event_services
from claims.services import permissions, plain_records, publishing
from claims.services.records import Edit
from claims.services.refusals import Incomplete, Refused


class Mending:
    """The records that an import changes; each one's version before is kept for the undoing.

    ``left`` has the claims that left the public as a set, with their columns before; ``told``
    hears how many more records are done.
    """

    def __init__(
        self,
        edit: Edit,
        refusals: Refusals,
        batch_id: int,
        *,
        told: Callable[[int], object] = lambda records: None,
    ) -> None:
        self.edit, self.refusals, self.batch_id, self.told = edit, refusals, batch_id, told
        self.left: dict[int, tuple[Claim, Mapping[str, Any]]] = {}
        self._kept: set[tuple[str, int]] = set()

    def mend_all(self, differences: Iterable[Difference], arrival: Arrival) -> None:
        """Change records in the order of their kinds, as sets those that move nowhere else."""
        for _, several in groupby(differences, lambda d: d.kind):
            some = list(several)
            bound = bound_claims(some)
            ways: dict[bool | None, list[Difference]] = {False: [], True: [], None: []}
            for one in some:
                is_together = is_plain(one) and one.record.pk not in bound
                ways[leaves(one) if is_together else None].append(one)
            for leaving in (False, True):
                for start in range(0, len(ways[leaving]), AT_ONCE):
                    self._mend_together(ways[leaving][start : start + AT_ONCE], arrival, leaving)
            for one in ways[None]:
                self.mend(one)
                self.told(1)

    def _mend_together(self, some: list[Difference], arrival: Arrival, leaving: bool) -> None:
        model = MODELS[some[0].kind]
        rows: dict[int, Any] = self.edit.lock_together(model, [d.record.pk for d in some])
        first = {d.record.pk: d for d in reversed(some)}
        parties = victims_parties(some)
        putting = [d for pk, d in first.items() if self._put_into(rows[pk], d, parties)]
        alone = [d for d in some if first[d.record.pk] is not d]  # the file names it twice
        if putting:
            changing = with_parties(putting, rows)
            self._keep(one.held for one in changing)
            before = {one.held.pk: self.edit.before(one.held) for one in changing}
            if not correct_together(arrival, self.edit, changing, leaving=leaving):
                alone = [*putting, *alone]
            elif leaving:
                self.left |= {pk: (rows[pk], was) for pk, was in before.items()}
            else:
                self.edit.forget(one.held for one in changing)
        for difference in alone:
            self.mend(difference)
        self.told(len(some))

    def _put_into(self, held: Any, difference: Difference, parties: Mapping[int, Party]) -> bool:
        """Put values into a locked record; tell whether they change it and nothing is refused."""
        changes = False

        def put() -> None:
            nonlocal changes
            self._check_may_change(held)
            changes = put_into(self.edit, held, difference, parties)

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
                self._hold_drafts_of(held.via if held.state == "published" else None)
                citing.save_edited(self.edit, held)
            case "document" if held.state == "published":
                self._hold_drafts_of(held)
                plain_records.save_edited(self.edit, held)
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
            if isinstance(record, Document):
                self._hold_drafts_of(record)
            else:
                self.hold(record)
            publishing.publish_record(self.edit, record)

    def _hold_drafts_of(self, document: Document | None) -> None:
        """Hold what becomes public with a document, but for what this import adds."""
        self._hold_older(publishing.drafts_of(document))

    def _hold_older(self, records: Iterable[Record]) -> None:
        for record in records:
            if record.import_batch_id != self.batch_id:
                self.hold(record)

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
        self._hold_older(publishing.drafts_below(held))
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
