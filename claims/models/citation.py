"""Citation: one document carrying a claim, in the words it prints."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.base import Record, RecordQuerySet, where_given
from claims.models.claim import Claim
from claims.models.document import Document
from claims.models.history import versions


class Citation(Record):
    """Where and how a document prints a claim.

    Fifteen papers relaying one ministry are fifteen citations of one claim. ``via`` is the
    document that this one got it from. A citation is published with its claim.
    """

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="citations"
    )
    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="citations"
    )
    wording = models.CharField(
        _("wording"),
        max_length=250,
        blank=True,
        help_text=_("The number as this document prints it."),
    )
    quote = models.TextField(
        _("quote"), blank=True, help_text=_("Public. A sentence at most, as printed.")
    )
    locator = models.CharField(
        _("locator"), max_length=250, blank=True, help_text=_("Page, paragraph, table or row.")
    )
    via = models.ForeignKey(
        Document,
        verbose_name=_("via"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="relays",
        help_text=_("The document that this one got it from."),
    )

    objects = RecordQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["claim_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="citation_once_per_place",
                fields=["claim", "document", "wording", "locator"],
                condition=~Q(state="withdrawn"),
                violation_error_message=_("This document is already cited for this claim there."),
            ),
            models.CheckConstraint(
                name="citation_not_via_itself",
                condition=Q(via__isnull=True) | ~Q(via=F("document")),
                violation_error_message=_("A document cannot have got a claim from itself."),
            ),
        ]
        indexes = [where_given("via", name="citation_via")]

    def __str__(self) -> str:
        return f"{self.document}"
