"""The word index behind text search: equal on both databases, folded for every script.

Derived from titles, aliases and places by the services that write them. A prefix of a word is
found by a range over the index, which needs a collation that orders by code point.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.domain.folding import LONGEST_WORD
from claims.models.event import Event
from claims.models.source import Source

MARKS = ("marks_low", "marks_high")


class FoldedWordField(models.CharField):
    """A text ordered by code point, whatever the database's own collation is."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Return the column's parameters with the collation of this database."""
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": collation}


class EventWord(models.Model):
    """One folded word by which an event is found, and where public lists have the event.

    Each event also has the word ``EVERY``, which nobody can ask for. ``began`` and ``gap_order``
    are the event's places in lists, both ``NULL`` while it is not public. The marks are those of
    all words of the event (``claims.domain.search_words``), so that several words are looked for
    in one stretch of an index.
    """

    EVERY = "*"

    pk = models.CompositePrimaryKey("event_id", "word")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, db_index=False, related_name="words")
    word = FoldedWordField(max_length=LONGEST_WORD)
    began = models.DateField(null=True)
    gap_order = models.BigIntegerField(null=True)
    marks_low = models.BigIntegerField(default=0)
    marks_high = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "event word"
        indexes = [
            models.Index(
                fields=["word", "-began", "-event", "gap_order", *MARKS], name="word_by_date"
            ),
            models.Index(fields=["word", "-gap_order", "-event", *MARKS], name="word_by_gap"),
        ]

    def __str__(self) -> str:
        return self.word


class SourceWord(models.Model):
    """One folded word by which a source is found."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="words")
    word = FoldedWordField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [models.UniqueConstraint(name="source_word_once", fields=["word", "source"])]

    def __str__(self) -> str:
        return self.word
