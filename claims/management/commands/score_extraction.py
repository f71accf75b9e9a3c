"""``manage.py score_extraction``: how well the extractor agrees with labelled documents."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import read_text
from claims.extraction.interchange import document_object
from claims.extraction.scoring import Report, Score, score
from claims.management.documents import json_lines, read_document

_ARTICLE = 5_000
_TIMED_CHARACTERS = 400_000


class Command(BaseCommand):
    """Print precision, recall, F1, claimants, offsets and speed over labelled documents."""

    help = (
        "Read labelled documents, one JSON object a line with text, lang, published_at and gold, "
        "and print how well the figures read agree with the labels, by language and by tag, "
        "every error, and the speed on texts of 5 kB made of them."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("gold", help='labelled documents; "-" is the standard input')
        parser.add_argument("--no-errors", action="store_true", help="print the tables only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every document, compare, print."""
        pairs = []
        for number, document in json_lines(options["gold"]):
            if not isinstance(document.get("gold", {}).get("claims"), list):
                raise CommandError(f"Line {number}: expected labels under gold.claims.")
            reading = read_document(number, document)
            pairs.append((document, document_object(document.get("id"), reading)))
        if not pairs:
            raise CommandError("No documents: expected one JSON object a line, found none.")
        report = score(pairs)
        if not options["no_errors"]:
            for error in report.errors:
                self.stdout.write(error)
        self._tables(report)
        self.stdout.write(_speed([str(document["text"]) for document, _ in pairs]))

    def _tables(self, report: Report) -> None:
        self.stdout.write(f"\n{'':14}{_HEADINGS}")
        for title, scores in (("language", report.by_language), ("tag", report.by_tag)):
            self.stdout.write(f"by {title}")
            self._rows(scores)
        self._rows({"all": report.total})
        asked = report.totals.found + report.totals.missed
        if asked:
            self.stdout.write(f"headline figures right: {report.totals.found} of {asked}")

    def _rows(self, scores: Mapping[str, Score]) -> None:
        for name, one in sorted(scores.items()):
            self.stdout.write(f"  {name:12}{_row(one)}")


_HEADINGS = "precision  recall     F1   claimant  offsets  labels  wrong"


def _row(one: Score) -> str:
    return (
        f"{one.precision:9.3f}{one.recall:8.3f}{one.f1:7.3f}{one.claimant_accuracy:11.3f}"
        f"{one.offset_validity:9.3f}{one.found + one.missed:8}{one.wrong:7}"
    )


def _speed(texts: list[str]) -> str:
    """Return how many texts of 5 kB are read in a second of one core.

    The more figures a text has, the longer it takes, so that their number is said too.
    """
    articles = _articles(texts)
    found = sum(len(read_text(article).candidates) for article in articles)
    begun = time.process_time()
    for article in articles:
        read_text(article)
    spent = time.process_time() - begun
    return (
        f"speed: {len(articles) / spent:.0f} texts of {_ARTICLE:,} characters per CPU second, "
        f"with {found / len(articles):.0f} figures in each ({len(articles)} texts timed)"
    )


def _articles(texts: list[str]) -> list[str]:
    """Return texts of 5 kB, made by putting documents one behind the other as often as needed."""
    joined = "\n\n".join(texts)
    whole = joined * (_TIMED_CHARACTERS // len(joined) + 1)
    return [whole[at : at + _ARTICLE] for at in range(0, _TIMED_CHARACTERS, _ARTICLE)]
