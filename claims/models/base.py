"""What every editable, public record shares: an address, a state, a version."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims import choices


class RecordQuerySet(models.QuerySet):
    """Questions that can be asked of every kind of record."""

    def published(self) -> Self:
        """Only what is public. Every public page, API, export and feed starts from here."""
        return self.filter(state="published")

    def not_withdrawn(self) -> Self:
        """Everything editors still work with."""
        return self.exclude(state="withdrawn")


class Record(models.Model):
    """A row with a public id, a state on its way to the public, and a version.

    ``version`` grows by one with every saved change; a form or request that was made from an
    older version is refused. ``note`` is for editors and never leaves the desk. ``import_batch`` is
    the import that added the row.
    """

    state = models.CharField(_("state"), max_length=12, choices=choices.states, default="draft")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    note = models.TextField(
        _("note"), blank=True, help_text=_("For editors only; never shown in public.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # No index: nobody looks for records by who made them, but for one's own unfinished claims.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    # No index: an import knows the range of ids it made. No check of each row by the database
    # either, which a million rows feel: imports are never deleted.
    import_batch = models.ForeignKey(
        "claims.ImportBatch",
        verbose_name=_("import"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        abstract = True


def merged_into_field(model: str) -> models.ForeignKey:
    """Return the column that sends the address of a merged record to the one that remains.

    Its index is ``where_given``, as of every column that hardly a row has.
    """
    return models.ForeignKey(
        model,
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="merged_records",
    )


def where_given(field: str, *, name: str) -> models.Index:
    """Return an index of the rows that have something in a column of which most have nothing."""
    return models.Index(fields=[field], name=name, condition=Q(**{f"{field}__isnull": False}))


def merged_is_withdrawn(table: str) -> models.CheckConstraint:
    """Return the rule that a record merged into another one is no longer public itself."""
    return models.CheckConstraint(
        name=f"{table}_merged_is_withdrawn",
        condition=Q(merged_into__isnull=True) | Q(state="withdrawn"),
        violation_error_message=_("A record merged into another one must be withdrawn."),
    )
