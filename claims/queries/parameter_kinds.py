"""The kinds of parameters that lists are narrowed with, and how each is read.

A parameter knows its name, its description and its schema, so that forms, pages, the API and its
documentation say the same. Reading refuses what cannot be meant, by name; an empty value means
that the parameter was not given, since forms send every field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from claims.domain.countries import COUNTRIES
from claims.domain.dates import NotADate, PartialDate, parse_iso
from claims.domain.folding import words
from claims.domain.public_ids import ALPHABET, LENGTH, PREFIXES
from claims.domain.vocabularies import Vocabulary
from claims.queries.parameters import BadParameter, check_known

LONGEST_TEXT = 200
MOST_WORDS = 6
_RATIO = re.compile(r"\d{1,9}(?:\.\d{1,6})?\Z", re.ASCII)
_ISO_DATE = re.compile(r"[0-9-]{4,10}\Z")

LATER = {
    "known_on": "What the tracker said at an earlier moment (known_on) is not offered yet.",
    "rule": "Turning claims into one number by a named rule (rule) is not offered yet.",
}
"""Parameters that the contract promises for later; refused until then, never ignored."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    ``read`` takes the name and the text given and returns the value or raises ``BadParameter``.
    ``schema`` is the OpenAPI schema of the text; ``aliases`` are other names for the same.
    """

    name: str
    description: str
    read: Callable[[str, str], Any]
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    aliases: tuple[str, ...] = ()


def read_parameters(
    params: QueryDict, parameters: Iterable[Parameter], *, also: Collection[str] = ()
) -> dict[str, Any]:
    """Return the values of the parameters that were given, by name.

    Raises ``BadParameter`` for one that is unknown, repeated or cannot be taken as it stands.
    ``also`` are names that somebody else reads.
    """
    parameters = tuple(parameters)
    names = [name for p in parameters for name in (p.name, *p.aliases)]
    check_offered(params, {*names, *also})
    check_known(params, (*names, *also))
    values = {}
    for parameter in parameters:
        given = [n for n in (parameter.name, *parameter.aliases) if params.get(n)]
        if len(given) > 1:
            raise BadParameter(
                given[1], f"“{given[1]}” and “{given[0]}” mean the same; give one of them."
            )
        if given:
            text = str(params[given[0]])
            check_text(given[0], text)
            values[parameter.name] = parameter.read(given[0], text)
    return values


def check_offered(params: QueryDict, known: Collection[str]) -> None:
    """Raise ``BadParameter`` for a parameter that the contract promises for later."""
    for name in params:
        if name in LATER and name not in known:
            raise BadParameter(name, LATER[name])


def check_text(name: str, text: str) -> None:
    """Raise ``BadParameter`` for a text that is too long or holds control characters."""
    if len(text) > LONGEST_TEXT:
        raise BadParameter(
            name, f"“{name}” takes {LONGEST_TEXT} characters at most; got {len(text)}."
        )
    if any(ord(c) < 32 for c in text):
        raise BadParameter(name, f"“{name}” holds a control character.")


def one_code(
    name: str, vocabulary: Vocabulary, description: str, *, aliases: tuple[str, ...] = ()
) -> Parameter:
    """Return a parameter that takes a code of a vocabulary."""
    schema = {"type": "string", "enum": list(vocabulary.codes)}
    return Parameter(name, description, _among(vocabulary.codes), schema, aliases)


def one_value(name: str, allowed: Collection[str], description: str) -> Parameter:
    """Return a parameter that takes one of a few values."""
    return Parameter(name, description, _among(allowed), {"type": "string", "enum": [*allowed]})


def _among(allowed: Collection[str]) -> Callable[[str, str], str]:
    def read(name: str, text: str) -> str:
        if text in allowed:
            return text
        near = difflib.get_close_matches(text.casefold(), allowed, n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise BadParameter(name, f"“{name}” is one of {', '.join(allowed)}; got “{text}”.{hint}")

    return read


def country(name: str, description: str) -> Parameter:
    """Return a parameter that takes an ISO 3166-1 alpha-2 code, in either case."""
    schema = {"type": "string", "pattern": "^[A-Za-z]{2}$", "example": "UA"}
    return Parameter(name, description, _country, schema)


def _country(name: str, text: str) -> str:
    if text.upper() in COUNTRIES:
        return text.upper()
    by_name = {label.casefold(): code for code, label in COUNTRIES.items()}
    near = difflib.get_close_matches(text.casefold(), by_name, n=1)
    hint = f" Did you mean {by_name[near[0]]}, {COUNTRIES[by_name[near[0]]]}?" if near else ""
    raise BadParameter(
        name, f"“{name}” is a two-letter ISO 3166-1 code such as UA; got “{text}”.{hint}"
    )


def public_id(
    name: str, kind: str, description: str, *, aliases: tuple[str, ...] = ()
) -> Parameter:
    """Return a parameter that takes the public id of a kind of record."""
    prefix = PREFIXES[kind]
    pattern = re.compile(rf"{prefix}_[{ALPHABET}]{{{LENGTH}}}\Z")

    def read(name: str, text: str) -> str:
        if pattern.match(text):
            return text
        raise BadParameter(
            name,
            f"“{name}” is the id of {_a(kind)}: {prefix}_ and {LENGTH} letters or digits; "
            f"got “{text}”.",
        )

    schema = {"type": "string", "pattern": f"^{prefix}_[{ALPHABET}]{{{LENGTH}}}$"}
    return Parameter(name, description, read, schema, aliases)


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def first_day(name: str, description: str) -> Parameter:
    """Return a parameter that takes a date; a month or year means its first day."""
    return Parameter(name, description, lambda n, text: _partial(n, text).first, _DATE_SCHEMA)


def last_day(name: str, description: str) -> Parameter:
    """Return a parameter that takes a date; a month or year means its last day."""
    return Parameter(name, description, lambda n, text: _partial(n, text).last, _DATE_SCHEMA)


_DATE_SCHEMA = {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$", "example": "2023-01"}


def _partial(name: str, text: str) -> PartialDate:
    # Digits of other scripts are digits to Python but not to the readers of an address.
    if not _ISO_DATE.match(text):
        raise BadParameter(
            name, f"“{name}” is a date such as 2023, 2023-01 or 2023-01-02; got “{text}”."
        )
    try:
        return parse_iso(text)
    except NotADate as error:
        raise BadParameter(name, f"“{name}”: {error}") from error


def search_words(name: str, description: str) -> Parameter:
    """Return a parameter that takes a few words; its value is the list of folded words."""
    return Parameter(name, description, _words, {"type": "string", "maxLength": LONGEST_TEXT})


def _words(name: str, text: str) -> list[str]:
    found = list(dict.fromkeys(words(text)))
    if not found:
        raise BadParameter(name, f"“{name}” holds no letter or digit to look for.")
    if len(found) > MOST_WORDS:
        raise BadParameter(name, f"“{name}” takes {MOST_WORDS} words at most; got {len(found)}.")
    return found


def ratio(name: str, description: str) -> Parameter:
    """Return a parameter that takes a factor of 1 or more."""
    return Parameter(name, description, _ratio, {"type": "number", "minimum": 1})


def _ratio(name: str, text: str) -> Decimal:
    if _RATIO.match(text) and Decimal(text) >= 1:
        return Decimal(text)
    raise BadParameter(name, f"“{name}” is a factor of 1 or more such as 1.5; got “{text}”.")
