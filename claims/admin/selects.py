"""Inputs that choose a record by typing: Django's, hardened, and told names beforehand."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect
from django.contrib.admin.widgets import AutocompleteSelectMultiple as DjangoSelectMultiple

LONGEST_KEY = 18


def is_key(text: str) -> bool:
    """Tell whether a text can be the key of a row, small enough for a 64-bit column."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


class _KeysOnly(AutocompleteMixin):
    """Does not ask the database for what an address or a forged form gives as a key."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """Return the chosen options that can be there."""
        return super().optgroups(name, [v for v in value if is_key(str(v))], attr)


class RecordSelect(_KeysOnly, AutocompleteSelect):
    """One record. ``known`` holds names by key, so that lists of forms need no query each."""

    known: dict[str, str] | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """Return the chosen option with its name."""
        chosen = [str(v) for v in value if str(v)]
        known = self.known or {}
        if not chosen or any(v not in known for v in chosen):
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, v, known[v], True, i) for i, v in enumerate(chosen, 1)]
        return [(None, options, 0)]


class RecordSelectMultiple(_KeysOnly, DjangoSelectMultiple):
    """Several records."""
