"""What every form of the desk does: partial dates, the version it was opened from, refusals.

A form never writes. It says which columns changed and from which version, and shows in the right
place what a service refused. Where somebody else has saved meanwhile it brings both versions
together (see ``versions``), so that nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest

from claims.admin.fields import PartialDateField
from claims.admin.versions import Conflict, brought_together
from claims.domain.dates import DatePrecision, PartialDate, partial
from claims.services.refusals import (
    EventCycle,
    FigureMismatch,
    Incomplete,
    ReasonNeeded,
    Refused,
    RevisionCycle,
    WrongClaimant,
)
from claims.services.tidying import DATES

_FIELD_OF: dict[type[Refused], str] = {
    ReasonNeeded: "reason",
    FigureMismatch: "mismatch_reason",
    WrongClaimant: "revises",
    RevisionCycle: "revises",
    EventCycle: "parent",
}

STALE = (
    "Somebody else has saved this meanwhile. Nothing you typed is lost: both versions are "
    "shown above; choose where both of you changed something, and save again."
)


@dataclass(frozen=True, slots=True)
class RefusedSave:
    """What a service refused, and the prefix of the form that asked for it."""

    refusal: Refused
    prefix: str | None = None


class DeskForm(forms.ModelForm):
    """A form over one record.

    ``partial_dates`` names the columns entered as partial dates. ``refused`` is set on a class
    made for the second showing of a form whose saving was refused.
    """

    partial_dates: ClassVar[tuple[str, ...]] = ()
    refused: ClassVar[RefusedSave | None] = None

    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance, initial = kwargs.get("instance"), kwargs.get("initial") or {}
        if instance is not None and instance.pk:
            initial = {**self.initial_of(instance), **initial}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.typed: Any = self.data
        if self.is_bound and self.instance.pk:
            self.data, self.conflicts = brought_together(self)

    @classmethod
    def initial_of(cls, instance: models.Model) -> dict[str, Any]:
        """Return what the fields that are no plain columns show of a record."""
        dates = {
            name: partial(getattr(instance, name), getattr(instance, f"{name}_precision"))
            for name in cls.partial_dates
        }
        return {"expected_version": getattr(instance, "version", None), **dates}

    @property
    def changes(self) -> dict[str, Any]:
        """The columns that the person changed, by field name, as a service takes them."""
        return self._columns(self.changed_data)

    @property
    def columns(self) -> dict[str, Any]:
        """All columns of the form, for a new record."""
        return self._columns(list(self.fields))

    def _columns(self, names: list[str]) -> dict[str, Any]:
        model = {f.name for f in self._meta.model._meta.get_fields()}
        found = {n: self.cleaned_data[n] for n in names if n in model and n in self.cleaned_data}
        for name in self.partial_dates:
            if name in found:
                found[name], found[f"{name}_precision"] = self._two_columns(name)
        return found

    def _two_columns(self, name: str) -> tuple[date | None, str]:
        """Return the day that the row keeps of a partial date, and its precision."""
        known = self._dates[name]
        if known is None:
            return None, str(DatePrecision.DAY)
        kept: date = getattr(known, dict(DATES[self._meta.model])[name])
        return kept, str(known.precision)

    def _clean_fields(self) -> None:
        super()._clean_fields()
        self._dates: dict[str, PartialDate | None] = {}
        for name in self.partial_dates:
            if isinstance(self.fields.get(name), PartialDateField):
                self._dates[name] = self.cleaned_data.get(name)
                if name in self.cleaned_data:
                    day, precision = self._two_columns(name)
                    self.cleaned_data[name] = day
                    setattr(self.instance, f"{name}_precision", precision)

    def clean(self) -> dict[str, Any]:
        """Add what stands in the way of saving: another version, or a service's refusal."""
        cleaned = super().clean() or self.cleaned_data
        if self.conflicts:
            self.add_error(None, STALE)
        if self.refused is not None and self.refused.prefix == self.prefix:
            self._show(self.refused.refusal)
        return cleaned

    def _show(self, refusal: Refused) -> None:
        if isinstance(refusal, Incomplete):
            for name, said in refusal.errors.items():
                for text in said:
                    self._show_at(name, text)
        else:
            self._show_at(_FIELD_OF.get(type(refusal), ""), str(refusal))

    def _show_at(self, name: str, text: str) -> None:
        self.add_error(name if name in self.fields else None, text)


class ReasonedForm(DeskForm):
    """A form that can say why."""

    reason = forms.CharField(
        required=False,
        max_length=1000,
        label="Why",
        help_text="Kept with this change. Shown in the public log where the record is public.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    @property
    def why(self) -> str:
        """The reason given, if any."""
        return str(self.cleaned_data.get("reason", ""))


_ATTRIBUTE = "desk_refused_save"


def remember_refusal(request: HttpRequest, refused: RefusedSave) -> None:
    """Keep a refusal for the second showing of the form in the same request."""
    setattr(request, _ATTRIBUTE, refused)


def with_refusal(form: type[forms.ModelForm], request: HttpRequest) -> type[forms.ModelForm]:
    """Return the form class that shows what was refused in this request, if anything was."""
    refused = getattr(request, _ATTRIBUTE, None)
    return form if refused is None else type(form.__name__, (form,), {"refused": refused})
