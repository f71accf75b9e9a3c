"""Change: the append-only public log of what was added, revised, corrected, withdrawn, merged."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.models.claim import Claim
from claims.models.event import Event

REFRESHED = "refreshed"
"""The kind of an entry that tells mirrors, not people, that a record is shown otherwise now."""


class ChangeQuerySet(models.QuerySet):
    """Questions that can be asked of the log."""

    def told(self) -> Self:
        """Only what people are told: what somebody did, not what follows from it."""
        return self.exclude(kind=REFRESHED)

    def with_subjects(self) -> Self:
        """Bring the claim, its claimant and the event along in the same query."""
        return self.select_related("claim__claimant", "claim__victims_party", "event")


class Change(models.Model):
    """One entry of the log; written once by a service, never edited, never deleted.

    ``record_id`` is the public id of what changed and ``target_id`` of what it went into (merged)
    or replaced (revised). What the entry shows of a claim is read from the claim, so that text
    that was withdrawn does not live on in the log. ``reason`` is public. Ids are in the order of
    the commits: on PostgreSQL a trigger lets one transaction at a time write entries (migration
    0008), so that whoever reads on from an id never passes over an entry.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=choices.change_kinds)
    at = models.DateTimeField(_("at"), db_index=True)
    record_kind = models.CharField(_("record"), max_length=12)
    record_id = models.CharField(_("public id"), max_length=16, db_index=True)
    target_id = models.CharField(_("public id of the other"), max_length=16, blank=True)
    # No index of its own: change_of_event begins with it.
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="changes",
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True)
    fields: Any = models.JSONField(_("fields"), default=list, blank=True)

    # Only where a query of claims/queries has asked.
    fields_are_public: bool

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["event", "-id"], name="change_of_event"),
            models.Index(fields=["kind", "-id"], name="change_of_kind"),
            models.Index(fields=["-id"], name="change_told", condition=~Q(kind=REFRESHED)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
