"""Records of a file arriving in the database: made, changed, or left as they are.

One ``Arrival`` goes through the kinds of records in the order in which they rest on each other.
It runs inside one edit; a dry run is the same edit, never finished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from claims.domain.folding import folded
from claims.domain.public_ids import derived_public_id
from claims.ingest import columns, matching
from claims.ingest.cells import CellRefused
from claims.ingest.plan import Fate, Item
from claims.ingest.wanted import Refusal, Told, Wanted
from claims.models import Claim, Document, Event, Party, Source
from claims.models.base import Record
from claims.services import permissions
from claims.services.records import Edit
from claims.services.refusals import Incomplete, Refused

R = TypeVar("R", bound=Record)


class Arrival:
    """What has arrived so far, by what the file calls it; ``None`` for what was refused."""

    def __init__(self, edit: Edit, wanted: Wanted) -> None:
        self.edit = edit
        self.wanted = wanted
        self.items: list[Item] = []
        self.refused: list[Refusal] = []
        self.parties: dict[str, Party] = {}
        self.events: dict[str, Event | None] = {}
        self.sources: dict[str, Source | None] = {}
        self.documents: dict[Any, Document | None] = {}
        self.claims: dict[str, Claim | None] = {}

    def refuse(self, row: int, column: str, reason: str) -> None:
        """Note a refusal."""
        self.refused.append(Refusal(row, column, reason))

    def try_to(self, told: Told, kind: str, action: Callable[..., Any], *given: Any) -> Any:
        """Return what an action returns; a refusal is noted at its cell and gives ``None``."""
        default = columns.COLUMN_OF[kind]["__all__"]
        try:
            return action(*given)
        except Incomplete as error:
            for name, messages in error.errors.items():
                column = columns.COLUMN_OF[kind].get(name, name)
                self.refuse(told.rows.get(column, told.row), column, " ".join(messages))
        except CellRefused as error:
            column = error.column or default
            self.refuse(told.rows.get(column, told.row), column, str(error))
        except (Refused, matching.Ambiguous) as error:
            self.refuse(told.row, default, str(error))
        return None

    def note(
        self,
        kind: str,
        told: Told,
        fate: Fate,
        *,
        label: Any,
        fields: Iterable[str] = (),
        remark: str = "",
    ) -> None:
        """Note what became of a record."""
        self.items.append(Item(kind, str(label), told.row, fate, tuple(fields), remark))

    def party(self, name: str | None) -> Party | None:
        """Return the party of that name; ``None`` for no name and for one that was refused."""
        return self.parties.get(folded(name)) if name else None

    def hold(self, record: R) -> R:
        """Lock a record that is about to change; who imports must be allowed to change it."""
        held = self.edit.lock(record)
        if self.edit.by.is_active:  # the import's own users cannot log in and have no role
            permissions.check_edit(held, self.edit.by)
        return held


def differing(record: Model, values: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields whose values differ from those wanted."""
    return [name for name, value in values.items() if _stored(record, name) != _wanted(value)]


def set_values(record: Model, values: Mapping[str, Any], names: Iterable[str]) -> None:
    """Set the named fields to the values wanted."""
    for name in names:
        setattr(record, name, values[name])


def give_derived_ids(model: type[Model], made: Mapping[Any, Any]) -> None:
    """Give new records the public ids that always belong to their keys.

    Where another record has such an id already, the random one stays.
    """
    kind = str(model._meta.model_name)
    wanted = {parts: derived_public_id(kind, *parts) for parts in made}
    taken = matching.taken_public_ids(model, list(wanted.values()))
    for parts, record in made.items():
        if wanted[parts] not in taken:
            record.public_id = wanted[parts]


def _stored(record: Model, name: str) -> Any:
    field = record._meta.get_field(name)
    return getattr(record, getattr(field, "attname", name))


def _wanted(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
