"""``manage.py extract_claims``: find the casualty figures in texts."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import Candidate, TextReading
from claims.extraction.interchange import document_object
from claims.extraction.totals import totals
from claims.management.documents import read_document, read_lines


class Command(BaseCommand):
    """Print the figures of one article in colour, or of many documents as JSON lines."""

    help = (
        "Find the casualty figures in a text, each with its words, claimant, measure and the rules "
        "that fired. Reads one article, or with --jsonl one JSON object a line: "
        '{"id", "text", "published_at", "lang"}. Nothing is stored.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument(
            "file", nargs="?", default="-", help='"-", the default, is standard input'
        )
        parser.add_argument(
            "--jsonl", action="store_true", help="documents in and out as JSON lines"
        )
        parser.add_argument("--language", help="such as en; detected where it is not given")
        parser.add_argument("--published-on", help="such as 2024-06-12, for words like yesterday")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, print."""
        if options["jsonl"]:
            self._write_lines(options["file"])
            return
        text = _text(options["file"])
        document = {
            "text": text,
            "lang": options["language"],
            "published_at": options["published_on"],
        }
        self._show(text, read_document(1, document))

    def _write_lines(self, name: str) -> None:
        """Write a line for every document; one that cannot be read says why and gives no claims.

        Raises ``CommandError`` at the end where there was one.
        """
        unread = 0
        for key, read in read_lines(name):
            if isinstance(read, str):
                unread += 1
                written = {"id": key, "claims": [], "totals": {}, "error": read}
                self.stderr.write(read)
            else:
                written = document_object(key, read)
            self.stdout.write(_line_of(written))
        if unread:
            raise CommandError(f"{unread} of the documents could not be read; see their errors.")

    def _show(self, text: str, reading: TextReading) -> None:
        self.stdout.write(self._marked(text, reading))
        self.stdout.write("")
        for number, candidate in enumerate(reading.candidates, start=1):
            self.stdout.write(self._line(number, candidate))
        found = ", ".join(f"{m} {_interval(i)}" for m, i in totals(reading).items())
        count = len(reading.candidates)
        self.stdout.write(
            f"\n{count} figure{'' if count == 1 else 's'}, language {reading.language}, "
            f"extractor {reading.version}. As a whole: {found or 'no figure'}."
        )

    def _marked(self, text: str, reading: TextReading) -> str:
        """Return the text with its figures in colour and numbered."""
        parts, at = [], 0
        for number, candidate in enumerate(reading.candidates, start=1):
            span = candidate.figure_span
            parts += [text[at : span.start], self.style.SUCCESS(f"{span.of(text)} [{number}]")]
            at = span.end
        return "".join([*parts, text[at:]]).rstrip()

    def _line(self, number: int, candidate: Candidate) -> str:
        who = candidate.victims_wording or candidate.victims
        claimant = candidate.claimant or "the text itself"
        part = f", part of [{candidate.part_of + 1}]" if candidate.part_of is not None else ""
        rules = ", ".join(candidate.rules)
        return (
            f"{self.style.SUCCESS(f'[{number}]')} {candidate.figure.wording} - "
            f"{candidate.measure}, {who}{part}; {claimant}; {self.style.WARNING(rules)}"
        )


def _line_of(written: dict[str, Any]) -> str:
    """Return an object as JSON; characters that no encoding has (lone surrogates) are escaped."""
    line = json.dumps(written, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(written)
    return line


def _interval(interval: tuple[int | None, int | None]) -> str:
    low, high = interval
    if low == high:
        return f"{low:,}"
    return f"{'' if low is None else f'{low:,}'}..{'' if high is None else f'{high:,}'}"


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read as UTF-8 text: {error}.") from error
