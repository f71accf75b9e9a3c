"""ImportBatch: one file on its way into the tracker, from the upload to the undoing.

``ImportRefusal`` keeps what could not be taken, ``ImportEdit`` what a batch changed in records
that were here before it; together with the records' own ``import_batch`` they let a whole batch
be undone.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims import choices
from claims.domain.importing import AT_WORK, BatchState


def _user(verbose_name: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


class ImportBatch(models.Model):
    """A file, what it would change, and what it did.

    ``dataset`` names the reader or mapping; ``mapping`` is the text of one's own mapping, empty
    for those that come with the tracker. ``stored_as`` is the file's name in the folder of
    uploads, empty for a file of the command line. ``task_id`` is the task that a process beside the
    site was last asked for; at work without ``moved_at``, nobody has begun yet. ``asks_second``
    tells that whoever uploaded it wants it written and another person has to agree first.

    ``counts`` is {kind of record: {new, changed, same, gone, refused: number}}, ``samples``
    {fate: [{kind, label, row, fields, remark}]}, with ``changes`` [{field, before, after}] for what
    is changed, ``passed_over`` {reason: rows}. ``id_ranges`` is
    {kind: [first id, last id]} of what it added.
    """

    dataset = models.CharField(_("dataset"), max_length=100)
    release = models.CharField(_("release"), max_length=50, blank=True)
    released_on = models.DateField(_("released on"), null=True, blank=True)
    mapping = models.TextField(_("mapping"), blank=True)
    file_name = models.CharField(_("file"), max_length=250)
    stored_as = models.CharField(max_length=100, blank=True, editable=False)
    file_size = models.BigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    delimiter = models.CharField(_("delimiter"), max_length=4, blank=True)

    state = models.CharField(
        _("state"), max_length=12, choices=choices.batch_states, default=BatchState.WAITING
    )
    step = models.CharField(_("step"), max_length=100, blank=True)
    rows_total = models.BigIntegerField(_("rows in all"), null=True, blank=True)
    rows_done = models.BigIntegerField(_("rows done"), default=0)
    step_began_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    task_id = models.CharField(max_length=40, blank=True, editable=False)
    problem = models.TextField(_("what went wrong"), blank=True)

    counts: Any = models.JSONField(_("counts"), default=dict, blank=True)
    samples: Any = models.JSONField(_("samples"), default=dict, blank=True)
    passed_over: Any = models.JSONField(_("rows passed over"), default=dict, blank=True)
    refused_count = models.BigIntegerField(_("cells refused"), default=0)
    id_ranges: Any = models.JSONField(default=dict, blank=True, editable=False)

    publish = models.BooleanField(_("publish"), default=False)
    withdraw_gone = models.BooleanField(_("withdraw what is gone"), default=False)
    asks_second = models.BooleanField(_("asks for a second person"), default=False)
    waiver_reason = models.CharField(_("why no second person looked"), max_length=500, blank=True)
    by = _user(_("by"))
    reviewed_by = _user(_("reviewed by"))
    agreed_by = _user(_("second person"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    committed_at = models.DateTimeField(_("written"), null=True, blank=True)
    undone_by = _user(_("undone by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undo_reason = models.TextField(_("why it was undone"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_batch_second_person_is_another",
                condition=Q(agreed_by__isnull=True) | Q(by__isnull=True) | ~Q(agreed_by=F("by")),
                violation_error_message=_("The second person must be another one."),
            ),
            models.CheckConstraint(
                name="import_batch_undone_says_why",
                condition=~Q(state=BatchState.UNDONE) | ~Q(undo_reason=""),
                violation_error_message=_("Say why the import was undone."),
            ),
        ]
        indexes = [models.Index(fields=["dataset", "-id"], name="import_batch_of_dataset")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.release}".strip() + f", {self.file_name}"

    @property
    def is_at_work(self) -> bool:
        """Whether something is reading, writing or undoing it just now."""
        return self.state in AT_WORK


class ImportRefusal(models.Model):
    """A cell, or a whole row where ``column`` is empty, that a batch could not take, and why."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="refusals")
    row = models.BigIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=100, blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("refused cell")
        verbose_name_plural = _("refused cells")
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["batch", "row"], name="import_refusal_of_batch")]

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: {self.reason}"


class ImportEdit(models.Model):
    """A record that was here before a batch and was changed by it.

    ``version_before`` is the record's version that undoing the batch goes back to.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="edits")
    record_kind = models.CharField(max_length=12)
    record_id = models.BigIntegerField()
    version_before = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("edit by an import")
        verbose_name_plural = _("edits by imports")
        constraints = [
            models.UniqueConstraint(
                name="import_edit_once_per_record", fields=["batch", "record_kind", "record_id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}"
