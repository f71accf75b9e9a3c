"""Filters of the desk's lists: choose a related record by typing, a country, a stretch of dates.

Each is a small form beside the list and costs at most the one query that names its choice; none
counts what it would find.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from claims import choices
from claims.admin.fields import PartialDateField
from claims.admin.selects import RecordSelect, is_key


class FormFilter(admin.ListFilter):
    """A filter that is a small form; subclasses name its parameters and fields."""

    template = "admin/form_filter.html"
    parameters: tuple[str, ...] = ()

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: admin.ModelAdmin,
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.parameters:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()
        self.model_admin = model_admin
        self.form = self.make_form(self.usable(self.used_parameters))
        self.form.is_valid()

    def make_form(self, data: dict[str, Any]) -> forms.Form:
        """Return the form with what was asked."""
        fields = self.fields()
        return type("FilterForm", (forms.Form,), fields)(data, auto_id="filter-%s")

    def usable(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return what the form may be filled with."""
        return dict(asked)

    def fields(self) -> dict[str, forms.Field]:
        """Return the fields by parameter."""
        raise NotImplementedError

    def has_output(self) -> bool:
        """Show it always: it asks nothing beforehand."""
        return True

    def expected_parameters(self) -> list[str]:
        """Return the names of its parameters."""
        return list(self.parameters)

    def asked(self, name: str) -> Any:
        """Return the cleaned value of a parameter, ``None`` where nothing usable was asked."""
        return self.form.cleaned_data.get(name) or None

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Give the template one item: the form, what else is asked, and how to take it back."""
        others = changelist.get_query_string(remove=[*self.parameters, PAGE_VAR])
        kept = QueryDict(others.removeprefix("?"))
        yield {
            "form": self.form,
            "kept": [(name, value) for name in kept for value in kept.getlist(name)],
            "clear": others,
            "is_set": any(self.used_parameters.values()),
        }


class RelatedFilter(FormFilter):
    """Narrows to one related record, found by typing."""

    path = ""

    def usable(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Leave out what cannot be a key."""
        return {name: text for name, text in asked.items() if is_key(text)}

    def fields(self) -> dict[str, forms.Field]:
        """Return one autocomplete field."""
        column = self.model_admin.model._meta.get_field(self.path)
        remote = column.related_model
        return {
            self.parameters[0]: forms.ModelChoiceField(
                remote._default_manager.all(),
                required=False,
                label=self.title,
                widget=RecordSelect(column, self.model_admin.admin_site),
            )
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows of the record asked for; none where there is no such record."""
        if not any(self.used_parameters.values()):
            return queryset
        return queryset.filter(**{self.path: self.asked(self.parameters[0])})


def related(path: str, title: str) -> type[RelatedFilter]:
    """Return the filter over a foreign key."""
    attributes = {"path": path, "title": title, "parameters": (path,)}
    return type(f"{path.title()}Filter", (RelatedFilter,), attributes)


class CountryFilter(FormFilter):
    """Narrows to records of events in one country; ``path`` leads to the event."""

    title = "country"
    parameters = ("country",)
    path = ""

    def fields(self) -> dict[str, forms.Field]:
        """Return one list of all countries."""
        listed = [("", "Any country"), *choices.countries()]
        return {"country": forms.ChoiceField(choices=listed, required=False, label="Country")}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows of the country asked for."""
        if not self.used_parameters.get("country"):
            return queryset
        return queryset.filter(**{f"{self.path}country_rows__code": self.asked("country")})


class CountryOfEventFilter(CountryFilter):
    """Narrows claims to those about events in one country."""

    path = "event__"


class DateFilter(FormFilter):
    """Narrows to a stretch of days; a month or a year counts whole."""

    column = ""

    def fields(self) -> dict[str, forms.Field]:
        """Return from and to."""
        first, last = self.parameters
        return {
            first: PartialDateField(label="From", help_text=""),
            last: PartialDateField(label="To", help_text=""),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows dated within the stretch."""
        first, last = (self.asked(name) for name in self.parameters)
        if first:
            queryset = queryset.filter(**{f"{self.column}__gte": first.first})
        if last:
            queryset = queryset.filter(**{f"{self.column}__lte": last.last})
        return queryset


def dated(column: str, title: str) -> type[DateFilter]:
    """Return the filter over a date column."""
    parameters = (f"{column}_from", f"{column}_to")
    attributes = {"column": column, "title": title, "parameters": parameters}
    return type(f"{column.title()}Filter", (DateFilter,), attributes)
