"""Making two records one: choose the one that remains, see what moves, say why.

The merge itself is one service call; the address of the record that goes leads to the other one
for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.actor import actor
from claims.admin.ground import DeskGround
from claims.admin.selects import RecordSelect
from claims.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class Merge:
    """How two records of one kind are made one.

    ``make`` takes the record, ``into``, ``by`` and ``reason``; ``moving`` says in phrases what
    would go over; ``narrow`` leaves the records into which this one may go.
    """

    make: Callable[..., Any]
    moving: Callable[[Any], list[str]]
    narrow: Callable[[Any], dict[str, Any]] = lambda record: {}


def merge_page(desk: DeskGround, request: HttpRequest, key: int) -> HttpResponse:
    """Show the page of a merge, or make it."""
    record: Any = get_object_or_404(desk.get_queryset(request), pk=key)
    if desk.merge is None or not desk.can_merge(request, record):
        raise PermissionDenied
    form = _form(desk, request, record)
    into = form.cleaned_data.get("into") if form.is_valid() else None
    reason, problem = request.POST.get("reason", "").strip(), ""
    if request.method == "POST" and into is not None:
        try:
            desk.merge.make(record, into=into, by=actor(request), reason=reason)
        except Refused as refusal:
            problem = str(refusal)
        else:
            desk.log_change(request, record, f"Merged into {into}.")
            messages.success(request, f"“{record}” is now part of “{into}”.")
            return HttpResponseRedirect(reverse(desk.name_of("change"), args=[into.pk]))
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": f"Make one with another {desk.opts.verbose_name}: {record}",
        "object": record,
        "form": form,
        "media": desk.media + form.media,
        "into": into,
        "moving": desk.merge.moving(record) if into is not None else [],
        "reason": reason,
        "problem": problem,
    }
    return TemplateResponse(request, "admin/desk/merge.html", context)


def _form(desk: DeskGround, request: HttpRequest, record: Any) -> forms.Form:
    """Return the form that chooses the record that remains."""
    source = request.POST if request.method == "POST" else request.GET
    narrowed = desk.merge.narrow(record) if desk.merge else {}
    field = forms.ModelChoiceField(
        desk.model._default_manager.exclude(pk=record.pk)
        .exclude(state="withdrawn")
        .filter(**narrowed),
        label=f"The {desk.opts.verbose_name} that remains",
        widget=RecordSelect(desk.model._meta.get_field("merged_into"), desk.admin_site),
        error_messages={"invalid_choice": "Choose another record that stands."},
    )
    form = type("MergeForm", (forms.Form,), {"into": field})
    return form(source if source.get("into") else None)


def counted(number: int, one: str, many: str) -> list[str]:
    """Return "3 claims" as a list of one phrase, nothing for none."""
    return [f"{number:,} {one if number == 1 else many}"] if number else []
