"""Documents as commands read them: JSON lines, each checked and named where it is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.extraction import TextReading, TextTooLong, read_text
from claims.extraction.lexicon import BadLanguageFile


def json_lines(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the objects of a file of JSON lines ("-" is the standard input), with line numbers.

    Raises ``CommandError`` naming the line that is no object with a text.
    """
    for number, line in enumerate(_lines(name), start=1):
        if line.strip():
            yield number, document_of(number, line)


def read_lines(name: str) -> Iterator[tuple[Any, TextReading | str]]:
    """Read the documents of a file; give each one's id with its reading, or what is wrong with it.

    One line that cannot be read does not keep the others from being read.
    """
    for number, line in enumerate(_lines(name), start=1):
        if not line.strip():
            continue
        document: dict[str, Any] = {}
        try:
            document = document_of(number, line)
            yield document.get("id"), read_document(number, document)
        except CommandError as error:
            yield document.get("id"), str(error)


def document_of(number: int, line: str) -> dict[str, Any]:
    """Return the document of a line; raises ``CommandError`` naming it where it is none."""
    try:
        document = json.loads(line)
    except ValueError as error:
        raise CommandError(f"Line {number} is not JSON: {error}.") from error
    if not isinstance(document, dict) or not isinstance(document.get("text"), str):
        raise CommandError(f'Line {number}: expected {{"id": ..., "text": "..."}}.')
    return document


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8") as file:
            yield from file
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def read_document(number: int, document: dict[str, Any]) -> TextReading:
    """Read one document; raises ``CommandError`` naming its line where it cannot be read."""
    try:
        return read_text(
            document["text"],
            language=_code(document.get("lang")),
            published_on=published_on(document.get("published_at")),
            title=document.get("title") or "",
        )
    except (TextTooLong, BadLanguageFile, ValueError) as error:
        raise CommandError(f"Line {number}: {error}") from error


def _code(language: str | None) -> str | None:
    """Return the language of a code such as "en-GB"; ``None`` where it is to be detected."""
    return language.replace("_", "-").split("-")[0].lower() if language else None


def published_on(stamp: str | None) -> date | None:
    """Return the day of a timestamp or date; raises ``ValueError`` where it is none."""
    if not stamp:
        return None
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        raise ValueError(f"Expected a date like 2024-06-12, got {stamp!r}.") from None
