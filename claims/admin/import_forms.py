"""What an editor fills in for an import: the dataset, the file; later what writing it does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from claims.ingest.desk.uploads import ENDINGS, LONGEST_MAPPING, most_bytes
from claims.ingest.reading import datasets

OWN = "own-mapping"
"""The choice of a mapping of one's own instead of a dataset that is known."""

TOO_LARGE = (
    "Expected a file of at most {most} MB. Import it on the server with `manage.py "
    "import_dataset`, or in parts."
)


class NewImportForm(forms.Form):
    """The dataset, its release, and the file."""

    dataset = forms.ChoiceField(label="Dataset", widget=forms.RadioSelect)
    mapping = forms.CharField(
        required=False,
        max_length=LONGEST_MAPPING,
        label="Mapping",
        help_text="TOML; docs/mappings.md says what it may hold.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
    )
    mapping_file = forms.FileField(
        required=False,
        label="Or the mapping as a file",
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    release = forms.CharField(
        required=False,
        max_length=50,
        label="Release",
        help_text="As the dataset calls it, such as 24.1. A newer one revises what an older said.",
    )
    released_on = forms.DateField(
        required=False,
        label="Released on",
        help_text="Such as 2024-05-13.",
        widget=forms.TextInput(attrs={"size": 12}),
    )
    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.known = datasets()
        choice = self.fields["dataset"]
        choice.choices = [(d.name, d.title) for d in self.known] + [  # type: ignore[attr-defined]
            (OWN, "A mapping of one’s own")
        ]
        choice.initial = self.known[0].name if self.known else OWN
        self.fields[
            "file"
        ].help_text = f"{', '.join(ENDINGS)}; up to {settings.IMPORT_LARGEST_MB} MB."

    def clean_file(self) -> Any:
        """Refuse what is too large to be kept."""
        file = self.cleaned_data["file"]
        if file.size > most_bytes():
            raise forms.ValidationError(TOO_LARGE.format(most=settings.IMPORT_LARGEST_MB))
        return file

    def clean_mapping_file(self) -> str:
        """Return the text of an uploaded mapping."""
        file = self.cleaned_data["mapping_file"]
        if file is None:
            return ""
        if file.size > LONGEST_MAPPING:
            raise forms.ValidationError(f"Expected at most {LONGEST_MAPPING:,} bytes of TOML.")
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError("Expected TOML, which is a text in UTF-8.") from error

    def clean(self) -> dict[str, Any]:
        """Ask for a mapping where none of the known datasets was chosen, and only there."""
        cleaned = super().clean() or self.cleaned_data
        given = [text for name in ("mapping", "mapping_file") if (text := cleaned.get(name))]
        if cleaned.get("dataset") == OWN and not given and "mapping_file" not in self.errors:
            self.add_error("mapping", "Paste the mapping, or choose its file.")
        if len(given) > 1:
            self.add_error("mapping", "Give the mapping once, pasted or as a file.")
        if given and cleaned.get("dataset") not in (OWN, None):
            self.add_error("mapping", "A known dataset has its own mapping; leave this empty.")
        cleaned["mapping_text"] = given[0] if given else ""
        return cleaned


class MendedForm(forms.Form):
    """The refused rows, mended."""

    file = forms.FileField(
        label="The refused rows, mended",
        error_messages={
            "required": "Choose the mended file first.",
            "empty": "This file is empty.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="id_mended_%s", **kwargs)


class OptionsForm(forms.Form):
    """What writing an import should do."""

    publish = forms.BooleanField(
        required=False,
        label="Publish what is written",
        help_text="Otherwise new claims are drafts. Publishing takes a second person who has "
        "looked at the figures, or a reason why none did.",
    )
    waiver_reason = forms.CharField(
        required=False,
        max_length=500,
        label="Why no second person looked",
        help_text="Only for publishing without one. Kept with every claim.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )
    withdraw_gone = forms.BooleanField(
        required=False,
        label="Withdraw what is gone",
        help_text="Claims of this dataset that the file has no more. Their addresses stay and say "
        "that they were withdrawn.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(
        max_length=1000,
        label="Why",
        help_text="Shown in the public log beside everything that is withdrawn.",
        error_messages={"required": "Say why."},
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
