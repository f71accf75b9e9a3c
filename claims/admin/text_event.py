"""Which event a text is about: one suggested, one found by words, or a new one."""

from __future__ import annotations

from typing import Any

from django import forms

from claims import choices
from claims.admin.candidate_form import RecordChoice
from claims.admin.fields import CountriesField, PartialDateField
from claims.admin.searching import events_found
from claims.models import Event

MOST_FOUND = 10


class EventForm(forms.Form):
    """An event chosen, or the columns of a new one where a title is given."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    event = RecordChoice(Event, label="Event")
    title = forms.CharField(required=False, max_length=250, label="Title")
    kind = forms.ChoiceField(choices=choices.event_kinds, required=False, label="Kind")
    date_start = PartialDateField(label="Start")
    place = forms.CharField(required=False, max_length=250, label="Place")
    countries = CountriesField(
        label="Countries", widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one or the other."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("event") is None and not cleaned.get("title"):
            self.add_error(None, "Choose an event, or give a new one a title.")
        return cleaned

    @property
    def chosen(self) -> Event | None:
        """The event chosen; a title typed means a new one."""
        return None if self.cleaned_data["title"] else self.cleaned_data["event"]

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a new event."""
        started = self.cleaned_data["date_start"]
        found = {name: self.cleaned_data[name] for name in ("title", "place", "countries")}
        found["kind"] = self.cleaned_data["kind"] or "other"
        if started is not None:
            found |= {
                "date_start": started.first,
                "date_start_precision": str(started.precision),
            }
        return found


def found_events(words: str) -> list[Event]:
    """Return at most ten standing events that have every word, latest first."""
    term = words.strip()
    if not term:
        return []
    found = Event.objects.not_withdrawn().filter(events_found(term))
    return list(found.order_by("-date_start", "-pk")[:MOST_FOUND])
