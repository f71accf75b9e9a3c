"""Form fields for what the desk enters as plain text: partial dates, lists, countries."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget

from claims.domain.countries import COUNTRIES
from claims.domain.dates import DatePrecision, NotADate, PartialDate, parse_iso
from claims.domain.folding import folded

_ABOUT = re.compile(r"(?:about|circa|c\.|~)\s*", re.IGNORECASE)
_CODE_OF = {folded(name): code for code, name in COUNTRIES.items()}


class PartialDateField(forms.CharField):
    """A date as far as it is known: 2023, 2023-01, 2023-01-02 or "about 2023-01-02"."""

    HELP = "2023, 2023-01 or 2023-01-02, no more than is known; “about 2023-01-02” is possible too."

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", self.HELP)
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 18, "class": "partial-date"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        """Return the date with its precision; ``None`` for an empty field."""
        text = str(super().to_python(value) or "")
        if not text:
            return None
        about = _ABOUT.match(text)
        try:
            known = parse_iso(text[about.end() :] if about else text)
        except NotADate as error:
            raise forms.ValidationError(str(error)) from error
        if about is None:
            return known
        if known.precision is not DatePrecision.DAY:
            raise forms.ValidationError(
                "Only a whole day can be approximate; for a month or a year leave “about” out."
            )
        return PartialDate(known.day, DatePrecision.APPROXIMATE)

    def prepare_value(self, value: Any) -> Any:
        """Return what the input shows."""
        if not isinstance(value, PartialDate):
            return value
        about = "about " if value.precision is DatePrecision.APPROXIMATE else ""
        return about + value.isoformat()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another date was typed than the one shown."""
        return (self.prepare_value(initial) or "") != (data or "").strip()


class LinesField(forms.CharField):
    """Several names, one per line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Return the lines that hold something, each once."""
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(text for line in lines if (text := str(line).strip())))

    def prepare_value(self, value: Any) -> Any:
        """Return what the text area shows."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether the lines differ, whatever blanks surround them."""
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class CountriesField(LinesField):
    """Countries by English short name or ISO 3166-1 code, one per line; kept as codes."""

    HELP = "One per line, by name (“Ukraine”) or by ISO 3166-1 code (“UA”)."

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self.HELP)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Return the codes; refuse what is neither a name nor a code."""
        codes = [self._code(line) for line in super().to_python(value)]
        return list(dict.fromkeys(codes))

    def prepare_value(self, value: Any) -> Any:
        """Return the names that the text area shows."""
        if isinstance(value, list | tuple):
            return "\n".join(COUNTRIES.get(code, code) for code in value)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other countries are meant; what is unknown counts as changed."""
        try:
            return super().has_changed(initial, data)
        except forms.ValidationError:
            return True

    def _code(self, line: str) -> str:
        code = line.upper() if line.upper() in COUNTRIES else _CODE_OF.get(folded(line))
        if code is None:
            raise forms.ValidationError(
                f"“{line}” is no country by its English short name or two-letter code."
            )
        return code


def web_address(label: str) -> forms.URLField:
    """Return an optional address; without a scheme it is taken as https."""
    return forms.URLField(
        required=False,
        max_length=1000,
        label=label,
        assume_scheme="https",
        widget=AdminURLFieldWidget,
    )
