"""The read model: one row per question, and one digest per event.

Both are derived from the claims by ``claims.services.comparisons`` in the transaction that
changes a claim, and never edited. ``manage.py rebuild_comparisons --check`` proves that they
equal a fresh computation.
"""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.public_ids import new_public_id
from claims.models.base import where_given
from claims.models.event import Event
from claims.models.party import Party
from claims.models.search import MARKS

_WIDEST_FIRST = ["-gap_order", "-id"]
_OF_FIGURES = ["measure", "event_kind", "verdict"]

new_comparison_id = partial(new_public_id, "comparison")


class ComparisonQuerySet(models.QuerySet):
    """Questions that can be asked across comparisons."""

    def published(self) -> models.QuerySet:
        """Only comparisons of public events."""
        return self.filter(event__state="published")

    def with_names(self) -> models.QuerySet:
        """Bring event and party along in the same query."""
        return self.select_related("event", "victims_party")


class Comparison(models.Model):
    """One question (event, measure, victims, victims' party) and its numbers, plain reading.

    ``gap_order`` and ``spread_order`` are the ratios in ten-thousandths for sorting: 0 where
    there is none, ``INFINITE`` where the smaller number is 0, so that both databases put an
    infinite ratio first. What lists are narrowed by is repeated from the event: kind, start, end
    and first two countries; ``in_several_countries`` says that there are more. The marks are those
    of the event's words, as in ``EventWord``.
    """

    INFINITE = 10**18

    public_id = models.CharField(max_length=16, unique=True, default=new_comparison_id)
    # No index of its own: comparison_once_per_question begins with it.
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, db_index=False, related_name="comparisons"
    )
    measure = models.CharField(_("measure"), max_length=24, choices=choices.measures)
    victims = models.CharField(_("victims"), max_length=24, choices=choices.victims)
    victims_party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    claim_count = models.PositiveIntegerField()
    claimant_count = models.PositiveIntegerField()
    citation_count = models.PositiveIntegerField()
    lowest = models.BigIntegerField(null=True)
    highest = models.BigIntegerField(null=True)
    spread_ratio = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    spread_order = models.BigIntegerField(default=0)
    verdict = models.CharField(max_length=16, choices=choices.verdicts)
    gap_low = models.BigIntegerField(null=True)
    gap_high = models.BigIntegerField(null=True)
    gap_absolute = models.BigIntegerField(default=0)
    gap_ratio = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    gap_order = models.BigIntegerField(default=0)
    latest_claimed_on = models.DateField(null=True)
    event_kind = models.CharField(max_length=24, choices=choices.event_kinds, default="other")
    event_start = models.DateField(null=True)
    event_end = models.DateField(null=True)
    country = models.CharField(max_length=2, default="")
    second_country = models.CharField(max_length=2, default="")
    in_several_countries = models.BooleanField(default=False)
    marks_low = models.BigIntegerField(default=0)
    marks_high = models.BigIntegerField(default=0)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        constraints = [
            models.UniqueConstraint(
                name="comparison_once_per_question",
                fields=["event", "measure", "victims", "victims_party"],
            ),
            models.UniqueConstraint(
                name="comparison_once_per_question_of_any_party",
                fields=["event", "measure", "victims"],
                condition=Q(victims_party__isnull=True),
            ),
        ]
        # What stands after the order is there to be looked at without going to the table.
        indexes = [
            models.Index(
                fields=[*_WIDEST_FIRST, "event", "victims", "event_start", "event_end", *MARKS],
                name="comparison_by_gap_ratio",
            ),
            models.Index(fields=["-gap_absolute", "-id", *MARKS], name="comparison_by_gap"),
            models.Index(fields=["-spread_order", "-id", *MARKS], name="comparison_by_spread"),
            models.Index(fields=["-latest_claimed_on", "-id", *MARKS], name="comparison_latest"),
            models.Index(
                fields=["measure", *_WIDEST_FIRST, "victims", "event_kind", "verdict", *MARKS],
                name="comparison_of_measure",
            ),
            models.Index(
                fields=["event_kind", *_WIDEST_FIRST, "measure", "verdict", *MARKS],
                name="comparison_of_event_kind",
            ),
            models.Index(
                fields=["verdict", *_WIDEST_FIRST, "measure", "event_kind", *MARKS],
                name="comparison_of_verdict",
            ),
            models.Index(
                fields=["country", *_WIDEST_FIRST, *_OF_FIGURES, *MARKS],
                name="comparison_in_country",
            ),
            models.Index(
                fields=["second_country", *_WIDEST_FIRST, *_OF_FIGURES, *MARKS],
                condition=~Q(second_country=""),
                name="comparison_in_second_country",
            ),
            models.Index(
                fields=[*_WIDEST_FIRST, "event", *MARKS],
                condition=Q(in_several_countries=True),
                name="comparison_in_several",
            ),
            where_given("victims_party", name="comparison_of_victims_party"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.victims} {self.measure}"


class EventDigest(models.Model):
    """What lists and the default comparison view show of one event, ready made.

    ``headline`` is the comparison that stands for the event (``claims.queries.comparisons``),
    ``gap_order`` the widest of its contradictions, whichever comparison has it.
    ``comparisons_json`` is the default document of /api/v1/events/{id}/comparisons/ as made,
    ``etag`` its strong tag, ``changed_at`` the moment since which it has been so.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="digest"
    )
    headline = models.ForeignKey(Comparison, on_delete=models.SET_NULL, null=True, related_name="+")
    claim_count = models.PositiveIntegerField(default=0)
    gap_order = models.BigIntegerField(default=0)
    latest_claimed_on = models.DateField(null=True)
    comparisons_json = models.TextField(default='{"results":[]}')
    etag = models.CharField(max_length=64, default="")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event digest")
        indexes = [models.Index(fields=["-gap_order", "-event"], name="digest_by_gap_ratio")]

    def __str__(self) -> str:
        return f"{self.event}"
