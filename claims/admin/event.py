"""Events at the desk: with their claims, what the claims say together, and their parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from claims.admin.actor import actor
from claims.admin.comparison_lines import comparison_lines
from claims.admin.fields import CountriesField, LinesField, PartialDateField
from claims.admin.filters import CountryFilter, dated, related
from claims.admin.forms import ReasonedForm
from claims.admin.merging import Merge, counted
from claims.admin.plain import PlainAdmin
from claims.admin.plain_moves import plain_moves
from claims.admin.searching import events_found
from claims.models import Claim, Event
from claims.queries.comparisons import event_comparisons
from claims.queries.duplicates import likely_duplicate_events
from claims.services import events
from claims.services.refusals import Refused

CLAIMS_SHOWN = 100


class EventForm(ReasonedForm):
    """An event with its dates, place, parties and place in the tree."""

    partial_dates = ("date_start", "date_end")

    date_start = PartialDateField(label="Start")
    date_end = PartialDateField(label="End", help_text="Empty while it goes on.")
    aliases = LinesField(label="Other names", help_text="One per line.")
    countries = CountriesField(label="Countries")
    identifiers = LinesField(
        label="Ids in datasets",
        help_text="One per line: the dataset, a colon, its id there, such as ucdp-ged:412700.",
    )

    class Meta:
        model = Event
        fields = (
            "title",
            "aliases",
            "kind",
            "date_start",
            "date_end",
            "countries",
            "place",
            "place_precision",
            "latitude",
            "longitude",
            "parties",
            "parent",
            "identifiers",
            "explanation",
            "checked_on",
            "note",
        )
        widgets = {
            "explanation": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
        labels = {"note": "Note for editors"}


def _moving(event: Event) -> list[str]:
    return [
        *counted(event.claims.count(), "claim", "claims"),
        *counted(event.children.count(), "event that is part of it", "events that are part of it"),
        "its parties and its names",
    ]


def _alike(event: Event) -> list[Event]:
    return likely_duplicate_events(
        event.title, event.aliases, event.date_start, event.countries, exclude_id=event.pk
    )


@admin.register(Event)
class EventAdmin(PlainAdmin):
    """The events: what happened where and when."""

    form = EventForm
    found = staticmethod(events_found)
    creating = staticmethod(events.create_event)
    editing = staticmethod(events.edit_event)
    alike = staticmethod(_alike)
    moves = plain_moves(events.publish_event, events.withdraw_event)
    merge = Merge(events.merge_events, _moving)
    shown_as = {
        "date_start": "start_shown",
        "date_end": "end_shown",
        "aliases": "aliases_shown",
        "countries": "countries_shown",
        "identifiers": "identifiers_shown",
    }

    list_display = ("title", "kind", "start_shown", "place", "countries_shown", "state_shown")
    list_filter = (
        "state",
        "kind",
        CountryFilter,
        dated("date_start", "start"),
        related("parent", "event it is part of"),
    )
    search_fields = ("title",)
    search_help_text = "Words of its names or place, in any script, or the event’s id."
    ordering = ("-id",)
    autocomplete_fields = ("parent", "parties")
    fieldsets = (
        (None, {"fields": ("title", "aliases", "kind", ("date_start", "date_end"))}),
        (
            "Where",
            {
                "fields": (
                    "countries",
                    ("place", "place_precision"),
                    ("latitude", "longitude"),
                )
            },
        ),
        ("Who, and part of what", {"fields": ("parties", "parent")}),
        ("In datasets", {"fields": ("identifiers",)}),
        ("For readers", {"fields": ("explanation",)}),
        ("For editors", {"fields": ("checked_on", "note", "reason")}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the button that says that somebody has looked for new figures today."""
        view = self.admin_site.admin_view(self.checked_view)
        return [
            path("<int:key>/checked/", view, name="claims_event_checked"),
            *super().get_urls(),
        ]

    def page_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Return the event's claims and what the public ones say together."""
        context = super().page_context(request, object_id)
        event = self.get_object(request, object_id) if object_id else None
        if event is None or request.method == "POST":
            return context
        claims = (
            Claim.objects.filter(event=event)
            .select_related("claimant", "victims_party")
            .order_by("measure", "victims", "claimed_on", "id")
        )
        shown = list(claims[: CLAIMS_SHOWN + 1])
        return context | {
            "claims_of_event": shown[:CLAIMS_SHOWN],
            "has_more_claims": len(shown) > CLAIMS_SHOWN,
            "comparison_lines": comparison_lines(event_comparisons(event)),
        }

    def checked_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Note that the person looked for new figures today; only by the button."""
        event = self.get_object(request, str(key))
        page = reverse(self.name_of("change"), args=[key])
        if event is None or request.method != "POST":
            return HttpResponseRedirect(page)
        try:
            events.mark_checked(event, by=actor(request), on=timezone.now().date())
        except Refused as refusal:
            self.tell(request, str(refusal), 40)
        else:
            self.tell(request, "Noted that you looked for new figures today.", 25)
        return HttpResponseRedirect(page)

    @admin.display(description="Start")
    def start_shown(self, event: Event) -> str:
        """Return the start as far as it is known."""
        return event.started.label() if event.started else ""

    @admin.display(description="End")
    def end_shown(self, event: Event) -> str:
        """Return the end as far as it is known."""
        return event.ended.label() if event.ended else ""

    @admin.display(description="Other names")
    def aliases_shown(self, event: Event) -> str:
        """Return the other names."""
        return "; ".join(event.aliases)

    @admin.display(description="Ids in datasets")
    def identifiers_shown(self, event: Event) -> str:
        """Return its ids in datasets."""
        return "; ".join(event.identifiers)

    @admin.display(description="Countries")
    def countries_shown(self, event: Event) -> str:
        """Return the countries by name."""
        return ", ".join(event.country_names)

    @staticmethod
    def choice_label(record: Any) -> str:
        """Return the title with the start, which tells events of one name apart."""
        return f"{record}, {record.started.label()}" if record.started else str(record)
