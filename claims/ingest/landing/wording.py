"""The words of new events and sources, found once for all that is derived from them.

Comparisons have the marks of their event's words and are written first; the words themselves wait
until it is known where lists have their event.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from claims.domain.search_words import event_words, marks, source_words
from claims.ingest.landing.arriving import Arrival
from claims.ingest.landing.shape import EVENT, from_database
from claims.models import EventWord

MARKED = "SELECT event_id, marks_low, marks_high FROM words_of_event"
"""The marks of the new events, once their words are found."""

_NAMES = ("title", "aliases", "place")
_COLUMNS = {"event_id": "number", "words": "json", "marks_low": "number", "marks_high": "number"}


def find_words(arrival: Arrival) -> None:
    """Make a table of the words of each new event, with their marks."""
    staging = arrival.staging
    staging.create("words_of_event", _COLUMNS)
    for row in _event_words(arrival):
        staging.add("words_of_event", row)
    staging.flush()
    if not staging.is_postgres:
        staging.index("words_of_event", "event_id")
    staging.learn("words_of_event")


def _event_words(arrival: Arrival) -> Iterator[tuple[Any, ...]]:
    told = [{column.column: column for column in EVENT}[name] for name in _NAMES]
    read = ", ".join(f"n.{name}" for name in _NAMES)
    for key, *values in arrival.staging.rows(f"SELECT n.id, {read} FROM new_event n ORDER BY n.id"):
        found = event_words(*map(from_database, told, values))
        words = orjson.dumps([EventWord.EVERY, *sorted(found)]).decode()
        yield key, words, *marks(found)


def write_words(arrival: Arrival) -> None:
    """Write the words of the new events and sources, once it is known where lists have them."""
    staging = arrival.staging
    beside = "LATERAL " if staging.is_postgres else ""
    staging.run(
        "INSERT INTO claims_eventword (event_id, word, began, gap_order, marks_low, marks_high) "
        "SELECT w.event_id, listed.value, w.began, w.gap_order, w.marks_low, w.marks_high FROM ("
        "SELECT w.*, CASE WHEN d.event_id IS NOT NULL THEN n.date_start END AS began, d.gap_order "
        "FROM words_of_event w JOIN new_event n ON n.id = w.event_id "
        "LEFT JOIN claims_eventdigest d ON d.event_id = w.event_id ORDER BY w.event_id"
        f") w CROSS JOIN {beside}{staging.elements('w.words')}"
    )
    staging.fill("claims_sourceword", ("source_id", "word"), _source_words(arrival))


def _source_words(arrival: Arrival) -> Iterator[tuple[int, str]]:
    for key, name in arrival.staging.rows("SELECT id, name FROM new_source ORDER BY id"):
        for word in sorted(source_words(name)):
            yield key, word
