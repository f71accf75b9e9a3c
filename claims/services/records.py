"""One editorial action as a transaction that knows who acts and why.

Every write of the tracker goes through an :class:`Edit`: rows are locked and their version
checked, saved with validation, history and a grown version, and what follows from them (search
words, comparisons, the public log, the counters) is settled once, before the commit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.utils import timezone

from claims.models import Change, Citation, Claim, Document, Event, Party, Source
from claims.services import changes, comparisons, search_words, tallies, tidying
from claims.services.refusals import Incomplete, ReasonNeeded, StaleVersion
from claims.services.unsaid import Noticed

R = TypeVar("R", bound=Model)
Key = tuple[type[Model], int]

PUBLISHED = "published"


@contextmanager
def editing(*, by: User, reason: str = "") -> Iterator[Edit]:
    """Open an editorial action; everything that follows from it is settled when it ends well."""
    with transaction.atomic():
        edit = Edit(by=by, reason=reason)
        yield edit
        edit.settle()


class Edit:
    """What one action has locked and saved, and what follows from it.

    ``told`` hears of how many more events the comparisons are up to date, at the end.
    """

    def __init__(self, *, by: User, reason: str = "") -> None:
        self.by = by
        self.reason = tidying.tidy_text(reason)
        self.at: datetime = timezone.now()
        self._rows: dict[Key, Model] = {}
        self._before: dict[Key, dict[str, Any]] = {}
        self._events: set[int] = set()
        self._named: dict[type[Model], set[int]] = defaultdict(set)
        self._shown: dict[type[Model], set[int]] = defaultdict(set)
        self._tally: Counter[str] = Counter()
        self._log: list[Change] = []
        self._more_log: list[Callable[[], None]] = []
        self.noticed = Noticed()
        self.told: Callable[[int], object] = lambda events: None

    def lock(self, record: R, expected_version: int | None = None) -> R:
        """Return the row as it stands now, held until the transaction ends.

        A claim's event is locked before the claim, a citation's claim before the citation, so
        that rules across the rows of one event hold and writers wait instead of deadlocking.
        Raises ``StaleVersion`` where the row is not of the version expected.
        """
        if isinstance(record, Claim):
            self.lock(Event(pk=record.event_id))
        if isinstance(record, Citation):
            self.lock(Claim.objects.only("event_id").get(pk=record.claim_id))
        key = (type(record), record.pk)
        if key not in self._rows:
            fresh = type(record)._default_manager.select_for_update(no_key=True).get(pk=record.pk)
            self._rows[key] = fresh
            self._before[key] = changes.values_of(fresh)
        held = cast("R", self._rows[key])
        self._check_version(held, expected_version)
        return held

    def lock_all(self, records: Iterable[R]) -> list[R]:
        """Lock several rows in the order of their ids."""
        return [self.lock(record) for record in sorted(records, key=lambda r: cast("int", r.pk))]

    def lock_together(self, model: type[R], ids: Iterable[int]) -> dict[int, R]:
        """Return rows of a table by id, locked by one question in the order of their ids.

        The events of claims are locked before them, and the claims of citations.
        """
        wanted = set(ids)
        missing = [pk for pk in wanted if (model, pk) not in self._rows]
        _hold_above(model, missing)
        rows = model._default_manager.select_for_update(no_key=True, of=("self",))
        if model is Citation:
            rows = rows.select_related("claim", "document")
        for row in rows.filter(pk__in=missing).order_by("pk"):
            self._rows[model, row.pk] = row
            self._before[model, row.pk] = changes.values_of(row)
        return {pk: cast("R", self._rows[model, pk]) for pk in wanted}

    def hold_events(self, ids: Collection[int]) -> None:
        """Lock events in the order of their ids, before anything that they show.

        Whoever locks a source or a document first would wait for an import that holds the events
        and waits for the source.
        """
        if connection.features.has_select_for_update:
            events = Event.objects.filter(pk__in=ids).select_for_update(no_key=True)
            list(events.order_by("pk").values_list("pk", flat=True))

    def held(self, model: type[Model]) -> set[int]:
        """Return the ids of the rows of a table that this edit has locked or saved."""
        return {key for of, key in self._rows if of is model}

    def _check_version(self, held: Model, expected_version: int | None) -> None:
        if expected_version is not None and getattr(held, "version", None) != expected_version:
            raise StaleVersion(held, expected_version)

    def require_reason(self) -> None:
        """Raise ``ReasonNeeded`` unless words were given."""
        if not self.reason:
            raise ReasonNeeded("Say why; the reason is shown in the public log of changes.")

    def before(self, record: Model) -> Mapping[str, Any]:
        """Return the columns as they were when the row was locked; empty for a new row."""
        return self._before.get((type(record), record.pk or 0), {})

    def changed(self, record: Model) -> list[str]:
        """Return the names of the fields that differ from the locked row."""
        return changes.changed_fields(self.before(record), changes.values_of(record), type(record))

    def save(self, record: Model) -> None:
        """Validate and save a row that is new or was locked here, with history and version.

        Raises ``Incomplete`` with the messages by field where a rule of the table is broken.
        """
        is_new = record.pk is None
        if not is_new and (type(record), record.pk) not in self._rows:
            raise RuntimeError(f"{record!r} was not locked by this edit.")
        before = self.before(record)
        tidying.tidy(record)
        self._write(record, is_new=is_new)
        self._remember(record, before)

    def check(self, record: Any) -> None:
        """Tidy a row that was locked here and hold it to the rules that need no other row.

        Raises ``Incomplete`` with the messages by field.
        """
        tidying.tidy(record)
        try:
            record.clean_fields(exclude=self._known_relations(record))
            record.clean()
        except ValidationError as error:
            raise Incomplete.from_validation(error, type(record)) from error

    def note_written(self, record: Any) -> None:
        """Note that a row that was locked and checked here is written, as one of a set.

        Whoever wrote it gave it its next version and a row of history.
        """
        record.version += 1
        self._remember(record, self.before(record))

    def forget(self, records: Iterable[Model]) -> None:
        """Let go of rows that are written, of which there may be many; they stay locked."""
        for record in records:
            self._rows.pop((type(record), record.pk), None)
            self._before.pop((type(record), record.pk), None)

    def _remember(self, record: Model, before: Mapping[str, Any]) -> None:
        self._rows[type(record), record.pk] = record
        self._note(record, before)
        self._before[type(record), record.pk] = changes.values_of(record)

    def _write(self, record: Any, *, is_new: bool) -> None:
        record.version = 1 if is_new else record.version + 1
        if is_new and hasattr(record, "created_by_id") and record.created_by_id is None:
            record.created_by = self.by
        record._history_user = self.by
        record._change_reason = self.reason or None
        try:
            record.clean_fields(exclude=self._known_relations(record))
            record.clean()
            with transaction.atomic():
                record.save()
        except ValidationError as error:
            record.version -= not is_new
            raise Incomplete.from_validation(error, type(record)) from error
        except IntegrityError as error:
            record.version -= not is_new
            raise _rule_broken(record) from error

    def _known_relations(self, record: Model) -> set[str]:
        """Return the foreign keys that need no query: unchanged, or set to a row in hand."""
        before = self.before(record)
        return {
            f.name
            for f in record._meta.concrete_fields
            if isinstance(f, ForeignKey)
            and (f.is_cached(record) or before.get(f.attname, 0) == getattr(record, f.attname))
        }

    def _note(self, record: Any, before: Mapping[str, Any]) -> None:
        """Remember what follows from a saved row."""
        model = type(record)
        self.noticed.note(record, before)
        self._named[model].add(record.pk)
        was, now = before.get("state") == PUBLISHED, getattr(record, "state", "") == PUBLISHED
        if (name := tallies.name_of(model)) and was != now:
            self._tally[name] += now - was
        if was or now or isinstance(record, Party):
            self._events |= _own_events(record)
            if before:
                self._shown[model].add(record.pk)
            if isinstance(record, Claim) and before:
                self._events.add(before["event_id"])

    def log(
        self,
        kind: str,
        record: Model,
        *,
        reason: str | None = None,
        target: Any = None,
        fields: Iterable[dict[str, Any]] = (),
    ) -> None:
        """Add an entry to the public log; the reason is the edit's own unless another is given."""
        self._log.append(
            changes.entry(
                kind,
                record,
                by=self.by,
                at=self.at,
                reason=self.reason if reason is None else reason,
                target_id=target.public_id if target else "",
                fields=fields,
            )
        )

    def also_log(self, write: Callable[[], None]) -> None:
        """Have entries that are written as a set written in their turn, with those of this edit."""
        self._more_log.append(write)

    def also_count(self, differences: Mapping[str, int]) -> None:
        """Have the counters moved by records that are written as a set."""
        self._tally.update(differences)

    def settle_words(self) -> None:
        """Bring the words of what was saved so far up to date, before anything that places them."""
        search_words.refresh_events(self._named.pop(Event, set()))
        search_words.refresh_sources(self._named.pop(Source, set()))

    def events_to_compare(self) -> set[int]:
        """Return the events whose comparisons show something that was saved, so far."""
        self._events |= comparisons.events_showing(
            documents=self._shown[Document],
            sources=self._shown[Source],
            parties=self._shown[Party],
        )
        self._shown.clear()
        return self._events

    def settle(self) -> None:
        """Bring everything derived up to date and write the log; the counters come last.

        On PostgreSQL whoever writes the log waits there for whoever is ahead, so that its ids
        are in the order of the commits; only the counters may be locked after it.
        """
        self.settle_words()
        comparisons.refresh_events(self.events_to_compare(), told=self.told)
        unsaid = self.noticed.entries(self._log, by=self.by, at=self.at)
        if self._more_log and connection.vendor == "postgresql":
            connection.check_constraints()  # now, rather than at the commit with others waiting
        for write in self._more_log:
            write()
        Change.objects.bulk_create([*self._log, *unsaid])
        tallies.add(self._tally)


def _hold_above(model: type[Model], ids: list[int]) -> None:
    """Lock what is locked before these rows, without reading it."""
    if model not in (Claim, Citation):
        return
    claims = Claim.objects.filter(**{"pk__in" if model is Claim else "citations__in": ids})
    above: list[QuerySet[Any]] = [Event.objects.filter(pk__in=claims.values("event"))]
    if model is Citation:
        above.append(Claim.objects.filter(pk__in=claims.values("pk")))
    for rows in above:
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _rule_broken(record: Model) -> Incomplete:
    """Return, in the words of the table's rules, why the database refused a row.

    The database is asked first and the rules are only spelt out where it refuses, since asking
    for each rule beforehand costs a query each.
    """
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        return Incomplete.from_validation(error, type(record))
    said = f"Somebody may just have saved the same {record._meta.verbose_name}. Look again."
    return Incomplete({NON_FIELD_ERRORS: [said]})


def _own_events(record: Model) -> set[int]:
    """Return the event whose comparisons the row itself belongs to."""
    if isinstance(record, Event):
        return {record.pk}
    if isinstance(record, Claim):
        return {record.event_id}
    if isinstance(record, Citation):
        return {record.claim.event_id}
    return set()


def apply(record: Model, new: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Set columns by field name; raise ``Incomplete`` for a name that cannot be edited."""
    for name, value in new.items():
        if name not in allowed:
            raise Incomplete({name: ["This cannot be edited."]})
        setattr(record, name, tidying.tidy_text(value) if isinstance(value, str) else value)


def editable_fields(model: type[Model]) -> frozenset[str]:
    """Return the names of the columns that people may set; never state, version or review."""
    return frozenset(
        f.name
        for f in model._meta.concrete_fields
        if f.editable and not f.primary_key and f.name != "state"
    )
