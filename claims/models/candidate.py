"""Candidate: one figure that a machine read in a text, and what a person made of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.dates import PartialDate, partial
from claims.domain.figures import Figure, Qualifier
from claims.domain.intake import WITH_CLAIM, CandidateState, paragraph_of
from claims.models.citation import Citation
from claims.models.claim import Claim
from claims.models.stored_text import StoredText

LONGEST_WORDS = 250


def _span_holds(outer: str, inner: str) -> Q:
    """Return the condition that one stretch of the text lies within another."""
    return Q(**{f"{outer}_start__lte": F(f"{inner}_start")}) & Q(
        **{f"{outer}_end__gte": F(f"{inner}_end")}
    )


class Candidate(models.Model):
    """A figure as read, kept beside what a person entered instead; never public.

    Offsets count characters of the kept text. ``rules`` names the rules that read it, ``remarks``
    are codes of ``claims.domain.intake.REMARKS``.
    ``mended_fields`` has, by field, what was read and what was entered. An open candidate whose
    acceptance was undone keeps its ``claim``, which is taken up again when it is accepted again.
    """

    stored_text = models.ForeignKey(
        StoredText, verbose_name=_("text"), on_delete=models.PROTECT, related_name="candidates"
    )
    extractor_version = models.CharField(_("read by version"), max_length=20)
    figure_start = models.PositiveIntegerField(_("figure from"))
    figure_end = models.PositiveIntegerField(_("figure to"))
    wording_start = models.PositiveIntegerField(_("wording from"))
    wording_end = models.PositiveIntegerField(_("wording to"))
    sentence_start = models.PositiveIntegerField(_("sentence from"))
    sentence_end = models.PositiveIntegerField(_("sentence to"))
    claimant_start = models.PositiveIntegerField(_("claimant from"), null=True, blank=True)
    claimant_end = models.PositiveIntegerField(_("claimant to"), null=True, blank=True)
    wording = models.CharField(_("wording"), max_length=LONGEST_WORDS, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=12, choices=choices.qualifiers)
    low = models.BigIntegerField(_("low"), null=True, blank=True)
    best = models.BigIntegerField(_("best"), null=True, blank=True)
    high = models.BigIntegerField(_("high"), null=True, blank=True)
    measure = models.CharField(_("measure"), max_length=24, choices=choices.measures)
    victims = models.CharField(
        _("victims"), max_length=24, choices=choices.victims, default="people"
    )
    victims_wording = models.CharField(
        _("victims, as worded"), max_length=LONGEST_WORDS, blank=True
    )
    victims_party_words = models.CharField(
        _("victims’ party, as worded"), max_length=LONGEST_WORDS, blank=True
    )
    count_basis = models.CharField(
        _("count basis"), max_length=24, choices=choices.count_bases, default="all_reported"
    )
    claimant_words = models.CharField(
        _("claimant, as worded"), max_length=LONGEST_WORDS, blank=True
    )
    attribution = models.CharField(_("attribution"), max_length=12, blank=True)
    attribution_words = models.CharField(
        _("words that attribute it"), max_length=LONGEST_WORDS, blank=True
    )
    place = models.CharField(_("place"), max_length=LONGEST_WORDS, blank=True)
    date_words = models.CharField(_("words for the date"), max_length=LONGEST_WORDS, blank=True)
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    claimed_on_precision = models.CharField(
        _("precision of date"), max_length=12, choices=choices.date_precisions, default="day"
    )
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_start_precision = models.CharField(
        _("precision of period"), max_length=12, choices=choices.date_precisions, default="day"
    )
    period_words = models.CharField(_("words for the period"), max_length=LONGEST_WORDS, blank=True)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
    )
    revises = models.ForeignKey(
        "self",
        verbose_name=_("revises"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
    )
    remarks: Any = models.JSONField(_("remarks"), default=list, blank=True)
    confidence = models.FloatField(_("confidence"), default=0.5)
    rules: Any = models.JSONField(_("rules"), default=list, blank=True)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=choices.candidate_states,
        default=CandidateState.OPEN.value,
    )
    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
    )
    citation = models.ForeignKey(
        Citation,
        verbose_name=_("citation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    mended_fields: Any = models.JSONField(_("mended"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("figure read in a text")
        verbose_name_plural = _("figures read in texts")
        ordering = ["stored_text", "figure_start", "id"]
        indexes = [
            models.Index(fields=["claimant_words", "-decided_at"], name="candidate_words"),
            models.Index(fields=["state", "stored_text"], name="candidate_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="candidate_offsets_in_order",
                condition=Q(figure_start__lt=F("figure_end"))
                & _span_holds("wording", "figure")
                & _span_holds("sentence", "figure"),
                violation_error_message=_("The figure must lie within its wording and sentence."),
            ),
            models.CheckConstraint(
                name="candidate_decided_says_who_and_when",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message=_("A decision says who made it and when."),
            ),
            models.CheckConstraint(
                name="candidate_taken_has_its_claim",
                condition=~Q(state__in=[str(state) for state in WITH_CLAIM])
                | Q(claim__isnull=False, citation__isnull=False),
                violation_error_message=_("An accepted or merged figure has its claim."),
            ),
            models.UniqueConstraint(
                name="candidate_once_per_figure_and_measure",
                fields=["stored_text", "figure_start", "figure_end", "measure"],
                violation_error_message=_("This figure was read already for that measure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording} {self.get_measure_display()}"

    @property
    def figure(self) -> Figure:
        """The figure as read."""
        return Figure(Qualifier(self.qualifier), self.low, self.best, self.high, self.wording)

    @property
    def claimed(self) -> PartialDate | None:
        """The date of the statement with its precision."""
        return partial(self.claimed_on, self.claimed_on_precision)

    @property
    def period(self) -> PartialDate | None:
        """What the figure counts from, with its precision."""
        return partial(self.period_start, self.period_start_precision)

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided about it."""
        return self.state == CandidateState.OPEN

    @property
    def sentence(self) -> str:
        """The sentence that it stands in, on one line."""
        return " ".join(self.stored_text.text[self.sentence_start : self.sentence_end].split())

    @property
    def locator(self) -> str:
        """Where in the document it stands: "paragraph 3"."""
        return f"paragraph {paragraph_of(self.stored_text.text, self.figure_start)}"
