"""Citations at the desk: inline in their claim, taken back instead of deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from claims.admin.actor import actor
from claims.admin.forms import DeskForm, RefusedSave, remember_refusal, with_refusal
from claims.admin.selects import RecordSelect
from claims.models import Citation, Claim
from claims.services import citations
from claims.services.refusals import Refused

COLUMNS = ("document", "wording", "quote", "locator", "via")


class CitationForm(DeskForm):
    """One document carrying the claim, in the words it prints."""

    withdraw = forms.BooleanField(
        required=False, label="Take this citation back", help_text="Say why in the field “Why”."
    )

    class Meta:
        model = Citation
        fields = COLUMNS
        widgets = {"quote": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["withdraw"].widget = forms.HiddenInput()
            return
        for name in ("document", "via"):
            record = getattr(self.instance, name)
            select = (
                getattr(self.fields[name].widget, "widget", None) if name in self.fields else None
            )
            if isinstance(select, RecordSelect) and record is not None:
                select.known = {str(record.pk): str(record)}

    @property
    def is_new(self) -> bool:
        """Whether this is a citation that somebody has just entered."""
        return not self.instance.pk and self.has_changed()


class CitationInline(admin.StackedInline):
    """The documents that carry a claim."""

    model = Citation
    form = CitationForm
    verbose_name_plural = "Documents that carry this claim"
    can_delete = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("document", "via"),
                    ("wording", "locator"),
                    "quote",
                    "withdraw",
                    "expected_version",
                )
            },
        ),
    )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Offer one empty citation with a new claim."""
        return 1 if obj is None else 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return those that stand, with documents; all of them where a form comes back.

        A citation taken back by somebody else meanwhile has to be found to be refused.
        """
        found = (
            super().get_queryset(request).select_related("document__publisher", "via__publisher")
        )
        return found if request.method == "POST" else found.exclude(state="withdrawn")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose documents by typing."""
        if db_field.name in ("document", "via"):
            kwargs["widget"] = RecordSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return the formset whose forms know what was refused a moment ago."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = with_refusal(formset.form, request)
        return formset

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what only a form needs where the page only shows."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        return ((None, {"fields": (("document", "via"), ("wording", "locator"), "quote")}),)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may edit the claim edits its citations."""
        return self.admin_site.get_model_admin(Claim).has_change_permission(request, obj)

    has_add_permission = has_change_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the claim sees its citations."""
        return self.admin_site.get_model_admin(Claim).has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted."""
        return False


def entered(formset: Any) -> list[dict[str, Any]]:
    """Return the citations of a new claim as its service takes them."""
    return [_columns(form) for form in formset.forms if form.is_new]


def save_citations(request: HttpRequest, claim: Claim, formset: Any, *, reason: str) -> None:
    """Add, mend and take back the citations of a claim, one service call for each that changed."""
    for form in formset.forms:
        try:
            _save(request, claim, form, formset, reason)
        except Refused as refusal:
            remember_refusal(request, RefusedSave(refusal, form.prefix))
            raise


def _save(request: HttpRequest, claim: Claim, form: Any, formset: Any, reason: str) -> None:
    by = actor(request)
    if form.is_new:
        added = citations.add_citation(claim, by=by, reason=reason, **_columns(form))
        formset.new_objects.append(added)
    elif form.instance.pk and form.cleaned_data.get("withdraw"):
        citations.withdraw_citation(form.instance, by=by, reason=reason)
        formset.deleted_objects.append(form.instance)
    elif form.instance.pk and form.changes:
        changed: Model = citations.edit_citation(
            form.instance,
            by=by,
            changes=form.changes,
            expected_version=form.cleaned_data["expected_version"],
            reason=reason,
        )
        formset.changed_objects.append((changed, list(form.changes)))


def _columns(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in COLUMNS}
