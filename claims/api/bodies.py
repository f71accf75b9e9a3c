"""What a script sends: one JSON object, checked key by key, nothing ignored in silence."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from rest_framework.exceptions import APIException, UnsupportedMediaType

from claims.domain.dates import NotADate, PartialDate, parse_iso
from claims.queries.parameters import BadParameter

LARGEST_BODY = 8_000_000


class TooLarge(APIException):
    """A body that is not even looked at."""

    status_code = 413
    default_detail = f"Expected a body of at most {LARGEST_BODY:,} bytes. Send the text in parts."


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a body that holds a text of limited length, and how it is read."""

    name: str
    longest: int
    read: Callable[[str, str], Any] = lambda name, text: text


def a_date(name: str, text: str) -> PartialDate | None:
    """Read 2023, 2023-01 or 2023-01-02."""
    if not text:
        return None
    try:
        return parse_iso(text)
    except NotADate as error:
        raise BadParameter(name, f"“{name}”: {error}") from error


def an_address(name: str, text: str) -> str:
    """Read a web address."""
    if text and not text.startswith(("https://", "http://")):
        raise BadParameter(
            name, f"“{name}” is an address that begins with https:// or http://, got “{text[:80]}”."
        )
    return text


def raw_body(request: HttpRequest) -> bytes:
    """Return the bytes of a JSON body; raise for another type or for too many of them."""
    kind = request.content_type or ""
    if kind != "application/json":
        raise UnsupportedMediaType(kind, f"Expected application/json, got “{kind[:80]}”.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooLarge
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooLarge from error
    return body


def read_body(raw: bytes, keys: tuple[Key, ...]) -> dict[str, Any]:
    """Return a value for every key, the empty one where it was not sent.

    Raises ``BadParameter`` naming the key that is unknown, repeated, no text or out of range.
    """
    sent = _object(raw)
    known = {key.name: key for key in keys}
    for name in sent:
        if name not in known:
            raise _unknown(name, list(known))
    return {name: key.read(name, _text(key, sent.get(name, ""))) for name, key in known.items()}


def _object(raw: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(raw.decode(), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadParameter):
            raise
        raise BadParameter("body", "Expected one JSON object in UTF-8, got none.") from error
    if not isinstance(sent, dict):
        raise BadParameter("body", f"Expected one JSON object, got {type(sent).__name__}.")
    return sent


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadParameter(twice, f"The key “{twice}” was given more than once; give it once.")
    return found


def _unknown(name: str, known: list[str]) -> BadParameter:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    shown = ", ".join(sorted(known))
    return BadParameter(name, f"There is no key “{name[:80]}” here.{hint} Known keys: {shown}.")


def _text(key: Key, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadParameter(
            key.name, f"“{key.name}” is a text, got {json.dumps(value, ensure_ascii=False)[:80]}."
        )
    text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value).replace("\0", "")
    if len(text) > key.longest:
        raise BadParameter(
            key.name, f"“{key.name}” has at most {key.longest:,} characters, got {len(text):,}."
        )
    return text
