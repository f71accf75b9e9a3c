"""Parameters of a public address, checked the same way for pages, the API and exports.

A parameter that is unknown, repeated or out of range is refused by name, with the nearest right
one; nothing is ignored in silence, since a researcher would cite the wrong view.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from claims.domain.dates import NotADate, parse_iso
from claims.domain.figures import Reading

COMPARISON_PARAMETERS = ("as_of", "reading", "compilations")


class BadParameter(ValueError):
    """A parameter that cannot be taken as it stands; says which, why, and what is expected."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """How a comparison is asked for: up to which day, on which reading, who votes."""

    as_of: date | None = None
    reading: Reading = Reading.PLAIN
    compilations: bool = False

    @property
    def are_default(self) -> bool:
        """Whether the stored default document answers the question."""
        return self == ComparisonOptions()


def check_known(params: QueryDict, allowed: Collection[str]) -> None:
    """Raise ``BadParameter`` for the first parameter that is unknown or given twice."""
    for name, values in params.lists():
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            known = ", ".join(sorted(allowed)) or "none"
            raise BadParameter(
                name, f"There is no parameter “{name}” here.{hint} Known parameters: {known}."
            )
        if len(values) > 1:
            raise BadParameter(
                name, f"The parameter “{name}” was given {len(values)} times; give it once."
            )


def comparison_options(params: QueryDict) -> ComparisonOptions:
    """Read ``as_of``, ``reading`` and ``compilations``; raise ``BadParameter``."""
    return ComparisonOptions(
        as_of=day(params, "as_of"),
        reading=Reading(one_of(params, "reading", tuple(Reading), default=Reading.PLAIN)),
        compilations=one_of(params, "compilations", ("0", "1"), default="0") == "1",
    )


def day(params: QueryDict, name: str) -> date | None:
    """Read a date; a month or a year means its last day. Empty means not given."""
    text = params.get(name, "")
    if not text:
        return None
    try:
        return parse_iso(text).last
    except NotADate as error:
        raise BadParameter(name, f"“{name}”: {error}") from error


def one_of(params: QueryDict, name: str, allowed: Collection[str], *, default: str) -> str:
    """Read a parameter that takes one of a few values. Empty means not given."""
    value = params.get(name, "") or default
    if value not in allowed:
        near = difflib.get_close_matches(value, allowed, n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise BadParameter(name, f"“{name}” is one of {', '.join(allowed)}; got “{value}”.{hint}")
    return value
