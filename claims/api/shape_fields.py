"""What shapes of the JSON are made of: texts, codes, dates and numbers that say what they are."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.fields import CharField, IntegerField, ListField


class Shape(serializers.Serializer):
    """An object whose keys are all always there."""


def text(description: str = "", **options: Any) -> CharField:
    """Return a text that may be empty but is always there."""
    return CharField(help_text=description or None, allow_blank=True, **options)


def optional_text(description: str = "") -> CharField:
    """Return a text or null."""
    return text(description, allow_null=True)


def code(vocabulary: str) -> CharField:
    """Return a code; the lists grow, so clients should expect new ones."""
    return CharField(help_text=f"A code of the vocabulary `{vocabulary}`.")


def optional_code(vocabulary: str) -> CharField:
    """Return a code or null."""
    return CharField(help_text=f"A code of the vocabulary `{vocabulary}`.", allow_null=True)


def partial_date(description: str) -> CharField:
    """Return a date of the precision it is known to, or null."""
    return CharField(
        help_text=f"{description} 2023, 2023-01 or 2023-01-02: no more than is known.",
        allow_null=True,
    )


def day(description: str) -> serializers.DateField:
    """Return a whole date or null."""
    return serializers.DateField(help_text=description, allow_null=True)


def people(description: str) -> IntegerField:
    """Return a number of people or null."""
    return IntegerField(help_text=description, allow_null=True)


def ids(description: str) -> ListField:
    """Return lists of claim ids."""
    return ListField(child=ListField(child=CharField()), help_text=description)


def texts(description: str) -> ListField:
    """Return a list of texts."""
    return ListField(child=CharField(), help_text=description)
