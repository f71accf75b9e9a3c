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


class FoldedWordField(models.CharField):
    """A text ordered by code point, whatever the database's own collation is."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Return the column's parameters with the collation of this database."""
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": collation}


class EventWord(models.Model):
    """One folded word by which an event is found."""

    # No index of its own: words_of_event begins with it.
    event = models.ForeignKey(Event, on_delete=models.CASCADE, db_index=False, related_name="words")
    word = FoldedWordField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [models.UniqueConstraint(name="event_word_once", fields=["word", "event"])]
        indexes = [models.Index(fields=["event", "word"], name="words_of_event")]

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
