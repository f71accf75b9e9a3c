"""What an editor fills in for a new document: where its text is, and what is known of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from claims.admin.fields import PartialDateField, web_address
from claims.domain.intake import LONGEST_TEXT
from claims.intake.arrivals import Arrival
from claims.intake.reading_apart import LARGEST_PAGE

FETCHED = "Without a text or file the page is fetched from here."
NOT_FETCHED = (
    "Kept with the document. This tracker does not fetch pages itself (its setting INTAKE_FETCH "
    "is off): paste the text, or upload the page."
)


class DetailsForm(forms.Form):
    """What is known of a document beside its text."""

    title = forms.CharField(required=False, max_length=500, label="Title")
    publisher = forms.CharField(
        required=False,
        max_length=250,
        label="Publisher",
        help_text="A source by any of its names. One that is not there is added as a draft.",
    )
    author = forms.CharField(required=False, max_length=250, label="Author")
    published_on = PartialDateField(label="Published on")
    language = forms.CharField(
        required=False,
        max_length=8,
        label="Language",
        help_text="A code such as en, uk, ar. Left empty, the text tells.",
        widget=forms.TextInput(attrs={"size": 8}),
    )
    url = web_address("Web address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name in ("title", "publisher", "author"):
            self.fields[name].widget.attrs |= {"class": "vTextField", "dir": "auto"}
        self.fields["publisher"].widget.attrs["autocomplete"] = "off"
        # The admin's own widget would lead to the address before anybody has looked at it.
        self.fields["url"].widget = forms.URLInput(attrs={"class": "vURLField"})

    def known(self) -> dict[str, Any]:
        """Return what was filled in, by the fields of an arrival."""
        names = DetailsForm.base_fields
        return {name: value for name in names if (value := self.cleaned_data.get(name))}


class ArrivingForm(DetailsForm):
    """The text of a document pasted or uploaded, or the address it is at."""

    text = forms.CharField(
        required=False,
        label="Text",
        help_text="The text of the article with its paragraphs, or the source of its page (HTML).",
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField", "dir": "auto"}),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="File",
        help_text="A saved page (HTML) or a plain text, up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.xhtml,.txt,text/html,text/plain"}),
    )

    field_order = ("text", "file", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].help_text = FETCHED if settings.INTAKE_FETCH else NOT_FETCHED
        self.fields["text"].widget.attrs["autofocus"] = True

    def clean_text(self) -> str:
        """Refuse more than is kept, as a text or as the source of a page."""
        text: str = self.cleaned_data["text"]
        if len(text) > max(LONGEST_TEXT, LARGEST_PAGE):
            raise forms.ValidationError(
                f"Expected at most {LONGEST_TEXT:,} characters, got {len(text):,}. Take it in "
                "parts."
            )
        return text

    def clean_file(self) -> Any:
        """Refuse what is larger than a page may be."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_PAGE:
            raise forms.ValidationError(
                f"Expected a file of at most {LARGEST_PAGE:,} bytes, got {file.size:,}. Paste the "
                "text of the article instead."
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one text, in one of the ways."""
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("text", "file") if cleaned.get(name)]
        if len(given) > 1:
            self.add_error("file", "Give the text or a file, not both.")
        if not given and not self.errors and not (cleaned.get("url") and settings.INTAKE_FETCH):
            self.add_error("text", "Paste the text, or choose a file.")
        return cleaned


def details_of(arrival: Arrival) -> dict[str, Any]:
    """Return what the details form shows for a document that was read."""
    return {name: getattr(arrival, name) for name in DetailsForm.base_fields}
