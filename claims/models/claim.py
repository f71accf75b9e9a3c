"""Claim: one claimant asserting one figure for one measure of one group of victims."""

from __future__ import annotations

from functools import partial as partial_function
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.dates import PartialDate, partial
from claims.domain.figures import Figure, Qualifier
from claims.domain.public_ids import new_public_id
from claims.models.base import (
    Record,
    RecordQuerySet,
    merged_into_field,
    merged_is_withdrawn,
    where_given,
)
from claims.models.event import Event
from claims.models.history import versions
from claims.models.party import Party
from claims.models.source import Source

new_claim_id = partial_function(new_public_id, "claim")


class Claim(Record):
    """What one claimant says once, however many documents print it.

    ``low``, ``best`` and ``high`` are people as stated; empty means not stated, never zero.
    ``claimed_on`` is kept as the last day it can be, with its precision. ``key`` is the claim's
    name in the interchange format.
    """

    public_id = models.CharField(
        _("public id"), max_length=16, unique=True, default=new_claim_id, editable=False
    )
    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The claim's key in imported files."),
    )
    # No index of their own: claim_of_event and claim_of_claimant begin with them.
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        db_index=False,
        related_name="claims",
    )
    claimant = models.ForeignKey(
        Source,
        verbose_name=_("claimant"),
        on_delete=models.PROTECT,
        db_index=False,
        related_name="claims",
    )
    measure = models.CharField(_("measure"), max_length=24, choices=choices.measures)
    victims = models.CharField(
        _("victims"), max_length=24, choices=choices.victims, default="people"
    )
    victims_wording = models.CharField(
        _("victims, as worded"), max_length=250, blank=True, help_text=_("The source's own words.")
    )
    victims_party = models.ForeignKey(
        Party,
        verbose_name=_("victims' party"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="victim_claims",
    )
    wording = models.CharField(
        _("wording"),
        max_length=250,
        blank=True,
        help_text=_("The number in the source's words: “at least 400”, “between 200 and 600”."),
    )
    qualifier = models.CharField(_("qualifier"), max_length=12, choices=choices.qualifiers)
    low = models.BigIntegerField(_("low"), null=True, blank=True)
    best = models.BigIntegerField(_("best"), null=True, blank=True)
    high = models.BigIntegerField(_("high"), null=True, blank=True)
    interval = models.CharField(
        _("interval"),
        max_length=50,
        blank=True,
        help_text=_("What low to high is, where the source says so: “95%”."),
    )
    disordered = models.BooleanField(
        _("out of order"),
        default=False,
        help_text=_("The source itself printed low, best and high out of order."),
    )
    mismatch_reason = models.CharField(
        _("why the figure differs from its wording"), max_length=500, blank=True
    )
    count_basis = models.CharField(
        _("count basis"), max_length=24, choices=choices.count_bases, default="all_reported"
    )
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    claimed_on_precision = models.CharField(
        _("precision of date"), max_length=12, choices=choices.date_precisions, default="day"
    )
    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The day the figure counts up to.")
    )
    period_start = models.DateField(
        _("period from"),
        null=True,
        blank=True,
        help_text=_("Only where the figure covers another period than the event."),
    )
    period_end = models.DateField(_("period to"), null=True, blank=True)
    area = models.CharField(
        _("area"),
        max_length=250,
        blank=True,
        help_text=_("Only where the figure covers another area than the event."),
    )
    revises = models.ForeignKey(
        "self",
        verbose_name=_("revises"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="revisions",
        help_text=_("The earlier claim of the same claimant that this one replaces."),
    )
    credibility = models.CharField(
        _("credibility"), max_length=20, choices=choices.credibilities, blank=True
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True, editable=False)
    review_waived = models.BooleanField(_("review waived"), default=False, editable=False)
    waiver_reason = models.CharField(_("why"), max_length=500, blank=True, editable=False)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    merged_into = merged_into_field("claims.Claim")

    # Only where a query of claims/queries has brought them along.
    published_citations: list[Any]
    published_revisions: list[Claim]
    revised_by_id: str | None

    objects = RecordQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-id"]
        permissions = [
            ("submit_claim", "Can draft claims and ask for review"),
            ("publish_claim", "Can review and publish others' claims"),
            ("withdraw_claim", "Can withdraw published records"),
            ("merge_records", "Can merge events, sources and documents"),
            ("manage_vocabulary", "Can manage parties and other vocabulary-like records"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_numbers_in_order",
                condition=Q(disordered=True)
                | (
                    (Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")))
                    & (Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")))
                    & (Q(best__isnull=True) | Q(high__isnull=True) | Q(best__lte=F("high")))
                ),
                violation_error_message=_(
                    "Expected low <= best <= high, unless the source printed them out of order."
                ),
            ),
            models.CheckConstraint(
                name="claim_numbers_not_negative",
                condition=(Q(low__isnull=True) | Q(low__gte=0))
                & (Q(best__isnull=True) | Q(best__gte=0))
                & (Q(high__isnull=True) | Q(high__gte=0)),
                violation_error_message=_("Numbers of people cannot be negative."),
            ),
            models.CheckConstraint(
                name="claim_has_a_figure_or_is_unknown",
                condition=Q(
                    qualifier="unknown", low__isnull=True, best__isnull=True, high__isnull=True
                )
                | (
                    ~Q(qualifier="unknown")
                    & (Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False))
                ),
                violation_error_message=_(
                    "Give at least one of low, best and high, or the qualifier “unknown”."
                ),
            ),
            models.CheckConstraint(
                name="claim_period_end_not_before_start",
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                violation_error_message=_("The period must not end before it starts."),
            ),
            models.CheckConstraint(
                name="claim_published_is_reviewed",
                condition=~Q(state="published")
                | Q(review_waived=True)
                | (Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("created_by"))),
                violation_error_message=_(
                    "A published claim must have been reviewed by somebody who did not write it, "
                    "or say why the review was waived."
                ),
            ),
            models.CheckConstraint(
                name="claim_waiver_says_why_and_who",
                condition=Q(review_waived=False)
                | (~Q(waiver_reason="") & Q(reviewed_by__isnull=False)),
                violation_error_message=_("A waived review says who waived it and why."),
            ),
            models.CheckConstraint(
                name="claim_does_not_revise_itself",
                condition=Q(revises__isnull=True) | ~Q(revises=F("id")),
                violation_error_message=_("A claim cannot revise itself."),
            ),
            models.UniqueConstraint(
                name="claim_is_revised_once",
                fields=["revises"],
                condition=Q(revises__isnull=False) & Q(state="published"),
                violation_error_message=_("Another published claim already revises that one."),
            ),
            merged_is_withdrawn("claim"),
        ]
        indexes = [
            models.Index(fields=["event", "state"], name="claim_of_event"),
            models.Index(fields=["claimant", "state", "-id"], name="claim_of_claimant"),
            models.Index(
                fields=["claimant", "state", "-claimed_on", "-id", "measure", "victims"],
                name="claim_of_claimant_by_date",
            ),
            models.Index(fields=["state", "-id"], name="claim_latest"),
            # The last ones are there to be looked at without going to the table.
            models.Index(
                fields=[
                    *("state", "-claimed_on", "-id"),
                    *("measure", "victims", "qualifier", "count_basis"),
                ],
                name="claim_by_date",
            ),
            models.Index(
                fields=["created_by"],
                name="claim_unfinished_by",
                condition=Q(state="draft") | Q(state="rejected"),
            ),
            where_given("merged_into", name="claim_merged_into"),
            where_given("revises", name="claim_revising"),
            where_given("victims_party", name="claim_of_victims_party"),
        ]

    def __str__(self) -> str:
        return f"{self.claimant}: {self.figure_words} {self.get_measure_display()}"

    @property
    def figure(self) -> Figure:
        """The figure as stated."""
        return Figure(
            qualifier=Qualifier(self.qualifier),
            low=self.low,
            best=self.best,
            high=self.high,
            wording=self.wording,
            disordered=self.disordered,
        )

    @property
    def figure_words(self) -> str:
        """The figure in the source's words, or the numbers where no words are kept."""
        return self.wording or " – ".join(f"{n:,}" for n in self.figure.stated)

    @property
    def claimed(self) -> PartialDate | None:
        """The date of the claim with its precision."""
        return partial(self.claimed_on, self.claimed_on_precision)

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return reverse("web:claim", args=[self.public_id])
