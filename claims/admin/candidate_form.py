"""One figure read in a text as a compact form: what was read is filled in, a person decides.

The form never writes. It says which event, claimant and party were chosen and what was entered
otherwise than it was read, as ``accept_candidate`` takes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, Q

from claims import choices
from claims.admin.fields import PartialDateField
from claims.admin.selects import is_key
from claims.models import Event, Party, Source
from claims.queries.reading_page import SuggestedCandidate
from claims.queries.source_names import source_named

NUMBERS = ("qualifier", "low", "best", "high")
PLAIN = (
    "wording",
    "measure",
    "victims",
    "victims_wording",
    "count_basis",
    "quote",
    "locator",
    "area",
    "mismatch_reason",
    *NUMBERS,
)
UNREAD = frozenset({"area", "mismatch_reason"})
NOT_COLUMNS = UNREAD | {"quote", "locator"}
MERGE_CHANGES = ("wording", "quote", "locator")


class RecordChoice(forms.ChoiceField):
    """A record out of a few that are offered; one that is found elsewhere on the page is too."""

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        self.model = model
        super().__init__(required=False, **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Leave it to ``clean`` whether there is such a record."""
        return True

    def clean(self, value: Any) -> Any:
        """Return the standing record, or ``None`` for nothing chosen."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        has_state = any(f.name == "state" for f in self.model._meta.concrete_fields)
        standing = ~Q(state="withdrawn") if has_state else Q()
        found = self.model._default_manager.filter(standing, pk=int(text) if is_key(text) else 0)
        record = found.first()
        if record is None:
            raise forms.ValidationError("This record is not there any more. Choose another one.")
        return record


class CandidateForm(forms.Form):
    """A candidate, as read until somebody changes it."""

    claimant = RecordChoice(Source, label="Claimant")
    claimant_name = forms.CharField(
        required=False, max_length=250, label="Another claimant, by name", empty_value=""
    )
    claimant_kind = forms.ChoiceField(
        choices=choices.source_kinds, required=False, label="Kind, if new"
    )
    claimed_on = PartialDateField(label="Claimed on", help_text="")
    event = RecordChoice(Event, label="Event")
    wording = forms.CharField(max_length=250, label="Wording")
    measure = forms.ChoiceField(choices=choices.measures, label="Measure")
    victims = forms.ChoiceField(choices=choices.victims, label="Victims")
    victims_party = RecordChoice(Party, label="Victims’ party")
    victims_wording = forms.CharField(required=False, max_length=250, label="Victims, as worded")
    count_basis = forms.ChoiceField(choices=choices.count_bases, label="Count basis")
    quote = forms.CharField(
        required=False, label="Quote (public)", widget=forms.Textarea(attrs={"rows": 3})
    )
    locator = forms.CharField(required=False, max_length=250, label="Where in the document")
    qualifier = forms.ChoiceField(choices=choices.qualifiers, required=False, label="Qualifier")
    low = forms.IntegerField(required=False, label="Low")
    best = forms.IntegerField(required=False, label="Best")
    high = forms.IntegerField(required=False, label="High")
    mismatch_reason = forms.CharField(
        required=False, max_length=500, label="Why the figure differs from its wording"
    )
    period_start = PartialDateField(label="Counts from", help_text="")
    area = forms.CharField(required=False, max_length=250, label="Area, if not the event’s")

    def __init__(
        self,
        data: Any = None,
        *,
        shown: SuggestedCandidate,
        events: Iterable[Event] = (),
        event: Event | None = None,
        parties: Iterable[Party] = (),
    ) -> None:
        candidate = shown.candidate
        super().__init__(
            data,
            auto_id=f"id_c{candidate.pk}_%s",
            initial=initial_of(shown, event),
        )
        self.candidate = candidate
        self._offer("claimant", shown.claimants, "another, named below", data)
        self._offer("event", [event, *events], "not chosen yet", data)
        self._offer("victims_party", [shown.party, *parties], "any", data)
        self.fields["wording"].widget.attrs["autocomplete"] = "off"

    def _offer(self, name: str, records: Iterable[Any], empty: str, data: Any) -> None:
        """Offer records, and the one that was sent where it is not among them."""
        offered = {str(r.pk): r for r in records if r is not None}
        field: Any = self.fields[name]
        sent = str(data.get(name, "")) if data is not None else ""
        if sent and sent not in offered and is_key(sent):
            found = field.model._default_manager.filter(pk=int(sent)).first()
            offered |= {sent: found} if found is not None else {}
        field.choices = [("", f"– {empty} –"), *((key, str(r)) for key, r in offered.items())]

    def clean(self) -> dict[str, Any]:
        """Find the claimant that was named instead of chosen."""
        cleaned = super().clean() or self.cleaned_data
        name = cleaned.get("claimant_name", "")
        if cleaned.get("claimant") is None and name:
            cleaned["claimant"] = source_named(name)
        return cleaned

    @property
    def claimant_chosen(self) -> Source | dict[str, Any] | None:
        """The source chosen or named, or the columns of a new one."""
        if self.cleaned_data["claimant"] is not None:
            return self.cleaned_data["claimant"]
        if name := self.cleaned_data["claimant_name"]:
            return {"name": name, "kind": self.cleaned_data["claimant_kind"] or "other"}
        return None

    @property
    def changes(self) -> dict[str, Any]:
        """What was entered otherwise than it was read, as the service takes it."""
        changed = set(self.changed_data)
        found = {n: self.cleaned_data[n] for n in PLAIN if n in changed or self._is_given(n)}
        if changed & {*NUMBERS}:
            found |= {name: self.cleaned_data[name] for name in NUMBERS}
        if "victims_party" in changed:
            found["victims_party"] = self.cleaned_data["victims_party"]
        if "claimed_on" in changed:
            known = self.cleaned_data["claimed_on"]
            found["claimed_on"] = known.last if known else None
            found["claimed_on_precision"] = str(known.precision) if known else "day"
        if "period_start" in changed:
            known = self.cleaned_data["period_start"]
            found["period_start"] = known.first if known else None
        return found

    def _is_given(self, name: str) -> bool:
        return name in UNREAD and bool(self.cleaned_data[name])

    @property
    def entered(self) -> list[tuple[str, str]]:
        """What the person had changed, by label, where the form itself cannot come back."""
        return [
            (str(self.fields[name].label), str(self.data.get(name, "")))
            for name in self.changed_data
        ]


def initial_of(shown: SuggestedCandidate, event: Event | None) -> dict[str, Any]:
    """Return what the form shows of a candidate as read."""
    candidate = shown.candidate
    found = {n: getattr(candidate, n) for n in PLAIN if n not in NOT_COLUMNS}
    return found | {
        "quote": candidate.sentence,
        "locator": candidate.locator,
        "claimant": _key(shown.claimant),
        "claimant_name": "" if shown.claimant else candidate.claimant_words,
        "claimant_kind": "other",
        "event": _key(event),
        "victims_party": _key(shown.party),
        "claimed_on": candidate.claimed,
        "period_start": candidate.period,
    }


def _key(record: Model | None) -> str:
    """Return a key as a form sends it, so that nothing seems changed that was not."""
    return "" if record is None else str(record.pk)
