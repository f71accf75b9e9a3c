"""Whole numbers as programs write them that keep a column with gaps as fractions: 2.0 for 2."""

from __future__ import annotations

from collections.abc import Iterable

_ZERO = ".0"


def without_decimals(text: str) -> str:
    """Return 2 for 2.0; any other text as it is."""
    whole = text.removesuffix(_ZERO)
    return whole if whole.removeprefix("-").isdecimal() else text


def with_decimals(values: Iterable[str]) -> frozenset[str]:
    """Return the values and, for each whole number among them, how such programs write it."""
    known = frozenset(values)
    return known | {f"{one}{_ZERO}" for one in known if one.removeprefix("-").isdecimal()}
