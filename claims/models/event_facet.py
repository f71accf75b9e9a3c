"""The lists of events, ready to be read in order: one row per event and thing it is listed under.

Derived by ``claims.services.facets`` from published events and their comparisons, never edited.
A list narrowed by source, country, parent, measure or kind is one stretch of an index, in the order
asked for; what else is asked stands in the same row and is looked at there.
"""

from __future__ import annotations

from django.db import models

from claims.models.event import Event
from claims.models.search import MARKS, FoldedWordField

EVERYTHING = ""
"""The facet that every published event has."""

UNLISTED_MEASURE = "killed"
"""Most events have a figure of the killed: these are no facet but looked for among everything."""


def facet(what: str, which: object) -> str:
    """Return the name of a facet, such as ``country:UA``."""
    return f"{what}:{which}"


LONG_DAYS = 31
"""Events that take no longer than this began soon before any day on which they went on."""

_LOOKED_AT = ("ended", "kind", "measures", "verdicts", *MARKS)


class EventFacet(models.Model):
    """One published event under one facet, such as ``country:UA`` or ``source:17``.

    ``measures`` and ``verdicts`` hold one bit for each code that a comparison of the event has, by
    its place in the vocabulary; ``gap_order`` is the widest of its contradictions. ``lasts`` says
    that the event took longer than ``LONG_DAYS``, or that it is not known how long. The marks are
    those of the event's words, as in ``EventWord``.
    """

    pk = models.CompositePrimaryKey("event_id", "facet")
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="facets", db_index=False
    )
    facet = FoldedWordField(max_length=40)
    began = models.DateField(null=True)
    ended = models.DateField(null=True)
    kind = models.CharField(max_length=24)
    gap_order = models.BigIntegerField(default=0)
    measures = models.IntegerField(default=0)
    verdicts = models.IntegerField(default=0)
    lasts = models.BooleanField(default=False)
    marks_low = models.BigIntegerField(default=0)
    marks_high = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "event facet"
        indexes = [
            models.Index(
                fields=["facet", "-began", "-event", *_LOOKED_AT, "gap_order"], name="facet_by_date"
            ),
            models.Index(
                fields=["facet", "-gap_order", "-event", *_LOOKED_AT, "began"], name="facet_by_gap"
            ),
            models.Index(
                fields=["facet", "-began", "-event", *_LOOKED_AT, "gap_order"],
                condition=models.Q(lasts=True),
                name="facet_of_lasting_by_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facet}: {self.event_id}"
